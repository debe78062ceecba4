# SPDX-License-Identifier: MIT
"""How far a guided rest is, as frames tell it: the step, its clean seconds, and what each second was.

Law: a second counts once, as clean or with its reason; what the frames do not say is not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dsp.baseline import Baseline, Calibration
from dsp.codes import CalibrationStep, Reason
from dsp.stream import CLIENT, Frame

_ENDS = (CalibrationStep.DONE, CalibrationStep.REFUSED)
_MOST = 1800  # seconds of one step


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of one kind in a row: how many, and why they do not count (None: they do)."""

    start: int
    seconds: int
    why: Reason | None


class RestProgress:
    """Follows one person's calibration.

    Parameters
    ----------
    person : str
        Whose it is.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self.now: Calibration | None = None
        self.baseline: Baseline | None = None
        self.done: frozenset[CalibrationStep] = frozenset()
        self.is_provisional = True
        self._seconds: list[Reason | None] = []

    @property
    def runs(self) -> Sequence[Run]:
        """The seconds of this step, those of one kind together."""
        runs: list[Run] = []
        for index, why in enumerate(self._seconds):
            if runs and runs[-1].why is why:
                runs[-1] = Run(runs[-1].start, runs[-1].seconds + 1, why)
            else:
                runs.append(Run(index, 1, why))
        return runs

    @property
    def is_running(self) -> bool:
        """Whether a step gathers seconds now."""
        return self.now is not None and self.now.step not in _ENDS

    def begin(self) -> None:
        """Forget what was; another calibration begins."""
        self.now = self.baseline = None
        self.done = frozenset()
        self._seconds = []

    def take(self, frame: Frame) -> bool:
        """Read what a frame says of this person's calibration; tell whether it said anything."""
        told = [one for one in frame.calibrations if one.person == self._person]
        for calibration in told:
            self._follow(calibration)
        for state in frame.states:
            if state.person == self._person and state.bounds is not None:
                self.is_provisional = state.is_provisional
        found = [one for one in frame.baselines if one.person == self._person]
        if found:
            self.baseline = found[-1]
        return bool(told or found)

    def _follow(self, calibration: Calibration) -> None:
        before, self.now = self.now, calibration
        is_new = before is None or before.step is not calibration.step or calibration.t < before.t
        if is_new and calibration.step not in _ENDS:
            self._seconds = []
        if before is not None and calibration.step is not before.step and before.step not in _ENDS:
            self.done |= {before.step}
        is_begin = calibration.clean_s == 0.0 and calibration.why is None
        if is_begin and calibration.step not in _ENDS:
            self._seconds = []
        elif calibration.step not in _ENDS and len(self._seconds) < _MOST:
            self._seconds.append(calibration.why)
