# SPDX-License-Identifier: MIT
"""One person's arousal: channels, gates, window and states put together, a second at a time.

The estimate says "changed from your rest", never more. Whatever is unclear is unknown, with the reason.

Law: what is told at a tick depends on the items up to it alone, however chunks were cut; what is held is bounded.
"""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dsp.arousal.calibration import Guide
from dsp.arousal.estimate import WINDOW, Estimate, Point, estimate, mean_variance, rest_variance
from dsp.arousal.excursions import Excursions
from dsp.arousal.gates import Gate, MotionGate
from dsp.arousal.heart_channels import SHOWN_S, WINDOW_S, HeartChannels, variability_of
from dsp.arousal.held import Held
from dsp.arousal.prompts import Prompts
from dsp.arousal.quiet import Quiet
from dsp.arousal.readings import CLEAR, Reading, Readings
from dsp.arousal.scale import SKIN, WEIGHTS
from dsp.arousal.senses import Senses
from dsp.arousal.silence import SkinSilence
from dsp.arousal.skin_channels import SkinChannels, skin_z
from dsp.arousal.window import Reference, Window
from dsp.arousal.zones import Zones
from dsp.baseline import ArousalState, Baseline, Calibration, Excursion, Value
from dsp.codes import Action, CalibrationStep, Channel, NoticeCode, Reason, Zone
from dsp.stream import CLIENT, Beat, Chunk, Command, Notice

_FAR_AWAY = "far_away"
_SOURCE = "arousal"  # of its notices
_HEART_BACK_Z = 0.5  # nearer to its rest, a heart has come back
_MODELS = 16  # sources whose model is remembered
_QUIET_LEVEL = 0.7  # the narrowest bound: nearer to the rest, an arrival is quiet


@dataclass(frozen=True, slots=True)
class ArousalSecond:
    """All that one tick or command adds."""

    states: tuple[ArousalState, ...] = ()
    calibrations: tuple[Calibration, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    excursions: tuple[Excursion, ...] = ()
    notices: tuple[Notice, ...] = ()


class Arousal:
    """Follow one person.

    Parameters
    ----------
    person : str
        Who.
    """

    delay_s = 2.0  # that of the verdicts on beats

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._held = Held()
        self._guide = Guide(person)
        self._heart = HeartChannels()
        self._skin = SkinChannels()
        self._gate = MotionGate()
        self._silence = SkinSilence()
        self._zones = Zones()
        self._quiet = Quiet()
        self._prompts = Prompts()
        self._excursions = Excursions(person)
        self._models: dict[str, str] = {}  # of the sensors, by source
        self._rest_wanted: Reason | None = None  # as it was told last, and so the bounds
        self._bounds: tuple[float, float] | None = None
        self._late: dict[Channel, deque[float]] = {channel: deque(maxlen=WINDOW) for channel in Channel}

    @property
    def is_index_off(self) -> bool:
        """Whether a condition of the person keeps the index off: their heart does not answer as others do."""
        return self._held.has_condition

    def hear(self, item: Beat | Chunk) -> None:
        """Take a beat, or a chunk of a device's own rates."""
        self._heart.update(item)

    def note(self, notice: Notice) -> None:
        """Take what a sensor says of itself."""
        model = dict(notice.values).get("model")
        if (
            notice.code is NoticeCode.DEVICE
            and model
            and (notice.source in self._models or len(self._models) < _MODELS)
        ):
            self._models[notice.source] = str(model)

    def obey(self, command: Command) -> ArousalSecond:
        """Take a decision; give what it adds at once."""
        if not math.isfinite(command.t):
            return ArousalSecond()
        values = dict(command.values)
        match command.action:
            case Action.CALIBRATE:
                return self._calibrate(command.t, values)
            case Action.BASELINE:
                return self._remember(Baseline.from_values(command.t, self._person, command.values))
            case Action.BOUNDS:
                self._held.set_bounds(values)
            case Action.CONDITION:
                self._held.note_condition(values)
            case Action.FELT if values.get("rating") == _FAR_AWAY:
                self._quiet.say_far_away(command.t)
        return ArousalSecond()

    def second(self, senses: Senses) -> ArousalSecond:
        """Tell a person's arousal at a tick."""
        breath_s = senses.breath_s
        readings = self._readings(senses, breath_s)
        if self._skin.has_moved:
            self._guide.drop_skin()
            for channel in SKIN:
                self._late[channel].clear()
        for reading in readings.channels:
            _follow(self._late[reading.channel], reading)
        comparable = self._skin.comparable(readings)
        gate = self._move(senses, comparable, breath_s)
        off = Reason.UNEVEN_BEATS if senses.is_uneven else Reason.MOVING if gate.is_unknown else None
        guided = self._told(self._guide.second(readings, why=off or (Reason.MOVING if gate.is_grey else None)))
        if off is None and not gate.is_grey and not senses.is_paced:
            self._held.arrive(readings)
        state, excursions = self._judge(comparable, off)
        state = replace(state, is_grey=gate.is_grey)
        return replace(guided, states=(state,), excursions=excursions, notices=tuple(self._news(senses.t)))

    def _calibrate(self, t: float, values: dict[str, Value]) -> ArousalSecond:
        match values.get("step"):
            case CalibrationStep.AGAINST:
                self._held.hold_against(values.get("reference"))
                return ArousalSecond()
            case CalibrationStep.BACK:
                return self._go_back(t)
        return self._told(self._guide.command(t, values))

    def _remember(self, baseline: Baseline | None) -> ArousalSecond:
        refused = self._held.remember(baseline) if baseline is not None else None
        return ArousalSecond(calibrations=(refused,) if refused is not None else ())

    def _go_back(self, t: float) -> ArousalSecond:
        before = self._held.go_back(t)
        if before is None:
            return ArousalSecond()
        self._skin.rest_before()
        self._begin_anew()
        return ArousalSecond(baselines=(before,))

    def _news(self, t: float) -> Iterator[Notice]:
        """Tell the bounds when others hold, and once why a new rest would be good."""
        window, why = self._held.window, self._held.why_renew(self._sensors)
        bounds = None if window is None else (window.lower, window.upper)
        if bounds is not None and bounds != self._bounds:
            values = (("lower", bounds[0]), ("upper", bounds[1]))
            yield Notice(t, NoticeCode.WINDOW, _SOURCE, self._person, values)
        if why is not None and why is not self._rest_wanted:
            yield Notice(t, NoticeCode.REST_WANTED, _SOURCE, self._person, (("why", why.value),))
        self._bounds, self._rest_wanted = bounds, why or self._rest_wanted

    @property
    def _sensors(self) -> str:
        return " + ".join(sorted(set(self._models.values())))

    def _begin_anew(self) -> None:
        """Forget where the level was: it is held against something else now."""
        self._zones.forget()
        self._quiet.forget()
        self._rest_wanted = None

    def _told(self, made: tuple[Calibration | Baseline, ...]) -> ArousalSecond:
        calibrations = tuple(value for value in made if isinstance(value, Calibration))
        found = [replace(value, sensors=self._sensors) for value in made if isinstance(value, Baseline)]
        baselines = tuple(self._held.calibrate(value) for value in found)
        if baselines:
            self._skin.rest_here()
            self._begin_anew()
        return ArousalSecond(calibrations=calibrations, baselines=baselines)

    def _readings(self, senses: Senses, breath_s: float | None) -> Readings:
        t, is_paced = senses.t, senses.is_paced
        heart: tuple[Reading, ...] = ()
        if self._heart.is_heard:
            variability = variability_of(senses.heart.variability.rmssd_ms, is_masked=is_paced)
            heart = self._heart.mean_at(t, WINDOW_S, breath_s), variability
        skin = self._skin.readings(senses.skin, is_held=self._is_held(heart), is_paced=is_paced)
        return Readings(t, (*heart, *skin), self._heart.mean_at(t, SHOWN_S, breath_s))

    def _is_held(self, heart: tuple[Reading, ...]) -> bool:
        """Tell whether the person is above, and no heart speaks against it."""
        window = self._held.window
        if self._zones.settled is not Zone.ABOVE or window is None:
            return False
        clear = tuple(reading for reading in heart if reading.is_clear)
        return all(point.z > _HEART_BACK_Z for point in self._points(clear, window))

    def _move(self, senses: Senses, readings: Readings, breath_s: float | None) -> Gate:
        window = self._held.window
        up_z = skin_z(readings, window) if window is not None else None
        breath_bpm = self._heart.breath_mean(senses.t, breath_s)
        return self._gate.update(
            senses.t, senses.motion_mg, at_chest=senses.moves_at_chest, breath_bpm=breath_bpm, skin_z=up_z
        )

    def _judge(self, readings: Readings, off: Reason | None) -> tuple[ArousalState, tuple[Excursion, ...]]:
        t, window = readings.t, self._held.window
        why = self._held.why_none()
        if window is None or why is not None:
            return ArousalState(t, self._person, why=why), ()
        points = self._points(readings.channels, window)
        points = _with_skin(points, self._silence.share(t, points, window.upper))
        now = estimate(points)
        if now is None or off is not None:
            bounds = (window.lower, window.upper)
            excursions = self._excursions.update(t, Zone.UNKNOWN, None, bounds)
            self._prompts.update(t, Zone.UNKNOWN, None)
            why = off or readings.why() or Reason.WEAK_SIGNAL
            return ArousalState(
                t, self._person, why=why, bounds=bounds, is_provisional=window.is_provisional
            ), excursions
        state, excursions = self._state(readings, window, now)
        return replace(state, trace=self._trace(points, readings.shown_h, window)), excursions

    def _state(self, readings: Readings, window: Window, now: Estimate) -> tuple[ArousalState, tuple[Excursion, ...]]:
        t = readings.t
        has_skin = any(channel in SKIN for channel, _ in now.parts)
        is_below = self._zones.settled is Zone.BELOW
        self._quiet.update(t, now.level, has_skin=has_skin, is_below=is_below)
        bounds = max(window.lower + self._quiet.drift, -2.9), window.upper
        may_be_below = self._quiet.may_be_below(t, now.level, has_skin=has_skin)
        zone, why = self._zones.update(t, now, bounds, may_be_below=may_be_below)
        if zone is Zone.BELOW and window.is_provisional:
            zone, why = Zone.UNKNOWN, Reason.TOO_EARLY
        if self._zones.settled is Zone.WITHIN and abs(now.level) < _QUIET_LEVEL:
            self._held.take_quiet(readings)
        p_above, p_below = now.p_above(bounds[1]), now.p_below(bounds[0])
        state = ArousalState(
            t,
            self._person,
            zone,
            level=now.level,
            uncertainty=now.uncertainty,
            p_above=p_above,
            p_below=p_below,
            channels=tuple(channel.value for channel, _ in now.parts),
            why=why,
            band=now.band,
            bounds=bounds,
            parts=now.parts,
            is_provisional=window.is_provisional,
            prompt=self._prompts.update(t, zone, p_above if zone is Zone.ABOVE else p_below),
        )
        return state, self._excursions.update(t, zone, now.level, bounds)

    def _trace(self, points: Sequence[Point], shown_h: Reading, window: Window) -> float | None:
        """Give the level with the heart over the shorter window."""
        others = [point for point in points if point.channel is not Channel.H]
        shown = estimate([*self._points((shown_h,), window), *others])
        return None if shown is None else shown.level

    def _points(self, readings: Sequence[Reading], window: Window) -> list[Point]:
        references = {reference.rest.channel: reference for reference in window.references}
        return [
            self._point(reading, references[reading.channel])
            for reading in readings
            if reading.channel in references and reading.signal >= CLEAR and WEIGHTS[reading.channel] > 0.0
        ]

    def _point(self, reading: Reading, reference: Reference) -> Point:
        rest = reference.rest
        variance = mean_variance(self._late[reading.channel]) / rest.sigma**2
        held = rest_variance(rest.n) + reference.variance / rest.sigma**2
        return Point(reading.channel, (reading.x - rest.m) / rest.sigma, reading.quality, variance, held)


def _follow(late: deque[float], reading: Reading) -> None:
    if reading.signal > 0.0:
        late.append(reading.x)
    else:
        late.clear()


def _with_skin(points: Sequence[Point], share: float) -> list[Point]:
    """Give the channels with a share of the skin's weight."""
    return [replace(p, quality=p.quality * share) if p.channel in SKIN else p for p in points]
