# SPDX-License-Identifier: MIT
"""The words of a person's own window: where they are in it, since when it holds, and why something is not known.

Law: "activated / settled / quiet", "quieter than your usual"; no score, no judgement, nothing about a person's state of
mind. What is unknown says why.
"""

from dataclasses import dataclass
from gettext import gettext as _

import numpy as np

from dsp.baseline import ArousalState, Baseline
from dsp.codes import Channel, Reason, Zone
from ui.arousal.reading import TracePoint, WindowHeld
from ui.words import advice_on

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
