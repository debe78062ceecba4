# SPDX-License-Identifier: MIT
"""The words of what moved over the sessions, for the clinician.

Law: what is not known is a dash; too few sessions are said to be too few; what followed an offer is not called its
effect.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from dsp.baseline import Baseline
from dsp.codes import Channel, Zone
from resources.words import gettext as _
from resources.words import number
from ui.archive.growth import Grown, HelpRow, PastRow, TrendRow
from ui.arousal.words import signed
from ui.words import clock_words

_NEWEST = 8  # sessions that are listed
_FEWEST = 5  # sessions that can show a trend: dsp/growth/trend.py
_SQUASH = 3.0  # of a level: c(z) = 3 tanh(z/3), as in `Baseline.above_from_bpm`
_DASH = "\N{EN DASH}"
_NOTHING = "nothing"


def edge_words(grown: Grown, baseline: Baseline | None) -> str:
    """Say where the felt edge lies, beside the measured bound; or why there is none yet."""
    edge = grown.edge
    if edge is None:
        return {
            "too_few_ratings": _("No felt edge yet: it takes 12 ratings."),
            "too_few_sessions": _("No felt edge yet: it takes ratings in three sessions."),
            "one_sided": _("No felt edge yet: nearly all ratings are on one side of “too much”."),
        }.get(grown.why_no_edge, _("The ratings do not follow the level: no felt edge is found."))
    words = _("Half of the ratings are “too much” from {edge} on (90 %: {low} to {high}, {n} ratings).")
    told = words.format(edge=signed(edge.level), low=signed(edge.low), high=signed(edge.high), n=edge.n_ratings)
    rest = None if baseline is None else baseline.rest_of(Channel.H)
    if rest is None or baseline is None:
        return told
    bpm = round(rest.m + rest.sigma * _SQUASH * math.atanh(min(max(edge.level, -2.9), 2.9) / _SQUASH))
    beside = _("By the heart alone that is about {bpm} bpm; the measured bound is {upper}.")
    return f"{told} {beside.format(bpm=bpm, upper=signed(baseline.upper))}"


def session_rows(grown: Grown) -> list[tuple[str, ...]]:
    """Give the newest sessions, a heading first: day, inside, times outside an hour, way back, heart rate at rest."""
    heading = _("session"), _("inside"), _("times outside, an hour"), _("way back"), _("rest, bpm")
    return [heading, *map(_row, grown.sessions[-_NEWEST:])]


def _row(row: PastRow) -> tuple[str, ...]:
    outside = _number(row.excursions_per_hour, ".1f")
    return _day(row), _inside(row), outside, _way_back(row), _number(row.rest_hr_bpm, ".0f")


def trend_lines(grown: Grown) -> list[str]:
    """Say of each measure whether it moved."""
    lines = [_trend(trend) for trend in grown.trends]
    if grown.left_out:
        lines.append(
            _("Sessions with another device, or of a made-up person, are left out: {n}.").format(n=grown.left_out)
        )
    return lines


def over_words(grown: Grown) -> str:
    """Say in one sentence whether anything moved over the sessions, with the change that would only be wavering."""
    n = len(grown.sessions)
    moved = [_moved(trend) for trend in grown.trends if trend.is_shown]
    if moved:
        return _("Over {n} sessions: {what}.").format(n=n, what="; ".join(moved))
    if any(trend.n_sessions for trend in grown.trends):
        return _("Over {n} sessions: no change larger than chance.").format(n=n)
    if n >= _FEWEST:
        return _("Over {n} sessions: too few of them show a felt edge or a way back.").format(n=n)
    words = _("Over the sessions: with this sensor there are {n}, and it takes {fewest} to say what moves.")
    return words.format(n=n, fewest=_FEWEST)


def _moved(trend: TrendRow) -> str:
    words = {
        "edge_bpm": _("the felt edge moved by {change} bpm (it wavers by up to {mdc})"),
        "return_s": _("the way back moved by {change} s (it wavers by up to {mdc})"),
    }[trend.measure]
    return words.format(change=signed(trend.change, 0), mdc=f"{trend.mdc:.0f}")


def help_lines(grown: Grown, name_offer: Callable[[str], str]) -> list[str]:
    """Say what was followed by the way back, beside doing nothing."""
    return [_help(row, name_offer) for row in grown.helps]


def _help(row: HelpRow, name_offer: Callable[[str], str]) -> str:
    name = _("nothing taken up") if row.offer == _NOTHING else name_offer(row.offer) or _("something of their own")
    words = _("{side}, {name}: back inside {count} of {all} times, half of them within {median}")
    if row.median_s is None:
        words = _("{side}, {name}: back inside {count} of {all} times")
    side = _("above") if row.zone is Zone.ABOVE else _("below")
    median = clock_words(row.median_s or 0.0)
    return words.format(side=side, name=name, count=row.came_back, all=row.count, median=median)


def _trend(trend: TrendRow) -> str:
    name = {"edge_bpm": _("The felt edge"), "return_s": _("The way back")}.get(trend.measure, trend.measure)
    if not trend.n_sessions:
        return _(
            "{name}: too few sessions to say whether it moves; it takes five, and seven to see most of what is there."
        ).format(name=name)
    if not trend.is_shown:
        return _("{name}: nothing beyond its own wavering in {n} sessions.").format(name=name, n=trend.n_sessions)
    unit = _("{change} bpm") if trend.measure == "edge_bpm" else _("{change} s")
    change = unit.format(change=signed(trend.change, 0))
    return _("{name} moved by {change} over {n} sessions (p = {p:.3f}).").format(
        name=name, change=change, n=trend.n_sessions, p=trend.p
    )


def _day(row: PastRow) -> str:
    zone = timezone(timedelta(seconds=row.utc_offset_s))
    return datetime.fromtimestamp(row.began_utc_s, UTC).astimezone(zone).strftime(_("%Y-%m-%d"))


def _inside(row: PastRow) -> str:
    if row.surely is None or row.possibly is None:
        return _DASH
    return f"{100 * row.surely:.0f}{_DASH}{100 * row.possibly:.0f} %"


def _way_back(row: PastRow) -> str:
    if not row.has_excursions:
        return _DASH
    return _("not reached") if row.return_s is None else clock_words(row.return_s)


def _number(value: float | None, form: str) -> str:
    return _DASH if value is None else number(value, form)
