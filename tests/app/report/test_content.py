# SPDX-License-Identifier: MIT
"""What a report says, for whom: to a person nothing that frightens, of anybody else nothing at all."""

import re
from dataclasses import replace

import pytest

from app.errors import AppError, Fault
from app.report.blocks import Bullets, Heading, Paragraph, Picture, Report, Table, Variant
from app.report.content import report_of
from app.report.person import comfortable_pace
from tests.ui.paper.records import course_of, nothing_at_all, nothing_known, person_of, session_of
from tests.ui.test_words import BANNED
from ui.archive.growth import Grown, PastRow, TrendRow
from ui.paper.record import Moment, MomentKind, Pace, PersonRecord, SessionRecord
from ui.paper.shapes import texts_of

NOTE = Moment(60.0, MomentKind.NOTE, "canary of the clinician")


def words_of(report: Report) -> str:
    """Every word that stands in a report, those of its figures and their summaries too."""
    found = [report.title, report.line, report.foot]
    for block in report.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.words)
            case Bullets():
                found += block.items
            case Table():
                found += [block.caption, *block.heads, *(cell for row in block.rows for cell in row)]
            case Picture():
                found += [block.caption, block.figure.summary, *texts_of(block.figure.shapes)]
    return "\n".join(found)


SESSIONS = {
    "usual": session_of(),
    "all unknown": session_of(nothing_known(person_of())),
    "empty": nothing_at_all(),
    "two": session_of(person_of(), person_of("partner", "C-2B9Q", course_of(unknown=()))),
    "mostly outside": session_of(person_of(course=replace(course_of(), zone=course_of().zone * 0 + 1))),
}


@pytest.mark.parametrize("name", SESSIONS)
@pytest.mark.parametrize("variant", [Variant.CLIENT, Variant.HANDOUT])
def test_a_person_reads_no_banned_word_and_no_measure(name: str, variant: Variant) -> None:
    words = words_of(report_of(SESSIONS[name], variant))
    assert not [banned for banned in BANNED if re.search(banned, words, re.IGNORECASE)]
    for frightening in ("%", "bpm", "RMSSD", "trigger", "+", "\N{MINUS SIGN}"):
        assert frightening not in words


@pytest.mark.parametrize("name", SESSIONS)
@pytest.mark.parametrize("variant", Variant)
def test_every_session_can_be_told(name: str, variant: Variant) -> None:
    report = report_of(SESSIONS[name], variant)
    assert report.blocks
    assert "{" not in words_of(report)


def test_a_clinician_reads_no_banned_word_either() -> None:
    words = words_of(report_of(session_of(), Variant.CLINICIAN))
    assert not [banned for banned in BANNED if re.search(banned, words, re.IGNORECASE)]


def test_the_clinician_reads_shares_reasons_gaps_and_versions() -> None:
    words = words_of(report_of(session_of(), Variant.CLINICIAN))
    for told in ("no rest to compare with yet", "the sensor was out of reach", "half of the ways back took 1:30"):
        assert told in words
    assert "0.1.0" in words
    assert "ab" * 32 in words
    assert "2 times outside" in words
    assert "same in 1 of 2 ratings" in words


def test_notes_are_in_no_report_of_a_person() -> None:
    session = replace(session_of(), notes=(NOTE,))
    assert NOTE.label in words_of(report_of(session, Variant.CLINICIAN))
    for variant in (Variant.CLIENT, Variant.HANDOUT):
        assert NOTE.label not in words_of(report_of(session, variant))


def test_a_persons_report_holds_nothing_of_anybody_else() -> None:
    session = SESSIONS["two"]
    for variant in (Variant.CLIENT, Variant.HANDOUT):
        assert "C-2B9Q" not in words_of(report_of(session, variant))
        assert "C-7F3K" not in words_of(report_of(session, variant, "partner"))
    alone = words_of(report_of(session, Variant.CLINICIAN, "partner"))
    assert "C-2B9Q" in alone
    assert "C-7F3K" not in alone
    both = words_of(report_of(session, Variant.CLINICIAN))
    assert "C-2B9Q" in both
    assert "C-7F3K" in both


def test_nobody_of_that_name_is_refused_with_who_is_there() -> None:
    with pytest.raises(AppError, match="client") as refusal:
        report_of(session_of(), Variant.CLIENT, "nobody")
    assert refusal.value.fault is Fault.UNKNOWN_CODE


def test_the_handout_has_no_figure() -> None:
    blocks = report_of(session_of(), Variant.HANDOUT).blocks
    assert not [block for block in blocks if isinstance(block, Picture)]
    assert "6 breaths a minute" in words_of(report_of(session_of(), Variant.HANDOUT))
    assert "Feet and hands" in words_of(report_of(session_of(), Variant.HANDOUT))


@pytest.mark.parametrize(
    ("paces", "found"),
    [
        ((), None),
        ((Pace(6.0, 30.0, 20.0, 20.0),), None),  # only passed on the way
        ((Pace(6.0, 300.0, 200.0, 20.0), Pace(7.0, 90.0, 60.0, 50.0)), 7.0),  # not followed
        ((Pace(5.5, 300.0, 0.0, 0.0),), 5.5),  # could not be seen: the person is trusted
    ],
)
def test_a_comfortable_pace_led_for_a_while_and_was_followed(paces: tuple[Pace, ...], found: float | None) -> None:
    assert comfortable_pace(replace(person_of(), paces=paces)) == found


def made_up_session() -> SessionRecord:
    return replace(session_of(), is_made_up=True, missing_at_end_s=12.0)


def test_a_made_up_person_and_missing_seconds_are_told() -> None:
    words = words_of(report_of(made_up_session(), Variant.CLINICIAN))
    assert "made-up person" in words
    assert "The last 12 s of the record are missing." in words


def test_a_million_markers_stay_a_report() -> None:
    many: PersonRecord = replace(
        person_of(), moments=tuple(Moment(float(n) / 1000, MomentKind.MARKER, "x") for n in range(100_000))
    )
    tables = [block for block in report_of(session_of(many), Variant.CLINICIAN).blocks if isinstance(block, Table)]
    assert max(len(table.rows) for table in tables) <= 200


def test_what_moved_over_the_sessions_is_the_clinicians_alone() -> None:
    moved = TrendRow("return_s", 8, -63.0, 40.0, 0.01, is_shown=True)
    grown = Grown("C-7F3K", (PastRow(0.0),) * 8, 1, trends=(TrendRow("edge_bpm"), moved))
    session = session_of(replace(person_of(), grown=grown))
    told = words_of(report_of(session, Variant.CLINICIAN))
    assert "Over 8 sessions: the way back moved by \N{MINUS SIGN}63 s (it wavers by up to 40)." in told
    assert "left out: 1" in told
    assert "Over 8 sessions" not in words_of(report_of(session, Variant.CLIENT))
