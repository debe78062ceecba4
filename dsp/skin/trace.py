# SPDX-License-Identifier: MIT
"""One skin conductance signal, slot by slot: through noise, artifact rules, 1 Hz low-pass, responses and envelope.

Law: what is told of a second depends on the slots up to its end alone. Out of range and after a gap the signal begins
anew: nothing reaches across.
"""

import math
from dataclasses import dataclass, replace

from dsp.codes import Reason
from dsp.skin.artifacts import ARTIFACTS, ArtifactRules, Limits
from dsp.skin.lowpass import LowPass
from dsp.skin.noise import Noise
from dsp.skin.scl import Envelope
from dsp.skin.scr import AMPLITUDE_SDS, ResponseFinder
from dsp.skin.slots import Slot
from dsp.stream import Scr

_AFTERMATH_S = 1.0  # of an artifact or a start: the low-pass still remembers it
_SETTLED_S = 10.0
_SLOWEST_S = 0.35  # a little above 1/4 s
_SLOW = 3  # slots in a row further apart than that: the rate, not a sample lost
_GRAVE = (*ARTIFACTS, Reason.RATE_TOO_LOW)
_LOWEST_SDS = 2.0  # so far below its mean lies the lowest of some 30 values of noise
_NOISIEST = 1.0  # microsiemens: where the smallest response that noise allows is larger, nothing is told
_NOISIEST_SHARE = 0.1  # of the level


@dataclass(frozen=True, slots=True)
class Second:
    """What was heard between two ticks.

    Parameters
    ----------
    why : Reason or None
        Why it is not to be used; None when nothing speaks against it.
    level : tuple of float, or None
        Time and height of the envelope's newest point, seconds and microsiemens.
    smallest : float
        The smallest response that noise allows, microsiemens.
    responses : tuple of Scr
        Those confirmed, apart from any artifact.
    """

    why: Reason | None
    level: tuple[float, float] | None
    smallest: float
    responses: tuple[Scr, ...]


class SkinTrace:
    """Follow one signal.

    Parameters
    ----------
    limits : Limits
        Those of the electrodes' site.
    finder : ResponseFinder
        With the amplitude rule to count by.
    """

    def __init__(self, limits: Limits, finder: ResponseFinder) -> None:
        self._limits = limits
        self._finder = finder
        self._rules = ArtifactRules(limits)
        self._noise = Noise()
        self._lowpass = LowPass()
        self._envelope = Envelope()
        self._last_t = -math.inf
        self._spoiled_t = -math.inf
        self._is_broken = True
        self._slow = 0
        self._begin_second()

    def _begin_second(self) -> None:
        self._is_silent, self._is_steep = True, False
        self._why: Reason | None = None
        self._usable: list[tuple[float, float]] = []
        self._responses: list[Scr] = []

    def take(self, slot: Slot) -> None:
        """Take the next slot."""
        is_start = slot.is_first or self._is_broken
        self._slow = self._slow + 1 if slot.t - self._last_t > _SLOWEST_S else 0
        why = self._rules.judge(slot, self._noise.microsiemens)
        if self._slow >= _SLOW:
            why = Reason.RATE_TOO_LOW
        self._is_silent = self._is_broken = False
        self._is_steep = self._is_steep or self._rules.is_steep
        if is_start or why is not None:
            self._interrupt(slot.t, why, is_start=is_start)
        if why is None or why is Reason.FLAT:
            self._noise.follow(slot.t, slot.level)
        if not self._is_broken:
            self._smooth(slot, is_start=is_start, is_usable=why is None)
        self._last_t = slot.t

    def _interrupt(self, t: float, why: Reason | None, *, is_start: bool) -> None:
        """Keep the gravest reason of the second, and how far an artifact or a start reaches."""
        self._is_broken = why in (Reason.NO_CONTACT, Reason.RAIL)
        if why is not None and self._why not in _GRAVE:
            self._why = why
        if is_start or why in _GRAVE:
            self._spoiled_t = t
            self._noise.start()

    def _smooth(self, slot: Slot, *, is_start: bool, is_usable: bool) -> None:
        if is_start:
            level = self._lowpass.start(slot.level)
            self._finder.start()
        else:
            level = self._lowpass.follow(slot.level, slot.t - self._last_t)
        found = self._finder.follow(slot.t, level, self._noise_left())
        if found is not None:
            lag_s = self._lowpass.lag_s
            self._responses.append(replace(found, t=found.t - lag_s, peak_t=found.peak_t - lag_s))
        if is_usable and slot.t - self._spoiled_t > _AFTERMATH_S:
            self._usable.append((slot.t, level))

    def _noise_left(self) -> float:
        """Give the SD of the noise that the low-pass lets through; without end while it is unknown."""
        noise = self._noise.microsiemens
        return math.inf if noise is None else noise * self._lowpass.noise_gain

    def close(self, t: float, motion_mg: float | None) -> Second:
        """End the second at `t`: tell what was heard since the last one, given the motion in it."""
        why = self._judge(motion_mg)
        if why is Reason.MOVING:
            self._spoiled_t = t
        else:
            for point in self._usable:
                self._envelope.follow(*point)
        responses = tuple(r for r in self._responses if r.t - _AFTERMATH_S > self._spoiled_t)
        second = Second(why, self._level(), AMPLITUDE_SDS * self._noise_left(), responses)
        self._begin_second()
        return second

    def _level(self) -> tuple[float, float] | None:
        newest = self._envelope.newest
        if newest is None or self._noise.microsiemens is None:  # how far the lowest lies below the level is unknown
            return None
        return newest[0], newest[1] + _LOWEST_SDS * self._noise_left()

    def _judge(self, motion_mg: float | None) -> Reason | None:
        if self._is_silent:
            return Reason.SILENT
        if self._why in _GRAVE:
            return self._why
        if self._is_steep and motion_mg is not None and motion_mg > self._limits.motion_mg:
            return Reason.MOVING
        return self._judge_noise()

    def _judge_noise(self) -> Reason | None:
        noise, newest = self._noise.microsiemens, self._envelope.newest
        if noise is None and self._last_t - self._spoiled_t < _SETTLED_S:
            return Reason.SETTLING
        if self._why is not None:
            return self._why
        if noise is None or newest is None:
            return Reason.SETTLING
        is_noisy = noise > _NOISIEST_SHARE * newest[1] or AMPLITUDE_SDS * self._noise_left() > _NOISIEST
        return Reason.NOISY if is_noisy else None
