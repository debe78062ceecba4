# SPDX-License-Identifier: MIT
"""Which candidates are heartbeats: each is weighed against the beats and the noise that came before it.

Everything is learned from what was taken and refused so far: how strong beats are, how strong what lies between them
is (apart: in the first 0.42 s, where T waves are), and how long intervals last. The weights of the sum are those of a
logistic regression (`benchmarks/accuracy/r_peaks_training.py`), so the score is about the log odds of a beat.

Law: beats depend on the candidates alone; their times rise strictly. State is bounded.

References
----------
Pan & Tompkins 1985, doi 10.1109/TBME.1985.325532 (two levels, search-back);
Hamilton & Tompkins 1986, doi 10.1109/TBME.1986.325695 (decision rules).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter, mul
from typing import NamedTuple

from dsp.heart.qrs_candidates import Candidate

LEARN_S = 2.5  # of signal before the first decision: two beats at 50 bpm

_REFRACTORY_S = 0.2  # no ventricle beats again so soon
_T_WAVE_S = 0.42
_LATE = 1.45  # of the usual interval: then the best of what was refused is looked at again
_SEARCH_BACK_SCORE = -1.5  # the odds of a beat that was due
_RIVAL_S, _RIVAL_SHARE = 0.3, 0.7  # two candidates so close, also as a share of the usual interval, are not both beats
_CERTAIN = 2.0  # a beat of a lower score is told only when no likelier rival came
_MUCH_LARGER = 0.3  # log of energy: what was told for certain and has such a rival is unlearned
_SILENCE_S, _SILENCE_STEP_S, _SILENCE_FALL = 2.0, 0.5, 0.2  # without a beat: the levels fall by a fifth, and again
_LOWEST = math.log(0.01)  # mV: no candidate is smaller
_FORGET_BEATS, _FORGET_NOISE = 0.18, 0.15  # of the levels, with each beat
_LARGEST_CHANGE = (-1.0, 0.6)  # log: what one beat may change of its level's aim; an artifact is not the new usual
_EARLY_S = 0.4  # 150 bpm: before that, the sooner the less likely
_INTERVAL_S = (0.25, 2.0)  # what an interval is learned from
_USUAL_S = 0.85  # 70 bpm, before any interval
_INTERVALS = 8  # of which the median is the usual one
_NOT_BACK_TO_S = 0.3  # a refused candidate so soon after a beat stays refused: most are T waves
_NOISE_FLOOR = 0.02  # of a beat's energy
_FIRST_NOISE = 0.2  # the same, before any noise was heard
_LOUDER = 0.7  # log: a first maximum so much above the second is an artifact
_LEAST, _MOST = -3.0, 1.5  # log: beyond these a level says no more


class Terms(NamedTuple):
    """What speaks for a candidate and against it; or what each of these weighs.

    Parameters
    ----------
    always : float
        1; its weight are the log odds of a candidate like the usual beat, without noise.
    energy, sharpness : float
        Natural logarithms, above those of the usual beat (from -3 to 1.5).
    noise : float
        Logarithm of the noise where the candidate lies, among T waves or after them, as a share of a beat's energy.
    early : float
        How much less than 0.4 s has passed since the last beat, in s.
    step : float
        As it is in the candidate.
    """

    always: float
    energy: float
    sharpness: float
    noise: float
    early: float
    step: float


Score = Callable[[Terms], float]

_WEIGHTS = Terms(3.5, 2.9, 3.5, -1.9, -32.0, -4.8)


def log_odds(terms: Terms, weights: Terms = _WEIGHTS) -> float:
    """Give about the log odds that a candidate is a beat."""
    return float(sum(map(mul, terms, weights)))


class Seen(NamedTuple):
    """A beat, and the time of the newest sample that was needed to decide on it."""

    beat: Candidate
    detected_t: float


@dataclass(slots=True)
class _Known:
    """What was learned so far: levels of beats as natural logarithms of mV, of noise in mV."""

    energy: float
    sharpness: float
    between: float
    t_wave: float
    quiet_since: float
    intervals: tuple[float, ...] = ()
    usual_s: float = _USUAL_S
    last: Candidate | None = None
    refused: tuple[float, Candidate] | None = None  # the best since the last beat, with its score
    loudest_between: float = 0.0  # since the last beat
    loudest_t_wave: float = 0.0

    def copy(self) -> "_Known":
        """Give what is known now, for later (in a fifth of the time that `replace` takes)."""
        return _Known(*_EVERYTHING(self))

    @property
    def rival_s(self) -> float:
        """How close to a beat a candidate is its rival."""
        return min(_RIVAL_S, _RIVAL_SHARE * self.usual_s)

    def wait_s(self, candidate: Candidate) -> float:
        """Give the time since the last beat; the usual interval where there is none."""
        return candidate.t - self.last.t if self.last is not None else self.usual_s

    def take(self, beat: Candidate, now: float) -> None:
        """Learn from a beat, and from what was refused before it."""
        wait_s = beat.t - self.last.t if self.last is not None else 0.0
        if _INTERVAL_S[0] < wait_s < _INTERVAL_S[1]:
            self.intervals = (*self.intervals, wait_s)[-_INTERVALS:]
            self.usual_s = sorted(self.intervals)[len(self.intervals) // 2]
        self.energy += _FORGET_BEATS * _limited(beat.energy - self.energy, *_LARGEST_CHANGE)
        self.sharpness += _FORGET_BEATS * _limited(beat.sharpness - self.sharpness, *_LARGEST_CHANGE)
        self.t_wave += _FORGET_NOISE * (self.loudest_t_wave - self.t_wave)
        if wait_s > _T_WAVE_S + 0.1 or self.loudest_between > 0.0:
            self.between += _FORGET_NOISE * (self.loudest_between - self.between)
        self.loudest_between = self.loudest_t_wave = 0.0
        self.last, self.refused, self.quiet_since = beat, None, now

    def refuse(self, candidate: Candidate, wait_s: float, score: float) -> None:
        """Learn how strong what is no beat can be."""
        noise = min(math.exp(candidate.energy), math.exp(self.energy))
        if wait_s < _T_WAVE_S:
            self.loudest_t_wave = max(self.loudest_t_wave, noise)
        else:
            self.loudest_between = max(self.loudest_between, noise)
        if wait_s > _NOT_BACK_TO_S and (self.refused is None or score > self.refused[0]):
            self.refused = (score, candidate)

    def overdue(self, wait_s: float) -> Candidate | None:
        """Give the best of what was refused, where a beat is overdue and it may well be one."""
        is_late = self.last is not None and wait_s > _LATE * self.usual_s
        if is_late and self.refused is not None and self.refused[0] > _SEARCH_BACK_SCORE:
            return self.refused[1]
        return None

    def fade(self, now: float) -> None:
        """Let the levels fall while no beat is seen: electrodes lie differently, or a loud artifact was learned."""
        if now - self.quiet_since > _SILENCE_S:
            self.energy = max(self.energy - _SILENCE_FALL, _LOWEST)
            self.sharpness = max(self.sharpness - _SILENCE_FALL, _LOWEST)
            self.between += _FORGET_NOISE * (self.loudest_between - self.between)
            self.loudest_between = 0.0
            self.quiet_since = now - _SILENCE_S + _SILENCE_STEP_S


_EVERYTHING = attrgetter(*(field.name for field in fields(_Known)))


class Decision:
    """Tell beats from other candidates.

    Parameters
    ----------
    score : callable
        Gives the log odds of a beat.
    """

    def __init__(self, score: Score = log_odds) -> None:
        self._score = score
        self._waiting: list[Candidate] = []
        self._known: _Known | None = None
        self._before: _Known | None = None  # what was known before the last beat
        self._doubtful: tuple[float, Candidate] | None = None  # the last beat with its score, while it is not told

    def update(self, candidate: Candidate) -> Iterator[Seen]:
        """Take the next candidate; give the beats that it settles."""
        if self._known is not None:
            yield from self._decide(self._known, candidate, candidate.seen_t)
            return
        self._waiting.append(candidate)
        if candidate.t - self._waiting[0].t >= LEARN_S:
            self._known = _first_known(self._waiting)
            for one in self._waiting:
                yield from self._decide(self._known, one, candidate.seen_t)
            self._waiting = []

    def interrupt(self) -> None:
        """Note that samples are missing: the levels stay, the next beat follows nothing."""
        self._before = self._doubtful = None
        if self._known is not None:
            self._known.last = self._known.refused = None

    def _decide(self, known: _Known, candidate: Candidate, now: float) -> Iterator[Seen]:
        if self._doubtful is not None and candidate.t > self._doubtful[1].t + known.rival_s:
            yield from self._tell_doubtful(now)
        known = self._without_rival(known, candidate)
        wait_s = known.wait_s(candidate)
        if wait_s <= _REFRACTORY_S:
            return
        score = self._score(_terms(known, candidate, wait_s))
        if score > 0.0:
            yield from self._take(known, candidate, score, now)
            return
        known.refuse(candidate, wait_s, score)
        overdue = known.overdue(wait_s)
        if overdue is None:
            known.fade(candidate.t)
            return
        yield from self._tell_doubtful(now)
        self._before = None
        known.take(overdue, candidate.t)
        yield Seen(overdue, now)

    def _take(self, known: _Known, candidate: Candidate, score: float, now: float) -> Iterator[Seen]:
        yield from self._tell_doubtful(now)
        self._before = known.copy()
        known.take(candidate, candidate.t)
        if score < _CERTAIN:
            self._doubtful = (score, candidate)
        else:
            yield Seen(candidate, now)

    def _tell_doubtful(self, now: float) -> Iterator[Seen]:
        if self._doubtful is not None:
            _, beat = self._doubtful
            self._doubtful = None
            yield Seen(beat, now)

    def _without_rival(self, known: _Known, candidate: Candidate) -> _Known:
        """Unlearn the last beat where what follows at once is the likelier one: that was a P wave or noise."""
        before, last = self._before, known.last
        if before is None or last is None or not last.t < candidate.t < last.t + known.rival_s:
            return known
        if not self._is_likelier(candidate, before, last):
            return known
        noise = min(math.exp(last.energy), math.exp(before.energy))
        before.loudest_between = max(before.loudest_between, noise)
        self._known, self._before, self._doubtful = before, None, None
        return before

    def _is_likelier(self, candidate: Candidate, before: _Known, last: Candidate) -> bool:
        if self._doubtful is None:
            return candidate.energy > last.energy + _MUCH_LARGER
        score = self._score(_terms(before, candidate, before.wait_s(candidate)))
        return score > self._doubtful[0]


def _first_known(candidates: Sequence[Candidate]) -> _Known:
    """Take the second strongest of the first candidates for a beat, or little less than the strongest."""
    second, first = sorted(candidates, key=lambda candidate: candidate.energy)[-2:]
    energy = max(second.energy, first.energy - _LOUDER)
    noise = _FIRST_NOISE * math.exp(energy)
    sharpness = max(second.sharpness, first.sharpness - _LOUDER)
    return _Known(energy, sharpness, noise, noise, quiet_since=candidates[0].t)


def _terms(known: _Known, candidate: Candidate, wait_s: float) -> Terms:
    noise = known.t_wave if wait_s < _T_WAVE_S else known.between
    return Terms(
        1.0,
        min(max(candidate.energy - known.energy, _LEAST), _MOST),
        min(max(candidate.sharpness - known.sharpness, _LEAST), _MOST),
        math.log(noise / math.exp(known.energy) + _NOISE_FLOOR),
        max(_EARLY_S - wait_s, 0.0),
        candidate.step,
    )


def _limited(value: float, lowest: float, highest: float) -> float:
    return min(max(value, lowest), highest)
