# SPDX-License-Identifier: MIT
"""The words of a person's own window: where they are in it, since when it holds, and why something is not known.

Law: "activated / settled / quiet", "quieter than your usual"; no score, no judgement, nothing about a person's state of
mind. What is unknown says why.
"""

import math
from dataclasses import dataclass

import numpy as np

from dsp.baseline import ArousalState, Baseline, ChannelRest
from dsp.codes import Channel, Reason, Zone
from resources.words import gettext as _
from ui.arousal.holding import BoundsChange
from ui.arousal.reading import TracePoint, WindowHeld
from ui.foreign import plain
from ui.words import advice_on, clock_words

_HEART = {Channel.H.value, Channel.V.value}
_MOST_DAYS = 14  # from here on weeks are easier to read


@dataclass(frozen=True, slots=True)
class ZoneWords:
    """The word of a zone and the line under it."""

    word: str
    line: str


def zone_words(state: ArousalState) -> ZoneWords:
    """Say where a person is; of what is not known, why."""
    if state.is_grey:
        return ZoneWords(_("moving"), _("read again when you are still"))
    if state.zone is Zone.UNKNOWN:
        return _unknown(state.why or Reason.NOT_COMPUTED)
    word, line = {
        Zone.ABOVE: (_("activated"), _("above your window")),
        Zone.WITHIN: (_("settled"), _("inside your window")),
        Zone.BELOW: (_("quiet"), _("quieter than your usual")),
    }[state.zone]
    return ZoneWords(word, line)


def rests_on(state: ArousalState) -> str:
    """Say what the state rests on, where that is not both heart and skin."""
    if not state.channels:
        return ""
    has_heart = any(channel in _HEART for channel in state.channels)
    has_skin = any(channel not in _HEART for channel in state.channels)
    return "" if has_heart and has_skin else _("heart only") if has_heart else _("skin only")


def window_words(window: WindowHeld) -> str:
    """Say since when a window holds, and whether it is still getting to know the person."""
    if window.is_by_hand:
        return _("set by hand")
    if window.is_provisional:
        return _("getting to know you")
    return "" if window.age_days is None else since_words(window.age_days)


def since_words(days: int) -> str:
    """Say how long ago a window was measured."""
    if days <= 1:
        return _("from yesterday") if days == 1 else _("from today")
    if days <= _MOST_DAYS:
        return _("from {n} days ago").format(n=days)
    return _("from {n} weeks ago").format(n=round(days / 7))


def above_words(baseline: Baseline) -> str:
    """Say where "above" begins, in beats a minute."""
    bpm = baseline.above_from_bpm
    return "" if bpm is None else _("above from about {bpm} bpm").format(bpm=round(bpm))


def signed(value: float, digits: int = 1) -> str:
    """Write a number with its sign."""
    return f"{value:+.{digits}f}".replace("-", "\N{MINUS SIGN}")


def bounds_words(lower: float, upper: float) -> tuple[str, str]:
    """Write both bounds."""
    return _("lower {bound}").format(bound=signed(lower)), _("upper {bound}").format(bound=signed(upper))


def measured_words(baseline: Baseline | None) -> str:
    """Say what a window was measured with, and when."""
    if baseline is None:
        return ""
    kind = _("rest and talk") if baseline.has_talk else _("rest only")
    return _("{kind}, {since}").format(kind=kind, since=since_words(baseline.age_days))


def change_words(change: BoundsChange, started_t: float) -> str:
    """Write a change of the bounds with its time and its reason."""
    at = clock_words(change.t - started_t)
    if change.bounds is None:
        return _("{at} back to what was measured").format(at=at)
    lower, upper = (signed(bound) for bound in change.bounds)
    words = _("{at} {lower} to {upper}: {reason}")
    return words.format(at=at, lower=lower, upper=upper, reason=plain(change.reason))


def rest_wanted_words(why: Reason | None) -> str:
    """Say why a new rest would be good."""
    if why is None:
        return ""
    advice = advice_on(why)
    return f"{advice.sentence} {advice.step}."


def channel_words(channel: Channel) -> str:
    """Name a channel."""
    return {
        Channel.H: _("heart rate"),
        Channel.S: _("skin level"),
        Channel.D: _("skin change"),
        Channel.R: _("skin responses"),
        Channel.V: _("variability"),
    }[channel]


def now_words(state: ArousalState) -> str:
    """Write the level with its range, and how probable it is that it lies outside."""
    if state.level is None or state.band is None or state.p_above is None or state.p_below is None:
        return zone_words(state).line
    words = _("level {level}, 90 % between {low} and {high}; above {above:.0f} %, below {below:.0f} %")
    low, high = map(signed, state.band)
    above, below = 100 * state.p_above, 100 * state.p_below
    return words.format(level=signed(state.level), low=low, high=high, above=above, below=below)


def rest_rows(baseline: Baseline | None) -> tuple[tuple[str, str], ...]:
    """Say what a rest was, a name and a value a row: when, how clean, how it felt, and each channel's own figures."""
    if baseline is None:
        return ((_("no rest yet"), ""),)
    clean = _("{n} s clean, {share:.0f} % of it")
    rows = [
        (_("measured"), measured_words(baseline)),
        (_("quality"), clean.format(n=round(baseline.clean_s), share=100 * baseline.quality)),
        (_("felt before"), _felt_words(baseline)),
    ]
    rows += [(channel_words(rest.channel), _raw_words(rest)) for rest in baseline.channels]
    if baseline.sensors:
        rows.append((_("sensors"), plain(baseline.sensors)))
    return tuple(rows)


def _felt_words(baseline: Baseline) -> str:
    state = {"activated": _("activated"), "settled": _("settled"), "quiet": _("quiet")}.get(baseline.felt_state, "")
    level = "" if baseline.felt_level is None else _("{level:.0f} of 10").format(level=baseline.felt_level)
    return ", ".join(filter(None, (state, level))) or _("not said")


def _raw_words(rest: ChannelRest) -> str:
    """Write a channel's median and spread at rest in the unit that a person knows it by."""
    m, sigma = rest.m, rest.sigma
    if rest.channel is Channel.H:
        return _("{m:.1f} bpm, spread {sigma:.1f}").format(m=m, sigma=sigma)
    if rest.channel is Channel.S:
        return _("{m:.2f} µS, spread {share:.0f} %").format(m=math.exp(m), share=100 * math.expm1(sigma))
    if rest.channel is Channel.D:
        return _("{share:+.0f} % in 10 min, spread {spread:.0f} %").format(
            share=100 * math.expm1(m), spread=100 * math.expm1(sigma)
        )
    if rest.channel is Channel.R:
        return _("{rate:.1f} a minute").format(rate=m * m)
    return _("RMSSD {rmssd:.0f} ms").format(rmssd=math.exp(-m))


def trace_summary(points: tuple[TracePoint, ...], window: WindowHeld, words: ZoneWords) -> str:
    """Sum up the last five minutes for somebody who does not see the trace."""
    levels = np.array([point.level for point in points if point.level is not None])
    if not len(levels):
        return _("nothing to read in the last five minutes")
    inside = round(100.0 * float(np.mean((levels > window.lower) & (levels < window.upper))))
    return _("{word}: {line}; last five minutes: inside for {inside} % of what could be read").format(
        word=words.word, line=words.line, inside=inside
    )


def _unknown(why: Reason) -> ZoneWords:
    short = {
        Reason.AT_EDGE: ZoneWords(_("at the edge"), _("of your window")),
        Reason.TOO_EARLY: ZoneWords(_("too early to say"), _("getting to know you")),
        Reason.MOVING: ZoneWords(_("moving"), _("read again when you are still")),
        Reason.CONTRADICTORY: ZoneWords(_("cannot tell"), _("heart and skin say different things")),
        Reason.UNEVEN_BEATS: ZoneWords(_("cannot tell"), _("the strap is not read evenly")),
        Reason.STALE: ZoneWords(_("cannot tell"), _("no fresh signals just now")),
        Reason.CONDITION: ZoneWords(_("switched off"), _("there is no estimate here")),
        Reason.SETTLING: ZoneWords(_("cannot tell yet"), _("the signals are settling")),
    }
    return short.get(why) or ZoneWords(_("cannot tell"), advice_on(why).sentence)
