# SPDX-License-Identifier: MIT
"""What is to be played: a value that one thread makes and the audio callback reads, whole or not at all."""

from dataclasses import dataclass
from enum import StrEnum

from dsp.plan import PacingPlan


class Voice(StrEnum):
    """How a breath sounds."""

    OFF = "off"
    TONES = "tones"  # a soft tone that rises with the inhale and sinks with the exhale
    AIR = "air"  # noise that swells and ebbs, brighter in than out
    MARKS = "marks"  # a soft mark where each inhale and each exhale begins


@dataclass(frozen=True, slots=True)
class Score:
    """What is played from now on.

    Parameters
    ----------
    plan : PacingPlan or None
        The breath; None rests.
    voice : Voice
        How it sounds.
    volume : float
        From 0 to 1; the ear's scale, not the amplitude's.
    """

    plan: PacingPlan | None = None
    voice: Voice = Voice.OFF
    volume: float = 0.5

    def __post_init__(self) -> None:
        if not 0.0 <= self.volume <= 1.0:
            raise ValueError(f"volume must be from 0 to 1, not {self.volume}")


SILENCE = Score()
