# SPDX-License-Identifier: MIT
"""What a person's level is held against: their calibrations, what a clinician decided, and the window that follows.

Law: the window depends on the commands, the calibrations and the quiet seconds alone, in their order.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace

from dsp.arousal.arrival import Arrival
from dsp.arousal.readings import Readings
from dsp.arousal.window import OLDEST_DAYS, Window, is_unusual, window_of
from dsp.baseline import Baseline, Calibration, Value, number
from dsp.codes import CalibrationStep, Reason

_SESSIONS = 12  # that count: the usual rest is to be that of these months
_BY_HAND = (0.3, 2.7)  # |bounds| that a clinician may set
_NO_BREATH_CUES = "no_breath_cues"
_CONDITIONS = 16


class Held:
    """Follow the decisions on one person.

    Attributes
    ----------
    window : Window or None
        What holds now.
    """

    def __init__(self) -> None:
        self._earlier: deque[Baseline] = deque(maxlen=_SESSIONS)
        self._today: Baseline | None = None
        self._against_usual: bool | None = None
        self._by_hand: tuple[float, float] | None = None
        self._conditions: set[str] = set()
        self._arrival: Arrival | None = None
        self._has_old = False
        self.window: Window | None = None

    def why_none(self) -> Reason | None:
        """Say why there is nothing to hold a level against."""
        if self._conditions:
            return Reason.CONDITION
        if self.window is None:
            return Reason.WINDOW_OLD if self._has_old else Reason.NO_BASELINE
        return None

    def remember(self, baseline: Baseline) -> Calibration | None:
        """Take a baseline of another session, the oldest first; refuse one that is too old."""
        if baseline.age_days > OLDEST_DAYS:
            self._has_old = True
            step = CalibrationStep.REFUSED
            return Calibration(baseline.t, baseline.person, step, baseline.clean_s, baseline.clean_s, Reason.WINDOW_OLD)
        self._earlier.append(baseline)
        self._renew()
        return None

    def calibrate(self, baseline: Baseline) -> Baseline:
        """Take today's calibration; give it with what the earlier ones say of it."""
        self._today = replace(baseline, is_unusual=is_unusual(baseline, self._earlier))
        self._renew()
        return self._today

    def hold_against(self, reference: Value | None) -> None:
        """Let the clinician choose the "usual" rest or that of "today"."""
        if reference in ("usual", "today"):
            self._against_usual = reference == "usual"
            self._renew()

    def set_bounds(self, values: Mapping[str, Value]) -> None:
        """Take bounds set by hand, which need a reason; or go back to those that were measured."""
        upper, lower = number(dict(values), "upper"), number(dict(values), "lower")
        if values.get("revert") is True:
            self._by_hand = None
        elif upper is not None and lower is not None and str(values.get("reason", "")).strip():
            smallest, largest = _BY_HAND
            self._by_hand = -min(max(-lower, smallest), largest), min(max(upper, smallest), largest)
        self._renew()

    def note_condition(self, values: Mapping[str, Value]) -> None:
        """Take a condition of the person: with one, there is no index."""
        name = str(values.get("name", ""))
        if values.get("on") is False:
            self._conditions.discard(name)
        elif name not in ("", _NO_BREATH_CUES) and len(self._conditions) < _CONDITIONS:
            self._conditions.add(name)

    def take_quiet(self, readings: Readings) -> None:
        """Take a quiet second of a session that started as last time."""
        if self._arrival is None or self.window is None:
            return
        references = self._arrival.take(readings)
        if references is not None:
            self.window = replace(self.window, references=references)

    def _renew(self) -> None:
        today = self._today
        against_usual = today is not None and today.is_unusual if self._against_usual is None else self._against_usual
        self.window = window_of(today, self._earlier, against_usual=against_usual)
        self._arrival = Arrival(self.window.references) if self.window is not None and today is None else None
        if self.window is not None and self._by_hand is not None:
            lower, upper = self._by_hand
            self.window = replace(self.window, lower=lower, upper=upper)
