# SPDX-License-Identifier: MIT
"""An icon as a widget: a drawing in a tone, with its meaning in words for those who do not see it."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look


class Icon(QWidget):
    """One icon of `resources/icons`.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        File name without its ending.
    words : str
        What it means.
    size : int
        Height in px before the person's text size.
    tone : str
        Name of its colour in the tokens.
    is_round : bool
        Whether it stands in a round of `raised` twice its size.
    """

    def __init__(
        self, look: Look, name: str, words: str, *, size: int = 20, tone: str = "text2", is_round: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._tone = tone
        self._size = size
        self._is_round = is_round
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        look.changed.connect(self._dress)

    def show_icon(self, name: str, words: str, tone: str) -> None:
        """Draw another icon in its place."""
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self.update()
        if words != self.accessibleName():
            self.setAccessibleName(words)

    def recolor(self, tone: str) -> None:
        """Take another tone."""
        self.show_icon(self._name, self.accessibleName(), tone)

    def sizeHint(self) -> QSize:
        """Give the icon's side, doubled by its round."""
        side = self._look.px(self._size) * (2 if self._is_round else 1)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the round and the icon in its middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_round:
            painter.setPen(self._look.color("raised"))
            painter.setBrush(self._look.color("raised"))
            painter.drawEllipse(self.rect().adjusted(0, 0, -1, -1))
        size = self._look.px(self._size)
        place = QRect(0, 0, size, size)
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, self._look.icon(self._name, self._tone, size, self.devicePixelRatioF()))
        painter.end()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
