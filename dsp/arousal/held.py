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
    """Follow the decisions on one person."""

    def __init__(self) -> None:
        self._earlier: deque[Baseline] = deque(maxlen=_SESSIONS)
        self._today: Baseline | None = None
        self._against_usual: bool | None = None
        self._by_hand: tuple[float, float] | None = None
        self._conditions: set[str] = set()
        self._arrival: Arrival | None = None
        self._has_old = False
        self._measured: Window | None = None

    @property
    def window(self) -> Window | None:
        """The window that holds now: the measured one, with the bounds that were set by hand."""
        if self._measured is None or self._by_hand is None:
            return self._measured
        lower, upper = self._by_hand
        return replace(self._measured, lower=lower, upper=upper)

    def why_none(self) -> Reason | None:
        """Say why there is nothing to hold a level against."""
        if self._conditions:
            return Reason.CONDITION
        if self._measured is None:
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

    @property
    def has_condition(self) -> bool:
        """Whether the person has a condition for which there is no index."""
        return bool(self._conditions)

    def note_condition(self, values: Mapping[str, Value]) -> None:
        """Take a condition of the person: with one, there is no index."""
        name = str(values.get("name", ""))
        if values.get("on") is False:
            self._conditions.discard(name)
        elif name not in ("", _NO_BREATH_CUES) and len(self._conditions) < _CONDITIONS:
            self._conditions.add(name)

    def take_quiet(self, readings: Readings) -> None:
        """Take a quiet second of a session that started as last time."""
        if self._arrival is None or self._measured is None:
            return
        references = self._arrival.take(readings)
        if references is not None:
            self._measured = replace(self._measured, references=references)

    def _renew(self) -> None:
        today = self._today
        against_usual = today is not None and today.is_unusual if self._against_usual is None else self._against_usual
        self._measured = measured = window_of(today, self._earlier, against_usual=against_usual)
        self._arrival = Arrival(measured.references) if measured is not None and today is None else None
