# SPDX-License-Identifier: MIT
"""What an inlet pulls, to items: scaled, placed on the session clock, cut where samples are missing.

Law: any samples with any stamps give items and never raise; the times of each modality only grow and never lie after
their arrival; what is no number is a missing sample; no clock is read.
"""

import itertools
import math
from collections.abc import Iterator, Sequence

import numpy as np

from dsp.codes import Modality, Reason
from dsp.stream import Chunk, FloatArray, Gap, Item, Marker, read_only
from sensors.foreign_text import clean_text
from sensors.lsl.recognise import Signal
from sensors.lsl.stamps import SessionStamps
from sensors.lsl.times import SampleTimes, Stretch
from sensors.lsl.units import to_modality
from sensors.lsl.wire import Batch
from sensors.stamps import BeatTimes

_RR_MS = (1.0, 60_000.0)  # outside of it, it is no interval
_NEAREST_S = 1e-6
_MARKER_CHARACTERS = 32
_LOOKED_AT = 256  # bytes of a marker


class StreamItems:
    """Turns the samples of one stream into items, across every reconnect.

    Parameters
    ----------
    source, person : str
        What each item carries.
    """

    def __init__(self, source: str, person: str) -> None:
        self._source = source
        self._person = person
        self._signals: Sequence[Signal] = ()
        self._stamps = SessionStamps()
        self._times = SampleTimes()
        self._beat_times = BeatTimes()
        self._why = Reason.BEATS_LOST
        self._newest_packet = self._last_beat = -math.inf

    def begin(self, signals: Sequence[Signal], rate_hz: float) -> None:
        """Let the next samples be the first of an inlet.

        Parameters
        ----------
        signals : sequence of Signal
            What they are; none for markers.
        rate_hz : float
            The declared rate, 0 for irregular.
        """
        self._signals = signals
        self._stamps.start_segment()
        self._times.start_segment(Reason.LINK_LOST, rate_hz)
        self._beat_times.start_segment()
        self._why = Reason.LINK_LOST

    def update(self, batch: Batch, *, offset_s: float, arrival: float) -> Iterator[Item]:
        """Take what was pulled at once.

        Parameters
        ----------
        batch : Batch
            At least one sample.
        offset_s : float
            Session clock less the sender's clock, seconds.
        arrival : float
            When it was pulled, on the session clock.
        """
        laid = self._stamps.update(batch.stamps, offset_s=offset_s, arrival=arrival)
        if laid.has_leapt:
            self._beat_times.start_segment()
            self._why = Reason.CLOCK_JUMP
        stretches = list(self._times.update(laid))
        if batch.values.dtype == object:
            yield from self._markers(batch, stretches)
        for signal in self._signals:
            values = to_modality(np.asarray(batch.values[:, signal.columns], np.float64), signal.unit)
            if signal.modality is Modality.RR:
                yield from self._beats(values[laid.is_kept, 0], laid.t, batch.stamps[laid.is_kept], arrival)
            else:
                values = values if signal.modality is Modality.ACC else values[:, 0]
                yield from self._samples(signal.modality, values, stretches, batch.stamps, arrival)

    def _samples(
        self, modality: Modality, values: FloatArray, stretches: Sequence[Stretch], stamps: FloatArray, arrival: float
    ) -> Iterator[Item]:
        for stretch in stretches:
            if stretch.gap is not None:
                yield Gap(*stretch.gap, self._source, self._person, modality)
            stamp = float(stamps[stretch.rows[-1]])
            yield self._chunk(modality, stretch.t, values[stretch.rows], arrival, stamp)

    def _beats(self, rr_ms: FloatArray, t: FloatArray, stamps: FloatArray, arrival: float) -> Iterator[Item]:
        """Place intervals by their own sum: a bridge may stamp all beats of a packet when the packet comes."""
        is_interval = (rr_ms >= _RR_MS[0]) & (rr_ms <= _RR_MS[1])
        if not is_interval.all():
            self._beat_times.start_segment()
        rr_ms, t, stamps = rr_ms[is_interval], np.maximum.accumulate(t)[is_interval], stamps[is_interval]
        borders = [0, *(np.flatnonzero(np.diff(t) > 0) + 1).tolist(), len(t)]
        for a, b in itertools.pairwise(borders if len(t) else []):
            yield from self._packet(rr_ms[a:b], float(t[a]), float(stamps[b - 1]), arrival)

    def _packet(self, rr_ms: FloatArray, at: float, stamp: float, arrival: float) -> Iterator[Item]:
        self._newest_packet = max(self._newest_packet, at)
        placed = self._beat_times.update(self._newest_packet, (rr_ms / 1e3).tolist())
        if placed.gap is not None:
            yield Gap(*placed.gap, self._why, self._source, self._person, Modality.RR)
        self._why = Reason.BEATS_LOST
        t, before = placed.t, self._last_beat
        if not np.all(np.diff(t, prepend=before) > 0):  # more intervals than time for them: nonsense, kept apart
            t = read_only(max(before, float(t[0])) + _NEAREST_S * np.arange(1, len(t) + 1))
        self._last_beat = float(t[-1])
        yield self._chunk(Modality.RR, t, rr_ms, arrival, stamp)

    def _chunk(self, modality: Modality, t: FloatArray, values: FloatArray, arrival: float, stamp: float) -> Chunk:
        arrival = max(arrival, float(t[-1]))  # samples that share a stamp are a microsecond apart
        return Chunk(modality, t, values, arrival, self._source, self._person, device_stamp=stamp)

    def _markers(self, batch: Batch, stretches: Sequence[Stretch]) -> Iterator[Item]:
        for stretch in stretches:
            for row, t in zip(stretch.rows.tolist(), stretch.t.tolist(), strict=True):
                kind = clean_text(bytes(batch.values[row, 0])[:_LOOKED_AT].decode(errors="replace"))
                if kind:
                    yield Marker(t, kind[:_MARKER_CHARACTERS].rstrip(), self._source, self._person)
