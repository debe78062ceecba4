# SPDX-License-Identifier: MIT
"""A figure as a widget: drawn once for its width, kept as a picture, and summed up in words."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.paper.painter import paint_figure
from ui.paper.shapes import Figure
from ui.theme import Look

Draw = Callable[[float, float], Figure]
"""Draws a figure of a width in px at a size of the text."""


class FigureView(QWidget):
    """One figure that takes the width which it is given.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What it shows, for those who do not see it.
    """

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._draw: Draw | None = None
        self._kept: QPixmap | None = None
        self.figure: Figure | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._redraw)

    def show_figure(self, draw: Draw) -> None:
        """Show another figure."""
        self._draw = draw
        self._redraw()

    def sizeHint(self) -> QSize:
        """Be as high as the figure."""
        return QSize(self._look.px(320), 0 if self.figure is None else round(self.figure.height))

    def minimumSizeHint(self) -> QSize:
        """Keep the words apart."""
        return QSize(self._look.px(280), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the kept picture."""
        if self.figure is None:
            return
        if self._kept is None:
            self._kept = drawn(self.figure, self._look, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept)
        painter.end()

    def _redraw(self) -> None:
        if self._draw is not None:
            self.figure = self._draw(float(self.width()), self._look.px(100) / 100)
            self.setAccessibleDescription(self.figure.summary)
            self._kept = None
            self.updateGeometry()
            self.update()


def drawn(figure: Figure, look: Look, ratio: float) -> QPixmap:
    """Draw a figure on transparent ground, for a screen of this pixel ratio."""
    pixmap = QPixmap(max(round(figure.width * ratio), 1), max(round(figure.height * ratio), 1))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_figure(painter, figure, look)
    painter.end()
    return pixmap
