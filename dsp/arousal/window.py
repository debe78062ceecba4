# SPDX-License-Identifier: MIT
"""The window: where its bounds lie, and what they and today's level are held against.

From a calibration: U = P95 of the level at rest + 0.3, at least 0.7 and at most 1.8; with a talk at least as high as
the talk's P75 + 0.3; L = P5 of a comfortable time - 0.3, and U mirrored where there was none. Over sessions the bounds
shrink to the person's own, which count as up to three more.

Law: a window depends on the calibrations alone, given in order of their age.

Notes
-----
- The usual rest is the median over days, the spread between days that of the medians, taken together with what is
  known of people in general (three days' worth of it).
- A rest further than two such spreads or 8 bpm from the usual is unusual; which of both holds, a clinician says. Until
  then the usual does.
- Without a new rest the usual one holds, with the variance between days added to the doubt.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from dsp.arousal.rest import percentile
from dsp.baseline import SCORER, Baseline, ChannelRest
from dsp.codes import Channel

OLDEST_DAYS = 90
RENEWED_DAYS = 30  # a full calibration is offered from then on

_MARGIN = 0.3
_NARROWEST, _WIDEST = 0.7, 1.8
_POOLED_SESSIONS = 3
_DAYS_KNOWN = 3
_FELT_HIGH = 5.0
_UNUSUAL_SDS, _UNUSUAL_BPM = 2.0, 8.0
_BETWEEN_DAYS = {  # SD of a person's rest from day to day, in the channel's unit
    Channel.H: 4.0,  # Quer et al. 2020, doi 10.1371/journal.pone.0227709: 3 bpm over a week at one time of day
    Channel.S: 0.40,  # electrodes are put on anew each time
    Channel.D: 0.05,  # it is a difference already
    Channel.R: 0.7,
    Channel.V: 0.30,
}
_PRIOR_DAYS = 3.0


@dataclass(frozen=True, slots=True)
class Reference:
    """A channel's rest as it holds today, with the variance of its median that the rest itself does not tell."""

    rest: ChannelRest
    variance: float = 0.0


@dataclass(frozen=True, slots=True)
class Window:
    """What a level is held against: references, bounds L and U, and what is to be said of them."""

    references: tuple[Reference, ...]
    lower: float
    upper: float
    is_mirrored: bool
    has_talk: bool
    is_provisional: bool


def upper_bound(rest_levels: Sequence[float], talk_levels: Sequence[float] = ()) -> float:
    """Give U from the levels at rest (at least one) and, where somebody talked, those of the talk."""
    upper = min(max(percentile(rest_levels, 95.0) + _MARGIN, _NARROWEST), _WIDEST)
    if talk_levels:
        upper = max(upper, min(percentile(talk_levels, 75.0) + _MARGIN, _WIDEST))
    return upper


def lower_bound(comfortable_levels: Sequence[float], upper: float) -> float:
    """Give L from the levels of a comfortable time; without one U mirrored."""
    if not comfortable_levels:
        return -upper
    return min(max(percentile(comfortable_levels, 5.0) - _MARGIN, -_WIDEST), -_NARROWEST)


def between_days_sd(history: Sequence[Baseline], channel: Channel) -> float:
    """Give the spread of a person's rest from day to day, in the channel's unit."""
    medians = [rest.m for baseline in history if (rest := baseline.rest_of(channel)) is not None]
    mean = fmean(medians) if medians else 0.0
    squares = math.fsum((m - mean) ** 2 for m in medians)
    days = max(len(medians) - 1, 0)
    return math.sqrt((squares + _PRIOR_DAYS * _BETWEEN_DAYS[channel] ** 2) / (days + _PRIOR_DAYS))


def usual_rest(history: Sequence[Baseline], channel: Channel) -> ChannelRest | None:
    """Give the usual rest of a channel: the median over days; None where there is none."""
    rests = [rest for baseline in history if (rest := baseline.rest_of(channel)) is not None]
    if not rests:
        return None
    return ChannelRest(channel, *(median(getattr(rest, name) for rest in rests) for name in ("m", "sigma", "n")))


def is_unusual(baseline: Baseline, earlier: Sequence[Baseline]) -> bool:
    """Tell whether a rest lies further from the earlier ones than days do as a rule."""
    for rest in baseline.channels:
        usual = usual_rest(earlier, rest.channel)
        if usual is None or rest.channel is Channel.V:
            continue
        off = abs(rest.m - usual.m)
        if off > _UNUSUAL_SDS * between_days_sd(earlier, rest.channel):
            return True
        if rest.channel is Channel.H and off > _UNUSUAL_BPM:
            return True
    return False


def window_of(today: Baseline | None, earlier: Sequence[Baseline], *, against_usual: bool) -> Window | None:
    """Give the window that holds today; None without any calibration.

    Parameters
    ----------
    today : Baseline or None
        Today's own; None: the session starts as last time.
    earlier : sequence of Baseline
        Those of other sessions, each at most 90 days old, the oldest first.
    against_usual : bool
        Whether the level is held against the usual rest, where there is one, rather than against today's.
    """
    newest = today or (earlier[-1] if earlier else None)
    if newest is None:
        return None
    pool = [baseline for baseline in earlier if baseline.scorer == SCORER]
    days = {baseline.age_days for baseline in (*earlier, *((today,) if today else ()))}
    if today is None:
        references = _usual_references(newest, earlier, extra=1.0)
        bounds = _mean_bounds(pool or [newest])
    else:
        references = _usual_references(today, earlier) if against_usual and earlier else _own_references(today)
        bounds = _shrunk(today, pool[-_POOLED_SESSIONS:])
    felt = newest.felt_level is not None and newest.felt_level >= _FELT_HIGH
    is_provisional = len(days) < _DAYS_KNOWN or felt
    return Window(references, *bounds, newest.is_mirrored, newest.has_talk, is_provisional)


def _own_references(today: Baseline) -> tuple[Reference, ...]:
    return tuple(Reference(rest) for rest in today.channels)


def _usual_references(newest: Baseline, earlier: Sequence[Baseline], extra: float = 0.0) -> tuple[Reference, ...]:
    """Give the usual rest of the newest one's channels; `extra` is how many days' variance comes on top."""
    references = []
    for rest in newest.channels:
        usual = usual_rest(earlier, rest.channel)
        days = sum(baseline.rest_of(rest.channel) is not None for baseline in earlier)
        if usual is None:
            references.append(Reference(rest))
        else:
            variance = between_days_sd(earlier, rest.channel) ** 2 * (extra + 1.0 / days)
            references.append(Reference(usual, variance))
    return tuple(references)


def _mean_bounds(pool: Sequence[Baseline]) -> tuple[float, float]:
    return fmean(baseline.lower for baseline in pool), fmean(baseline.upper for baseline in pool)


def _shrunk(today: Baseline, pool: Sequence[Baseline]) -> tuple[float, float]:
    return _mean_bounds([today, *pool])
