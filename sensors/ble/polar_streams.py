# SPDX-License-Identifier: MIT
"""The data frames of one Polar, to items: samples with their times, pulse intervals, and what is missing.

Law: any bytes give items or `SensorError(BAD_PACKET)`; only what was started is taken; a frame that came twice is
taken once.
"""

from collections.abc import Iterator

import numpy as np

from dsp.codes import Modality, NoticeCode, Reason
from dsp.stream import Chunk, FloatArray, Gap, Item, Notice
from sensors.ble.polar_frames import PolarFrame, decode_frame, pulse_intervals, to_units
from sensors.ble.polar_pmd import Measurement
from sensors.ble.samples import SampleStream
from sensors.sample_clock import SampleClock
from sensors.stamps import BeatTimes

MODALITIES = {
    Measurement.ECG: Modality.ECG,
    Measurement.ACC: Modality.ACC,
    Measurement.PPG: Modality.PPG,
    Measurement.PPI: Modality.RR,
}

_NS = 1e9
_CONTACT, _KNOWS_CONTACT = 2, 4


class PolarStreams:
    """Turns data frames into items, across every reconnect.

    Parameters
    ----------
    source, person : str
        What each item carries.
    """

    def __init__(self, source: str, person: str) -> None:
        self._source = source
        self._person = person
        self._streams: dict[Measurement, SampleStream] = {}
        self._factors: dict[Measurement, float] = {}  # of what is started
        self._stamps: dict[Measurement, int] = {}
        self._pulses = _Pulses(source, person)

    def start(self, measurement: Measurement, rate_hz: float, factor: float = 1.0) -> None:
        """Take the frames of a measurement from now on."""
        self._factors[measurement] = factor
        if measurement is not Measurement.PPI and measurement not in self._streams:
            clock = SampleClock(rate_hz=rate_hz, ticks_per_s=_NS)
            modality = MODALITIES[measurement]
            self._streams[measurement] = SampleStream(modality, clock, source=self._source, person=self._person)

    def has_started(self, measurement: Measurement) -> bool:
        """Tell whether its frames are taken."""
        return measurement in self._factors

    def stop(self, measurement: Measurement, reason: Reason) -> None:
        """Take no more of them; what comes after a new start follows on a gap for that reason."""
        self._factors.pop(measurement, None)
        self._stamps.pop(measurement, None)
        if measurement is Measurement.PPI:
            self._pulses.break_off(reason)
        elif measurement in self._streams:
            self._streams[measurement].break_off(reason)

    def update(self, data: bytes, arrival: float) -> Iterator[Item]:
        """Take one notification of the data characteristic that arrived then (seconds on the session clock)."""
        frame = decode_frame(data)
        factor = self._factors.get(frame.measurement)
        if factor is None or self._is_twin(frame):
            return
        if frame.measurement is Measurement.PPI:
            yield from self._pulses.update(frame, arrival)
        else:
            values = to_units(frame, factor)
            yield from self._streams[frame.measurement].items(values, arrival=arrival, stamp=frame.stamp_ns)

    def _is_twin(self, frame: PolarFrame) -> bool:
        before, self._stamps[frame.measurement] = self._stamps.get(frame.measurement), frame.stamp_ns
        return frame.stamp_ns == before and frame.stamp_ns != 0  # a PPI frame may know no time


class _Pulses:
    """Pulse intervals: those that count as RR, the others as gaps between them."""

    def __init__(self, source: str, person: str) -> None:
        self._source = source
        self._person = person
        self._beat_times = BeatTimes()
        self._end: float | None = None  # of the last interval that counted
        self._why: Reason | None = None  # what came after it does not count
        self._contact: bool | None = None

    def break_off(self, reason: Reason) -> None:
        self._beat_times.start_segment()
        self._why = reason

    def update(self, frame: PolarFrame, arrival: float) -> Iterator[Item]:
        yield from self._contact_items(frame, arrival)
        pulses = pulse_intervals(frame)
        has_length = pulses.pp_ms > 0
        pp_ms, is_valid = pulses.pp_ms[has_length], pulses.is_valid[has_length]
        placed = self._beat_times.update(arrival, (pp_ms / 1000.0).tolist())
        if placed.gap is not None:
            self._why = self._why or Reason.BEATS_LOST
        borders = np.flatnonzero(np.diff(is_valid)) + 1
        for run in np.split(np.arange(len(pp_ms)), borders):
            if len(run) and not is_valid[run[0]]:
                self._why = self._why or (Reason.NO_CONTACT if self._contact is False else Reason.MOVING)
            elif len(run):
                yield from self._run(placed.t[run], pp_ms[run], arrival, frame.stamp_ns)

    def _run(self, t: FloatArray, pp_ms: FloatArray, arrival: float, stamp: int) -> Iterator[Item]:
        if self._why is not None and self._end is not None:
            end = max(self._end, float(t[0]) - float(pp_ms[0]) / 1000.0)
            yield Gap(self._end, end, self._why, self._source, self._person, Modality.RR)
        self._why, self._end = None, float(t[-1])
        yield Chunk(Modality.RR, t, pp_ms, arrival, self._source, self._person, stamp)

    def _contact_items(self, frame: PolarFrame, arrival: float) -> Iterator[Item]:
        flags = int(frame.samples[-1, 3])
        if flags & _KNOWS_CONTACT and bool(flags & _CONTACT) != self._contact:
            self._contact = bool(flags & _CONTACT)
            yield Notice(arrival, NoticeCode.CONTACT, self._source, self._person, (("on", self._contact),))
