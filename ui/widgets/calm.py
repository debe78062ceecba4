# SPDX-License-Identifier: MIT
"""The calm screen after the stop key: it fades in over what was there, and any key returns.

Law (promises.md 33): the shape stands still at once; the fade of 400 ms only covers it, in the page's own colour and
never in black.
"""

from collections.abc import Callable

from PySide6.QtCore import QAbstractAnimation, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import safe_label

_FADE_MS = 400


class Calm(QWidget):
    """A still page over the whole window.

    Parameters
    ----------
    look : Look
        The look it follows.
    window : QWidget
        What it covers.
    """

    left = Signal()
    covered = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._share = 0.0
        self._stop: Callable[[], None] | None = None
        self.setAccessibleName(_("A pause"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = safe_label(
            look, _("Any key brings it back"), kind=Type.LABEL, tone="text2", align=Qt.AlignmentFlag.AlignHCenter
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.addStretch(1)
        layout.addWidget(self._words)
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.valueChanged.connect(self._cover)
        self._fade.finished.connect(self.covered)
        self.hide()

    def come(self, words: str = "", *, stop: Callable[[], None] | None = None) -> None:
        """Cover the window, with these words or with what brings it back; Esc does `stop` where something goes on."""
        self._stop = stop
        self._words.say(words or _("Any key brings it back"))
        self._fade.stop()
        self._fade.setStartValue(self._share if self.isVisible() else 0.0)  # what is covered stays covered
        self._cover(self._fade.startValue())
        self._words.hide()
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.setFocus()
        self._fade.setDuration(0 if self._look.is_still else _FADE_MS)
        self._fade.start()

    def go(self) -> None:
        """Give the window back."""
        if self._fade.state() is QAbstractAnimation.State.Running:
            self._fade.stop()
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return by any key, but not by the stop key that is still held down."""
        if event.isAutoRepeat():
            return
        if self._stop is not None and event.key() == Qt.Key.Key_Escape:
            self._stop()
        else:
            self.go()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Return by a click."""
        self.go()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the page's colour over what was there."""
        color = self._look.color("bg")
        color.setAlphaF(self._share)
        painter = QPainter(self)
        painter.fillRect(self.rect(), color)
        painter.end()

    def _cover(self, share: float) -> None:
        self._share = share
        self._words.setVisible(share >= 1.0)
        self.update()
