# SPDX-License-Identifier: MIT
"""The newest lines of the log: as many whole ones as there is room for, the newest first."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import gettext as _
from ui.clinician.person import Event
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import Label, safe_label
from ui.words import clock_words

_MOST = 6
_GAP_PX = 8
_WIDEST_SIGN = "▲"


class LogLines(QWidget):
    """The log.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: list[tuple[Label, Label, Label]] = []
        self._told: tuple[tuple[str, str, str], ...] = ()
        self.setAccessibleName(_("What happened"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        for _line in range(_MOST):
            line = (
                safe_label(look, kind=Type.FIGURES, tone="text2"),
                safe_label(look, kind=Type.STRONG, align=Qt.AlignmentFlag.AlignHCenter),
                safe_label(look, wrap=True),
            )
            for label in line:
                label.setParent(self)
                label.setAlignment(label.alignment() & ~Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTop)
            self._lines.append(line)
        look.changed.connect(self._lay)

    def show_log(self, events: Sequence[Event], started_t: float) -> None:
        """Show the newest lines of these, the oldest of which comes first."""
        newest = [*reversed(events)][:_MOST]
        told = tuple((clock_words(max(event.t - started_t, 0.0)), event.sign, event.words) for event in newest)
        if told != self._told:
            self._told = told
            self._lay()

    def sizeHint(self) -> QSize:
        """Ask for two lines."""
        return QSize(160, 2 * self._look.px(Type.BODY.line_px) + 4)

    def minimumSizeHint(self) -> QSize:
        """Keep one line."""
        return QSize(120, self._look.px(Type.BODY.line_px))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        times = [self._advance(told[0], Type.FIGURES) for told in self._told]
        time, sign = max(times, default=0), self._advance(_WIDEST_SIGN, Type.STRONG) + 4
        left = time + sign + 2 * self._look.px(_GAP_PX)
        top = 0
        for index, line in enumerate(self._lines):
            told = self._told[index] if index < len(self._told) else ("", "", "")
            for label, words in zip(line, told, strict=True):
                label.say(words)
            height = max(line[2].heightForWidth(max(self.width() - left, 1)), self._look.px(Type.BODY.line_px))
            has_room = bool(told[0]) and (index == 0 or top + height <= self.height())
            widths = ((0, time), (time + self._look.px(_GAP_PX), sign), (left, self.width() - left))
            for label, (x, width) in zip(line, widths, strict=True):
                place = QRect(x, top, max(width, 1), height)
                label.setGeometry(self._from_right(place) if self.isRightToLeft() else place)
                label.setVisible(has_room)
            top = top + height + 2 if has_room else self.height() + 1

    def _from_right(self, place: QRect) -> QRect:
        return QRect(self.width() - place.x() - place.width(), place.y(), place.width(), place.height())

    def _advance(self, words: str, kind: Type) -> int:
        return QFontMetrics(self._look.font(kind)).horizontalAdvance(words) + 2
