# SPDX-License-Identifier: MIT
"""The end of a session: time to land, how it is now, a kind sentence; each may be skipped, and the first taken back.

Law: nothing moves but the ring; what the person says leaves at once as a signal, and nothing is asked twice.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.client.ending_pages import KindPage, LandingPage, NowPage
from ui.client.scale_row import MOST
from ui.theme import Look
from ui.widgets.button import Button
from ui.widgets.pages import Pages

LAND, NOW, KIND = range(3)
_SMALL_PX = 900


class EndingScreen(QWidget):
    """The pages of the end, one after the other.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    taken_back = Signal()  # the person goes back to the session
    rated = Signal(float)
    sensed = Signal(str)
    wrote = Signal(str, bool)  # the sentence, and whether to show it at the next start
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("The end of the session"))
        self._is_stored = False
        self._began_t = 0.0
        self.landing, self.now, self.kind = LandingPage(look), NowPage(look), KindPage(look)
        self._pages = Pages(_("The end of the session"), (self.landing, self.now, self.kind))
        self._back = Button(look, _("Back to the session"))
        self._on = Button(look, _("Go on"), others=(_("Skip"), _("Done")))
        self._assemble()
        self._wire()

    @property
    def page(self) -> int:
        """Which page shows: LAND, NOW or KIND."""
        return self._pages.index

    def begin(self, t: float, words: Sequence[str], *, is_stored: bool) -> None:
        """Begin at `t`, seconds on the session clock; without storing there is no sentence to be kept."""
        self._began_t, self._is_stored = t, is_stored
        self.now.scale.clear()
        self.now.chips.show_words(words)
        self.now.chips.mark("")
        self.kind.begin()
        self._turn_to(LAND)
        self.refresh(t)

    def refresh(self, t: float) -> None:
        """Let the ring go on, at `t`."""
        if self.page == LAND:
            self.landing.refresh(t - self._began_t)

    def press(self, key: str) -> None:
        """Answer by a digit, or T for ten, where a number is asked for."""
        if self.page == NOW:
            self.now.scale.choose(MOST if key == "T" else int(key))

    def go_on(self) -> None:
        """Go on to the next page, or leave behind the last one."""
        if self.page == KIND:
            self._keep_sentence()
        if self.page < self._last():
            self._turn_to(self.page + 1)
        else:
            self.left.emit()

    def go_back(self) -> None:
        """Go back a page; from the first one to the session."""
        if self.page == LAND:
            self.taken_back.emit()
        else:
            self._turn_to(self.page - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the margins to the words, in a small window."""
        super().resizeEvent(event)
        is_small = self.window().width() < _SMALL_PX
        side, ends = (24, 16) if is_small else (48, 28)
        self._ground.setContentsMargins(side, ends, side, ends)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter, where no control has the focus."""
        if self.hasFocus() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go_on()
        else:
            super().keyPressEvent(event)

    def _last(self) -> int:
        return KIND if self._is_stored else NOW

    def _keep_sentence(self) -> None:
        words = " ".join(self.kind.field.text().split())
        if words:
            self.wrote.emit(words, self.kind.shown.isChecked())

    def _turn_to(self, page: int) -> None:
        self._pages.turn_to(page)
        self._back.say(_("Back to the session") if page == LAND else _("Back"))
        self._say_on()
        (self.kind.field if page == KIND else self).setFocus()

    def _say_on(self) -> None:
        """Name what the button does: skip what nobody touched."""
        has_said = any(button.isChecked() for button in self.now.scale.buttons)
        is_untouched = (self.page == NOW and not has_said) or (self.page == KIND and not self.kind.field.text())
        self._on.say(_("Skip") if is_untouched else _("Go on"))

    def _say_number(self, number: float) -> None:
        self.rated.emit(number)
        self._say_on()

    def _say_word(self, word: str) -> None:
        self.now.chips.mark(word)
        self.sensed.emit(word)

    def _wire(self) -> None:
        self._back.clicked.connect(self.go_back)
        self._on.clicked.connect(self.go_on)
        self.now.scale.chosen.connect(self._say_number)
        self.now.chips.chosen.connect(self._say_word)
        self.kind.entered.connect(self.go_on)
        self.kind.field.textChanged.connect(lambda _text: self._say_on())

    def _assemble(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._on)
        self._ground = layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 32, 48, 28)
        layout.setSpacing(16)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)
