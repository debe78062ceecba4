# SPDX-License-Identifier: MIT
"""One answer on a card: an icon, a word, a line under it, and the key that chooses it. All are equally large."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.client.ask import Answer
from ui.foreign import plain
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.key_cap import KeyCap
from ui.widgets.pressing import is_pressed_by, paint_card

_WIDTH, _PADDING, _ICON, _GAP, _RISE = 228, 24, 24, 4, 16
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


class AskCard(QAbstractButton):
    """An answer.

    Parameters
    ----------
    look : Look
        The look it follows.
    answer : Answer
        Its words, its icon and its key.
    """

    def __init__(self, look: Look, answer: Answer) -> None:
        super().__init__()
        self._look = look
        self.answer = answer
        self._cap = KeyCap(look, answer.key)
        self._line = plain(answer.line)  # a clinic's own words
        self.setText(plain(answer.title))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._line)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self._dress)
        self._dress()

    def fit(self, width: int, height: int) -> None:
        """Take this size; all answers get the same."""
        self.setFixedSize(width, height)

    def usual_width(self) -> int:
        """Give the width that it likes."""
        return self._look.px(_WIDTH)

    def height_for(self, width: int) -> int:
        """Give the height that its words need in this width."""
        inside = width - 2 * _PADDING
        words = self._height_of(Type.CHOICE, self.text(), inside) + self._height_of(Type.BODY, self._line, inside)
        return _PADDING + self._look.px(_ICON) + _RISE + words + _GAP + _PADDING

    def sizeHint(self) -> QSize:
        """Give the usual width, with the height of its words."""
        return QSize(self.usual_width(), self.height_for(self.usual_width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter as well as by Space."""
        if not is_pressed_by(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the icon, the key and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, self._look, self)
        side = self._look.px(_ICON)
        pixmap = self._look.icon(self.answer.icon, "signal", side, self.devicePixelRatioF())
        painter.drawPixmap(QRect(_PADDING, _PADDING, side, side), pixmap)
        self._cap.paint(painter, self.width() - self._look.px(16), self._look.px(27))
        self._paint_words(painter, _PADDING + side + _RISE)
        painter.end()

    def _paint_words(self, painter: QPainter, top: int) -> None:
        width = self.width() - 2 * _PADDING
        for kind, text, tone in ((Type.CHOICE, self.text(), "text"), (Type.BODY, self._line, "text2")):
            height = self._height_of(kind, text, width)
            painter.setFont(self._look.font(kind))
            painter.setPen(self._look.color(tone))
            painter.drawText(QRect(_PADDING, top, width, height), _WRAPPED, text)
            top += height + _GAP

    def _height_of(self, kind: Type, text: str, width: int) -> int:
        needed = QFontMetrics(self._look.font(kind)).boundingRect(QRect(0, 0, width, 2000), _WRAPPED, text)
        return max(needed.height(), self._look.px(kind.line_px))

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
