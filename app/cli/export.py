# SPDX-License-Identifier: MIT
"""`attune export`: a stored session for other programs."""

from pathlib import Path

from rich.progress import BarColumn, TextColumn

from app.cli.door import open_store
from app.cli.lines import progress, write_line
from app.export.content import Note
from app.export.exporting import Format, export_session
from app.export.safe_path import refuse_bad_target
from app.store.audit import AuditAction
from app.store.codes import read_code
from app.store.dates import day_of
from app.store.reading import open_session, read_notes
from resources.words import gettext as _


def export(
    session: str,
    form: Format,
    out: Path,
    passphrase_file: Path | None,
    *,
    identified: bool,
    with_notes: bool,
    force: bool,
) -> None:
    """Export a session and say what was written.

    Parameters
    ----------
    session : str
        Its code, however it was typed.
    form : Format
        What it becomes.
    out : Path
        The file (XDF, EDF+) or folder (CSV, BIDS, Parquet) to be made.
    passphrase_file : Path or None
        Opens a locked store.
    identified, with_notes, force : bool
        Codes, date and devices stay in it; the clinician's notes go with it; what stands at `out` is replaced.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`; what opening the store and `export_session` raise.
    """
    refuse_bad_target(out, force=force)
    with open_store(passphrase_file) as vault, progress(TextColumn(_("exporting")), BarColumn()) as bar:
        code = read_code(session, "S")
        contents = open_session(vault, code)
        notes = [Note(note.t, note.text) for note in read_notes(vault, code)] if with_notes else []
        task = bar.add_task("", total=1.0)
        export_session(
            contents,
            form,
            out,
            identified=identified,
            notes=notes,
            day=0 if identified else day_of(vault, code),
            force=force,
            progress=lambda share: bar.update(task, completed=share),
        )
        vault.audit.note_alone(AuditAction.SESSION_EXPORTED, code)
    warning = _("{path} is identified: hand it on as you would the client's file.")
    write_line((warning if identified else _("{path} is made.")).format(path=out) + "\n")
