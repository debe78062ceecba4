# SPDX-License-Identifier: MIT
"""The words of looking again: what stands at a second, what is behind the numbers, and what a report says of itself."""

from resources.words import gettext as _
from ui.paper.record import UNKNOWN, PersonRecord, SessionRecord
from ui.paper.words import day_words, felt_words, level_words, minutes_words, percent_words, zone_word
from ui.review.looking import Standing
from ui.words import clock_words


def session_line(session: SessionRecord) -> str:
    """Name a session: which one it was, when, how long."""
    day, length = day_words(session.began_utc_s, session.utc_offset_s), minutes_words(session.duration_s)
    if not session.number:
        return _("{day}, {length}").format(day=day, length=length)
    return _("Session {n}, {day}, {length}").format(n=session.number, day=day, length=length)


def standing_words(standing: Standing) -> str:
    """Say what stands at a second, beside the zone's own word."""
    if standing.level is None:
        return ""
    if standing.band is None:
        return level_words(standing.level)
    low, high = (level_words(bound) for bound in standing.band)
    return _("{level}, range {low} to {high}").format(level=level_words(standing.level), low=low, high=high)


def standing_summary(standing: Standing) -> str:
    """Say all that stands at a second, for somebody who does not see it."""
    heart = "--" if standing.hr_bpm is None else f"{standing.hr_bpm:.0f}"
    words = _("at {t}: {zone} {level}, heart {heart} bpm")
    t, zone = clock_words(standing.t), zone_word(standing.zone)
    return words.format(t=t, zone=zone, level=standing_words(standing), heart=heart)


def behind_rows(session: SessionRecord, person: PersonRecord) -> tuple[tuple[str, str, str], ...]:
    """Give what is behind the numbers: name, value, and what stands beside it."""
    counts = person.course.counts()
    whole, known = sum(counts), sum(counts) - counts[UNKNOWN]
    gaps_s = sum(gap.end_s - gap.start_s for gap in person.missing)
    rest = person.resting
    beside = "" if rest.breaths_per_min is None else _("bpm at {n:.0f} breaths").format(n=rest.breaths_per_min)
    rows = [
        (_("Seconds that count"), percent_words(known, whole), _("of {time}").format(time=clock_words(whole))),
        (_("Gaps"), str(len(person.missing)), _("{time} in all").format(time=clock_words(gaps_s)) if gaps_s else ""),
        (_("Resting heart rate"), "--" if rest.hr_bpm is None else f"{rest.hr_bpm:.0f}", beside or _("bpm")),
        _followed(person),
        _same(person),
    ]
    if said := before_after(person):
        rows.append((_("Before and after"), said, ""))
    if session.missing_at_end_s:
        rows.append((_("Missing at the end"), f"{session.missing_at_end_s:.0f}", _("s")))
    return tuple(rows)


def before_after(person: PersonRecord) -> str:
    """Write the ratings before, after and on looking back, in this order; empty where there is none."""
    before = "–" if person.before is None else felt_words(person.before)
    after = "–" if person.after is None else felt_words(person.after)
    parts = [] if person.before is None and person.after is None else [f"{before} \N{RIGHTWARDS ARROW} {after}"]
    if person.looked_back is not None:
        parts.append(_("all in all {n}").format(n=felt_words(person.looked_back)))
    return ", ".join(parts)


def half_words(person: PersonRecord) -> str:
    """Say within which time half had come back."""
    if not person.ways:
        return ""
    if person.half_back_s is None:
        return _("half return not reached")
    return _("half return within {time}").format(time=clock_words(person.half_back_s))


def _followed(person: PersonRecord) -> tuple[str, str, str]:
    seen = sum(pace.seen_s for pace in person.paces)
    if not seen:
        return _("Followed the pacer"), "--", _("could not be seen") if person.paces else _("no pacer")
    followed = percent_words(int(sum(pace.followed_s for pace in person.paces)), int(seen))
    return _("Followed the pacer"), followed, _("of {time}").format(time=clock_words(seen))


def _same(person: PersonRecord) -> tuple[str, str, str]:
    comparable = [pair for pair in person.pairs if pair.is_comparable]
    if not comparable:
        return _("Felt and measured"), "--", _("nothing to compare")
    same = sum(not pair.differs for pair in comparable)
    return _("Felt and measured"), _("{same} of {all}").format(same=same, all=len(comparable)), _("the same")
