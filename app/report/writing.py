# SPDX-License-Identifier: MIT
"""From the open store to a report's file: read, put together, written whole or not at all.

Law: the clinician's notes are read, and enter it, only where they were ticked for this one report (promises.md 37).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.archive_growth import ended_sessions, shown_growth
from app.errors import AppError, Fault
from app.export.safe_path import refuse_bad_target, whole_path
from app.growth import growth_of
from app.guide.menu import Menu
from app.report.blocks import Report, Variant
from app.report.content import report_of
from app.report.moments import felt_of
from app.report.reading import read_session
from app.store.audit import AuditAction
from app.store.looking_back import SaidLater
from app.store.reading import open_session, read_notes
from app.store.rows import Note
from dsp.stream import CLIENT
from resources.words import gettext as _
from ui.foreign import plain, safe_text
from ui.paper.record import Moment, MomentKind, PersonRecord, SessionRecord

if TYPE_CHECKING:
    from app.store.vault import Vault

ENDINGS = (".html", ".pdf")
"""What a report's file may end in."""

_LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class ReportWish:
    """Which report is wanted: of which session, where, for whom, of which person, and with the notes or without."""

    session: str
    path: Path
    variant: Variant = Variant.CLINICIAN
    person: str = ""
    has_notes: bool = False


def record_of(vault: "Vault", session: str, titles: Mapping[str, str], *, has_notes: bool = False) -> SessionRecord:
    """Read a stored session for figures and reports.

    Parameters
    ----------
    vault : Vault
        The open store.
    session : str
        Its code.
    titles : mapping of str to str
        What offers are called.
    has_notes : bool
        Whether the clinician's notes are read too.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`; a `StoreError` where its files cannot be read.
    """
    contents = open_session(vault, session)
    record = read_session(contents.head, contents.values(), contents.decisions(), titles)
    head = contents.head
    client = head.codes.get(CLIENT) or next(iter(head.codes.values()), "")
    number = sum(entry.head.started_utc_s <= head.started_utc_s for entry in vault.sessions.of(client))
    notes = _moments(read_notes(vault, session), head.started_t) if has_notes else ()
    persons = tuple(_with_said(person, vault.looking_back.of(person.code, session)) for person in record.persons)
    return replace(record, persons=persons, number=number, notes=notes)


def _with_growth(vault: "Vault", session: str, person: PersonRecord) -> PersonRecord:
    """Add what moved over a person's sessions up to this one."""
    found = growth_of(ended_sessions(vault, person.code, session), person.code)
    return replace(person, grown=shown_growth(person.code, found))


def _with_said(person: PersonRecord, said: SaidLater) -> PersonRecord:
    """Add what a person said on looking back."""
    words = [Moment(t, MomentKind.WORDS, safe_text(text)) for t, text in said.words]
    moments = sorted((*person.moments, *words), key=lambda moment: moment.t)
    rating = None if said.rating is None else felt_of(0.0, said.rating)
    return replace(person, moments=tuple(moments), looked_back=rating)


def write_report(vault: "Vault", wish: ReportWish, titles: Mapping[str, str], *, force: bool = False) -> None:
    """Write a report.

    Raises
    ------
    AppError
        `BAD_TARGET`, `ALREADY_THERE`, `NO_SPACE`, `CANNOT_WRITE` or `UNKNOWN_CODE`; what reading the session raises.
    """
    refuse_bad_report(wish.path, force=force)
    record = record_of(vault, wish.session, titles, has_notes=wish.has_notes)
    if wish.variant is Variant.CLINICIAN:
        record = replace(record, persons=tuple(_with_growth(vault, wish.session, one) for one in record.persons))
    content = _content(report_of(record, wish.variant, wish.person), wish.path)
    with whole_path(wish.path, force=force) as beside:
        beside.write_bytes(content)
    vault.audit.note_alone(AuditAction.SESSION_EXPORTED, wish.session)


def titles_in(menu: Menu) -> Mapping[str, str]:
    """Say what the offers of a menu are called, by their names in commands."""
    return {offer.id: offer.title for offer in menu.cue} | {"question": _("the question below the window")}


def refuse_bad_report(path: Path, *, force: bool) -> None:
    """Refuse a file that is no report's, or that is there already."""
    if path.suffix.lower() not in ENDINGS:
        words = _("a report is a page (.html) or a PDF (.pdf), and {name} is neither; give it one of these endings.")
        raise AppError(Fault.BAD_TARGET, words.format(name=path.name))
    if path.is_dir():
        raise AppError(Fault.BAD_TARGET, _("{path} is a folder; give the report a name in it.").format(path=path))
    refuse_bad_target(path, force=force)


def _content(report: Report, path: Path) -> bytes:
    if path.suffix.lower() == ".pdf":
        from app.report.pdf import pdf_of

        return pdf_of(report)
    from app.report.html import html_of

    return html_of(report).encode()


def _moments(notes: Sequence[Note], started_t: float) -> tuple[Moment, ...]:
    return tuple(
        Moment(note.t - started_t, MomentKind.NOTE, " ".join(plain(note.text[:_LONGEST_NOTE]).split()))
        for note in sorted(notes, key=lambda note: note.t)
    )
