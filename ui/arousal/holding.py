# SPDX-License-Identifier: MIT
"""What holds of a person's window, and what was decided about it, as the frames tell it.

Law: everything is taken from frames; what a decision came to is that of `dsp/arousal/held.py`, told here for the eye.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from dsp.baseline import Baseline, number
from dsp.codes import Action, CalibrationStep, NoticeCode, Reason
from dsp.stream import CLIENT, Command, Frame, Notice
from ui.foreign import safe_text

USUAL, TODAY = "usual", "today"
_MOST = 50  # changes of a session


@dataclass(frozen=True, slots=True)
class BoundsChange:
    """One change of the bounds by hand; without bounds it was taken back."""

    t: float
    author: str
    bounds: tuple[float, float] | None
    reason: str = ""


class WindowHolding:
    """Follows what holds of one person's window.

    Parameters
    ----------
    person : str
        Whose it is.
    """

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._earlier: Baseline | None = None
        self._today: Baseline | None = None
        self._aside: Baseline | None = None
        self._chosen: str | None = None
        self._changes: deque[BoundsChange] = deque(maxlen=_MOST)
        self._is_by_hand = False
        self.rest_wanted: Reason | None = None  # why a new rest would be good
        self.bounds: tuple[float, float] | None = None  # L and U, without what a slow settling takes them along

    @property
    def baseline(self) -> Baseline | None:
        """The calibration that holds; None without any."""
        return self._today or self._earlier

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody set the bounds by hand."""
        return self._is_by_hand

    @property
    def changes(self) -> Sequence[BoundsChange]:
        """The changes of the bounds by hand, the newest last."""
        return tuple(self._changes)

    @property
    def can_go_back(self) -> bool:
        """Whether another calibration can be had back."""
        return self._aside is not None or (self._today is not None and self._earlier is not None)

    @property
    def is_back(self) -> bool:
        """Whether today's calibration was put aside for an earlier day's."""
        return self._today is None and self._aside is not None

    @property
    def reference(self) -> str | None:
        """Which rest holds, the usual one or today's; None where there is no choice."""
        if self._today is None or self._earlier is None:
            return None
        return self._chosen or (USUAL if self._today.is_unusual else TODAY)

    def take(self, frame: Frame) -> None:
        """Read what a frame says of this person's window."""
        item = frame.item
        command = item if isinstance(item, Command) and item.person == self._person else None
        if command is not None:
            self._obey(command)
        for baseline in frame.baselines:
            if baseline.person == self._person:
                self._change(baseline, is_back=command is not None and _step(command) == CalibrationStep.BACK)
        for notice in frame.notices:
            if notice.person == self._person:
                self._note(notice)

    def _note(self, notice: Notice) -> None:
        values = dict(notice.values)
        if notice.code is NoticeCode.REST_WANTED:
            self.rest_wanted = Reason(str(values.get("why")))
        elif notice.code is NoticeCode.WINDOW:
            lower, upper = number(values, "lower"), number(values, "upper")
            self.bounds = None if lower is None or upper is None else (lower, upper)

    def _obey(self, command: Command) -> None:
        values = dict(command.values)
        if command.action is Action.BASELINE:
            stored = Baseline.from_values(command.t, self._person, command.values)
            self._earlier = stored or self._earlier
        elif command.action is Action.BOUNDS:
            self._set(command, values)
        elif _step(command) == CalibrationStep.AGAINST and values.get("reference") in (USUAL, TODAY):
            self._chosen = str(values["reference"])

    def _set(self, command: Command, values: dict[str, str | float | int | bool]) -> None:
        lower, upper, reason = (
            number(values, "lower"),
            number(values, "upper"),
            safe_text(str(values.get("reason", ""))),
        )
        if values.get("revert") is True:
            self._is_by_hand = False
            self._changes.append(BoundsChange(command.t, safe_text(command.author), None))
        elif lower is not None and upper is not None and reason:
            self._is_by_hand = True
            self._changes.append(BoundsChange(command.t, safe_text(command.author), (lower, upper), reason))

    def _change(self, baseline: Baseline, *, is_back: bool) -> None:
        self.rest_wanted = None
        if is_back:
            self._today, self._aside, self._is_by_hand = self._aside, self._today, False
            return
        if self._today is None or self._today.channels != baseline.channels:
            self._aside, self._is_by_hand = self._today, False
        self._today = baseline


def _step(command: Command) -> object:
    return dict(command.values).get("step") if command.action is Action.CALIBRATE else None
