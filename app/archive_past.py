# SPDX-License-Identifier: MIT
"""What is stored: listed, exported, erased, played again; and what a crash left, offered or closed by itself.

Law: the past is shown only while it is unlocked.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from app import archive_review, archive_work
from app.archive_export import ExportRun, opened_for
from app.archive_growth import ended_sessions, grown, grown_apart
from app.archive_rows import shelf_of
from app.archive_thread import ArchiveThread
from app.autolock import AutoLock, Place
from app.errors import AppError, Fault
from app.store.contents import SessionContents
from app.store.places import SESSIONS
from app.store.reading import open_session
from app.store.resume import find_resumable
from app.store.resume_token import find_tokens
from app.store.unlock import Protection, open_keys
from app.store.vault import Vault
from resources.words import gettext as _
from ui.archive.growth import Grown
from ui.archive.seam import Done, Interrupted, Keep, Task
from ui.archive.shelf import Door, Exported, ExportWish, Shelf
from ui.review.seam import LookedBack, OverSessions, ReportWish


class Past:
    """What is stored; belongs to the worker's loop.

    Parameters
    ----------
    thread : ArchiveThread
        Works with the store.
    lock : AutoLock
        Knows what is hidden.
    """

    def __init__(self, thread: ArchiveThread, lock: AutoLock) -> None:
        self._thread = thread
        self._lock = lock
        self._export_thread = ThreadPoolExecutor(1, "attune-export")
        self._export: ExportRun | None = None
        self._growth_thread = ThreadPoolExecutor(1, "attune-growth")
        self._growth_stop = threading.Event()

    @property
    def is_exporting(self) -> bool:
        """Whether an export goes on."""
        return self._export is not None

    def greet(self) -> None:
        """Offer an interrupted session; else close by itself what a crash left open, where the store opens alone."""
        self._thread.do(Task.OPEN, "", self._greeting, lambda found: self._thread.tell(found) if found else None)

    def look(self) -> None:
        """Tell what is stored, as far as it may be seen now."""
        self._thread.do(Task.OPEN, "", self._shelf, self._thread.tell)

    def unlock(self, passphrase: str) -> None:
        """Open the store by what somebody typed, and show again what hid by itself."""
        self._thread.do(Task.OPEN, "", lambda: self._unlocked(passphrase), self._thread.tell)

    def end(self, session: str, code: str, keep: Keep) -> None:
        """Do what a person decided about a session that has ended."""
        done = Done(Task.END, session)
        self._thread.do(
            Task.END,
            session,
            lambda: archive_work.end(self._thread.opened(), session, code, keep),
            lambda _ended: self._thread.tell(done),
        )

    def ask_what_goes(self, code: str) -> None:
        """Tell what erasing would take."""
        self._thread.do(Task.ERASE, code, lambda: archive_work.going(self._thread.opened(), code), self._thread.tell)

    def ask_growth(self, code: str) -> None:
        """Tell what moved over a person's sessions, where the past is open."""
        self._thread.do(Task.GROWTH, code, lambda: self._grown(code), self._thread.tell)

    def ask_over(self, session: str, code: str) -> None:
        """Tell what moved over a person's sessions up to this one, beside everything else; the last to ask is told."""
        self._growth_stop.set()
        self._growth_stop = threading.Event()
        self._thread.start(Task.GROWTH, code, self._over(session, code, self._growth_stop))

    def review(self, session: str, *, has_notes: bool) -> None:
        """Read a session to look at it again, where the past is open."""
        self._thread.do(
            Task.REVIEW,
            session,
            lambda: archive_review.reviewed(self._open_past(), session, has_notes=has_notes),
            self._thread.tell,
        )

    def look_back(self, said: LookedBack) -> None:
        """Keep what a person says of a session, looking back."""
        self._thread.do(
            Task.REVIEW, said.session, lambda: archive_review.look_back(self._open_past(), said), lambda _done: None
        )

    def report(self, wish: ReportWish) -> None:
        """Write a report."""
        self._thread.do(
            Task.REPORT, wish.session, lambda: archive_review.reported(self._open_past(), wish), self._thread.tell
        )

    def erase(self, code: str) -> None:
        """Erase a person or a session."""
        self._thread.do(Task.ERASE, code, lambda: archive_work.erased(self._thread.opened(), code), self._thread.tell)

    def export(self, wish: ExportWish) -> None:
        """Export a session, beside everything else; one at a time."""
        if self._export is None:
            self._export = run = ExportRun(wish, self._thread.tell)
            self._thread.start(Task.EXPORT, wish.session, self._exported(run, wish))

    def stop_export(self) -> None:
        """Stop the export that goes on."""
        if self._export is not None:
            self._export.stop()

    async def stored(self, session: str) -> SessionContents:
        """Open a stored session to play it; `AppError` or a `StoreError` where that cannot be."""
        return await self._thread.run(lambda: open_session(self._thread.opened(), session))

    def close(self) -> None:
        """Stop what goes on."""
        self.stop_export()
        self._growth_stop.set()
        self._export_thread.shutdown(wait=False)
        self._growth_thread.shutdown(wait=False)

    async def _over(self, session: str, code: str, stop: threading.Event) -> None:
        read = await self._thread.run(lambda: ended_sessions(self._open_past(), code, session))
        found = await asyncio.get_running_loop().run_in_executor(self._growth_thread, grown_apart, read, code, stop)
        if found is not None:
            self._thread.tell(OverSessions(session, found))

    async def _exported(self, run: ExportRun, wish: ExportWish) -> None:
        try:
            ready = await self._thread.run(lambda: opened_for(self._thread.opened(), wish))
            path = await asyncio.get_running_loop().run_in_executor(self._export_thread, run.write, ready)
        finally:
            self._export = None
        self._thread.tell(Exported(wish.session, path))

    def _greeting(self) -> Interrupted | None:
        place = self._thread.place
        token = find_resumable(place.folder, place.wall())
        if token is not None:
            return Interrupted(token.head.session, tuple(token.head.codes.values()))
        if any(find_tokens(place.folder / SESSIONS)):
            self._thread.opens_alone()
        return None

    def _shelf(self) -> Shelf:
        if not self._thread.is_there:
            return Shelf(Door.OPEN, is_protected=self._thread.place.safe.is_there)
        is_open = not self._lock.is_hidden(Place.BEYOND) and self._thread.opens_alone()
        return shelf_of(self._thread.opened()) if is_open else Shelf(Door.LOCKED)

    def _grown(self, code: str) -> Grown:
        return grown(self._open_past(), code)

    def _open_past(self) -> Vault:
        """Give the open store, where what lies beyond the session may be seen."""
        if self._lock.is_hidden(Place.BEYOND):
            raise AppError(Fault.LOCKED, _("the past is hidden: the list of sessions opens it."))
        return self._thread.opened()

    def _unlocked(self, passphrase: str) -> Shelf:
        place, was_open = self._thread.place, self._thread.vault is not None
        vault = self._thread.opened(lambda: passphrase)
        if was_open and vault.protection is Protection.PASSPHRASE:  # it hid by itself while a session goes on
            open_keys(place.folder, place.safe, lambda: passphrase)
        self._lock.unlock()
        return shelf_of(vault)
