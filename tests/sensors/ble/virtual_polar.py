# SPDX-License-Identifier: MIT
"""A Polar without a Polar: heart rate, and the Measurement Data service with its control point.

Its samples can be told apart (each is one more than the last), so that a test sees what was lost or doubled. It
misbehaves on demand: `refusals`, `garbles`, `is_mute`, `stop`, `skip`, `send_data`.
"""

import asyncio
from collections.abc import Sequence

import numpy as np
from bumble.att import Attribute, AttributeValueV2
from bumble.device import Device
from bumble.gatt import Characteristic, Service

from sensors.ble.polar_frames import IntArray, PolarFrame, encode_frame
from sensors.ble.polar_pmd import (
    CONTROL,
    DATA,
    MIN_MTU,
    SERVICE,
    Command,
    Measurement,
    Op,
    Response,
    Status,
    Stopped,
    decode_command,
    encode_features,
    encode_response,
    encode_stopped,
)
from sensors.ble.polar_settings import NO_SETTINGS, Settings, encode_settings
from tests.sensors.ble.streaming import Streaming
from tests.sensors.ble.virtual_strap import VirtualStrap

M = Measurement
H10 = (M.ECG, M.ACC)
VERITY = (M.PPG, M.ACC, M.PPI)

_OFFERS = {
    M.ECG: Settings(rate_hz=(130,), resolution_bits=(14,)),
    M.ACC: Settings(rate_hz=(25, 50, 100, 200), resolution_bits=(16,), range_units=(2, 4, 8)),
    M.PPG: Settings(rate_hz=(55,), resolution_bits=(22,), channels=(4,)),
    M.PPI: NO_SETTINGS,
}
_PER_FRAME = {M.ECG: 73, M.ACC: 36, M.PPG: 18, M.PPI: 1}
_RATES_HZ = {M.ECG: 130, M.ACC: 200, M.PPG: 55, M.PPI: 1}
_START_NS = 599_616_000_000_000_000  # a day in 2019
KNOCK_MG = 1800
PPI_FINE = 0b110  # it touches the skin, and can tell


class VirtualPolar:
    """An H10 (`H10`) or an arm band (`VERITY`).

    Parameters
    ----------
    features : sequence of Measurement
        What it can stream.
    wants_pairing : int or None
        The ATT error code that refuses its service until the link is encrypted; its heart rate is free.
    max_bytes : int
        Where its answers are cut into parts.
    """

    def __init__(
        self,
        features: Sequence[Measurement] = H10,
        *,
        wants_pairing: int | None = None,
        max_bytes: int = MIN_MTU - 3,
    ) -> None:
        self.strap = VirtualStrap(name="Polar H10 0A1B2C3D" if M.ECG in features else "Polar Sense 0A1B2C3D")
        self.air = self.strap.air
        self.refusals: dict[tuple[Op, Measurement], Status] = {}
        self.garbles = 0  # so many answers cannot be read
        self.is_mute = False
        self.ppi_flags = PPI_FINE
        self.commands: list[Command] = []  # what it was asked
        self.running: dict[Measurement, Streaming] = {}
        self.n_sent = dict.fromkeys(Measurement, 0)  # samples, with the lost ones
        self._to_lose = dict.fromkeys(Measurement, 0)  # frames
        self._knocks: tuple[int, ...] = ()  # which samples of the acceleration
        self._features = features
        self._max_bytes = max_bytes
        self._answers = self.air.told(CONTROL, indicates=True, wants_pairing=wants_pairing)
        self._data = self.air.told(DATA, wants_pairing=wants_pairing)
        self._replying: set[asyncio.Task[None]] = set()
        self.air.when_gone(self.halt)

    async def power_on(self, device: Device) -> None:
        """Come alive on the air, in the running loop."""
        allow = Characteristic.Properties.READ | Characteristic.Properties.WRITE
        self._answers.properties |= allow
        self._answers.permissions = Attribute.READABLE | Attribute.WRITEABLE
        self._answers.value = AttributeValueV2(lambda _: encode_features(self._features), lambda _, d: self._ask(d))
        await self.air.power_on(device, [*self.strap.services(), Service(SERVICE, [self._answers, self._data])])

    async def stop(self, measurement: Measurement) -> None:
        """Stop a stream, as the device does by itself."""
        self.running.pop(measurement).stop()
        await self.air.send(self._answers, encode_stopped(Stopped((measurement,))))

    def skip(self, measurement: Measurement, frames: int) -> None:
        """Lose the next frames on the way."""
        self._to_lose[measurement] = frames

    def tap(self) -> None:
        """Let a finger tap twice on it, soon and 0.4 s later."""
        soon = self.n_sent[M.ACC] + 2 * _PER_FRAME[M.ACC]
        self._knocks = (soon, soon + 1, soon + 80, soon + 81)

    def run(self, measurement: Measurement) -> None:
        """Stream as if it had been started before."""
        every_s = _PER_FRAME[measurement] / _RATES_HZ[measurement]
        self.running[measurement] = Streaming(lambda: self._tick(measurement), every_s)

    async def send_data(self, data: bytes) -> None:
        """Notify any bytes as data."""
        await self.air.send(self._data, data)

    def frame(self, measurement: Measurement) -> bytes:
        """Write the next frame."""
        first, n = self.n_sent[measurement], _PER_FRAME[measurement]
        self.n_sent[measurement] += n
        stamp_ns = _START_NS + round((first + n) * 1e9 / _RATES_HZ[measurement])
        samples = self._samples(measurement, np.arange(first, first + n) % 30_000)
        is_delta = measurement is M.PPG
        kind = 1 if measurement is M.ACC else 0
        return encode_frame(PolarFrame(measurement, stamp_ns, kind, is_delta, samples))

    def _samples(self, measurement: Measurement, k: IntArray) -> IntArray:
        match measurement:
            case M.ACC:
                return np.column_stack([k, -k, 1000 + KNOCK_MG * np.isin(k, self._knocks)])
            case M.PPG:
                return np.column_stack([k, k, k, np.zeros_like(k)])
            case M.PPI:
                return np.column_stack([0 * k + 60, 0 * k + 1000, 0 * k + 5, 0 * k + self.ppi_flags])
        return k.reshape(-1, 1)

    def _ask(self, data: bytes) -> None:
        command = decode_command(bytes(data))
        self.commands.append(command)
        task = asyncio.get_running_loop().create_task(self._reply(command))
        self._replying.add(task)
        task.add_done_callback(self._replying.discard)

    async def _reply(self, command: Command) -> None:
        if self.is_mute:
            return
        if self.garbles:
            self.garbles -= 1
            await self.air.send(self._answers, b"\xf0\x01")
            return
        response = self._response(command)
        for part in encode_response(response, max_bytes=self._max_bytes):
            await self.air.send(self._answers, part)
        if response.status is Status.SUCCESS:
            self._obey(command)

    def _response(self, command: Command) -> Response:
        op, measurement = command.op, command.measurement
        is_wrong = {Op.START: measurement in self.running, Op.STOP: measurement not in self.running}.get(op, False)
        status = self.refusals.get((op, measurement), Status.ALREADY_IN_STATE if is_wrong else Status.SUCCESS)
        if measurement not in self._features:
            status = Status.NOT_SUPPORTED
        offer = _OFFERS[measurement] if op is Op.GET_SETTINGS else NO_SETTINGS
        return Response(op, measurement, status, encode_settings(offer) if status is Status.SUCCESS else b"")

    def _obey(self, command: Command) -> None:
        measurement = command.measurement
        if command.op is Op.STOP:
            self.running.pop(measurement).stop()
        elif command.op is Op.START:
            self.run(measurement)

    async def _tick(self, measurement: Measurement) -> None:
        frame = self.frame(measurement)
        if self._to_lose[measurement]:
            self._to_lose[measurement] -= 1
        else:
            await self.send_data(frame)

    def halt(self) -> None:
        """Stream no more, as when the link is gone."""
        for stream in self.running.values():
            stream.stop()
        self.running.clear()
