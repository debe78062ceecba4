# SPDX-License-Identifier: MIT
"""What is known of a person at one tick, before it is held against anything."""

from dataclasses import dataclass

from dsp.codes import Reason
from dsp.heart.second import HeartSecond
from dsp.plan import PacingPlan
from dsp.skin.eda import SkinSecond


@dataclass(frozen=True, slots=True)
class Senses:
    """What is known of a person at one tick.

    Parameters
    ----------
    t : float
        Seconds on the session clock.
    heart : HeartSecond
        The heart.
    skin : SkinSecond or None
        The skin, where there is a sensor.
    motion_mg : float or None
        SD of |acceleration| since the last tick.
    moves_at_chest : bool
        Whether that is the chest's rather than the wrist's.
    plan : PacingPlan or None
        The pacer that the person is shown.
    """

    t: float
    heart: HeartSecond
    skin: SkinSecond | None = None
    motion_mg: float | None = None
    moves_at_chest: bool = True
    plan: PacingPlan | None = None

    @property
    def is_uneven(self) -> bool:
        """Whether the beats are too uneven for any estimate, at any time in the last minute."""
        variability = self.heart.variability
        is_shown = variability.rmssd_ms.value is not None
        return variability.rmssd_ms.why is Reason.UNEVEN_BEATS or (is_shown and variability.is_uneven)

    @property
    def is_paced(self) -> bool:
        """Whether a pacer runs."""
        return self._paced > 0.0

    @property
    def breath_s(self) -> float | None:
        """The length of a breath: the pacer's, or the measured one where it is clear."""
        if self._paced > 0.0:
            return 60.0 / self._paced
        measured = self.heart.breaths_per_min.value
        return 60.0 / measured if measured is not None and measured > 0.0 else None

    @property
    def _paced(self) -> float:
        return 0.0 if self.plan is None else self.plan.phase_at(self.t).breaths_per_min
