# SPDX-License-Identifier: MIT
"""What the synthetic person lives through: calm, activated and quiet stretches, one gliding into the next.

Law: the conditions at a time depend on the script and the time alone.
"""

import itertools
import math
from dataclasses import dataclass

_GLIDE_S = 30.0  # a change of arousal takes about so long to show in the heart


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} must be {low:g} to {high:g}, not {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How the body stands.

    Parameters
    ----------
    hr_bpm : float
        Mean heart rate, 30 to 200.
    rsa_bpm : float
        Peak to trough of the heart rate's swing with the breath at its resonance (about 6 breaths/min); faster breaths
        move it less.
    breaths_per_min : float
        The person's own breathing rate, 3 to 40.
    scl_microsiemens : float
        Skin conductance level, above 0.
    scr_per_min : float
        Skin conductance responses a minute, 0 to 30.
    """

    hr_bpm: float
    rsa_bpm: float
    breaths_per_min: float
    scl_microsiemens: float
    scr_per_min: float

    def __post_init__(self) -> None:
        _within("hr_bpm", self.hr_bpm, 30.0, 200.0)
        _within("rsa_bpm", self.rsa_bpm, 0.0, 40.0)
        _within("breaths_per_min", self.breaths_per_min, 3.0, 40.0)
        _within("scl_microsiemens", self.scl_microsiemens, 0.05, 60.0)
        _within("scr_per_min", self.scr_per_min, 0.0, 30.0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Conditions that hold for `duration_s` seconds (above 0)."""

    duration_s: float
    conditions: Conditions

    def __post_init__(self) -> None:
        if not (math.isfinite(self.duration_s) and self.duration_s > 0):
            raise ValueError(f"duration_s must be finite and above 0, not {self.duration_s}")


CALM = Conditions(hr_bpm=64.0, rsa_bpm=13.0, breaths_per_min=14.0, scl_microsiemens=4.0, scr_per_min=2.0)
ACTIVATED = Conditions(hr_bpm=90.0, rsa_bpm=7.0, breaths_per_min=18.0, scl_microsiemens=7.0, scr_per_min=10.0)
QUIET = Conditions(hr_bpm=57.0, rsa_bpm=12.0, breaths_per_min=12.0, scl_microsiemens=2.8, scr_per_min=0.5)

Script = tuple[Stretch, ...]
DEFAULT_SCRIPT: Script = (Stretch(180.0, CALM), Stretch(120.0, ACTIVATED), Stretch(180.0, CALM), Stretch(120.0, QUIET))


def conditions_at(script: Script, t: float) -> Conditions:
    """Give the conditions `t` seconds (0 or more) into the script, which begins again at its end.

    Parameters
    ----------
    script : tuple of Stretch
        At least one. Each stretch is reached over its first 30 s (or the whole of a shorter one), softly.
    t : float
        Seconds since its begin.

    Returns
    -------
    Conditions
    """
    length_s = sum(stretch.duration_s for stretch in script)
    within_s = t % length_s
    ends = list(itertools.accumulate(stretch.duration_s for stretch in script))
    index = min(sum(end <= within_s for end in ends), len(script) - 1)
    stretch = script[index]
    came_from = script[index - 1] if t >= ends[0] else stretch
    since_s = within_s - (ends[index] - stretch.duration_s)
    share = min(since_s / min(_GLIDE_S, stretch.duration_s), 1.0)
    return _between(came_from.conditions, stretch.conditions, 0.5 - 0.5 * math.cos(math.pi * share))


def _between(a: Conditions, b: Conditions, share: float) -> Conditions:
    def mix(x: float, y: float) -> float:
        return x + share * (y - x)

    return Conditions(
        hr_bpm=mix(a.hr_bpm, b.hr_bpm),
        rsa_bpm=mix(a.rsa_bpm, b.rsa_bpm),
        breaths_per_min=mix(a.breaths_per_min, b.breaths_per_min),
        scl_microsiemens=mix(a.scl_microsiemens, b.scl_microsiemens),
        scr_per_min=mix(a.scr_per_min, b.scr_per_min),
    )
