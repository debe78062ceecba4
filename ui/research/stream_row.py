# SPDX-License-Identifier: MIT
"""One stream as a row: its switch and its figures, in one line where there is room, else in two.

Law: one widget a row, painted anew only when a word in it has changed; the switch of a row is its button.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from resources.words import gettext as _
from ui.research.words import Cells
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.pressing import is_pressed_by

_LINE_PX, _TWO_LINES_PX, _HEAD_PX = 35, 52, 28
_SWITCH = QSize(32, 18)
_SWITCH_PX, _GAP_PX, _ICON_PX = 58, 12, 18
_SPOKEN_EVERY_S = 15.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: which cell, its share of the width, whether it is a figure, and the cell below it in two lines."""

    cell: str
    share: float
    is_figure: bool = False
    below: str = ""


WIDE = (
    Column("name", 0.14),
    Column("source", 0.15),
    Column("kind", 0.12),
    Column("nominal", 0.08, is_figure=True),
    Column("actual", 0.07, is_figure=True),
    Column("lost", 0.06, is_figure=True),
    Column("offset", 0.12, is_figure=True),
    Column("drift", 0.07, is_figure=True),
    Column("readers", 0.06, is_figure=True),
    Column("state", 0.13),
)
NARROW = (
    Column("name", 0.28, below="source"),
    Column("actual", 0.15, is_figure=True, below="nominal"),
    Column("lost", 0.13, is_figure=True, below="readers"),
    Column("offset", 0.22, is_figure=True, below="drift"),
    Column("state", 0.22, below="kind"),
)


def heads() -> dict[str, str]:
    """Name the columns."""
    return {
        "name": _("stream"),
        "source": _("source"),
        "kind": _("type"),
        "nominal": _("nominal Hz"),
        "actual": _("actual Hz"),
        "lost": _("missing"),
        "offset": _("clock offset, ms"),
        "drift": _("drift, ppm"),
        "readers": _("readers"),
        "state": _("state"),
    }


def places(width: int, columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Give left edge and width of each column in a row of this width."""
    inner, left, found = width - _SWITCH_PX, float(_SWITCH_PX), []
    for column in columns:
        found.append((round(left), round(inner * column.share) - _GAP_PX))
        left += inner * column.share
    return found


class Heads(QWidget):
    """The names of the columns.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._columns: Sequence[Column] = WIDE
        self.setAccessibleName(", ".join(heads().values()))
        look.changed.connect(self._dress)
        self._dress()

    def fold(self, columns: Sequence[Column]) -> None:
        """Name these columns."""
        self._columns = columns
        self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the names, the second ones below."""
        names = heads()
        painter = QPainter(self)
        painter.setFont(self._look.font(Type.AXIS))
        painter.setPen(self._look.color("text3"))
        painter.drawText(QRect(0, 0, _SWITCH_PX, self._line()), Qt.AlignmentFlag.AlignVCenter, _("on"))
        for column, (left, width) in zip(self._columns, places(self.width(), self._columns), strict=True):
            side = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
            for row, cell in enumerate(filter(None, (column.cell, column.below))):
                place = QRect(left, row * self._line(), width, self._line())
                painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, _cut(painter, names[cell], width))
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _line(self) -> int:
        return self._look.px(_HEAD_PX if self._columns is WIDE else _HEAD_PX - 8)

    def _dress(self) -> None:
        self.setFixedHeight(self._line() * (1 if self._columns is WIDE else 2))
        self.update()


class StreamRow(QAbstractButton):
    """A row; pressed, it takes its source out of the session, or back in.

    Parameters
    ----------
    look : Look
        The look it follows.
    can_switch : bool
        Whether it has a switch.
    """

    def __init__(self, look: Look, *, can_switch: bool) -> None:
        super().__init__()
        self._look = look
        self._can_switch = can_switch
        self._columns: Sequence[Column] = WIDE
        self._spoken_t = float("-inf")
        self.cells = Cells("", "", "")
        self.setCheckable(can_switch)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can_switch else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("")
        look.changed.connect(self._dress)

    def show_cells(self, cells: Cells, t: float) -> None:
        """Show these words at `t` on the session clock; spoken they change more seldom."""
        if cells != self.cells:
            self.cells = cells
            self.setChecked(self._can_switch and cells.is_on)
            self.update()
        if t - self._spoken_t >= _SPOKEN_EVERY_S:
            self._spoken_t = t
            self.setAccessibleName(_("{name} of {source}").format(name=cells.name, source=cells.source))
            self.setAccessibleDescription(cells.said)

    def fold(self, columns: Sequence[Column]) -> None:
        """Show these columns."""
        if columns is not self._columns:
            self._columns = columns
            self._dress()

    def nextCheckState(self) -> None:
        """Stay as the session says: the row follows what comes of pressing it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter as well as by Space."""
        if not is_pressed_by(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Give one line, or two."""
        return QSize(self._look.px(480), self._look.px(_LINE_PX if self._columns is WIDE else _TWO_LINES_PX))

    def minimumSizeHint(self) -> QSize:
        """Never be lower than the lines."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint switch, cells and the line below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._can_switch:
            self._paint_switch(painter)
        for column, (left, width) in zip(self._columns, places(self.width(), self._columns), strict=True):
            self._paint_cell(painter, column, left, width)
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _paint_cell(self, painter: QPainter, column: Column, left: int, width: int) -> None:
        """Paint a cell, and the one below it where there are two lines."""
        lines = [column.cell, *([column.below] if column.below else [])]
        height = self.height() // len(lines)
        for row, cell in enumerate(lines):
            at = left
            if cell == "state":
                size = self._look.px(_ICON_PX)
                icon = self._look.icon(self.cells.icon, "text2", size, self.devicePixelRatioF())
                painter.drawPixmap(QRect(left, row * height + (height - size) // 2, size, size), icon)
                at = left + size + 6
            kind = Type.STRONG if cell == "name" else Type.AXIS if row else Type.FIGURES
            painter.setFont(self._look.font(kind))
            painter.setPen(self._look.color("text" if self.cells.is_on and not row else "text2"))
            side = Qt.AlignmentFlag.AlignRight if column.is_figure else Qt.AlignmentFlag.AlignLeft
            place = QRect(at, row * height, left + width - at, height)
            text = _cut(painter, str(getattr(self.cells, cell)), place.width())
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_switch(self, painter: QPainter) -> None:
        """Paint the switch: its knob on the right where it is on."""
        place = QRectF(1, (self.height() - _SWITCH.height()) / 2, _SWITCH.width(), _SWITCH.height())
        is_on = self.isChecked()
        painter.setPen(QPen(self._look.color("signal" if is_on else "edge"), 1.5))
        painter.setBrush(self._look.color("signal" if is_on else "surface"))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("on_primary" if is_on else "edge"))
        knob = place.height() - 8
        painter.drawEllipse(
            QRectF(place.right() - knob - 4 if is_on else place.left() + 4, place.top() + 4, knob, knob)
        )

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


def _cut(painter: QPainter, text: str, width: int) -> str:
    metrics: QFontMetrics = painter.fontMetrics()
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
