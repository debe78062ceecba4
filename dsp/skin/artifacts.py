# SPDX-License-Identifier: MIT
"""Which moments of a skin conductance signal are not skin: decided at each slot, from what came before it.

Skin conductance rises while sweat fills its ducts and falls slowly as they empty; an electrode that lifts makes it fall
at once. So the first rule is the fall: within 0.5 s by more than a constant times the root of the level. The root lies
between a fixed size and a share of the level, so that one constant serves 1 and 8 microsiemens alike. A fall that a
response explains is none: it is at most half as fast as the sustained rise before it. A step that is over within one
sample, and a rise by more than 0.2 of the level per second for longer than a response rises, are no skin either.

Law: the verdict on a slot depends on the slots up to it alone, and comes with it.

Notes
-----
- The published rule is a relative slope |dE/dt|/E above 0.2 per s. As it stands it reaches F1 0.76 where this one
  reaches 0.88 (`benchmarks/accuracy/eda.py`), and deletes the strongest responses. Here it counts together with motion.
- The wrist's constant was chosen on half of the labelled recordings of one person; from 0.065 to 0.085 it changes F1
  by 0.02 at most. No labelled recording of a finger was at hand: its constant is the wrist's, doubled.

References
----------
Kleckner I. R. et al., IEEE Trans. Biomed. Eng. 65, 2018, doi 10.1109/TBME.2017.2758643 (the valid range).
"""

import math
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from dsp.codes import Reason
from dsp.skin.slots import Slot

ARTIFACTS = (Reason.ARTIFACT, Reason.NO_CONTACT, Reason.RAIL)  # what is no skin; the other reasons say "not known"

_RANGE_MICROSIEMENS = (0.05, 60.0)
_WITHIN_S = 0.5  # a fall is measured against the highest slot of this time
_SLACK_S = 0.01  # times are rounded
_EXCUSED = 0.5  # of the rise before it; a Bateman response of 0.75 and 2 s falls by 0.20 to 0.30 of its rise
_EXCUSED_S = 8.0  # a response has fallen by most of its height so long after its rise
_RECOVERY_S = 5.0  # a rise so soon after an artifact, up to where it began, is the electrode coming back
_NOISE_SDS = 6.0  # no change that noise explains is an artifact,
_EXCUSED_SDS = 3.0  # nor one that a response and noise explain together
_STEP = 2.0  # times the fall that counts: a rise is less telling
_STEEP_PER_S = 0.2
_LONGEST_RISE_S = 6.0
_FLAT_S = 60.0  # the coarsest device of the recordings at hand stands still for 29 s at rest
_STUCK_S = 10.0  # none of them does so where most neighbouring values differ
_SAME = 1e-9


class Site(StrEnum):
    """Where the electrodes are."""

    FINGER = "finger"
    WRIST = "wrist"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much at one site: `fall` in root microsiemens, motion as SD of |acc| in mg."""

    fall: float
    motion_mg: float


LIMITS = {Site.FINGER: Limits(fall=0.15, motion_mg=50.0), Site.WRIST: Limits(fall=0.075, motion_mg=100.0)}


class ArtifactRules:
    """Judge one signal slot by slot.

    Parameters
    ----------
    limits : Limits
        Those of the electrodes' site.

    Attributes
    ----------
    is_steep : bool
        Whether the level changed by more than 0.2 of itself per second at the last slot.
    """

    def __init__(self, limits: Limits) -> None:
        self._fall = limits.fall
        self._recent: deque[tuple[float, float]] = deque()
        self._artifact_t = -math.inf
        self._regained = 0.0
        self._changed_t = -math.inf
        self._is_still = True
        self._level = math.nan
        self._start(-math.inf)

    def judge(self, slot: Slot, noise: float | None) -> Reason | None:
        """Tell why a slot is not to be used.

        Parameters
        ----------
        slot : Slot
            The next one.
        noise : float or None
            SD of the slots' noise, microsiemens; None while unknown.

        Returns
        -------
        Reason or None
            `NO_CONTACT`, `RAIL`, `ARTIFACT`, or `FLAT`; None when nothing speaks against it.
        """
        t, level = slot.t, slot.level
        if slot.is_first:
            self._start(t)
        half, quarter, top = self._look_back(t, level)
        self._recent.append((t, level))
        self.is_steep = half is not None and abs(level - half) > _STEEP_PER_S * _WITHIN_S * abs(half)
        if not self.is_steep or level < top:
            self._gentle_t = t
        why = _out_of_range(level)
        if why is not None or self._is_artifact(slot, top, math.inf if noise is None else noise):
            self._note_artifact(t, top)
            return why or Reason.ARTIFACT
        if half is not None and quarter is not None and level > half:
            self._note_rise(t, level, 2.0 * min(level - quarter, quarter - half))
        return Reason.FLAT if self._stands_still(t, level, noise) else None

    def _start(self, t: float) -> None:
        self._recent.clear()
        self._gentle_t = t
        self._rise, self._rise_t = 0.0, t
        self.is_steep = False

    def _look_back(self, now: float, level: float) -> tuple[float | None, float | None, float]:
        """Give the level about 0.5 s and 0.25 s ago, None where that is not known, and the highest since then."""
        recent = self._recent
        while recent and recent[0][0] < now - _WITHIN_S - _SLACK_S:
            recent.popleft()
        top, quarter, quarter_t = level, None, now - _WITHIN_S / 2.0 + _SLACK_S
        for t, before in recent:
            top = max(top, before)
            if t <= quarter_t:
                quarter = before
        is_whole = bool(recent) and recent[0][0] < now - 0.8 * _WITHIN_S
        return recent[0][1] if is_whole else None, quarter, top

    def _stands_still(self, t: float, level: float, noise: float | None) -> bool:
        """Tell a signal that has not changed for long, or not at all yet."""
        if abs(level - self._level) > _SAME:
            self._changed_t, self._is_still = t, False
        elif t - self._changed_t > (_STUCK_S if noise else _FLAT_S):
            self._is_still = True
        self._level = level
        return self._is_still

    def _note_artifact(self, t: float, top: float) -> None:
        """Keep from where on a rise is more than the electrode coming back."""
        before = self._regained if t - self._artifact_t <= _RECOVERY_S else 0.0
        self._regained = max(before, top + self._fall * math.sqrt(max(top, 0.0)))
        self._artifact_t, self._rise = t, 0.0

    def _note_rise(self, t: float, level: float, rise: float) -> None:
        """Keep the fastest rise that both halves of 0.5 s share: the rise of a response, not a spike's."""
        is_recovery = level <= self._regained and t - self._artifact_t <= _RECOVERY_S
        if rise > self._rise_before(t) and not is_recovery:
            self._rise, self._rise_t = rise, t

    def _rise_before(self, t: float) -> float:
        return self._rise if t - self._rise_t <= _EXCUSED_S else 0.0

    def _is_artifact(self, slot: Slot, top: float, noise: float) -> bool:
        limit, fall = self._fall * math.sqrt(top), top - slot.level
        if fall > limit and fall > max(_NOISE_SDS * noise, _EXCUSED * self._rise_before(slot.t) + _EXCUSED_SDS * noise):
            return True
        if slot.step > _STEP * limit and slot.step > _NOISE_SDS * noise * math.sqrt(slot.samples):
            return True
        return slot.t - self._gentle_t > _LONGEST_RISE_S


def _out_of_range(level: float) -> Reason | None:
    if not level >= _RANGE_MICROSIEMENS[0]:
        return Reason.NO_CONTACT
    return Reason.RAIL if level > _RANGE_MICROSIEMENS[1] else None
