# SPDX-License-Identifier: MIT
"""What an inlet pulls, to items: scaled, placed on the session clock, cut where samples are missing.

Law: any samples with any stamps give items and never raise; the times of each modality only grow and never lie after
their arrival; what is no number is a missing sample; no clock is read. Each chunk keeps the stamps as they were sent
and the measured offset of the sender's clock, for a better mapping later; of a resistance also the numbers.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dsp.codes import Modality, Reason
from dsp.stream import Chunk, FloatArray, Gap, Item, Marker, read_only
from sensors.foreign_text import clean_text
from sensors.lsl.recognise import Signal
from sensors.lsl.stamps import SessionStamps
from sensors.lsl.times import SampleTimes, Stretch
from sensors.lsl.units import is_resistance, to_modality
from sensors.lsl.wire import Batch
from sensors.stamps import BeatTimes

_RR_MS = (1.0, 60_000.0)  # outside of it, it is no interval
_NEAREST_S = 1e-6
_MARKER_CHARACTERS = 32
_LOOKED_AT = 256  # bytes of a marker


@dataclass(frozen=True, slots=True, eq=False)
class _Sent:
    """What is kept of samples beside their values: stamps (n,), offset of the sender's clock, arrival, and numbers."""

    stamps: FloatArray
    offset_s: float
    arrival: float
    raw: FloatArray | None = None

    def of(self, rows: npt.NDArray[np.int64 | np.bool_] | slice) -> "_Sent":
        """Give that of some samples alone."""
        return replace(self, stamps=self.stamps[rows], raw=None if self.raw is None else self.raw[rows])


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
        self._rate_hz = 0.0
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
        self._rate_hz = rate_hz
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
            numbers = np.asarray(batch.values[:, signal.columns], np.float64)
            values = to_modality(numbers, signal.unit)
            raw = numbers[:, 0] if is_resistance(signal.unit) else None
            sent = _Sent(batch.stamps, offset_s, arrival, raw)
            if signal.modality is Modality.RR:
                yield from self._beats(values[laid.is_kept, 0], laid.t, sent.of(laid.is_kept))
            else:
                values = values if signal.modality is Modality.ACC else values[:, 0]
                yield from self._samples(signal.modality, values, stretches, sent)

    def _samples(
        self, modality: Modality, values: FloatArray, stretches: Sequence[Stretch], sent: _Sent
    ) -> Iterator[Item]:
        for stretch in stretches:
            if stretch.gap is not None:
                yield Gap(*stretch.gap, self._source, self._person, modality)
            yield self._chunk(modality, stretch.t, values[stretch.rows], sent.of(stretch.rows))

    def _beats(self, rr_ms: FloatArray, t: FloatArray, sent: _Sent) -> Iterator[Item]:
        """Place intervals by their own sum: a bridge may stamp all beats of a packet when the packet comes."""
        is_interval = (rr_ms >= _RR_MS[0]) & (rr_ms <= _RR_MS[1])
        if not is_interval.all():
            self._beat_times.start_segment()
        rr_ms, t, sent = rr_ms[is_interval], np.maximum.accumulate(t)[is_interval], sent.of(is_interval)
        borders = [0, *(np.flatnonzero(np.diff(t) > 0) + 1).tolist(), len(t)]
        for a, b in itertools.pairwise(borders if len(t) else []):
            yield from self._packet(rr_ms[a:b], float(t[a]), sent.of(slice(a, b)))

    def _packet(self, rr_ms: FloatArray, at: float, sent: _Sent) -> Iterator[Item]:
        self._newest_packet = max(self._newest_packet, at)
        placed = self._beat_times.update(self._newest_packet, (rr_ms / 1e3).tolist())
        if placed.gap is not None:
            yield Gap(*placed.gap, self._why, self._source, self._person, Modality.RR)
        self._why = Reason.BEATS_LOST
        t, before = placed.t, self._last_beat
        if not np.all(np.diff(t, prepend=before) > 0):  # more intervals than time for them: nonsense, kept apart
            t = read_only(max(before, float(t[0])) + _NEAREST_S * np.arange(1, len(t) + 1))
        self._last_beat = float(t[-1])
        yield self._chunk(Modality.RR, t, rr_ms, sent)

    def _chunk(self, modality: Modality, t: FloatArray, values: FloatArray, sent: _Sent) -> Chunk:
        return Chunk(
            modality,
            t,
            values,
            max(sent.arrival, float(t[-1])),  # samples that share a stamp are a microsecond apart
            self._source,
            self._person,
            device_stamp=float(sent.stamps[-1]),
            raw=sent.raw,
            raw_stamps=sent.stamps,
            clock_offset_s=sent.offset_s,
            rate_hz=self._rate_hz or None,
        )

    def _markers(self, batch: Batch, stretches: Sequence[Stretch]) -> Iterator[Item]:
        for stretch in stretches:
            for row, t in zip(stretch.rows.tolist(), stretch.t.tolist(), strict=True):
                kind = clean_text(bytes(batch.values[row, 0])[:_LOOKED_AT].decode(errors="replace"))
                if kind:
                    yield Marker(t, kind[:_MARKER_CHARACTERS].rstrip(), self._source, self._person)
