# SPDX-License-Identifier: MIT
"""R peaks of an ECG, as they come: at any rate from 100 to 1000 Hz, for either polarity.

Samples are put into unbroken runs; in each, candidates are found (`dsp/heart/qrs_candidates.py`) and weighed against
what came before (`dsp/heart/qrs_decision.py`).

Law: peaks depend on the samples alone, however they were cut; their times rise strictly; no input raises.

Notes
-----
- A sample that is no number, or whose time does not lie after the one before it, is passed over. Where samples are more
  than 50 ms apart a run ends; the next begins with half a second that tells the rate. Levels are kept over gaps of
  up to 2.5 s and learned anew after longer ones.
- The first beats are told after 2.5 s of signal, all at once.
- Samples of another source begin a new run: two electrodes do not make one signal.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dsp.codes import Modality
from dsp.heart.ecg_samples import SoundSamples
from dsp.heart.qrs_candidates import Candidate, Candidates
from dsp.heart.qrs_decision import LEARN_S, Decision
from dsp.heart.r_wave import find_r
from dsp.stream import Chunk, FloatArray, Item

_GAP_S = 0.05  # three samples lost at 130 Hz
_RATE_S = 0.5  # that tell the rate
_RATES_HZ = (90.0, 2100.0)  # 100 to 1000 and some: clocks differ, and amplifiers of 2 kHz exist
_AS_BEFORE = 0.2  # log: by how much R is larger on the side that it pointed to before
_FORGET = 0.1  # of where R pointed, with each beat


@dataclass(frozen=True, slots=True)
class RPeak:
    """One R peak.

    Parameters
    ----------
    t : float
        When it was, seconds on the session clock, finer than a sample.
    detected_t : float
        The time of the newest sample that was needed to see it.
    height_mv : float
        Of the R wave against its surroundings, above 0 for either polarity.
    """

    t: float
    detected_t: float
    height_mv: float


class RPeaks:
    """Find the R peaks of one person's ECG; other items pass unheard."""

    delay_s = 0.13  # from R; a beat that was refused at first is told when it is overdue

    def __init__(self) -> None:
        self._source: str | None = None
        self._sound = SoundSamples()
        self._t = self._mv = np.empty(0)  # the beginning of a run, until its rate is known
        self._candidates: Candidates | None = None
        self._decision = Decision()
        self._upright = 0.0  # from -1 to 1: where R pointed in the last beats
        self._told_t = -math.inf

    def update(self, item: Item) -> tuple[RPeak, ...]:
        """Take a chunk of ECG in mV; give the peaks that it settles, in order of time."""
        if not isinstance(item, Chunk) or item.modality is not Modality.ECG:
            return ()
        if item.source != self._source:
            self._source = item.source
            self._break(math.inf)
        return tuple(peak for run in self._runs(item) for peak in self._follow(*run))

    def _runs(self, chunk: Chunk) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Cut what can be used of a chunk at its gaps."""
        before_t = self._sound.newest_t
        t, mv = self._sound.of(chunk)
        if len(t) > 1 and t[0] - before_t <= _GAP_S and np.maximum.reduce(t[1:] - t[:-1]) <= _GAP_S:
            yield t, mv  # as nearly always
            return
        waits = t - np.concatenate([[before_t], t])[:-1]
        borders = [0, *(waits > _GAP_S).nonzero()[0].tolist(), len(t)]
        for begin, end in pairwise(borders):
            if begin < end:
                if waits[begin] > _GAP_S:
                    self._break(float(waits[begin]))
                yield t[begin:end], mv[begin:end]

    def _break(self, wait_s: float) -> None:
        """Begin a new run."""
        self._t = self._mv = np.empty(0)
        self._candidates = None
        if wait_s > LEARN_S:
            self._decision = Decision()
        else:
            self._decision.interrupt()

    def _follow(self, t: FloatArray, mv: FloatArray) -> Iterator[RPeak]:
        """Take the next samples of this run."""
        if self._candidates is None:
            t, mv = np.concatenate([self._t, t]), np.concatenate([self._mv, mv])
            t, mv = self._learn_rate(t, mv)
        if self._candidates is not None:
            for candidate in self._candidates.update(t, mv):
                for beat, detected_t in self._decision.update(candidate):
                    yield from self._place(beat, detected_t)

    def _place(self, beat: Candidate, detected_t: float) -> Iterator[RPeak]:
        """Put R on the wave that points where R pointed before, unless the other one is clearly larger."""
        r = find_r(beat.wave, _AS_BEFORE * self._upright)
        self._upright += _FORGET * ((1.0 if r.is_up else -1.0) - self._upright)
        if r.t > self._told_t:
            self._told_t = r.t
            yield RPeak(r.t, detected_t, r.height_mv)

    def _learn_rate(self, t: FloatArray, mv: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Learn the rate from the first samples; give those that are to be followed now.

        Half a second of another rate is dropped, and the next half second is looked at.
        """
        most = int(_RATE_S * _RATES_HZ[1])
        while True:
            count = int(np.searchsorted(t[: most + 1], t[0] + _RATE_S)) if len(t) else 0
            count = max(count, min(len(t), 1))  # of an absurd time t, t + 0.5 is t
            if count == len(t) and count <= most:
                self._t, self._mv = t, mv
                return t[:0], mv[:0]
            rate_hz = count / (t[count] - t[0]) if count <= most else math.inf
            if _RATES_HZ[0] <= rate_hz <= _RATES_HZ[1]:
                self._candidates = Candidates(float(rate_hz))
                self._t = self._mv = np.empty(0)
                return t, mv
            t, mv = t[count:], mv[count:]
