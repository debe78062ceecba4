# SPDX-License-Identifier: MIT
"""One sensor of the list: what it is and gives; radio and battery; one state, one fix; one action."""

from gettext import gettext as _

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.connect.sensors import SensorWords
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.bars import Battery, RadioBars
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label

_HEIGHT = 96
_ACTION_WIDTH = 136


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

    def __init__(self, look: Look, words: SensorWords) -> None:
        super().__init__(look, words.name)
        self._words = words
        self._icon = Icon(look, words.icon, "", size=24, tone="signal", is_round=True)
        self._name = safe_label(look, kind=Type.TITLE)
        self._suffix = safe_label(look, tone="text2")
        self._gives = safe_label(look, tone="text2")
        self._bars = RadioBars(look)
        self._radio = safe_label(look, tone="text2")
        self._battery = Battery(look)
        self._charge = safe_label(look, kind=Type.FIGURES, tone="text2")
        self._state_icon = Icon(look, words.state_icon, "", size=20)
        self._state = safe_label(look, kind=Type.STRONG)
        self._fix = safe_label(look, tone="text2")
        self._action = Button(look, words.action, size=Size.LIST, others=(_("Connect"), _("Try again"), _("Stop")))
        self._action.clicked.connect(self._act)
        look.changed.connect(self._dress)
        self._dress()
        self._assemble()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.renew(words)

    def renew(self, words: SensorWords) -> None:
        """Say these words from now on."""
        self._words = words
        self.setAccessibleName(words.name)
        self._icon.show_icon(words.icon, words.gives, "signal")
        self._name.say(words.name)
        self._suffix.say(words.suffix)
        self._gives.say(words.gives)
        self._bars.show_strength(words.bars, _("radio {words}").format(words=words.radio))
        self._radio.say(words.radio)
        self._show_battery(words.battery_percent)
        self._state_icon.show_icon(words.state_icon, words.state, "text2")
        self._state.say(words.state)
        self._fix.say(words.fix)
        self._action.say(words.action)
        self._action.setAccessibleDescription(words.name)

    def sizeHint(self) -> QSize:
        """Give each row the same height."""
        return QSize(super().sizeHint().width(), max(self._look.px(_HEIGHT), super().minimumSizeHint().height()))

    def _show_battery(self, percent: int | None) -> None:
        self._battery.setVisible(percent is not None)
        if percent is None:
            self._charge.say(_("battery unknown"))
            self._charge.recolor("text3")
            return
        words = _("{percent} %").format(percent=percent)
        self._battery.show_charge(percent, _("battery {words}").format(words=words))
        self._charge.say(words)
        self._charge.recolor("text2")

    def _act(self) -> None:
        (self.stopped if self._words.is_busy else self.wanted).emit(self._words.address)

    def _dress(self) -> None:
        self._action.setMinimumWidth(self._look.px(_ACTION_WIDTH))

    def _assemble(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.addWidget(self._icon, 0, 0)
        grid.addLayout(self._identity(), 0, 1)
        grid.addLayout(self._power(), 0, 2)
        grid.addLayout(self._condition(), 0, 3)
        grid.addWidget(self._action, 0, 4)
        grid.setColumnStretch(1, 30)
        grid.setColumnStretch(2, 14)
        grid.setColumnStretch(3, 29)

    def _identity(self) -> QVBoxLayout:
        name = QHBoxLayout()
        name.setSpacing(6)
        name.addWidget(self._name)
        name.addWidget(self._suffix)
        name.addStretch(1)
        return _pair(name, self._gives)

    def _power(self) -> QVBoxLayout:
        radio = QHBoxLayout()
        radio.setSpacing(8)
        radio.addWidget(self._bars)
        radio.addWidget(self._radio)
        radio.addStretch(1)
        battery = QHBoxLayout()
        battery.setSpacing(8)
        battery.addWidget(self._battery)
        battery.addWidget(self._charge)
        battery.addStretch(1)
        pair = QVBoxLayout()
        pair.setSpacing(8)
        pair.addLayout(radio)
        pair.addLayout(battery)
        return pair

    def _condition(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._state_icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(_pair(self._state, self._fix))
        row.addStretch(1)
        return row


def _pair(above: QWidget | QHBoxLayout, below: QWidget) -> QVBoxLayout:
    """Put one line over another."""
    pair = QVBoxLayout()
    pair.setSpacing(2)
    if isinstance(above, QWidget):
        pair.addWidget(above)
    else:
        pair.addLayout(above)
    pair.addWidget(below)
    return pair
