# SPDX-License-Identifier: MIT
"""What a session holds, found in one pass: its streams with their rates, ranges and lengths.

Law: it depends on the samples alone, not on how they were cut into chunks, up to the rounding of the rate; memory grows
with the number of chunks, not of samples.
"""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.export.progress import Told, untold
from app.store.contents import SessionContents, signals_of
from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray

REGULAR = frozenset({Modality.ECG, Modality.PPG, Modality.EDA, Modality.ACC, Modality.RESP})
"""Modalities that are sampled by a clock; intervals and the rate that a device states come when they come."""

_NEAR_WHOLE = 0.002  # most declared rates are whole; a quartz is off by less, and 51.2 Hz is not 51
_FEWEST = 4  # samples that show a rate
_HIGHEST_HZ = 10_000.0
_MANY = 1000  # samples of a chunk that may stand for a whole session
_CAREFULLY = 64  # chunks


@dataclass(frozen=True, slots=True, order=True)
class StreamKey:
    """One signal of one device on one person."""

    person: str
    source: str
    modality: Modality


@dataclass(frozen=True, slots=True)
class Stream:
    """What is known of a signal.

    Parameters
    ----------
    key : StreamKey
        Whose and what it is.
    count : int
        Its samples.
    first_t, last_t : float
        Times of the first and the last, seconds on the session clock.
    low, high : tuple of float
        Least and greatest finite value of each column; 0 where there is none, or nobody asked.
    measured_hz : float
        Its rate as the stamps have it; 0 where it is not sampled by a clock.
    """

    key: StreamKey
    count: int
    first_t: float
    last_t: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    measured_hz: float

    @property
    def columns(self) -> int:
        """How many numbers a sample has."""
        return len(self.low)

    @property
    def declared_hz(self) -> float:
        """The rate without the quartz's error: whole where it is nearly so; 0 for an irregular stream."""
        return declared_hz(self.measured_hz)


@dataclass(frozen=True, slots=True)
class Outline:
    """A session's streams in order of their first sample, and the time that it spans."""

    streams: tuple[Stream, ...]
    start_t: float
    end_t: float

    def persons(self) -> tuple[str, ...]:
        """Give everybody with a stream once, in order."""
        return tuple(dict.fromkeys(stream.key.person for stream in self.streams))


def declared_hz(measured_hz: float) -> float:
    """Give a rate as a device's maker would say it: whole where it is nearly so."""
    whole = round(measured_hz)
    is_whole = whole and abs(measured_hz - whole) <= _NEAR_WHOLE * whole
    return float(whole) if is_whole else round(measured_hz, 2)


def outline_of(contents: SessionContents, told: Told = untold, *, with_ranges: bool = True) -> Outline:
    """Read a session once and say what it holds.

    Parameters
    ----------
    contents : SessionContents
        The session.
    told : callable
        Hears the time that has been reached.
    with_ranges : bool
        False where nobody asks for the least and greatest values: the samples need not be read then.
    """
    seen: dict[StreamKey, _Seen] = {}
    end_t = contents.head.started_t
    for chunk in signals_of(contents, with_values=with_ranges):
        key = key_of(chunk)
        if key not in seen:
            seen[key] = _Seen(chunk)
        seen[key].take(chunk, with_range=with_ranges)
        end_t = max(end_t, float(chunk.t[-1]))
        told(chunk.arrival)
    streams = tuple(found.stream(key) for key, found in seen.items())
    start_t = min([contents.head.started_t, *(stream.first_t for stream in streams)])
    return Outline(streams, start_t, max(end_t, contents.head.ended_t or end_t))


def key_of(chunk: Chunk) -> StreamKey:
    """Tell which stream a chunk belongs to."""
    return StreamKey(chunk.person, chunk.source, chunk.modality)


class _Seen:
    """What has been seen of one stream."""

    def __init__(self, first: Chunk) -> None:
        self._is_regular = first.modality in REGULAR
        self._first_t = float(first.t[0])
        self._last_t = math.nan
        self._count = 0
        self._steps = array("d")  # the middle one of each chunk
        width = 3 if first.modality is Modality.ACC else 1
        self._low = np.full(width, math.inf)
        self._high = np.full(width, -math.inf)

    def take(self, chunk: Chunk, *, with_range: bool) -> None:
        if self._is_regular:
            self._step(chunk.t)
        self._count += len(chunk.t)
        self._last_t = float(chunk.t[-1])
        if with_range:
            self._widen(chunk)

    def _widen(self, chunk: Chunk) -> None:
        values = chunk.values.reshape(len(chunk.t), -1)
        low, high = values.min(axis=0), values.max(axis=0)
        if not (np.isfinite(low).all() and np.isfinite(high).all()):
            finite = np.where(np.isfinite(values), values, np.nan)
            low, high = np.fmin.reduce(finite), np.fmax.reduce(finite)
        self._low, self._high = np.fmin(self._low, low), np.fmax(self._high, high)

    def _step(self, t: FloatArray) -> None:
        """Note a chunk's usual step; its mean where there are many chunks, of which few miss samples within them."""
        n = len(t)
        if n == 1:
            step_s = t[0] - self._last_t
        elif n > _MANY or len(self._steps) < _CAREFULLY:
            step_s = np.median(np.diff(t))
        else:
            step_s = (t[-1] - t[0]) / (n - 1)
        if math.isfinite(step_s):
            self._steps.append(float(step_s))

    def stream(self, key: StreamKey) -> Stream:
        return Stream(
            key,
            self._count,
            self._first_t,
            self._last_t,
            tuple(_or_zero(self._low)),
            tuple(_or_zero(self._high)),
            self._measured_hz(),
        )

    def _measured_hz(self) -> float:
        if not self._steps or self._count < _FEWEST:
            return 0.0
        step_s = float(np.median(np.frombuffer(self._steps)))
        return 1.0 / step_s if step_s * _HIGHEST_HZ >= 1.0 else 0.0


def _or_zero(values: Iterable[float]) -> Iterable[float]:
    return (float(value) if math.isfinite(value) else 0.0 for value in values)
