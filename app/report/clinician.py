# SPDX-License-Identifier: MIT
"""The clinician's report: everything that the record shows, what was unknown and why, and what made the numbers."""

from collections.abc import Iterable, Sequence

import numpy as np

from app.report.blocks import Block, Bullets, Heading, Paragraph, Table, some
from app.report.figures import course_picture, shares_picture, signals_picture, ways_picture
from app.report.words import before_after_words, pairs_words, read_words, ways_words, why_words
from resources.words import gettext as _
from ui.arousal.growth_words import over_words
from ui.paper.record import UNKNOWN, Moment, PersonRecord, SessionRecord, Signals
from ui.paper.words import felt_words, level_words, moment_line, moment_title, percent_words, zone_word
from ui.words import clock_words

_MOST_ROWS = 200  # of a table: a hostile session of a million markers stays a report


def clinician_blocks(session: SessionRecord) -> Sequence[Block]:
    """Give the blocks of a session: each person's part, then what holds for all."""
    blocks: list[Block] = []
    for person in session.persons:
        if len(session.persons) > 1:
            blocks.append(Heading(_("{code} ({person})").format(code=person.code, person=person.person)))
        blocks += _person_blocks(session, person)
    made = list(_behind(session))
    return [*blocks, *_notes(session.notes), *some(Heading(_("What made these numbers")) if made else None), *made]


def _person_blocks(session: SessionRecord, person: PersonRecord) -> Sequence[Block]:
    sentences = (read_words(person), ways_words(person), pairs_words(person), before_after_words(person))
    return [
        Heading(_("In short")),
        Paragraph(" ".join(filter(None, sentences))),
        Paragraph(_("An estimate against the person’s own rest, never a diagnosis."), is_quiet=True),
        Heading(_("The session")),
        course_picture(session, person),
        Heading(_("Time in window")),
        shares_picture(session, person),
        *some(Heading(_("Return to the window")) if person.ways else None, ways_picture(person)),
        *_over(person),
        Heading(_("Signals")),
        signals_picture(session, person),
        *some(_moments(person.moments), _ratings(person)),
        *_unknown(person),
        _resting(person),
    ]


def _over(person: PersonRecord) -> Iterable[Block]:
    """Say what moved over the person's sessions, where that was asked for."""
    if person.grown is not None and person.grown.sessions:
        yield Heading(_("Over the sessions"))
        yield Paragraph(over_words(person.grown))
        if person.grown.left_out:
            words = _("Sessions with another device, or of a made-up person, are left out: {n}.")
            yield Paragraph(words.format(n=person.grown.left_out), is_quiet=True)


def _moments(moments: Sequence[Moment]) -> Table | None:
    if not moments:
        return None
    shown = enumerate(moments[:_MOST_ROWS], 1)
    rows = [(str(n), clock_words(m.t), moment_title(m), moment_line(m)) for n, m in shown]
    return Table(_("Moments"), tuple(rows), (_("No."), _("At"), _("What"), _("Words")))


def _ratings(person: PersonRecord) -> Table | None:
    if not person.pairs:
        return None
    rows = [
        (
            clock_words(pair.felt.t),
            felt_words(pair.felt),
            zone_word(pair.zone),
            level_words(pair.level),
            _("differs") if pair.differs else "",
        )
        for pair in person.pairs[:_MOST_ROWS]
    ]
    heads = (_("At"), _("Felt"), _("Measured"), _("Change from rest"), _("Beside each other"))
    return Table(_("Felt and measured"), tuple(rows), heads)


def _unknown(person: PersonRecord) -> Iterable[Block]:
    counts = person.course.counts()
    yield Heading(_("What was unknown, and why"))
    if not counts[UNKNOWN] and not person.missing:
        yield Paragraph(_("Every second could be read."))
    if person.unknown:
        rows = [(why_words(why), clock_words(n), percent_words(n, sum(counts))) for why, n in person.unknown]
        yield Table(_("Seconds without a state"), tuple(rows), (_("Why"), _("How long"), _("Of the session")))
    if person.missing:
        shown = person.missing[:_MOST_ROWS]
        gaps = [(clock_words(gap.start_s), clock_words(gap.end_s), why_words(gap.why)) for gap in shown]
        yield Table(_("Gaps in the record"), tuple(gaps), (_("From"), _("To"), _("Why")))


def _resting(person: PersonRecord) -> Table:
    resting = person.resting
    paced = sum(pace.seconds for pace in person.paces)
    seen, followed = (sum(getattr(pace, name) for pace in person.paces) for name in ("seen_s", "followed_s"))
    rows = [
        (_("Resting heart rate"), _number(resting.hr_bpm, _("{n:.0f} bpm"))),
        (_("Breath at rest"), _number(resting.breaths_per_min, _("{n:.0f} a minute"))),
        (_("Above begins at about"), _number(resting.above_from_bpm, _("{n:.0f} bpm"))),
        (_("Window"), _("still getting to know the person") if resting.is_provisional else _("as measured")),
        (_("Followed the pacer"), _paced_words(paced, seen, followed)),
        *_readable(person.signals),
    ]
    return Table(_("Behind the numbers"), tuple(rows))


def _paced_words(paced: float, seen: float, followed: float) -> str:
    if not paced:
        return _("no pacer")
    if not seen:
        return _("could not be seen; it led for {time}").format(time=clock_words(paced))
    share = percent_words(int(followed), int(seen))
    return _("{share} of {time} that could be seen").format(share=share, time=clock_words(seen))


def _readable(signals: Signals) -> Iterable[tuple[str, str]]:
    """Say for which share of the seconds each number was there."""
    named = (
        (_("Seconds with a heart rate"), signals.hr_bpm),
        (_("Seconds with RMSSD"), signals.rmssd_ms),
        (_("Seconds with a breath rate"), signals.breaths_per_min),
        (_("Seconds with skin conductance"), signals.scl_microsiemens),
    )
    for name, values in named:
        yield name, percent_words(int(np.count_nonzero(~np.isnan(values))), len(values))


def _number(value: float | None, words: str) -> str:
    return "--" if value is None else words.format(n=value)


def _notes(notes: Sequence[Moment]) -> Iterable[Block]:
    """Give the clinician's own notes, where they were ticked for this one report."""
    if notes:
        yield Heading(_("Notes of the clinician"))
        yield Bullets(tuple(f"{clock_words(note.t)}  {note.label}" for note in notes))


def _behind(session: SessionRecord) -> Iterable[Block]:
    if session.is_made_up:
        yield Paragraph(_("A made-up person took part: this session shows the program, not somebody’s body."))
    if session.missing_at_end_s:
        words = _("The last {n} s of the record are missing.")
        yield Paragraph(words.format(n=max(round(session.missing_at_end_s), 1)))
    if session.versions:
        yield Table(_("Versions"), tuple(session.versions))
    if session.sha256:
        yield Paragraph(_("Hash of the numbers: {sha256}").format(sha256=session.sha256), is_quiet=True)
