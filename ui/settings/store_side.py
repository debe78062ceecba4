# SPDX-License-Identifier: MIT
"""The settings' side of the store: what is asked of it, and what of its answers the settings show.

Law: no call waits; what comes of one arrives as a signal.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.archive.flow import ArchiveFlow
from ui.archive.practice import KeyState, KeyWish, PersonRecord, PersonWish
from ui.archive.seam import Archive, ArchiveMessage, Done, Hidden, Refused, Task
from ui.archive.shelf import Shelf


class StoreSide(QObject):
    """What the settings need of the store.

    Parameters
    ----------
    archive : Archive
        The store.
    flow : ArchiveFlow
        The screens about what is stored: the recovery code is shown there, and what arrives is heard there.
    return_here : callable
        Comes back to the settings.
    """

    keys_told = Signal(object)  # KeyState
    record_told = Signal(object)  # PersonRecord
    shelf_told = Signal(object)  # Shelf
    put = Signal(str)  # a person's code: what was sent is on record
    refused = Signal(object)  # Refused
    hidden = Signal(bool)  # what lies beyond the session

    def __init__(self, archive: Archive, flow: ArchiveFlow, return_here: Callable[[], None]) -> None:
        super().__init__(flow)
        self._archive = archive
        self._flow = flow
        self._return_here = return_here
        flow.heard.connect(self._hear)

    def look(self) -> None:
        """Ask how the store is kept, and who is in it."""
        self._archive.use()
        self._archive.ask_keys()
        self._archive.look()

    def unlock(self, passphrase: str) -> None:
        """Open the store, or show again what hid by itself."""
        self._archive.unlock(passphrase)

    def protect(self, wish: KeyWish) -> None:
        """Set a passphrase, or make a recovery code; the code is put on paper before anything else."""
        self._flow.put_on_paper(self._return_here)
        self._archive.protect(wish)

    def ask_person(self, code: str) -> None:
        """Ask what holds for a person."""
        self._archive.ask_person(code)

    def set_person(self, wish: PersonWish) -> None:
        """Put on record what is to hold for a person."""
        self._archive.set_person(wish)

    def _hear(self, message: ArchiveMessage) -> None:  # a slot of Qt's
        match message:
            case KeyState():
                self.keys_told.emit(message)
            case PersonRecord():
                self.record_told.emit(message)
            case Shelf():
                self.shelf_told.emit(message)
            case Hidden():
                self.hidden.emit(message.is_beyond)
            case Done() if message.task is Task.PERSON:
                self.put.emit(message.code)
            case Refused() if message.task in {Task.KEYS, Task.PERSON, Task.OPEN}:
                self.refused.emit(message)
