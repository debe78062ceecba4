# SPDX-License-Identifier: MIT
"""Lets something come slowly: the page's own colour lies over it, and thins out within 2 s."""

from PySide6.QtCore import Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Look

_FADE_MS = 2000


class Mist(QWidget):
    """A thinning cover; clicks and keys go through it.

    Parameters
    ----------
    look : Look
        The look it follows.
    over : QWidget
        What comes.
    """

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look = look
        self._share = 0.0
        self.setAccessibleName("")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setDuration(_FADE_MS)
        self._fade.valueChanged.connect(self._cover)
        self._fade.finished.connect(self.hide)
        self.hide()

    @property
    def share(self) -> float:
        """How much is covered, 1 to 0."""
        return self._share if self.isVisible() else 0.0

    def come(self) -> None:
        """Let it come; at once for somebody who wants no motion."""
        self._fade.stop()
        if self._look.is_still:
            self.hide()
            return
        self._cover(1.0)
        self.raise_()
        self.show()
        self._fade.start()

    def go(self) -> None:
        """Be gone."""
        self._fade.stop()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the page's colour over it."""
        color = self._look.color("bg")
        color.setAlphaF(self._share)
        painter = QPainter(self)
        painter.fillRect(self.rect(), color)
        painter.end()

    def _cover(self, share: float) -> None:
        self._share = share
        self.update()
