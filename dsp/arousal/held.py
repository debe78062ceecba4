# SPDX-License-Identifier: MIT
"""What a person's level is held against: their calibrations, what a clinician decided, and the window that follows.

Law: the window depends on the commands, the calibrations and the quiet seconds alone, in their order.

Notes
-----
- A new rest takes bounds set by hand with it: they were bounds on another scale.
- The calibration before the last one of this session can be had back, and so can what held before the first one.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace

from dsp.arousal.arrival import Arrival
from dsp.arousal.readings import Readings
from dsp.arousal.renewal import Renewal
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
        self._set_aside: Baseline | None = None  # today's other calibration, which can be had back
        self._against_usual: bool | None = None
        self._by_hand: tuple[float, float] | None = None
        self._conditions: set[str] = set()
        self._arrival: Arrival | None = None
        self._renewal: Renewal | None = None
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
        if self._today is None or self._today.channels != baseline.channels:  # more than a step added to the same rest
            self._set_aside, self._by_hand = self._today, None
        self._today = replace(baseline, is_unusual=is_unusual(baseline, self._earlier))
        self._renew()
        return self._today

    def go_back(self, t: float) -> Baseline | None:
        """Have back what held before the last calibration, or take that again; give what holds, None where nothing did.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        """
        before = self._set_aside or (self._earlier[-1] if self._earlier else None)
        if before is None or (self._today is None and self._set_aside is None):
            return None
        self._today, self._set_aside, self._by_hand = self._set_aside, self._today, None
        self._renew()
        return replace(before, t=t)

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

    def arrive(self, readings: Readings) -> None:
        """Take a second of an arrival in which nothing moves and nobody leads the breath."""
        if self._renewal is not None:
            self._renewal.take(readings)

    def why_renew(self, sensors: str) -> Reason | None:
        """Say why a new rest would be good beside the window that holds; None where nothing speaks for one."""
        return self._renewal.why(sensors) if self._renewal is not None else None

    def _renew(self) -> None:
        today = self._today
        against_usual = today is not None and today.is_unusual if self._against_usual is None else self._against_usual
        self._measured = measured = window_of(today, self._earlier, against_usual=against_usual)
        is_as_last_time = measured is not None and today is None
        self._arrival = Arrival(measured.references) if measured is not None and is_as_last_time else None
        self._renewal = Renewal(self._earlier) if is_as_last_time else None
