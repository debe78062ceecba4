# SPDX-License-Identifier: MIT
"""What movement does to the estimate: a heart that works for the legs says nothing of arousal.

- A site that moves makes the second grey at once, and the state unknown after 10 s.
- 20 s of strong movement of the chest mask the state for up to 60 s after it: the heart comes back slowly.
- Where no acceleration is measured, a rate whose mean over one breath rises by more than 15 bpm within 10 s, without a
  falling half-wave, is taken for movement: so rises a heart when somebody stands up.
- A clear skin channel that rises meanwhile speaks against exercise alone: then nothing is masked.

Law: the gate depends on the seconds before it alone.
"""

import math
from collections import deque
from dataclasses import dataclass

from dsp.skin.artifacts import LIMITS, Site

_CHEST_MG = 100.0  # SD of |acc|: sitting and breathing have 3 to 15, talking with the hands 20 to 60, walking over 150
_WRIST_MG = LIMITS[Site.WRIST].motion_mg
_STRONG_MG = 150.0
_UNKNOWN_S, _STRONG_S, _MASK_S = 10.0, 20.0, 60.0
_PAUSE_S = 3.0  # movement that stops for no longer goes on
_LEAP_BPM, _LEAP_S, _FALLING_BPM = 15.0, 10.0, 2.0
_UNMEASURED_S = 5.0  # without acceleration for so long there is none
_RISE_Z, _RISE_S = 1.0, 600.0


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a second is grey, and whether its state is unknown because of movement."""

    is_grey: bool = False
    is_unknown: bool = False


class MotionGate:
    """Follow how one person moves."""

    def __init__(self) -> None:
        self._measured_s = -math.inf
        self._moving_s: tuple[float, float] | None = None  # since when, and when last
        self._strong_s: tuple[float, float] | None = None
        self._mask_until_s = -math.inf
        self._rates: deque[tuple[float, float]] = deque(maxlen=16)  # the mean over a breath
        self._skin: deque[tuple[float, float]] = (
            deque()
        )  # its z, rising: each may become the lowest of those that follow

    def update(
        self, t: float, motion_mg: float | None, *, at_chest: bool, breath_bpm: float | None, skin_z: float | None
    ) -> Gate:
        """Take a second.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        motion_mg : float or None
            SD of |acceleration| in it; None where none is measured.
        at_chest : bool
            Whether it was measured at the chest rather than at the wrist.
        breath_bpm : float or None
            The heart's rate as a mean over the last breath.
        skin_z : float or None
            The skin's distance from its rest, where it is clear.
        """
        self._feel(t, motion_mg, at_chest=at_chest)
        if t - self._measured_s > _UNMEASURED_S:
            self._guess(t, breath_bpm)
        rises = self._skin_rises(t, skin_z)
        is_moving = self._moving_s is not None
        has_moved = self._moving_s is not None and t - self._moving_s[0] >= _UNKNOWN_S
        return Gate(is_moving, not rises and (has_moved or t < self._mask_until_s))

    def _feel(self, t: float, motion_mg: float | None, *, at_chest: bool) -> None:
        if motion_mg is not None:
            self._measured_s = t
        moves = motion_mg is not None and motion_mg > (_CHEST_MG if at_chest else _WRIST_MG)
        is_strong = motion_mg is not None and at_chest and motion_mg > _STRONG_MG
        self._moving_s = _extended(self._moving_s, t, is_on=moves)
        self._strong_s = _extended(self._strong_s, t, is_on=is_strong)
        if self._strong_s is not None and t - self._strong_s[0] >= _STRONG_S:
            self._mask_until_s = self._strong_s[1] + _MASK_S

    def _guess(self, t: float, breath_bpm: float | None) -> None:
        if breath_bpm is None:
            self._rates.clear()
            return
        while self._rates and self._rates[0][0] < t - _LEAP_S:
            self._rates.popleft()
        self._rates.append((t, breath_bpm))
        if t >= self._mask_until_s and _leaps([bpm for _, bpm in self._rates]):
            self._mask_until_s = t + _MASK_S
            self._rates.clear()

    def _skin_rises(self, t: float, skin_z: float | None) -> bool:
        """Tell whether the skin is clear now and stands higher than it did within the last 10 min."""
        while self._skin and self._skin[0][0] < t - _RISE_S:
            self._skin.popleft()
        if skin_z is None:
            return False
        while self._skin and self._skin[-1][1] >= skin_z:
            self._skin.pop()
        self._skin.append((t, skin_z))
        return skin_z - self._skin[0][1] > _RISE_Z


def _extended(span: tuple[float, float] | None, t: float, *, is_on: bool) -> tuple[float, float] | None:
    if is_on:
        return (span[0] if span is not None else t, t)
    return span if span is not None and t - span[1] <= _PAUSE_S else None


def _leaps(rates: list[float]) -> bool:
    highest = rates[0]
    for rate in rates:
        if rate < highest - _FALLING_BPM:
            return False
        highest = max(highest, rate)
    return rates[-1] - rates[0] > _LEAP_BPM
