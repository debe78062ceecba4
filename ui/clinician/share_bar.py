# SPDX-License-Identifier: MIT
"""Where the counted seconds were, as one bar: inside, possibly inside (outlined), above, below, unknown (hatched)."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.clinician.shares import Shares
from ui.theme import Look
from ui.widgets.backdrop import hatch_tile

_HEIGHT_PX, _GAP_PX, _RADIUS = 10, 2, 2.0
_HATCH_SHARE = 0.6  # of the hatch in plots: 4 px apart in bars


class ShareBar(QWidget):
    """One bar.

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
        self._shares = Shares()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Give 10 px of height."""
        return QSize(120, _HEIGHT_PX)

    def show_shares(self, shares: Shares) -> None:
        """Show these from now on."""
        if shares != self._shares:
            self._shares = shares
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pieces side by side, as wide as their seconds."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shares = self._shares
        tones = ("inside", "", "above", "below", "hatch")
        pieces = (shares.sure_s, shares.possible_s, shares.above_s, shares.below_s, shares.unknown_s)
        if not shares.counted_s:
            self._paint(painter, QRectF(self.rect()), "")
        left = 0.0
        for tone, seconds in zip(tones, pieces, strict=True):
            width = self.width() * seconds / max(shares.counted_s, 1)
            if width > _GAP_PX:
                self._paint(painter, QRectF(left, 0, width - _GAP_PX, self.height()), tone)
            left += width
        painter.end()

    def _paint(self, painter: QPainter, place: QRectF, tone: str) -> None:
        is_filled = tone not in ("", "hatch")
        if tone == "hatch":
            tile = hatch_tile(self._look, "surface")
            width = round(tile.width() * _HATCH_SHARE)
            tile = tile.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            painter.drawTiledPixmap(QRect(place.toRect()), tile)
        painter.setPen(Qt.PenStyle.NoPen if is_filled else QPen(self._look.color("edge"), 1))
        painter.setBrush(self._look.color(tone) if is_filled else Qt.BrushStyle.NoBrush)
        inset = 0.0 if is_filled else 0.5
        painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
