# SPDX-License-Identifier: MIT
"""What is said of a person's arousal: the state each second, and the rest and the window that it is held against.

A baseline goes into a recording as it came out, and back into a later session as the values of a command.

Law: `Baseline.from_values(baseline.to_values())` is the same baseline but for its time and its person; values that are
no baseline give None.
"""

import math
from dataclasses import dataclass, fields

from dsp.codes import CalibrationStep, Channel, Reason, Zone

SCORER = 1
"""The version of the formula that makes a level of signals; what another one scored stays as it is."""

Value = str | float | int | bool

_NUMBERS = ("m", "sigma", "n")
_LARGEST = 1e9  # no value of a channel
_SQUASH = 3.0  # of a level: c(z) = 3 tanh(z/3), signals.md section 3


@dataclass(frozen=True, slots=True)
class ArousalState:
    """The arousal estimate against the person's own window, or why there is none.

    Parameters
    ----------
    t : float
        Seconds on the session clock.
    person : str
        Whose it is.
    zone : Zone
        The state, which dwells.
    level, uncertainty : float or None
        A, and the standard deviation u of what it is made of.
    p_above, p_below : float or None
        The probabilities that the level lies beyond each bound.
    channels : tuple of str
        The channels that count; without any of the skin's it is "heart only", without the heart's "skin only".
    why : Reason or None
        Why the zone is unknown.
    trace : float or None
        The level over the shorter window that is drawn at once.
    band : tuple of float, or None
        Where the level lies with 90 %.
    bounds : tuple of float, or None
        L and U as they hold now.
    parts : tuple of (Channel, float)
        What each channel gives to the level: they add up to it.
    is_provisional : bool
        The window is still getting to know the person.
    is_grey : bool
        The person moves: what is drawn of this second is not to be read.
    prompt : Zone or None
        The direction of a prompt to the clinician that is due now.
    """

    t: float
    person: str = "client"
    zone: Zone = Zone.UNKNOWN
    level: float | None = None
    uncertainty: float | None = None
    p_above: float | None = None
    p_below: float | None = None
    channels: tuple[str, ...] = ()
    why: Reason | None = Reason.NO_BASELINE
    trace: float | None = None
    band: tuple[float, float] | None = None
    bounds: tuple[float, float] | None = None
    parts: tuple[tuple[Channel, float], ...] = ()
    is_provisional: bool = False
    is_grey: bool = False
    prompt: Zone | None = None


@dataclass(frozen=True, slots=True)
class ChannelRest:
    """A channel at rest, in its own unit: the median `m`, the spread `sigma`, and `n` blocks of 20 s."""

    channel: Channel
    m: float
    sigma: float
    n: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """A person's rest and the window that came of it.

    Parameters
    ----------
    t : float
        When the calibration ended, seconds on that session's clock.
    person : str
        Whose it is.
    channels : tuple of ChannelRest
        Raw medians and spreads of the channels that were clear for at least a minute.
    upper, lower : float
        U and L as this calibration gave them.
    is_mirrored : bool
        There was no comfortable step: L is U mirrored.
    has_talk : bool
        "Rest and talk"; otherwise "rest only", and talking itself may read above.
    quality : float
        Share of the rest's seconds that were clean, 0 to 1.
    clean_s : float
        Clean seconds of rest.
    felt_state : str
        How it was before: "activated", "settled", "quiet", or "" where that was not said.
    felt_level : float or None
        0 to 10.
    scorer : int
        The version of the formula.
    is_unusual : bool
        This rest lies further from the earlier ones than days do as a rule.
    age_days : int
        Days since then, when it is given to a later session.
    sensors : str
        The models that it was measured with, as they name themselves; empty where none did.
    """

    t: float
    person: str
    channels: tuple[ChannelRest, ...]
    upper: float
    lower: float
    is_mirrored: bool = True
    has_talk: bool = False
    quality: float = 1.0
    clean_s: float = 180.0
    felt_state: str = ""
    felt_level: float | None = None
    scorer: int = SCORER
    is_unusual: bool = False
    age_days: int = 0
    sensors: str = ""

    def rest_of(self, channel: Channel) -> ChannelRest | None:
        """Give one channel's rest, None where it was not clear enough."""
        return next((rest for rest in self.channels if rest.channel is channel), None)

    @property
    def above_from_bpm(self) -> float | None:
        """The heart rate at which the heart alone reaches U; None where the heart was no part of it."""
        rest = self.rest_of(Channel.H)
        return None if rest is None else rest.m + rest.sigma * _SQUASH * math.atanh(self.upper / _SQUASH)

    def to_values(self) -> tuple[tuple[str, Value], ...]:
        """Give it as the values of a command, but for its time and person."""
        plain = [f.name for f in fields(self) if f.name not in ("t", "person", "channels", "felt_level")]
        values: list[tuple[str, Value]] = [(name, getattr(self, name)) for name in plain]
        values += [(f"{rest.channel}_{name}", getattr(rest, name)) for rest in self.channels for name in _NUMBERS]
        return (*values, *((("felt_level", self.felt_level),) if self.felt_level is not None else ()))

    @classmethod
    def from_values(cls, t: float, person: str, values: tuple[tuple[str, Value], ...]) -> "Baseline | None":
        """Read the values of a command; None where they are no baseline."""
        given = dict(values)
        channels = tuple(rest for channel in Channel if (rest := _rest_from(channel, given)) is not None)
        upper, lower = number(given, "upper"), number(given, "lower")
        if not channels or upper is None or lower is None or not -3.0 < lower < 0.0 < upper < 3.0:
            return None
        return cls(
            t,
            person,
            channels,
            upper,
            lower,
            is_mirrored=given.get("is_mirrored", True) is True,
            has_talk=given.get("has_talk") is True,
            quality=_or(number(given, "quality"), 1.0),
            clean_s=_or(number(given, "clean_s"), 180.0),
            felt_state=str(given.get("felt_state", "")),
            felt_level=number(given, "felt_level"),
            scorer=int(_or(number(given, "scorer"), SCORER)),
            is_unusual=given.get("is_unusual") is True,
            age_days=int(_or(number(given, "age_days"), 0)),
            sensors=str(given.get("sensors", "")),
        )


def number(values: dict[str, Value], name: str) -> float | None:
    """Read a finite number that is no truth value; None where there is none."""
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST:
        return None
    return float(value)


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _rest_from(channel: Channel, given: dict[str, Value]) -> ChannelRest | None:
    m, sigma, n = (number(given, f"{channel}_{name}") for name in _NUMBERS)
    if m is None or sigma is None or n is None or sigma <= 0.0 or n <= 0.0:
        return None
    return ChannelRest(channel, m, sigma, n)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far a calibration is.

    Parameters
    ----------
    t : float
        Seconds on the session clock.
    person : str
        Who is calibrated.
    step : CalibrationStep
        The running step, DONE, or REFUSED.
    clean_s, wanted_s : float
        Clean seconds of this step so far, and how many it takes.
    why : Reason or None
        Why this second does not count (the step waits), or why the calibration was refused.
    """

    t: float
    person: str
    step: CalibrationStep
    clean_s: float = 0.0
    wanted_s: float = 0.0
    why: Reason | None = None

    @property
    def progress(self) -> float:
        """Give the share that is done, 0 to 1."""
        return min(self.clean_s / self.wanted_s, 1.0) if self.wanted_s > 0.0 else 0.0

    @property
    def remaining_s(self) -> float:
        """Give the clean seconds that are still wanted."""
        return max(self.wanted_s - self.clean_s, 0.0)


@dataclass(frozen=True, slots=True)
class Excursion:
    """A time outside the window, told when it begins and once more when the person has been back inside for 30 s.

    Parameters
    ----------
    t : float
        When this is known, seconds on the session clock.
    person : str
        Whose it is.
    zone : Zone
        ABOVE or BELOW.
    onset_s : float
        When it began.
    depth : float
        How far beyond the bound the level went so far.
    return_s : float or None
        From the onset to the begin of those 30 s; None as long as they have not been: an excursion that the session
        ended is censored there.
    """

    t: float
    person: str
    zone: Zone
    onset_s: float
    depth: float = 0.0
    return_s: float | None = None
