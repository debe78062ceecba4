# SPDX-License-Identifier: MIT
"""`attune sessions`, `move` and `retention`: the list of sessions, and what is done to whole sessions."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from rich.progress import SpinnerColumn, TextColumn
from rich.table import Table

from app.cli.door import open_store
from app.cli.lines import print_result, progress, write_line
from app.cli.replay import ShownTime
from app.folders import data_folder
from app.store.codes import read_code
from app.store.keys import KEY_FILE
from app.store.moving import move_session
from app.store.retention import Due, delete_due, practice_days, set_practice_days, what_is_due
from app.store.session_index import SessionEntry, SessionState
from resources.words import gettext as _
from ui.words import clock_words


def sessions(passphrase_file: Path | None, *, as_lines: bool) -> None:
    """List all sessions, the newest first; where there is no store yet, none is made."""
    entries: Sequence[SessionEntry] = ()
    if (data_folder() / KEY_FILE).exists():
        with open_store(passphrase_file) as vault:
            entries = vault.sessions.all()
    if as_lines:
        for entry in entries:
            write_line(json.dumps({"session": _object(entry)}) + "\n")
        return
    if not entries:
        write_line(_("No session is stored; attune live SOURCE --record stores one.") + "\n")
        return
    print_result(_table(entries))


def move(session: str, code: str, person: str, passphrase_file: Path | None) -> None:
    """Move one person's part of a session to the person whose it is."""
    with open_store(passphrase_file) as vault:
        session = read_code(session, "S")
        with progress(SpinnerColumn(), TextColumn("{task.description}")) as bar:
            number = move_session(vault, session, code, person=person, sinks=[ShownTime(bar)])
        words = _("{person} of {session} is {code} now. The states were judged again: version {number}; {old} is kept.")
        said = words.format(person=person, session=session, code=read_code(code, "C"), number=number, old=number - 1)
        write_line(said + "\n")


def retention(passphrase_file: Path | None, *, days: int | None, no_limit: bool, delete: bool) -> None:
    """Say what has been kept for longer than it may be; delete it when told to.

    Parameters
    ----------
    passphrase_file : Path or None
        Opens a locked store.
    days : int or None
        The practice's new bound.
    no_limit : bool
        Take the practice's bound away.
    delete : bool
        Delete what is due; else nothing is changed.
    """
    with open_store(passphrase_file) as vault:
        if days is not None or no_limit:
            set_practice_days(vault, days)
        practice = practice_days(vault)
        bound = _("no bound") if practice is None else _("{days} days").format(days=practice)
        write_line(
            _("Of the practice: {bound}. The shorter of it and a person's consent counts.").format(bound=bound) + "\n"
        )
        _tell_due(delete_due(vault) if delete else what_is_due(vault), is_deleted=delete)


def _tell_due(due: Sequence[Due], *, is_deleted: bool) -> None:
    if not due:
        write_line(_("Nothing has been kept for longer than it may be.") + "\n")
        return
    words = _("{session} {person} {code}: {age:.0f} days old, kept for {days}")
    for one in due:
        line = words.format(session=one.session, person=one.person, code=one.code, age=one.age_days, days=one.keep_days)
        write_line(line + "\n")
    write_line((_("Deleted.") if is_deleted else _("Nothing was changed; --delete deletes these.")) + "\n")


def _object(entry: SessionEntry) -> Mapping[str, object]:
    head = entry.head
    return {
        "session": head.session,
        "started_utc": datetime.fromtimestamp(head.started_utc_s, UTC).isoformat(timespec="seconds"),
        "utc_offset_s": head.utc_offset_s,
        "duration_s": round(entry.duration_s, 3),
        "state": str(entry.state),
        "codes": dict(head.codes),
        "sha256": head.sha256,
        "size_bytes": entry.size_bytes,
        "lost_s": head.lost_s,
        "is_synthetic": head.is_synthetic,
    }


def _table(entries: Sequence[SessionEntry]) -> Table:
    table = Table()
    for title in (_("session"), _("began"), _("length"), _("persons"), _("state"), _("size")):
        table.add_column(title)
    for entry in entries:
        zone = timezone(timedelta(seconds=entry.head.utc_offset_s))
        began = datetime.fromtimestamp(entry.head.started_utc_s, zone).strftime("%Y-%m-%d %H:%M")
        size = "--" if entry.size_bytes is None else f"{entry.size_bytes / 1e6:.1f} MB"
        codes = ", ".join(f"{person} {code}" for person, code in entry.head.codes.items())
        table.add_row(entry.head.session, began, clock_words(entry.duration_s), codes, _state_words(entry), size)
    return table


def _state_words(entry: SessionEntry) -> str:
    state = {
        SessionState.OPEN: _("open"),
        SessionState.CLOSED: _("whole"),
        SessionState.RECOVERED: _("ended by a crash"),
    }[entry.state]
    lost = _(", {seconds:.0f} s lost").format(seconds=entry.head.lost_s) if entry.head.lost_s else ""
    made_up = _(", made up") if entry.head.is_synthetic else ""
    return state + lost + made_up
