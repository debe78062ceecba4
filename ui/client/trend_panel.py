# SPDX-License-Identifier: MIT
"""A trend with its title, its words and its fixed axis from a minute ago to now."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import Label, safe_label
from ui.widgets.trend import GUTTER_PX, Axis, Trend

_SPACING = 8
_DESCRIBED_EVERY_S = 15.0  # a reader of the screen is told no more often


class TrendPanel(QWidget):
    """One trend and the words around it.

    Parameters
    ----------
    look : Look
        The look it follows.
    title, unit : str
        What is shown.
    axis : Axis
        Its upright axis.
    legend : bool
        Whether the kinds of beats are explained under it.
    """

    def __init__(self, look: Look, title: str, unit: str, axis: Axis, *, legend: bool = False) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(title)
        self._title = safe_label(look, title, kind=Type.STRONG)
        self._plain_unit = unit
        self._unit = safe_label(look, unit, kind=Type.AXIS, tone="text3")
        self.words = safe_label(look, kind=Type.FIGURES, tone="text2")
        self.trend = Trend(look, axis)
        self.trend.setAccessibleName(title)
        self._gutter = QWidget()  # as wide as the labels of the upright axis
        self._gutter.setAccessibleName("")
        self._described_t = float("-inf")
        self._ends = [
            safe_label(look, text, kind=Type.AXIS, tone="text3") for text in (_("\N{MINUS SIGN}60 s"), _("now"))
        ]
        self._legend = _legend(look) if legend else []
        self._assemble()
        look.changed.connect(self._dress)
        self._dress()

    def say_origin(self, words: str) -> None:
        """Say what the values are made of, behind their unit."""
        self._unit.say(f"{self._plain_unit} · {words}" if words else self._plain_unit)

    def describe(self, t: float, sum_up: Callable[[], str]) -> None:
        """Tell in words what the trend shows, at most once in 15 s."""
        if t - self._described_t >= _DESCRIBED_EVERY_S:
            self._described_t = t
            self.trend.setAccessibleDescription(sum_up())

    def fold(self, *, is_tight: bool) -> None:
        """Leave out what explains, where there is little room."""
        for widget in (self._unit, *(part for entry in self._legend for part in entry)):
            widget.setVisible(not is_tight)

    def clear(self) -> None:
        """Forget everything that was shown."""
        self.trend.clear_values()
        self.trend.setAccessibleDescription(_("no values yet"))
        self._described_t = float("-inf")

    def _dress(self) -> None:
        self._gutter.setFixedWidth(self._look.px(GUTTER_PX) - _SPACING)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._unit)
        head.addStretch(1)
        head.addWidget(self.words)
        foot = QHBoxLayout()
        foot.setSpacing(_SPACING)
        foot.addWidget(self._gutter)
        foot.addWidget(self._ends[0])
        foot.addStretch(1)
        for entry in self._legend:
            for part in entry:
                foot.addWidget(part)
            foot.addSpacing(_SPACING)
        foot.addStretch(1)
        foot.addWidget(self._ends[1])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.trend, 1)
        layout.addLayout(foot)


class BeatMark(QWidget):
    """A beat that counts, or waits to be judged, as it is drawn in the tachogram.

    Parameters
    ----------
    look : Look
        The look it follows.
    words : str
        What it means.
    waits : bool
        Whether it waits: a ring, not a dot.
    """

    def __init__(self, look: Look, words: str, *, waits: bool) -> None:
        super().__init__()
        self._look = look
        self._waits = waits
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Give 12 x 12."""
        return QSize(12, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        signal = self._look.color("signal")
        painter.setPen(QPen(signal, 1.5))
        if not self._waits:
            painter.setBrush(signal)
        inset = 2.0 if self._waits else 3.5
        painter.drawEllipse(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))
        painter.end()


def _legend(look: Look) -> list[tuple[QWidget, ...]]:
    """Say what dot and ring mean, and the strokes, which are characters themselves."""
    aside = _("\N{MULTIPLICATION SIGN} early, + extra, – missed, | pause, △ off")
    drawn = [
        (BeatMark(look, words, waits=waits), _said(look, words))
        for words, waits in ((_("counts"), False), (_("waits"), True))
    ]
    return [*drawn, (_said(look, aside),)]


def _said(look: Look, words: str) -> Label:
    return safe_label(look, words, kind=Type.AXIS, tone="text2")
