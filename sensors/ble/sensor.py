# SPDX-License-Identifier: MIT
"""Whatever is worn at a Bluetooth address, as a source: a strap, a Polar with its waveforms, a skin conductance device.

Which of them it is shows when it is connected: by the services that it has.
"""

from collections.abc import AsyncGenerator, Callable

from dsp.stream import CLIENT, Item
from sensors.ble.device import Kind
from sensors.ble.kinds import kinds_of, services_of
from sensors.ble.life import Life
from sensors.ble.radio import Backend, Radio
from sensors.pump import pump


class BleSensor:
    """A Source of what one Bluetooth device gives of one person.

    Parameters
    ----------
    address : str
        The Bluetooth address (on macOS the machine's own UUID for the device); `any` takes the first strap found and
        stays with it.
    clock : callable
        The session clock, seconds.
    person : str
        Whose it is.
    backend : type or None
        What to use in place of the system's Bluetooth.
    radio : Radio or None
        The computer's Bluetooth, shared with whatever else may search at the same time.
    kinds : tuple of Kind or None
        What the device can be; None for what Attune knows without profiles.
    """

    def __init__(
        self,
        address: str,
        *,
        clock: Callable[[], float],
        person: str = CLIENT,
        backend: type[Backend] | None = None,
        radio: Radio | None = None,
        kinds: tuple[Kind, ...] | None = None,
    ) -> None:
        self._address = address
        self._clock = clock
        self._person = person
        self._kinds = kinds_of() if kinds is None else kinds
        self._radio = radio or Radio(backend, services=services_of(self._kinds))

    @property
    def name(self) -> str:
        """The source's address, as on the command line."""
        return f"ble:{self._address}"

    def items(self) -> AsyncGenerator[Item, None]:
        """Give status, samples, notices and gaps until the iterator is closed, which disconnects within 3 s."""
        return pump(self._live)

    async def _live(self, emit: Callable[[Item], None]) -> None:
        await Life(
            name=self.name,
            address=self._address,
            person=self._person,
            clock=self._clock,
            radio=self._radio,
            kinds=self._kinds,
            emit=emit,
        ).run()
