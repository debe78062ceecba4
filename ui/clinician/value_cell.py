# SPDX-License-Identifier: MIT
"""One live number: its name, its value with the unit on the same line, and how clear and how old it is.

Law: a number that changes moves nothing: it is painted in its place, and asks no layout for room.
"""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.clinician.card_head import Aside
from ui.clinician.measures import LiveValue
from ui.clinician.words import quality_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import safe_label

_WIDEST = "188.8"
_GAP_PX = 4


class Figure(QWidget):
    """A number and its unit on one line.

    Parameters
    ----------
    look : Look
        The look it follows.
    unit : str
        Behind it, one step smaller and on its baseline.
    """

    def __init__(self, look: Look, unit: str) -> None:
        super().__init__()
        self._look = look
        self._unit = unit
        self._words, self.tone = "–", "text3"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._words)
        look.changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Give the number."""
        return self._words

    def show_figure(self, words: str, tone: str) -> None:
        """Show a number in a tone."""
        if (words, tone) != (self._words, self.tone):
            self._words, self.tone = words, tone
            self.setAccessibleName(f"{words} {self._unit}")
            self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for the widest number, and the unit."""
        number = QFontMetrics(self._look.font(Type.VALUE)).horizontalAdvance(_WIDEST)
        unit = QFontMetrics(self._look.font(Type.AXIS)).horizontalAdvance(self._unit)
        return QSize(number + _GAP_PX + unit, self._look.px(Type.VALUE.line_px))

    def minimumSizeHint(self) -> QSize:
        """Keep both whole."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the number, and the unit on its baseline."""
        painter = QPainter(self)
        font = self._look.font(Type.VALUE)
        metrics = QFontMetrics(font)
        number, baseline = metrics.horizontalAdvance(self._words), (self.height() + metrics.capHeight()) / 2
        unit_font = self._look.font(Type.AXIS)
        unit = QFontMetrics(unit_font).horizontalAdvance(self._unit)
        left = self.width() - number - _GAP_PX - unit if self.isRightToLeft() else 0
        painter.setFont(font)
        painter.setPen(self._look.color(self.tone))
        painter.drawText(QPointF(left, baseline), self._words)
        painter.setFont(unit_font)
        painter.setPen(self._look.color("text2"))
        painter.drawText(QPointF(left + number + _GAP_PX, baseline), self._unit)
        painter.end()


class ValueCell(QWidget):
    """A number with its name and its quality.

    Parameters
    ----------
    look : Look
        The look it follows.
    name, unit : str
        What it is, and its unit.
    digits : int
        Digits behind the point.
    """

    def __init__(self, look: Look, name: str, unit: str, *, digits: int = 0) -> None:
        super().__init__()
        self._digits = digits
        self.setAccessibleName(name)
        self.value = Figure(look, unit)
        self.quality = Aside(look, Type.AXIS, "text3", Qt.AlignmentFlag.AlignLeading)
        self.quality.say(_("no sensor"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(safe_label(look, name, kind=Type.AXIS, tone="text2"))
        layout.addWidget(self.value)
        layout.addWidget(self.quality)

    def show_value(self, shown: LiveValue) -> None:
        """Show what may be shown; a dash where there is nothing."""
        words = "–" if shown.value is None else f"{shown.value:.{self._digits}f}"
        self.value.show_figure(words, "text3" if shown.is_dim or shown.value is None else "text")
        self.quality.say(quality_words(shown))
