# SPDX-License-Identifier: MIT
"""A BITalino with an EDA sensor on one of its ports."""

from collections.abc import Iterator

from dsp.codes import Modality, Reason
from dsp.stream import Item
from sensors.ble.bitalino import (
    COMMANDS,
    FRAMES,
    SERVICE,
    STOP,
    EdaBoard,
    Framer,
    frame_bytes,
    microsiemens,
    rate_command,
    start_command,
)
from sensors.ble.device import Host
from sensors.ble.guard import Guard
from sensors.ble.link import Link
from sensors.ble.samples import SampleStream
from sensors.sample_clock import SampleClock
from sensors.source import SensorError

DEFAULT_PORT = 3  # where the assembled boards have their EDA sensor

_RATE_HZ = 100  # the lowest that fills a notification before a screen shows it late
_LOST_AFTER = 64  # frames' worth of bytes with no frame among them


class Bitalino:
    """A `Device` that gives skin conductance.

    Parameters
    ----------
    source, person : str
        What each item carries.
    port : int
        The analogue port with the EDA sensor: 1 to 6 for A1 to A6.
    board : EdaBoard
        Which sensor it is.
    """

    def __init__(
        self, source: str, person: str, *, port: int = DEFAULT_PORT, board: EdaBoard = EdaBoard.REVOLUTION
    ) -> None:
        self._start = start_command((port,))
        self._board = board
        self._guard = Guard(source, person)
        clock = SampleClock(rate_hz=_RATE_HZ, ticks_per_s=_RATE_HZ)
        self._stream = SampleStream(Modality.EDA, clock, source=source, person=person)
        self._framer = Framer(1)
        self._n_frames = 0  # with the lost ones: the stamp that the device does not send
        self._n_unread = 0  # bytes since the last frame

    async def begin(self, link: Link, host: Host) -> None:
        """Start the port."""
        self._framer, self._n_unread = Framer(1), 0
        await link.write(SERVICE, COMMANDS, STOP)  # it may stream yet, from a connection that broke off
        await link.subscribe(SERVICE, FRAMES, host.hear(self._hear))
        await link.write(SERVICE, COMMANDS, rate_command(_RATE_HZ))
        await link.write(SERVICE, COMMANDS, self._start)

    async def tend(self, link: Link, host: Host) -> None:
        """Do nothing: the samples are all."""

    async def end(self, link: Link) -> None:
        """Stop the port."""
        await link.write(SERVICE, COMMANDS, STOP)

    def drop_link(self) -> None:
        """Let what comes next follow on a link that was lost."""
        self._stream.break_off(Reason.LINK_LOST)

    def _hear(self, data: bytes, arrival: float) -> tuple[Item, ...]:
        return self._guard.update(self._decode, data, arrival)

    def _decode(self, data: bytes, arrival: float) -> Iterator[Item]:
        frames = self._framer.feed(data)
        self._n_unread = 0 if frames else self._n_unread + len(data)
        if self._n_unread > _LOST_AFTER * frame_bytes(1):
            raise SensorError(Reason.BAD_PACKET, f"no frame in {self._n_unread} bytes")
        if frames:
            self._n_frames += sum(1 + frame.lost for frame in frames)
            counts = [frame.analog[0] for frame in frames]
            values = microsiemens(counts, board=self._board)
            yield from self._stream.items(values, arrival=arrival, stamp=self._n_frames, raw=counts)
