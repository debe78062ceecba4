# SPDX-License-Identifier: MIT
"""A Polar with its Measurement Data service: its heartbeats at once, its waveforms as soon as it agrees to them.

An H10 streams its ECG (130 Hz) and motion (200 Hz), an arm band its pulse intervals and PPG. What it refuses is told
by the name of its answer, and takes nothing else away.

Law: what was started is stopped before the link is closed, or the strap stays on until its battery is empty.
"""

import logging

from dsp.codes import Modality, NoticeCode, Reason
from dsp.stream import Chunk, Item
from sensors.ble.device import Host
from sensors.ble.gatt import HEART_RATE_MEASUREMENT, HEART_RATE_SERVICE
from sensors.ble.guard import Guard
from sensors.ble.link import Link
from sensors.ble.packets import HeartRatePackets
from sensors.ble.polar_control import PolarControl, RefusedError
from sensors.ble.polar_pmd import DATA, SERVICE, Command, Measurement, Op, Status
from sensors.ble.polar_settings import NO_SETTINGS, Settings, choose
from sensors.ble.polar_streams import MODALITIES, PolarStreams
from sensors.source import SensorError

_WANTED = {
    Measurement.ECG: Settings(rate_hz=(130,), resolution_bits=(14,)),
    Measurement.ACC: Settings(rate_hz=(200,), resolution_bits=(16,), range_units=(8,)),
    Measurement.PPI: NO_SETTINGS,  # it has none to ask for
    Measurement.PPG: Settings(rate_hz=(55,), resolution_bits=(22,), channels=(4,)),
}
_PASSING = (Reason.SILENT, Reason.BAD_PACKET, Reason.BLUETOOTH_FAULT)  # worth a second try

_log = logging.getLogger(__name__)


class Polar:
    """A `Device` that gives heart rate and RR, and ECG and ACC or pulse intervals and PPG.

    Parameters
    ----------
    source, person : str
        What each item carries.
    """

    def __init__(self, source: str, person: str) -> None:
        self._heart = HeartRatePackets(source, person, says_no_rr=False)
        self._guard = Guard(source, person)
        self._streams = PolarStreams(source, person)
        self._control: PolarControl | None = None

    async def begin(self, link: Link, host: Host) -> None:
        """Have its heartbeats come."""
        self._control = None
        if HEART_RATE_SERVICE in link.services:
            await link.subscribe(HEART_RATE_SERVICE, HEART_RATE_MEASUREMENT, host.hear(self._hear_heart))

    async def tend(self, link: Link, host: Host) -> None:
        """Start what it can stream, and start again once what it stops by itself."""
        control = self._control or PolarControl(link)
        self._control = control
        features = await control.open()
        await link.subscribe(SERVICE, DATA, host.hear(self._hear_data))
        for measurement in _wanted(features):
            await self._start(measurement, control, host)
        restarted: set[Measurement] = set()
        while True:
            measurement = await control.next_stopped()
            if not self._streams.has_started(measurement):
                continue
            self._streams.stop(measurement, Reason.SAMPLES_LOST)
            if measurement in restarted:
                _tell_refused(host, measurement, "the device stopped it twice")
            else:
                restarted.add(measurement)
                await self._start(measurement, control, host)

    async def end(self, link: Link) -> None:
        """Stop what was started."""
        if self._control is None:
            return
        for measurement in _WANTED:
            if self._streams.has_started(measurement):
                await self._stop_running(measurement, self._control)

    def drop_link(self) -> None:
        """Let what comes next follow on a link that was lost."""
        self._heart.drop_link()
        for measurement in _WANTED:
            self._streams.stop(measurement, Reason.LINK_LOST)

    async def _start(self, measurement: Measurement, control: PolarControl, host: Host) -> None:
        """Start one stream; a refusal is told, what may pass is tried once more."""
        for is_last in (False, True):
            try:
                await self._ask_to_start(measurement, control)
            except SensorError as error:
                if error.reason is Reason.LINK_LOST:
                    raise
                self._streams.stop(measurement, Reason.SAMPLES_LOST)
                if is_last or not (error.reason in _PASSING or _is_running(error)):
                    return _tell_refused(host, measurement, _own_words(error))
                if _is_running(error):  # from a connection that broke off
                    await self._stop_running(measurement, control)
            else:
                return None
        return None

    async def _ask_to_start(self, measurement: Measurement, control: PolarControl) -> None:
        settings = NO_SETTINGS
        if _WANTED[measurement] != NO_SETTINGS:
            offer = await control.ask(Command(Op.GET_SETTINGS, measurement))
            settings = choose(offer.settings, _WANTED[measurement])
        rate_hz = float(*(settings.rate_hz or _WANTED[measurement].rate_hz or (1,)))
        self._streams.start(measurement, rate_hz)  # the first frame may come before the answer
        answer = await control.ask(Command(Op.START, measurement, settings))
        self._streams.start(measurement, rate_hz, *answer.settings.factor[:1])
        _log.info("sensor: %s streams", measurement.name)

    async def _stop_running(self, measurement: Measurement, control: PolarControl) -> None:
        try:
            await control.ask(Command(Op.STOP, measurement))
        except RefusedError:
            _log.info("sensor: %s would not stop", measurement.name)

    def _hear_heart(self, data: bytes, arrival: float) -> tuple[Item, ...]:
        items = self._heart.update(data, arrival)
        if not self._streams.has_started(Measurement.PPI):
            return items
        return tuple(item for item in items if not (isinstance(item, Chunk) and item.modality is Modality.RR))

    def _hear_data(self, data: bytes, arrival: float) -> tuple[Item, ...]:
        return self._guard.update(self._streams.update, data, arrival)


def _wanted(features: frozenset[Measurement]) -> tuple[Measurement, ...]:
    """Choose what to start: of a chest strap its ECG and motion, of an arm band its pulse."""
    of_chest = (Measurement.ECG, Measurement.ACC)
    of_arm = (Measurement.PPI, Measurement.PPG)
    return tuple(m for m in (of_chest if Measurement.ECG in features else of_arm) if m in features)


def _own_words(error: SensorError) -> str:
    """Give the device's answer; what a library says stays in the log."""
    return error.detail if isinstance(error, RefusedError) else str(error.reason)


def _is_running(error: SensorError) -> bool:
    return isinstance(error, RefusedError) and error.status is Status.ALREADY_IN_STATE


def _tell_refused(host: Host, measurement: Measurement, detail: str) -> None:
    host.tell(NoticeCode.STREAM_REFUSED, modality=str(MODALITIES[measurement]), detail=detail)
