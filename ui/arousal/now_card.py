# SPDX-License-Identifier: MIT
"""Where a person is now, for the clinician: the level with its range, and what each channel gives to it.

Law: the parts add up to the level; a channel that does not count just now is named with a dash, never with 0.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsp.baseline import ArousalState
from dsp.codes import Channel, Zone
from resources.words import gettext as _
from ui.arousal.words import channel_words, now_words, signed, zone_words
from ui.arousal.zone_mark import ZoneMark
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Card
from ui.widgets.label import safe_label

_SHOWN = (Channel.H, Channel.S, Channel.D, Channel.R)
_ROW_PX, _NAME_PX, _VALUE_PX = 24, 136, 48
_REACH = 3.0  # no channel gives more
_VCENTRE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class NowCard(Card):
    """Where the person is.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Now"))
        self._mark = ZoneMark(look, Zone.UNKNOWN, _("not known"))
        self._word = safe_label(look, kind=Type.TITLE)
        self._line = safe_label(look, tone="text2", wrap=True)
        self.parts = PartsView(look)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._mark)
        head.addWidget(self._word, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._line)
        layout.addWidget(self.parts)
        layout.addStretch(1)

    def refresh(self, state: ArousalState) -> None:
        """Show the state of this second."""
        words = zone_words(state)
        self._mark.show_zone(Zone.UNKNOWN if state.is_grey else state.zone, words.word)
        self._word.say(words.word)
        self._line.say(now_words(state))
        self.parts.show_parts(state)


class PartsView(QWidget):
    """One bar for each channel, to both sides of nothing.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: dict[Channel, float] = {}
        self.setAccessibleName(_("What each channel gives"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_parts(self, state: ArousalState) -> None:
        """Show what each channel gives to the level."""
        parts = dict(state.parts)
        if parts != self._parts:
            self._parts = parts
            self.setAccessibleDescription("; ".join(f"{channel_words(c)} {self._value(c)}" for c in _SHOWN))
            self.update()

    def sizeHint(self) -> QSize:
        """Give a row for each channel."""
        return QSize(self._look.px(320), self._look.px(_ROW_PX) * len(_SHOWN))

    def minimumSizeHint(self) -> QSize:
        """Keep the names readable."""
        return QSize(self._look.px(240), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint names, bars and values."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._look.px(_NAME_PX), self.width() - self._look.px(_VALUE_PX)
        middle, row = (left + right) / 2, self._look.px(_ROW_PX)
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))
        for index, channel in enumerate(_SHOWN):
            self._paint_row(painter, channel, QRectF(0, index * row, self.width(), row), (left, middle, right))
        painter.end()

    def _paint_row(
        self, painter: QPainter, channel: Channel, place: QRectF, columns: tuple[float, float, float]
    ) -> None:
        left, middle, right = columns
        part = self._parts.get(channel)
        painter.setFont(self._look.font(Type.FIGURES))
        painter.setPen(self._look.color("text2"))
        painter.drawText(place, _VCENTRE, channel_words(channel))
        painter.setPen(self._look.color("text" if part is not None else "text3"))
        painter.drawText(QRectF(right, place.top(), self.width() - right, place.height()), _RIGHT, self._value(channel))
        if part is not None:
            width = min(max(part / _REACH, -1.0), 1.0) * (right - left - 16) / 2
            painter.fillRect(QRectF(middle, place.center().y() - 4, width, 8).normalized(), self._look.color("signal"))

    def _value(self, channel: Channel) -> str:
        part = self._parts.get(channel)
        return "\N{EN DASH}" if part is None else signed(part, 2)
