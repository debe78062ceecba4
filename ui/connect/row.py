# SPDX-License-Identifier: MIT
"""One sensor of the list: what it is and gives; radio and battery; one state, one fix; one action.

Below it opens, when its person or the person at the keys wants it, what can be said about the sensor. Law: it opens
and folds by a press only, so nothing moves under a pointer by itself.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.connect.ask_stream import AskStream
from ui.connect.owner import OwnerPanel
from ui.connect.row_words import Act, SensorWords, action_names, charge_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.bars import Battery, RadioBars
from ui.widgets.button import Button, Size
from ui.widgets.card import Card, Hairline
from ui.widgets.field import Field
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.tab_order import chain

_HEIGHT = 96
_TIGHT = 760  # below it, times the text's size, state and fix stand under what the sensor is
_POWER_WIDTH, _ACTION_WIDTH = 116, 164  # the same in each row: columns stand below each other


class SensorRow(Card):
    """A card that is renewed in place.

    Parameters
    ----------
    look : Look
        The look it follows.
    words : SensorWords
        What it says at first.
    """

    wanted = Signal(str)
    stopped = Signal(str)
    given = Signal(str, str)  # address, person
    labelled = Signal(str, str)  # address, label
    answered = Signal(str, object)  # address, Answer
    put_off = Signal(str)
    plugged = Signal(str, str)  # address, port
    unfolded = Signal()

    def __init__(self, look: Look, words: SensorWords) -> None:
        super().__init__(look, words.name)
        self._words = words
        self._icon = Icon(look, words.icon, "", size=24, tone="signal", is_round=True)
        self._name = safe_label(look, kind=Type.TITLE)
        self._suffix = safe_label(look, tone="text2")
        self._gives = safe_label(look, tone="text2", wrap=True)
        self._bars = RadioBars(look)
        self._radio = safe_label(look, tone="text2")
        self._battery = Battery(look)
        self._charge = safe_label(look, kind=Type.FIGURES, tone="text2")
        self._state_icon = Icon(look, words.condition.icon, "", size=20)
        self._state = safe_label(look, kind=Type.STRONG)
        self._fix = safe_label(look, tone="text2", wrap=True)
        self._power = _stacked(_side_by_side(8, self._bars, self._radio), _side_by_side(8, self._battery, self._charge))
        self._action = Button(look, words.action, size=Size.LIST)
        self._line = Hairline(look)
        self._panel: OwnerPanel | AskStream | None = None
        self._action.clicked.connect(self._act)
        look.changed.connect(self._dress)
        self._assemble()
        self._dress()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.renew(words)

    @property
    def address(self) -> str:
        """The sensor's address."""
        return self._words.address

    @property
    def is_open(self) -> bool:
        """Whether what can be said about the sensor is open."""
        return self._panel is not None

    def controls(self) -> list[QWidget]:
        """Give what Tab can reach in it, from top to bottom."""
        inside = [] if self._panel is None else self._panel.findChildren(QWidget)
        return [self._action, *(widget for widget in inside if isinstance(widget, Button | Field))]

    def renew(self, words: SensorWords) -> None:
        """Say these words from now on."""
        self._words = words
        self.setAccessibleName(words.name)
        self.setAccessibleDescription(words.summary)
        self._icon.show_icon(words.icon, words.gives, "signal")
        self._name.say(words.name)
        self._suffix.say(words.suffix)
        self._gives.say(words.gives)
        self._bars.setVisible(words.bars > 0)
        self._bars.show_strength(words.bars, _("radio {words}").format(words=words.radio))
        self._radio.say(words.radio)
        self._show_battery(words)
        self._state_icon.show_icon(words.condition.icon, words.condition.state, "text2")
        self._state.say(words.condition.state)
        self._fix.say(words.condition.fix)
        self._show_action(words)
        self._renew_panel(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack what stands side by side, where there is little room for it."""
        super().resizeEvent(event)
        self._stack()

    def fold(self) -> None:
        """Close what is open below the row."""
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None
        self._line.hide()
        self._show_action(self._words)

    def unfold(self) -> None:
        """Open what can be said about the sensor."""
        if self._panel is None:
            self._open(self._asking() if self._words.is_riddle else self._owning())

    def _open(self, panel: OwnerPanel | AskStream) -> None:
        self._panel = panel
        panel.renew(self._words)
        self._column.addWidget(panel)
        chain(self.controls())
        self._line.show()
        self._show_action(self._words)
        self.unfolded.emit()

    def _ask_again(self) -> None:
        """Ask anew what a stream measures; what was said wrongly is not used meanwhile."""
        self._stop()
        self._open(self._asking())

    def _owning(self) -> OwnerPanel:
        panel = OwnerPanel(self._look)
        panel.given.connect(lambda person: self.given.emit(self._words.address, person))
        panel.labelled.connect(lambda label: self.labelled.emit(self._words.address, label))
        panel.stopped.connect(self._stop)
        panel.asked_again.connect(self._ask_again)
        panel.plugged.connect(lambda port: self.plugged.emit(self._words.address, port))
        return panel

    def _asking(self) -> AskStream:
        panel = AskStream(self._look)
        panel.answered.connect(lambda answer: self.answered.emit(self._words.address, answer))
        panel.put_off.connect(self._put_off)
        panel.finished.connect(self.fold)
        return panel

    def _renew_panel(self, words: SensorWords) -> None:
        """Say the new words below too."""
        if self._panel is not None:
            self._panel.renew(words)

    def _show_battery(self, words: SensorWords) -> None:
        percent = words.battery_percent
        self._battery.setVisible(percent is not None and bool(words.charge))
        self._battery.show_charge(percent or 0, _("battery {words}").format(words=words.charge))
        self._charge.setVisible(bool(words.charge))
        self._charge.say(words.charge)
        self._charge.recolor("text3" if percent is None else "text2")

    def _show_action(self, words: SensorWords) -> None:
        is_owner = words.act is Act.OPEN and not words.is_riddle
        self._action.say(words.action)
        self._action.wear("person" if is_owner else "", "chevron" if words.act is Act.OPEN else "")
        self._action.setCheckable(words.act is Act.OPEN)
        self._action.setChecked(self.is_open and words.act is Act.OPEN)
        self._action.setAccessibleDescription(words.name)

    def _act(self) -> None:
        act = self._words.act
        if act is Act.OPEN and self.is_open:
            self.fold()
        elif act is Act.OPEN:
            self.unfold()
        elif act is Act.STOP:
            self._stop()
        else:
            self._connect()

    def _connect(self) -> None:
        """Connect it, and open whose it is, in place of a question that stands open."""
        if isinstance(self._panel, AskStream):
            self.fold()
        self.wanted.emit(self._words.address)
        self.unfold()

    def _stop(self) -> None:
        self.stopped.emit(self._words.address)
        self.fold()

    def _put_off(self) -> None:
        self.put_off.emit(self._words.address)
        self.fold()

    def _dress(self) -> None:
        longest = QFontMetrics(self._look.font(Type.FIGURES)).horizontalAdvance(charge_words(None))
        self._power.setFixedWidth(max(self._look.px(_POWER_WIDTH), longest + 1))
        self._action.setFixedWidth(max(self._look.px(_ACTION_WIDTH), self._action.widest(action_names())))
        self._head.setMinimumHeight(self._look.px(_HEIGHT))
        self._stack()

    def _assemble(self) -> None:
        self._head = QWidget()
        self._head.setAccessibleName("")
        self._parts = QGridLayout(self._head)
        self._parts.setContentsMargins(20, 12, 16, 12)
        self._parts.setHorizontalSpacing(12)
        self._parts.addWidget(self._icon, 0, 0)
        self._parts.setColumnMinimumWidth(1, 4)
        self._parts.addLayout(_pair(_side_by_side(6, self._name, self._suffix), self._gives), 0, 2)
        self._parts.addWidget(self._power, 0, 3)
        self._parts.addWidget(self._action, 0, 5)
        self._condition = self._condition_part()
        self._stack()
        self._line.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self._line)

    def _stack(self) -> None:
        """Put the condition beside what the sensor is, or under it in a row that is narrow for its text."""
        is_tight = self.width() < self._look.px(_TIGHT)
        place = (1, 2, 1, 2) if is_tight else (0, 4, 1, 1)
        index = self._parts.indexOf(self._condition)
        if index < 0 or self._parts.getItemPosition(index) != place:
            self._parts.removeWidget(self._condition)
            self._parts.addWidget(self._condition, *place)
            self._parts.setColumnStretch(2, 30)
            self._parts.setColumnStretch(4, 0 if is_tight else 31)

    def _condition_part(self) -> QWidget:
        """Put the fix under the state, and the icon before the state."""
        part = QWidget()
        part.setAccessibleName("")
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._state_icon, 1, 0)
        grid.addWidget(self._state, 1, 1)
        grid.addWidget(self._fix, 2, 1)
        grid.setColumnStretch(1, 1)
        for row in (0, 3):
            grid.setRowStretch(row, 1)
        return part


def _side_by_side(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _pair(above: QHBoxLayout, below: QWidget) -> QVBoxLayout:
    """Put one line over another, in the middle of the height."""
    pair = QVBoxLayout()
    pair.setSpacing(2)
    pair.addStretch(1)
    pair.addLayout(above)
    pair.addWidget(below)
    pair.addStretch(1)
    return pair


def _stacked(above: QHBoxLayout, below: QHBoxLayout) -> QWidget:
    stack = QWidget()
    stack.setAccessibleName("")
    column = QVBoxLayout(stack)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addStretch(1)
    column.addLayout(above)
    column.addLayout(below)
    column.addStretch(1)
    return stack
