# SPDX-License-Identifier: MIT
"""The words in figures and under them: zones, moments, ratings, and each figure summed up for who does not see it.

Law: "activated / settled / quiet", "inside / above / below"; no score, no judgement; what is unknown says so.
"""

from datetime import UTC, datetime, timedelta, timezone

from dsp.codes import Zone
from resources.words import gettext as _
from resources.words import ngettext, number
from ui.paper.record import ZONES, Course, Felt, Moment, MomentKind, Pair, WayBack
from ui.words import clock_words


def zone_word(zone: Zone) -> str:
    """Name a zone beside its shape."""
    return {
        Zone.ABOVE: _("above"),
        Zone.WITHIN: _("inside"),
        Zone.BELOW: _("below"),
        Zone.UNKNOWN: _("unknown"),
    }[zone]


def side_word(zone: Zone) -> str:
    """Name a side of the window as a person would."""
    return {
        Zone.ABOVE: _("activated"),
        Zone.WITHIN: _("settled"),
        Zone.BELOW: _("quiet"),
        Zone.UNKNOWN: _("unknown"),
    }[zone]


def moment_title(moment: Moment) -> str:
    """Name a moment: a marker by its type, the rest by what it is."""
    return {
        MomentKind.MARKER: moment.label,
        MomentKind.OFFERED: _("Offered"),
        MomentKind.CHOSEN: _("Chosen"),
        MomentKind.WINDOW: _("Window"),
        MomentKind.NOTE: _("Note"),
        MomentKind.WORDS: _("Words"),
    }[moment.kind]


def moment_line(moment: Moment) -> str:
    """Give what is said under a moment's name; empty for a marker, which has its type alone."""
    if moment.kind is MomentKind.MARKER:
        return ""
    if moment.kind is MomentKind.WINDOW:
        return _("set by hand: {why}").format(why=moment.label) if moment.label else _("measured at rest")
    is_said = moment.kind in {MomentKind.NOTE, MomentKind.WORDS}
    return _("“{words}”").format(words=moment.label) if is_said else moment.label


def felt_words(felt: Felt) -> str:
    """Write what a person said: the number as it is, or the word."""
    if felt.number is not None:
        return number(felt.number, "g")
    return {
        "still_with_it": _("still with it"),
        "nearly_too_much": _("nearly too much"),
        "too_much": _("too much"),
        "far_away": _("far away"),
        "calm": _("calm"),
        "tired": _("tired"),
        "activated": _("activated"),
        "settled": _("settled"),
        "quiet": _("quiet"),
    }.get(felt.word, "")


def level_words(level: float | None) -> str:
    """Write a level with its sign; two dashes where there is none."""
    return "--" if level is None else number(level, "+.1f").replace("-", "\N{MINUS SIGN}")


def day_words(began_utc_s: float, utc_offset_s: float) -> str:
    """Write when something began, where it was: day and time, in the order of the language."""
    # L10n: a date and a time as this language writes them; %d, %m, %Y, %H and %M stay as they are
    return _local(began_utc_s, utc_offset_s).strftime(_("%Y-%m-%d %H:%M"))


def iso_day(began_utc_s: float, utc_offset_s: float) -> str:
    """Write the day on which something began, where it was, as every language understands it."""
    return _local(began_utc_s, utc_offset_s).strftime("%Y-%m-%d")


def _local(began_utc_s: float, utc_offset_s: float) -> datetime:
    zone = timezone(timedelta(seconds=utc_offset_s))
    return datetime.fromtimestamp(began_utc_s, UTC).astimezone(zone)


def minutes_words(seconds: float) -> str:
    """Write a duration in whole minutes."""
    n = max(round(seconds / 60), 1)
    return ngettext("{n} minute", "{n} minutes", n).format(n=n)


def percent_words(part: int, whole: int) -> str:
    """Write a share; two dashes of nothing."""
    return "--" if not whole else _("{n} %").format(n=round(100 * part / whole))


def course_summary(course: Course, moments: tuple[Moment, ...] = (), *, has_numbers: bool = True) -> str:
    """Sum up a trajectory."""
    counts = course.counts()
    known = sum(counts[:-1])
    if not known:
        return _("Nothing of this session can be held against a window.")
    if not has_numbers:
        return _("The session as a line over the window, with {n} moments.").format(n=len(moments))
    words = _(
        "Change from rest over {duration}: inside the window for {inside} of the seconds that count, "
        "above for {above}, below for {below}; {unknown} could not be read. {n} moments."
    )
    inside, above, below = (percent_words(part, known) for part in counts[:-1])
    return words.format(
        duration=clock_words(len(course.t)),
        inside=inside,
        above=above,
        below=below,
        unknown=percent_words(counts[-1], sum(counts)),
        n=len(moments),
    )


def shares_summary(name: str, counts: tuple[int, ...]) -> str:
    """Sum up one bar of shares."""
    known = sum(counts[:-1])
    parts = [f"{zone_word(zone)} {percent_words(n, known)}" for zone, n in zip(ZONES[:-1], counts, strict=False) if n]
    if counts[-1]:
        parts.append(f"{zone_word(Zone.UNKNOWN)} {clock_words(counts[-1])}")
    return f"{name}: {', '.join(parts) or zone_word(Zone.UNKNOWN)}"


def pairs_summary(pairs: tuple[Pair, ...]) -> str:
    """Sum up felt against measured."""
    if not pairs:
        return _("Nobody was asked how it felt.")
    comparable = [pair for pair in pairs if pair.is_comparable]
    same = sum(not pair.differs for pair in comparable)
    return _("Felt and measured: {same} of {all} the same.").format(same=same, all=len(comparable))


def ways_summary(ways: tuple[WayBack, ...]) -> str:
    """Sum up the ways back."""
    if not ways:
        return _("No time outside the window.")
    told = [
        _("{t}, {side}: back after {seconds}") if way.is_over else _("{t}, {side}: still out when it ended")
        for way in ways
    ]
    return "; ".join(
        words.format(t=clock_words(way.onset_s), side=zone_word(way.zone), seconds=clock_words(way.seconds))
        for words, way in zip(told, ways, strict=True)
    )
