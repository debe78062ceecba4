# SPDX-License-Identifier: MIT
"""The list of stored sessions: a row each, one of them chosen; Up and Down go through it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.shelf import SessionRow
from ui.archive.words import codes_words, date_words, size_words, state_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import safe_label
from ui.words import clock_words

_HEIGHT, _HEAD, _RADIUS, _PADDING = 48, 28, 8, 16
_SHARES = (0.25, 0.27, 0.15, 0.20, 0.13)  # date, codes, duration, state, size
_GAP = (12, 12, 32, 12, 0)  # behind each column
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_TYPES = (Type.BODY, Type.STRONG, Type.FIGURES, Type.BODY, Type.FIGURES)
_MOST = 200  # rows at once; the search finds the others


def _cells(width: int) -> list[tuple[int, int]]:
    """Give left edge and width of each column."""
    inner, left, cells = width - 2 * _PADDING, float(_PADDING), []
    for share in _SHARES:
        cells.append((round(left), round(inner * share)))
        left += inner * share
    return cells


class _Head(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("began, who, length, state, size"))
        look.changed.connect(self._dress)
        self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:
        titles = (_("began"), _("who"), _("length"), _("state"), _("size"))
        painter = QPainter(self)
        painter.setFont(self._look.font(Type.AXIS))
        painter.setPen(self._look.color("text3"))
        for index, ((left, width), title) in enumerate(zip(_cells(self.width()), titles, strict=True)):
            side = Qt.AlignmentFlag.AlignRight if index in {2, 4} else Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRect(left, 0, width - _GAP[index], self.height()), side | _MIDDLE, title)
        painter.end()

    def _dress(self) -> None:
        self.setFixedHeight(self._look.px(_HEAD))


class SessionButton(QAbstractButton):
    """One stored session.

    Parameters
    ----------
    look : Look
        The look it follows.
    row : SessionRow
        What it shows.
    """

    def __init__(self, look: Look, row: SessionRow) -> None:
        super().__init__()
        self._look = look
        self.row = row
        length = clock_words(row.duration_s)
        self._texts = (date_words(row), codes_words(row), length, state_words(row), size_words(row.size_bytes))
        self.setAccessibleName(", ".join(self._texts))
        self.setAccessibleDescription(_("a stored session"))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Give a row's height."""
        return QSize(self._look.px(560), self._look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never be lower than a row."""
        return QSize(self._look.px(400), self._look.px(_HEIGHT))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be chosen."""
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter as well as by Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()  # the table goes through its rows
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "sel" if self.isChecked() else "raised" if self.underMouse() else "surface"
        border = "signal" if self.isChecked() else "line"
        painter.setPen(QPen(self._look.color(border), 1))
        painter.setBrush(self._look.color(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        for index, ((left, width), text) in enumerate(zip(_cells(self.width()), self._texts, strict=True)):
            font = self._look.font(_TYPES[index])
            painter.setFont(font)
            painter.setPen(self._look.color("text" if index < 2 else "text2"))
            side = Qt.AlignmentFlag.AlignRight if index in {2, 4} else Qt.AlignmentFlag.AlignLeft
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width - _GAP[index])
            painter.drawText(QRect(left, 0, width - _GAP[index], self.height()), side | _MIDDLE, shown)
        painter.end()


class SessionTable(QWidget):
    """The rows, under their heads.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    chosen = Signal(object)  # SessionRow or None

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Sessions"))
        self._buttons: list[SessionButton] = []
        self._group = QButtonGroup(self)
        self._head = _Head(look)
        self._more = safe_label(look, tone="text2", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._head)
        layout.addLayout(self._rows)
        layout.addWidget(self._more)
        layout.addStretch(1)

    def show_rows(self, rows: Sequence[SessionRow], chosen: str) -> None:
        """Show these sessions, and choose one of them by its code, or the first."""
        for button in self._buttons:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(row) for row in rows[:_MOST]]
        self._head.setVisible(bool(rows))
        rest = len(rows) - _MOST
        self._more.say(_("{n} older ones: the search finds them.").format(n=rest) if rest > 0 else "")
        self._more.setVisible(rest > 0)
        kept = next((button for button in self._buttons if button.row.session == chosen), None)
        self._choose(kept or next(iter(self._buttons), None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        checked = next((k for k, button in enumerate(self._buttons) if button.isChecked()), None)
        if step is None or checked is None or not 0 <= checked + step < len(self._buttons):
            super().keyPressEvent(event)
            return
        self._choose(self._buttons[checked + step])
        self._buttons[checked + step].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, chosen: SessionButton | None) -> None:
        for button in self._buttons:
            button.setChecked(button is chosen)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if button is chosen else Qt.FocusPolicy.NoFocus)
        self.chosen.emit(None if chosen is None else chosen.row)

    def _button(self, row: SessionRow) -> SessionButton:
        button = SessionButton(self._look, row)
        button.clicked.connect(lambda: self._choose(button))
        self._group.addButton(button)
        self._rows.addWidget(button)
        return button
