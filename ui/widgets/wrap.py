# SPDX-License-Identifier: MIT
"""Widgets side by side as long as there is room, and on the next line where there is none; nothing is cut off."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Wrap(QWidget):
    """A line of widgets that breaks.

    Parameters
    ----------
    name : str
        What they are, for those who do not see them.
    parts : sequence of QWidget
        From the left; in a language read from the right, from there.
    spacing : int
        Pixels between them, and between the lines.
    """

    def __init__(self, name: str, parts: Sequence[QWidget], *, spacing: int = 8) -> None:
        super().__init__()
        self._parts = list(parts)
        self._spacing = spacing
        self._known: dict[int, list[tuple[QWidget, QRect]]] = {}  # what a width needs, until something changes
        self._wanted = QSize(), QSize()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in self._parts:
            part.setParent(self)

    def hasHeightForWidth(self) -> bool:
        """Tell that its height follows its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height that a width needs."""
        places = self._places(width)
        return max((place.bottom() + 1 for _part, place in places), default=0)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        sizes = [part.sizeHint() for part in self._shown()]
        width = sum(size.width() + self._spacing for size in sizes) - self._spacing
        return QSize(max(width, 0), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """Keep the widest of them whole."""
        widest = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(widest, self.heightForWidth(max(self.width(), widest, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay them anew."""
        super().resizeEvent(event)
        self.renew()

    def event(self, event: QEvent) -> bool:
        """Lay them anew where one of them asks for another size, or comes or goes."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.renew()
        return super().event(event)

    def renew(self) -> None:
        """Lay them anew: one was shown or hidden, or asks for another size; others move only where that matters."""
        self._known.clear()
        wanted = self.sizeHint(), self.minimumSizeHint()
        if wanted != self._wanted:
            self._wanted = wanted
            self.updateGeometry()
        self._lay()

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _lay(self) -> None:
        is_from_right = self.isRightToLeft()
        for part, place in self._places(self.width()):
            x = self.width() - place.right() - 1 if is_from_right else place.x()
            part.setGeometry(x, place.y(), place.width(), place.height())

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        if width not in self._known:
            self._known[width] = self._placed(width)
        return self._known[width]

    def _placed(self, width: int) -> list[tuple[QWidget, QRect]]:
        places: list[tuple[QWidget, QRect]] = []
        at, line = QPoint(0, 0), 0
        for part in self._shown():
            size = part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
            size.setWidth(min(size.width(), max(width, part.minimumSizeHint().width())))
            if at.x() and at.x() + size.width() > width:
                at, line = QPoint(0, at.y() + line + self._spacing), 0
            places.append((part, QRect(at, size)))
            at, line = QPoint(at.x() + size.width() + self._spacing, at.y()), max(line, size.height())
        return places
