# SPDX-License-Identifier: MIT
"""A person's own picture on the screen: as large as there is room, never larger than it is, its corners round."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import gettext as _

_RADIUS = 12


class PictureView(QWidget):
    """A picture, or none.

    Parameters
    ----------
    least : int
        Its height where there is little room, px.
    """

    def __init__(self, *, least: int) -> None:
        super().__init__()
        self._least = least
        self._pixmap = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("A picture"))
        self.hide()

    @property
    def has_picture(self) -> bool:
        """Whether there is one."""
        return not self._pixmap.isNull()

    def show_picture(self, pixmap: QPixmap, words: str) -> None:
        """Show a picture that is called so (safe to show); an empty one shows nothing."""
        self._pixmap = pixmap
        self.setAccessibleName(words or _("A picture"))
        self.setVisible(self.has_picture)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the picture's own size."""
        return self._pixmap.size().expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        """Keep what can still be seen."""
        return QSize(self._least, self._least)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it in the middle."""
        size = self._pixmap.size()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *size.toTuple())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        edge = QPainterPath()
        edge.addRoundedRect(place, _RADIUS, _RADIUS)
        painter.setClipPath(edge)
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
        painter.end()
