# SPDX-License-Identifier: MIT
"""Grounds to put things on: a card, a bar, a hairline."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Look

_RADIUS = 12


class Card(QWidget):
    """A rounded ground in `surface`; in the light theme a hairline closes it.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What the group is, for those who do not see it.
    """

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_light = self._look.color("surface").lightness() > 128
        painter.setPen(QPen(self._look.color("line" if is_light else "surface"), 1))
        painter.setBrush(self._look.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()


class Hairline(QWidget):
    """A line of 1 px: decoration.

    Parameters
    ----------
    look : Look
        The look it follows.
    is_upright : bool
        Whether it stands.
    """

    def __init__(self, look: Look, *, is_upright: bool = False) -> None:
        super().__init__()
        self._look = look
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        self.setSizePolicy(*((fixed, free) if is_upright else (free, fixed)))
        if is_upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.color("line"))
        painter.end()


class Bar(QWidget):
    """The top bar's ground.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What the group is, for those who do not see it.
    """

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground with a hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.color("line"))
        painter.end()
