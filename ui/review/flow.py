# SPDX-License-Identifier: MIT
"""The way to a session looked at again, and back to where it was asked from.

Law: the screen is made when it is first wanted; what hides by itself is forgotten, not covered.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.archive.flow import ArchiveFlow
from ui.archive.seam import Archive, Hidden, Refused
from ui.consent.words import refusal
from ui.review.screen import ReviewScreen
from ui.review.seam import OverSessions, Reported, Reviewed
from ui.theme import Look

NAME = "review"


class ReviewFlow(QObject):
    """The review.

    Parameters
    ----------
    look : Look
        The look it follows.
    archive : Archive
        The store behind it.
    lists : ArchiveFlow
        The screens from which a session is opened.
    parent : QObject
        Its owner.
    """

    made = Signal(str, QWidget)  # its name among the screens
    wanted = Signal(str)  # turn to a screen

    def __init__(self, look: Look, archive: Archive, lists: ArchiveFlow, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._archive = archive
        self._lists = lists
        self._from = self._session = ""
        self.screen: ReviewScreen | None = None
        lists.review_wanted.connect(self.open)
        lists.looked.connect(self.take)
        lists.hidden.connect(self._hide)

    def open(self, session: str, origin: str) -> None:
        """Look at a session, coming from a screen."""
        self._from, self._session = origin, session
        screen = self._made_screen()
        screen.forget()
        self._archive.use()
        self._archive.review(session)
        self.wanted.emit(NAME)

    def take(self, message: Reviewed | Reported | OverSessions | Refused) -> None:
        """Show what came of it."""
        if self.screen is None or not self._from:
            return
        match message:
            case Reviewed() if message.record.session == self._session:
                self.screen.show_session(message)
            case OverSessions() if message.session == self._session:
                self.screen.show_over(message.grown)
            case Reported():
                self.screen.report.show_end(message.path)
            case Refused():
                self.screen.refuse(refusal(message.fault))

    def keys(self) -> Mapping[str, Callable[[], None]]:
        """Give the keys that are heard here, with what each does."""
        stepping = ("Left", "Right", "Home", "End", "PageUp", "PageDown", "+", "-")
        numbers = (*"0123456789", "T")
        return {
            **dict.fromkeys(("Esc", "Backspace", "Alt+Left"), self.leave),
            **{key: partial(self._do, ReviewScreen.step, key) for key in stepping},
            **{key: partial(self._do, ReviewScreen.press, key) for key in numbers},
            "Space": partial(self._do, ReviewScreen.play_or_stop),
            "G": partial(self._do, ReviewScreen.other_view),
            "Ctrl+Right": partial(self._do, ReviewScreen.step_moment, 1),
            "Ctrl+Left": partial(self._do, ReviewScreen.step_moment, -1),
        }

    def leave(self) -> None:
        """Go back to where it was asked from."""
        origin, self._from = self._from, ""
        if self.screen is not None:
            self.screen.forget()
        if origin == "sessions":
            self._lists.open_list()
        elif origin:
            self.wanted.emit(origin)

    def _do(self, act: Callable[..., None], *values: object) -> None:
        if self.screen is not None:
            act(self.screen, *values)

    def _made_screen(self) -> ReviewScreen:
        if self.screen is None:
            self.screen = screen = ReviewScreen(self._look)
            screen.left.connect(self.leave)
            screen.said.connect(self._archive.look_back)
            screen.over_wanted.connect(self._archive.ask_over)
            screen.notes_wanted.connect(lambda session: self._archive.review(session, has_notes=True))
            screen.report_wanted.connect(self._archive.report)
            screen.export_wanted.connect(self._export)
            self.made.emit(NAME, screen)
        return self.screen

    def _export(self, session: str) -> None:
        """Go to the list, where exports are made."""
        self._from = "sessions"
        self.leave()
        self._lists.sessions.ask_export(session)

    def _hide(self, hidden: Hidden) -> None:  # a slot of Qt's
        if hidden.is_beyond and self._from:
            self._from = "sessions"
            self.leave()
