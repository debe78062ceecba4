# SPDX-License-Identifier: MIT
"""Buttons: a border, a word, sometimes an icon and the key that does the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import Look
from ui.tokens import Type
from ui.widgets.key_cap import KeyCap
from ui.widgets.pressing import is_pressed_by

_CAP_GAP = 16
_ICON_GAP = 12


class Size(Enum):
    """Height, radius, padding, icon and type of a button."""

    NORMAL = (32, 8, 12, 18, Type.BUTTON)
    LIST = (40, 8, 16, 18, Type.BUTTON)
    LARGE = (48, 10, 24, 20, Type.CLIENT_BUTTON)


@dataclass(frozen=True, slots=True)
class _Paint:
    """Colours of one state of a button; an empty fill leaves the ground as it is."""

    fill: str
    border: str
    text: str


class Button(QAbstractButton):
    """A button of ours.

    Parameters
    ----------
    look : Look
        The look it follows.
    text : str
        Its word.
    size : Size
        Its size.
    key : str
        The key that does the same, shown in a cap.
    icon : str
        Name of an icon before the word.
    others : tuple of str
        Words it may carry later; the widest one decides its width, so nothing moves.
    is_primary : bool
        Whether it is the one primary button of a screen.
    is_quiet : bool
        Whether it does without a border.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        size: Size = Size.LARGE,
        key: str = "",
        icon: str = "",
        others: tuple[str, ...] = (),
        is_primary: bool = False,
        is_quiet: bool = False,
    ) -> None:
        super().__init__()
        self._look = look
        self._size = size
        self._cap = KeyCap(look, key)
        self.usual_key = key
        self._icon = icon
        self._mark = ""
        self._others = others
        self._is_primary = is_primary
        self._is_quiet = is_quiet
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say(text)
        look.changed.connect(self._dress)

    def say(self, text: str, icon: str = "") -> None:
        """Carry another word, and another icon where one is named."""
        self._icon = icon or self._icon
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        self.update()

    def show_key(self, key: str) -> None:
        """Name another key that does the same; an empty one names none."""
        if key != self._cap.key:
            self._cap = KeyCap(self._look, key)
            self._dress()

    def widest(self, words: Sequence[str]) -> int:
        """Tell how wide it is with the longest of these words between two icons, in px."""
        metrics = QFontMetrics(self._look.font(self._size.value[4]))
        icons = 2 * (self._icon_px() + self._look.px(8))
        return max(map(metrics.horizontalAdvance, words)) + icons + 2 * self._look.px(self._size.value[2])

    def wear(self, icon: str, mark: str) -> None:
        """Carry these icons before and behind the word; an empty name carries none."""
        if (icon, mark) != (self._icon, self._mark):
            self._icon, self._mark = icon, mark
            self._dress()

    def sizeHint(self) -> QSize:
        """Fit the widest word with icon and key."""
        height = self._look.px(self._size.value[0])
        return QSize(max(height, *map(self._width_with, (self.text(), *self._others))), height)

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than the words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter as well as by Space."""
        if not is_pressed_by(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame, the icon, the word and the key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint = self._paint_of_now()
        self._paint_frame(painter, paint)
        self._paint_content(painter, paint)
        painter.end()

    def _paint_of_now(self) -> _Paint:
        if not self.isEnabled():
            return _Paint("", "" if self._is_quiet else "line", "text3")
        if self._is_primary:
            return _Paint("signal", "signal", "on_primary")
        if self.isChecked():
            return _Paint("sel", "signal", "text")
        is_lit = self.isDown() or self.underMouse()
        fill = "sel" if self.isDown() else "raised" if is_lit else ""
        return _Paint(fill, "" if self._is_quiet else "edge", "text2" if self._is_quiet else "text")

    def _paint_frame(self, painter: QPainter, paint: _Paint) -> None:
        radius = self._size.value[1]
        painter.setPen(QPen(self._look.color(paint.border), 1) if paint.border else Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color(paint.fill) if paint.fill else QColor(Qt.GlobalColor.transparent))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_content(self, painter: QPainter, paint: _Paint) -> None:
        """Put icon, word and key in a row in the middle."""
        font = self._look.font(self._size.value[4])
        text = QFontMetrics(font).horizontalAdvance(self.text())
        before, behind = self._width_of(self._icon), self._width_of(self._mark)
        cap = self._cap.width() + self._look.px(_CAP_GAP) if self._cap.key else 0
        left = (self.width() - text - cap - before - behind) // 2
        self._paint_icon(painter, self._icon, left, paint.text)
        painter.setFont(font)
        painter.setPen(self._look.color(paint.text))
        place = QRect(left + before, 0, text + 2, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
        self._paint_icon(painter, self._mark, left + before + text + behind - self._icon_px(), "text2")
        tone = "on_primary" if self._is_primary else "text2"
        self._cap.paint(painter, left + before + text + cap, self.height() // 2, tone)

    def _paint_icon(self, painter: QPainter, name: str, left: int, tone: str) -> None:
        if name:
            side = self._icon_px()
            pixmap = self._look.icon(name, tone, side, self.devicePixelRatioF())
            painter.drawPixmap(QRect(left, (self.height() - side) // 2, side, side), pixmap)

    def _icon_px(self) -> int:
        return self._look.px(self._size.value[3])

    def _width_of(self, icon: str) -> int:
        """Give the width of an icon with its distance to the word; 0 where there is none."""
        if not icon:
            return 0
        gap = _ICON_GAP if self.text() and self._size is Size.LARGE else 8 if self.text() else 0
        return self._icon_px() + self._look.px(gap)

    def _width_with(self, word: str) -> int:
        _, _, padding, _, kind = self._size.value
        text = QFontMetrics(self._look.font(kind)).horizontalAdvance(word)
        cap = self._cap.width() + self._look.px(_CAP_GAP) if self._cap.key else 0
        return text + cap + self._width_of(self._icon) + self._width_of(self._mark) + 2 * self._look.px(padding)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
