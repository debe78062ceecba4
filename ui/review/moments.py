# SPDX-License-Identifier: MIT
"""The moments of a session as a list: each by its number, what it was, its words and when."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.paper.record import Moment
from ui.paper.words import moment_line, moment_title
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.words import clock_words

_HEIGHT, _TAG, _PADDING, _RADIUS = 56, 20, 8, 8
_MOST = 100  # rows at once
_VCENTER, _RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight


class MomentButton(QAbstractButton):
    """One moment.

    Parameters
    ----------
    look : Look
        The look it follows.
    number : int
        Its number in the figure; 0 for a note, which has none.
    moment : Moment
        What it was.
    """

    def __init__(self, look: Look, number: int, moment: Moment) -> None:
        super().__init__()
        self._look = look
        self._number = str(number) if number else "–"
        self.moment = moment
        self._title, self._line = moment_title(moment), moment_line(moment)
        self._time = clock_words(moment.t)
        self.setAccessibleName(", ".join(filter(None, (self._number, self._title, self._line, self._time))))
        self.setAccessibleDescription(_("goes to this moment"))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Give a row's height; without words it is lower."""
        return QSize(self._look.px(240), self._look.px(_HEIGHT if self._line else 40))

    def minimumSizeHint(self) -> QSize:
        """Never be lower than a row."""
        return QSize(self._look.px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter as well as by Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the tag, the words and the time."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(self._look.color("sel" if self.isChecked() else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        self._paint_tag(painter)
        self._paint_words(painter)
        painter.end()

    def _paint_tag(self, painter: QPainter) -> None:
        side, left = self._look.px(_TAG), self._look.px(_PADDING)
        place = QRect(left, (self.height() - side) // 2, side, side)
        painter.setBrush(self._look.color("signal" if self.isChecked() else "text2"))
        painter.drawRoundedRect(QRectF(place), 4, 4)
        painter.setFont(self._look.font(Type.AXIS))
        painter.setPen(self._look.color("on_primary" if self.isChecked() else "surface"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._number)

    def _paint_words(self, painter: QPainter) -> None:
        px = self._look.px
        left, right = px(_PADDING + _TAG + 12), self.width() - px(_PADDING)
        half = self.height() // 2 if self._line else self.height()
        title_place = QRect(left, px(6) if self._line else 0, right - left, half - (px(6) if self._line else 0))
        painter.setFont(self._look.font(Type.AXIS))
        painter.setPen(self._look.color("text2"))
        painter.drawText(title_place, _VCENTER | _RIGHT, self._time)
        room = right - left - QFontMetrics(self._look.font(Type.AXIS)).horizontalAdvance(self._time) - px(12)
        self._paint_line(painter, QRect(title_place.left(), title_place.top(), room, title_place.height()), Type.STRONG)
        if self._line:
            self._paint_line(painter, QRect(left, half, right - left, half - px(6)), Type.BODY)

    def _paint_line(self, painter: QPainter, place: QRect, kind: Type) -> None:
        words = self._title if kind is Type.STRONG else self._line
        painter.setFont(self._look.font(kind))
        painter.setPen(self._look.color("text" if kind is Type.STRONG else "text2"))
        shown = QFontMetrics(self._look.font(kind)).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _VCENTER, shown)


class MomentList(QWidget):
    """The moments, in order of time; more than fit are scrolled.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    wanted = Signal(float)  # seconds since the session's begin

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._buttons: list[MomentButton] = []
        self.setAccessibleName(_("Moments"))
        self._said = safe_label(look, tone="text2", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        inside = QWidget()
        inside.setAccessibleName(_("Moments"))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._said)
        column.addLayout(self._rows)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(look, inside)
        layout.addWidget(self._scroll)
        for ground in (inside, self._scroll.viewport()):
            ground.setAutoFillBackground(False)  # the card's own ground shows

    def show_moments(self, moments: Sequence[Moment], notes: Sequence[Moment]) -> None:
        """Show these moments by number, and the clinician's notes among them."""
        for button in self._buttons:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        numbered = [*enumerate(moments, 1), *((0, note) for note in notes)]
        numbered.sort(key=lambda one: one[1].t)
        self._buttons = [self._button(number, moment) for number, moment in numbered[:_MOST]]
        rest = len(numbered) - _MOST
        more = _("{n} more: the report has them all.").format(n=rest)
        self._said.say(more if rest > 0 else _("No moment was marked in this session."))
        self._said.setVisible(rest > 0 or not numbered)

    def choose(self, moment: Moment | None) -> None:
        """Mark a moment as the one looked at."""
        for button in self._buttons:
            button.setChecked(button.moment is moment)
            if button.moment is moment:
                self._scroll.ensureWidgetVisible(button, 0, 0)

    def _button(self, number: int, moment: Moment) -> MomentButton:
        button = MomentButton(self._look, number, moment)
        button.clicked.connect(lambda: self.wanted.emit(moment.t))
        self._rows.addWidget(button)
        return button
