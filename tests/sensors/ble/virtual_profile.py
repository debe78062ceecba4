# SPDX-License-Identifier: MIT
"""A device that a profile declares, without the device: it writes the frames that the profile reads."""

import numpy as np
from bumble.device import Device
from bumble.gatt import Characteristic, Service

from dsp.codes import Modality
from sensors.ble.profile_frames import encode_frame
from sensors.ble.profile_model import DeviceProfile
from tests.sensors.ble.streaming import Streaming
from tests.sensors.ble.virtual_peripheral import VirtualPeripheral, writeable

_NOTIFICATION = 20


class VirtualProfileDevice:
    """A device whose samples are all one value; it streams while somebody listens and, where it must, was told to.

    Parameters
    ----------
    profile : DeviceProfile
        What it is.
    name : str
        As advertised.
    value : float
        Every sample of it, in the unit of its modality.
    """

    def __init__(self, profile: DeviceProfile, name: str = "EDA 1", *, value: float = 5.0) -> None:
        self.air = VirtualPeripheral(name, profile.match.service)
        self.written: list[bytes] = []
        self.n_sent = 0  # frames, with the lost ones
        self._to_lose = 0
        self._profile = profile
        self._value = value
        self._tells = self.air.told(profile.link.notify, is_main=True)
        self._streaming: Streaming | None = None
        self.air.when_gone(self.halt)

    async def power_on(self, device: Device) -> None:
        """Come alive on the air, in the running loop."""
        characteristics: list[Characteristic] = [self._tells]
        if self._profile.link.write is not None:
            characteristics.append(writeable(self._profile.link.write, self._take))
        await self.air.power_on(device, [Service(self._profile.match.service, characteristics)])
        if not self._profile.link.init:
            self._start()

    def skip(self, frames: int) -> None:
        """Lose the next frames on the way."""
        self._to_lose = frames

    async def send_data(self, data: bytes) -> None:
        """Notify any bytes."""
        await self.air.send(self._tells, data)

    def _take(self, data: bytes) -> None:
        self.written.append(data)
        if data == self._profile.link.init[-1] and self._streaming is None:
            self._start()

    def _start(self) -> None:
        first = self._profile.signal[0]
        self._every_s = first.samples / first.rate_hz
        self._streaming = Streaming(self._tick, self._every_s)

    async def _tick(self) -> None:
        values = {Modality(s.modality): np.full((s.samples, len(s.fields)), self._value) for s in self._profile.signal}
        clock = self._profile.timestamp
        ticks = round(self.n_sent * self._every_s * clock.ticks_per_s) if clock else 0
        frame = encode_frame(self._profile, values, sequence=self.n_sent, timestamp=ticks)
        self.n_sent += 1
        if self._to_lose:
            self._to_lose -= 1
            return
        size = len(frame) if self._profile.framing.kind == "notification" else _NOTIFICATION
        for at in range(0, len(frame), size):
            await self.send_data(frame[at : at + size])

    def halt(self) -> None:
        """Stream no more, as when the link is gone."""
        if self._streaming is not None and self._profile.link.init:
            self._streaming.stop()
            self._streaming = None
