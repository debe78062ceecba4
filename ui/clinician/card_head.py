# SPDX-License-Identifier: MIT
"""The head of a card: its title, and what is to be said at its other end, elided before it is cut off."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.foreign import plain
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import safe_label


class Aside(QWidget):
    """Words that give way: what finds no room ends with an ellipsis, and is told in full to a reader of the screen.

    Parameters
    ----------
    look : Look
        The look it follows.
    kind : Type
        Its type.
    tone : str
        Its colour.
    align : AlignmentFlag
        Where it stands.
    """

    def __init__(
        self,
        look: Look,
        kind: Type = Type.AXIS,
        tone: str = "text2",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTrailing,
    ) -> None:
        super().__init__()
        self._look = look
        self._kind, self._tone, self._align = kind, tone, align
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Give the words."""
        return self._words

    def say(self, words: str) -> None:
        """Say these words, once they are plain."""
        words = plain(words)
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.update()

    def recolor(self, tone: str) -> None:
        """Take another tone."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def sizeHint(self) -> QSize:
        """Take what is left over: other words ask no layout for other room."""
        return QSize(self._look.px(24), self._look.px(self._kind.line_px))

    def minimumSizeHint(self) -> QSize:
        """Do with little."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of it as there is room for."""
        painter = QPainter(self)
        painter.setFont(self._look.font(self._kind))
        painter.setPen(self._look.color(self._tone))
        words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRect(0, 0, self.width(), self.height()), self._align | Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


def card_column(look: Look, card: QWidget, title: str, *asides: QWidget) -> QVBoxLayout:
    """Lay out a card of the clinician's: its head, and the column that its parts go into."""
    column, head = QVBoxLayout(card), QHBoxLayout()
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    head.setSpacing(8)
    head.addWidget(safe_label(look, title, kind=Type.TITLE))
    for aside in asides:
        head.addWidget(aside, 1 if isinstance(aside, Aside) else 0)
    column.addLayout(head)
    return column
