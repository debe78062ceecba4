# SPDX-License-Identifier: MIT
"""All of one person's data in one readable file, for an access request.

A ZIP with a page that explains it, what is known of the person, what they agreed to, who saw what, and each session as
tables. What the sessions hold of another person is left out.
"""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from app.export.content import Export, Note
from app.export.csv_text import write_csv
from app.export.safe_path import whole_path
from app.store.audit import AuditAction
from app.store.backup import Told
from app.store.baselines import BASELINES, RESONANCES, Kept
from app.store.reading import PersonsPart, open_session, read_notes
from app.store.session_index import SessionEntry
from app.store.vault import Vault
from resources.words import gettext as _
from sensors.recorded.cell_text import cell_of


def disclose(
    vault: Vault,
    code: str,
    out: Path,
    *,
    with_notes: bool = False,
    force: bool = False,
    told: Told = lambda _done, _all: None,
) -> int:
    """Write all of one person's data.

    Parameters
    ----------
    vault : Vault
        The open store.
    code : str
        Whose.
    out : Path
        The ZIP; whole afterwards, or not there.
    with_notes : bool
        Whether the clinician's notes go along; those of a session with somebody else tell of both.
    force : bool
        Whether what stands at `out` is replaced.
    told : callable
        Hears how many sessions are done, and of how many.

    Returns
    -------
    int
        How many sessions are in it.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`; what writing and reading the sessions raise.
    """
    code = vault.clients.find(code)
    entries = vault.sessions.of(code)
    with whole_path(out, force=force) as beside, ZipFile(beside, "x", ZIP_DEFLATED) as archive:
        beside.chmod(0o600)
        archive.writestr("README.txt", _page(code, entries, with_notes=with_notes))
        archive.writestr("person.json", _json(_person(vault, code)))
        archive.writestr("consents.csv", _table(_CONSENT_COLUMNS, _consents(vault, code)))
        archive.writestr("sessions.csv", _table(_SESSION_COLUMNS, _sessions(entries)))
        archive.writestr("who_did_what.csv", _table(_AUDIT_COLUMNS, _audit(vault, code, entries)))
        for done, entry in enumerate(entries):
            told(done, len(entries))
            for person in (name for name, owner in entry.head.codes.items() if owner == code):
                _add_session(vault, archive, entry, person, out.parent, with_notes=with_notes)
    told(len(entries), len(entries))
    vault.audit.note_alone(AuditAction.CLIENT_DISCLOSED, code)
    return len(entries)


def _add_session(
    vault: Vault, archive: ZipFile, entry: SessionEntry, person: str, near: Path, *, with_notes: bool
) -> None:
    """Add one session's tables; they lie for a moment beside the ZIP, which says the same."""
    session = entry.head.session
    part = PersonsPart(open_session(vault, session), person)
    notes = [Note(note.t, note.text) for note in read_notes(vault, session)] if with_notes else ()
    with tempfile.TemporaryDirectory(prefix=".attune-", dir=near) as folder:
        write_csv(Export(part, notes), Path(folder))
        for path in sorted(Path(folder).iterdir()):
            archive.write(path, f"{session}/{path.name}")


def _page(code: str, entries: Sequence[SessionEntry], *, with_notes: bool) -> str:
    notes = _("The clinician's notes are in notes.csv.") if with_notes else _("The clinician's notes are not in it.")
    lines = (
        _("All that Attune keeps of {code}. Sessions: {count}.").format(code=code, count=len(entries)),
        "",
        _("person.json: your name if one was given, the answers to the checklist, your rests, your settings."),
        _("consents.csv: what you agreed to, and when."),
        _("sessions.csv: your sessions. who_did_what.csv: who opened, exported or changed them."),
        _("Each session has a folder of tables; times are seconds on its own clock. samples.csv is what was measured;"),
        _("beats.csv, features.csv and states.csv are what was computed of it. It is an estimate, not a diagnosis."),
        notes,
        "",
    )
    return "\n".join(lines)


def _person(vault: Vault, code: str) -> Mapping[str, object]:
    (identity,) = (one for one in vault.clients.all() if one.code == code)
    checklists = [
        {"version": one.version, "asked_utc": _date(one.t_utc_s), "conditions": sorted(one.conditions)}
        for one in vault.checklists.history(code)
    ]
    return {
        "code": code,
        "name": vault.clients.name(code) or None,
        "since_utc": _date(identity.since_utc_s),
        "checklists": checklists,
        "baselines": [_found(one) for one in vault.baselines.of(code)],
        "breathing_rates": [_found(one) for one in vault.baselines.rates(code)],
        "settings": {name: value for name, value in vault.settings.all(code).items() if name not in _SAID_APART},
    }


def _found(one: Kept) -> Mapping[str, object]:
    return {"session": one.session, "began_utc": _date(one.t_utc_s), **one.values}


_SAID_APART = frozenset({BASELINES, RESONANCES})
_CONSENT_COLUMNS = ("version", "given_utc", "taken_back_utc", "audience", "stored", "keep_days", "network", "words")


def _consents(vault: Vault, code: str) -> Iterable[Sequence[object]]:
    for one in vault.consents.history(code):
        back = "" if one.taken_back_utc_s is None else _date(one.taken_back_utc_s)
        terms = one.terms
        yield (
            one.version,
            _date(one.t_utc_s),
            back,
            str(terms.audience),
            terms.stores,
            terms.keep_days,
            terms.network,
            one.words.replace("\n", " "),
        )


_SESSION_COLUMNS = ("session", "began_utc", "duration_s", "state", "lost_s")


def _sessions(entries: Iterable[SessionEntry]) -> Iterable[Sequence[object]]:
    for entry in entries:
        head = entry.head
        yield head.session, _date(head.started_utc_s), round(entry.duration_s, 3), str(entry.state), head.lost_s


_AUDIT_COLUMNS = ("when_utc", "operator", "action", "object")


def _audit(vault: Vault, code: str, entries: Iterable[SessionEntry]) -> Iterable[Sequence[object]]:
    about, names = {code, *(entry.head.session for entry in entries)}, vault.operators.all()
    for row in vault.audit.rows():
        if row.object.partition(" ")[0] in about:  # the move of a session names its versions too
            yield _date(row.t_utc_s), names.get(row.operator, row.operator), row.action, row.object


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell_of(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _date(utc_s: float) -> str:
    return datetime.fromtimestamp(utc_s, UTC).isoformat(timespec="seconds")
