# SPDX-License-Identifier: MIT
"""A large choice: an icon, a word, a line under it, and the key that chooses it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import Look
from ui.tokens import Type
from ui.widgets.key_cap import KeyCap
from ui.widgets.pressing import is_pressed_by, paint_card

_PADDING, _PADDING_NARROW = 32, 20
_NARROW = 340
_ICON, _ICON_LOW = 48, 28
_LOW = 168
_GAP = 5
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter


class ChoiceCard(QAbstractButton):
    """One of few large choices.

    Parameters
    ----------
    look : Look
        The look it follows.
    title, line : str
        The choice, and what it means.
    icon : str
        Name of its icon.
    key : str
        The key that chooses it.
    """

    def __init__(self, look: Look, title: str, line: str, *, icon: str, key: str) -> None:
        super().__init__()
        self._look = look
        self._line = line
        self._icon = icon
        self._cap = KeyCap(look, key)
        self._is_compact = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self._dress)

    def compact(self, *, is_compact: bool) -> None:
        """Be low, in a window that is."""
        if is_compact is not self._is_compact:
            self._is_compact = is_compact
            self._dress()

    def sizeHint(self) -> QSize:
        """Give 352 x 264, growing with the text; less where it has to be low."""
        return QSize(self._look.px(160), self._look.px(_LOW)) if self._is_compact else self._usual_size()

    def _usual_size(self) -> QSize:
        return QSize(self._look.px(256), self._look.px(264))

    def minimumSizeHint(self) -> QSize:
        """Leave room for the longest word, and for words on two lines each."""
        metrics = QFontMetrics(self._look.font(self._types()[0]))
        longest = max(metrics.horizontalAdvance(word) for word in self.text().split())
        return QSize(longest + 2 * _PADDING_NARROW, self._look.px(_LOW if self._is_compact else 232))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter as well as by Space."""
        if not is_pressed_by(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the icon, the key and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, self._look, self)
        pad, side = self._padding(), self._look.px(_ICON_LOW if self._is_compact else _ICON)
        pixmap = self._look.icon(self._icon, "signal", side, self.devicePixelRatioF())
        painter.drawPixmap(QRect(pad, pad, side, side), pixmap)
        self._cap.paint(painter, self.width() - self._look.px(24), self._look.px(35))
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        """Put title and line in the lower half, on several lines where one is too short."""
        width = self.width() - 2 * self._padding()
        large, small = self._types()
        parts = [(self.text(), large, "text"), (self._line, small, "text2")]
        heights = [self._height_of(text, kind, width) for text, kind, _ in parts]
        gap = self._look.px(_GAP)
        top = min(round(self.height() * 0.485), self.height() - self._padding() - sum(heights) - gap)
        for (text, kind, tone), height in zip(parts, heights, strict=True):
            painter.setFont(self._look.font(kind))
            painter.setPen(self._look.color(tone))
            painter.drawText(QRect(self._padding(), top, width, height), _WRAPPED, text)
            top += height + gap

    def _height_of(self, text: str, kind: Type, width: int) -> int:
        needed = QFontMetrics(self._look.font(kind)).boundingRect(QRect(0, 0, width, 1000), _WRAPPED, text)
        return max(needed.height(), self._look.px(kind.line_px))

    def _types(self) -> tuple[Type, Type]:
        """Give the type of the choice and that of its line."""
        return (Type.CHOICE, Type.BODY) if self._is_compact else (Type.PAGE, Type.LABEL)

    def _padding(self) -> int:
        """Give the room around the words; a narrow card takes it from here first."""
        return _PADDING if self.width() >= self._look.px(_NARROW) else _PADDING_NARROW

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
