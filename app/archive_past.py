# SPDX-License-Identifier: MIT
"""What is stored: listed, exported, erased, played again; and what a crash left, offered or closed by itself.

Law: the past is shown only while it is unlocked.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from app import archive_work
from app.archive_export import ExportRun, opened_for
from app.archive_rows import shelf_of
from app.archive_thread import ArchiveThread
from app.autolock import AutoLock, Place
from app.store.contents import SessionContents
from app.store.places import SESSIONS
from app.store.reading import open_session
from app.store.resume import find_resumable
from app.store.resume_token import find_tokens
from app.store.unlock import Protection, open_keys
from ui.archive.seam import Done, Door, Exported, ExportWish, Interrupted, Keep, Shelf, Task


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
        self._export_thread.shutdown(wait=False)

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

    def _unlocked(self, passphrase: str) -> Shelf:
        place, was_open = self._thread.place, self._thread.vault is not None
        vault = self._thread.opened(lambda: passphrase)
        if was_open and vault.protection is Protection.PASSPHRASE:  # it hid by itself while a session goes on
            open_keys(place.folder, place.safe, lambda: passphrase)
        self._lock.unlock()
        return shelf_of(vault)
