# SPDX-License-Identifier: MIT
"""What is asked or offered, in the shape's place: it fades in over 2 s, all answers equally large.

Law: none is preselected, nothing counts down, and with reduced motion it is there at once.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import Zone
from resources.words import gettext as _
from ui.arousal.zone_mark import ZoneMark
from ui.client.ask import MORE, Ask
from ui.client.ask_card import AskCard
from ui.client.mist import Mist
from ui.client.own_picture import pixmap_of
from ui.client.picture_view import PictureView
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label

_GAP_PX, _LEAST_PX, _NARROW_PX = 16, 148, 700
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class AskPanel(QWidget):
    """Heading, line, answers and foot.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    answered = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._ask: Ask | None = None
        self._cards: list[AskCard] = []
        self.setAccessibleName(_("An offer"))
        self._mark = ZoneMark(look, Zone.WITHIN, "", size=20)
        self._heading = safe_label(look, kind=Type.PAGE, align=_MIDDLE)
        self._line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE)
        self._foot = safe_label(look, tone="text2", wrap=True, align=_MIDDLE)
        self._picture = PictureView(least=96)
        self._more = Button(look, _("Something else"), size=Size.LIST, key="4")
        self._more.clicked.connect(lambda: self.answered.emit(MORE))
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP_PX)
        self._columns = 0
        self._assemble()
        self.mist = Mist(look, self)
        look.changed.connect(self._fit)

    @property
    def ask(self) -> Ask | None:
        """What is asked now."""
        return self._ask

    @property
    def cards(self) -> tuple[AskCard, ...]:
        """The answers."""
        return tuple(self._cards)

    def show_ask(self, ask: Ask | None) -> None:
        """Show this from now on; None shows nothing."""
        if ask == self._ask:
            return
        is_new = ask is not None and (self._ask is None or ask.about != self._ask.about)
        self._ask = ask
        if ask is None:
            self.mist.go()
            return
        self.setAccessibleName(ask.heading)
        self.setAccessibleDescription(ask.line)
        self._say(ask)
        if is_new:
            self.mist.come()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give all answers the same size, as large as there is room."""
        super().resizeEvent(event)
        self.mist.setGeometry(self.rect())
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as two answers side by side; the height follows from the words."""
        return QSize(2 * self._look.px(_LEAST_PX) + _GAP_PX, super().minimumSizeHint().height())

    def _say(self, ask: Ask) -> None:
        self._mark.setVisible(ask.zone is not None)
        if ask.zone is not None:
            self._mark.show_zone(ask.zone, ask.heading)
        self._heading.say(ask.heading)
        self._line.say(ask.line)
        self._line.setVisible(bool(ask.line))
        self._picture.show_picture(pixmap_of(ask.picture), ask.heading)
        self._foot.say(ask.foot)
        self._foot.setVisible(bool(ask.foot))
        self._more.setVisible(ask.has_more)
        if [card.answer for card in self._cards] != list(ask.answers):
            self._deal(ask)

    def _deal(self, ask: Ask) -> None:
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [AskCard(self._look, answer) for answer in ask.answers]
        for card in self._cards:
            card.clicked.connect(lambda _checked=False, name=card.answer.name: self.answered.emit(name))
        self._columns = 0
        self._lay(len(self._cards))
        before: QWidget = self._more  # which stands in its place already; new widgets come last of all
        for card in self._cards:
            QWidget.setTabOrder(before, card)
            before = card
        QWidget.setTabOrder(before, self._more)
        self._fit()

    def _fit(self) -> None:
        """Find the widest equal size that fits; in a narrow room two stand side by side."""
        if not self._cards:
            return
        columns = len(self._cards)
        self._heading.setWordWrap(self.width() < self._look.px(_NARROW_PX))
        if (self.width() + _GAP_PX) // columns - _GAP_PX < self._look.px(_LEAST_PX):
            columns = min(columns, 2)
        self._lay(columns)
        room = (self.width() + _GAP_PX) // columns - _GAP_PX
        wide = max(card.usual_width() for card in self._cards) * (1.4 if len(self._cards) <= 2 else 1.0)
        width = max(min(room, round(wide)), 120)
        height = max(card.height_for(width) for card in self._cards)
        for card in self._cards:
            card.fit(width, height)

    def _lay(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            for n, card in enumerate(self._cards):
                self._grid.addWidget(card, n // columns, n % columns)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addStretch(1)
        head.addWidget(self._mark)
        head.addWidget(self._heading)
        head.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._grid)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(3)
        layout.addLayout(head)
        layout.addWidget(self._line)
        layout.addWidget(self._picture, 40)
        layout.addStretch(1)
        layout.addSpacing(16)
        layout.addLayout(row)
        layout.addSpacing(16)
        layout.addWidget(self._more, 0, _MIDDLE)
        layout.addSpacing(8)
        layout.addWidget(self._foot)
        layout.addStretch(3)
