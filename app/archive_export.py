# SPDX-License-Identifier: MIT
"""One export for the screens: how far it is, and stopping it, which leaves nothing behind."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.export.content import Note
from app.export.exporting import Format, export_session
from app.export.safe_path import safe_name
from app.store.audit import AuditAction
from app.store.contents import SessionContents
from app.store.dates import day_of
from app.store.reading import open_session, read_notes
from app.store.vault import Vault
from ui.archive.shelf import Exporting, ExportWish

_ENDINGS = {Format.XDF: ".xdf", Format.EDF: ".edf"}  # the others make a folder
_STEP = 0.005  # of the whole, between two tidings


class _StoppedError(Exception):
    """Somebody stopped the export."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A session that is opened for an export."""

    contents: SessionContents
    notes: Sequence[Note]
    day: int


def opened_for(vault: Vault, wish: ExportWish) -> Ready:
    """Open a session and read what the export needs of the store."""
    notes = [Note(note.t, note.text) for note in read_notes(vault, wish.session)] if wish.has_notes else []
    day = 0 if wish.is_identified else day_of(vault, wish.session)
    ready = Ready(open_session(vault, wish.session), notes, day)
    vault.audit.note_alone(AuditAction.SESSION_EXPORTED, wish.session)
    return ready


class ExportRun:
    """Writes one export; `stop` may be called from any thread.

    Parameters
    ----------
    wish : ExportWish
        What is wanted.
    tell : callable
        Hears how far it is.
    """

    def __init__(self, wish: ExportWish, tell: Callable[[Exporting], None]) -> None:
        self._wish = wish
        self._tell = tell
        self._told = -1.0
        self._is_stopped = threading.Event()

    def stop(self) -> None:
        """Stop at the next step."""
        self._is_stopped.set()

    def write(self, ready: Ready) -> str | None:
        """Write it, and give its path; None where it was stopped.

        Raises
        ------
        AppError
            What `export_session` raises.
        """
        wish = self._wish
        form = Format(wish.form)
        path = _free_path(Path(wish.folder), wish, form)
        try:
            export_session(
                ready.contents,
                form,
                path,
                identified=wish.is_identified,
                notes=ready.notes,
                day=ready.day,
                progress=self._hear,
            )
        except _StoppedError:
            return None
        return str(path)

    def _hear(self, share: float) -> None:
        if self._is_stopped.is_set():
            raise _StoppedError
        if share - self._told >= _STEP:
            self._told = share
            self._tell(Exporting(self._wish.session, share))


def _free_path(folder: Path, wish: ExportWish, form: Format) -> Path:
    """Give a path that is free; a name that says nothing of whose it is, unless that is in it anyway."""
    stem = safe_name(wish.session if wish.is_identified else f"session-{form}")
    path, n = folder / f"{stem}{_ENDINGS.get(form, '')}", 2
    while path.exists():
        path, n = folder / f"{stem}-{n}{_ENDINGS.get(form, '')}", n + 1
    return path
