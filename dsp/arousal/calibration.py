# SPDX-License-Identifier: MIT
"""A guided calibration: how it feels, settling, rest, and if the person likes a talk and a comfortable time.

Each step runs until its clean seconds are there, or until a command says what comes next. A second that is not clean
waits, and says why. What was gathered becomes a baseline when it ends; or it is refused, with the reason.

Law: the outcome depends on the commands and the seconds alone; what is held is bounded.

Notes
-----
- A rest needs 60 clean seconds at least (three blocks), which must be 6 of 10 of its seconds once the first window is
  full. The guided one asks for 180.
- Only the skin may be unclear through a rest: it is then left out, and the window says "heart only".
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from dsp.arousal.readings import CLEAR, Readings
from dsp.arousal.rest import levels_of, rests_of
from dsp.arousal.scale import HEART, SKIN
from dsp.arousal.window import lower_bound, upper_bound
from dsp.baseline import Baseline, Calibration, Value, number
from dsp.codes import CalibrationStep, Channel, Reason

_WANTED_S = {
    CalibrationStep.SETTLE: 60.0,
    CalibrationStep.REST: 180.0,
    CalibrationStep.TALK: 120.0,
    CalibrationStep.COMFORTABLE: 120.0,
}
_FEWEST_S = 60
_FEWEST_EXTRA_S = 30  # of a talk or a comfortable time: fewer say nothing of a percentile
_CLEAN_SHARE = 0.6
_FILLING_S = 45  # at most so long the first window may take to fill
_LONGEST_S = 1800  # of one step
_RESTLESS = {Channel.H: 12.0, Channel.S: 1.0}  # a spread beyond which nothing rested: bpm, ln microsiemens
_SAID = ("activated", "settled", "quiet")


@dataclass(slots=True)
class _Step:
    """What one step has gathered."""

    wanted_s: float
    seconds: list[Readings] = field(default_factory=list)
    skin_s: int = 0
    elapsed_s: int = 0
    filling_s: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Give the share of clean seconds since the first window was full."""
        return len(self.seconds) / max(self.elapsed_s - min(self.filling_s, _FILLING_S), 1)


class Guide:
    """Follow one person's calibration.

    Parameters
    ----------
    person : str
        Who is calibrated.
    """

    def __init__(self, person: str) -> None:
        self._person = person
        self._felt: tuple[str, float | None] = ("", None)
        self._steps: dict[CalibrationStep, _Step] = {}
        self._running: CalibrationStep | None = None
        self._last: CalibrationStep | None = None

    def command(self, t: float, values: dict[str, Value]) -> tuple[Calibration | Baseline, ...]:
        """Obey a command; give where the calibration is then, and what it came to.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        values : dict
            `step`, and as it asks for them `seconds`, `state` and `level`; a step that is none is passed over.
        """
        match values.get("step"):
            case CalibrationStep.FELT:
                self._feel(values)
            case CalibrationStep.SETTLE | CalibrationStep.REST | CalibrationStep.TALK | CalibrationStep.COMFORTABLE:
                return self._begin(t, CalibrationStep(str(values["step"])), number(values, "seconds"))
            case CalibrationStep.SKIP:
                return self._skip(t)
            case CalibrationStep.REPEAT:
                step = self._running or self._last
                return self._begin(t, step, None) if step is not None else ()
            case CalibrationStep.DONE:
                return self._finish(t)
        return ()

    def drop_skin(self) -> None:
        """Forget what was gathered of the skin: it is read at another site from now on."""
        for step in self._steps.values():
            step.seconds = [_without_skin(second) for second in step.seconds]
            step.skin_s = 0

    def second(self, readings: Readings, *, why: Reason | None) -> tuple[Calibration | Baseline, ...]:
        """Take a second; give where the calibration is, and what it came to when the running step is full.

        Parameters
        ----------
        readings : Readings
            The channels.
        why : Reason or None
            Why the second is not clean, whatever the channels say.
        """
        if self._running is None:
            return ()
        step = self._steps[self._running]
        why = why or _why_not_clean(readings)
        _add(step, readings, why)
        told = Calibration(readings.t, self._person, self._running, len(step.seconds), step.wanted_s, why)
        if len(step.seconds) < step.wanted_s and step.elapsed_s < _LONGEST_S:
            return (told,)
        if self._running is CalibrationStep.SETTLE:
            return (told, *self._begin(readings.t, CalibrationStep.REST, None))
        return (told, *self._finish(readings.t))

    def _feel(self, values: dict[str, Value]) -> None:
        state, level = values.get("state"), number(values, "level")
        known = state if isinstance(state, str) and state in _SAID else ""
        self._felt = known, min(max(level, 0.0), 10.0) if level is not None else None

    def _begin(self, t: float, step: CalibrationStep, seconds: float | None) -> tuple[Calibration | Baseline, ...]:
        wanted_s = _WANTED_S[step] if seconds is None else min(max(seconds, 1.0), float(_LONGEST_S))
        if step in (CalibrationStep.SETTLE, CalibrationStep.REST):
            self._steps.clear()
        self._steps[step] = _Step(wanted_s)
        self._running = step
        return (Calibration(t, self._person, step, 0.0, wanted_s),)

    def _skip(self, t: float) -> tuple[Calibration | Baseline, ...]:
        skipped, self._running = self._running, None
        if skipped is CalibrationStep.SETTLE:
            return self._begin(t, CalibrationStep.REST, None)
        if skipped is not None:
            del self._steps[skipped]
        return (Calibration(t, self._person, CalibrationStep.DONE),)

    def _finish(self, t: float) -> tuple[Calibration | Baseline, ...]:
        ended, self._running = self._running, None
        self._last = ended or self._last
        rest = self._steps.get(CalibrationStep.REST)
        if rest is None or ended is None:
            return (Calibration(t, self._person, CalibrationStep.DONE),)
        why = _why_refused(rest)
        if why is None:
            baseline = self._baseline(t, rest)
            why = _why_restless(baseline)
            if why is None:
                done = Calibration(t, self._person, CalibrationStep.DONE, len(rest.seconds), rest.wanted_s)
                return done, baseline
        del self._steps[CalibrationStep.REST]
        return (Calibration(t, self._person, CalibrationStep.REFUSED, len(rest.seconds), rest.wanted_s, why),)

    def _baseline(self, t: float, rest: _Step) -> Baseline:
        has_skin = rest.skin_s >= _CLEAN_SHARE * len(rest.seconds)
        rests = rests_of(rest.seconds, (*HEART, *SKIN) if has_skin else HEART)
        talk = levels_of(self._seconds_of(CalibrationStep.TALK), rests)
        comfortable = levels_of(self._seconds_of(CalibrationStep.COMFORTABLE), rests)
        upper = upper_bound(levels_of(rest.seconds, rests) or [0.0], talk)
        return Baseline(
            t,
            self._person,
            rests,
            upper,
            lower_bound(comfortable, upper),
            is_mirrored=not comfortable,
            has_talk=bool(talk),
            quality=min(rest.share, 1.0),
            clean_s=float(len(rest.seconds)),
            felt_state=self._felt[0],
            felt_level=self._felt[1],
        )

    def _seconds_of(self, step: CalibrationStep) -> list[Readings]:
        gathered = self._steps[step].seconds if step in self._steps else []
        return gathered if len(gathered) >= _FEWEST_EXTRA_S else []


def _without_skin(readings: Readings) -> Readings:
    return replace(readings, channels=tuple(r for r in readings.channels if r.channel not in SKIN))


def _add(step: _Step, readings: Readings, why: Reason | None) -> None:
    step.elapsed_s += 1
    if why is None:
        step.seconds.append(readings)
        step.skin_s += _is_clear(readings, Channel.S) is True
    else:
        step.reasons[why] += 1
        step.filling_s += not step.seconds


def _is_clear(readings: Readings, channel: Channel) -> bool | None:
    """Tell whether a channel's signal is clear; None where there is no such channel."""
    found = next((reading for reading in readings.channels if reading.channel is channel), None)
    return None if found is None else found.signal >= CLEAR


def _why_not_clean(readings: Readings) -> Reason | None:
    """Ask for a clear heart, for a clear skin where there is no heart."""
    for channel in (Channel.H, Channel.S):
        is_clear = _is_clear(readings, channel)
        if is_clear is not None:
            return None if is_clear else readings.why() or Reason.WEAK_SIGNAL
    return Reason.NOT_COMPUTED


def _why_refused(rest: _Step) -> Reason | None:
    if rest.share < _CLEAN_SHARE and rest.elapsed_s >= _FEWEST_S:
        (reason, _), *_ = rest.reasons.most_common(1)
        return reason if reason not in (Reason.STALE, Reason.TOO_FEW_BEATS) else Reason.TOO_BROKEN
    return Reason.TOO_SHORT if len(rest.seconds) < _FEWEST_S else None


def _why_restless(baseline: Baseline) -> Reason | None:
    if not any(rest.channel is not Channel.V for rest in baseline.channels):
        return Reason.TOO_SHORT
    is_restless = any(rest.sigma > _RESTLESS.get(rest.channel, rest.sigma) for rest in baseline.channels)
    return Reason.NOISY if is_restless else None
