# SPDX-License-Identifier: MIT
"""The question to a stream that does not say what it measures: asked once, in place, and it may be put off."""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.connect.measures import MEASURES, Answer, measure_words, unit_words
from ui.connect.row_words import SensorWords
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented


class AskStream(QWidget):
    """Which channel, what is it, which unit.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    answered = Signal(object)  # Answer
    put_off = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._channels: tuple[str, ...] = ()
        self._channel = 0
        self._measure = 0
        self._unit = 0
        self.setAccessibleName(_("What does it measure?"))
        self._previous = Button(look, "", size=Size.NORMAL, icon="minus")
        self._next = Button(look, "", size=Size.NORMAL, icon="plus")
        self._which = safe_label(look, kind=Type.FIGURES)
        self._what = Segmented(look, _("What does it measure?"), [measure_words(modality) for modality, _u in MEASURES])
        self._units = [_units_of(look, units) for _m, units in MEASURES]
        self._use = Button(look, _("Use this channel"), size=Size.NORMAL)
        self._later = Button(look, _("Not now"), size=Size.NORMAL)
        self._name_parts()
        self._assemble()
        self._wire()
        self._show_measure(0)

    def renew(self, words: SensorWords) -> None:
        """Ask about these channels."""
        if words.unknown_channels != self._channels:
            self._channels = words.unknown_channels
            self._go_to(0)
        for button in (self._use, self._later):
            button.setAccessibleDescription(words.name)

    def _go_to(self, channel: int) -> None:
        self._channel = min(max(channel, 0), max(len(self._channels) - 1, 0))
        name = self._channels[self._channel] if self._channels else ""
        which = _("Channel {n} of {all}").format(n=self._channel + 1, all=max(len(self._channels), 1))
        self._which.say(f"{which}: {name}" if name else which)
        self._previous.setEnabled(self._channel > 0)
        self._next.setEnabled(self._channel + 1 < len(self._channels))

    def _show_measure(self, index: int) -> None:
        """Offer the units of what it is said to measure; where there is one unit only, nothing is asked."""
        self._measure, self._unit = index, 0
        self._what.choose(index)
        for k, units in enumerate(self._units):
            units.setVisible(k == index and len(MEASURES[k][1]) > 1)
        self._units[index].choose(0)

    def _choose_unit(self, index: int) -> None:
        self._unit = index

    def _answer(self) -> None:
        modality, units = MEASURES[self._measure]
        self.answered.emit(Answer(self._channel, modality, units[self._unit]))

    def _wire(self) -> None:
        self._previous.clicked.connect(lambda: self._go_to(self._channel - 1))
        self._next.clicked.connect(lambda: self._go_to(self._channel + 1))
        self._what.chosen.connect(self._show_measure)
        for units in self._units:
            units.chosen.connect(self._choose_unit)
        self._use.clicked.connect(self._answer)
        self._later.clicked.connect(self.put_off)

    def _name_parts(self) -> None:
        self._previous.setAccessibleName(_("Previous channel"))
        self._next.setAccessibleName(_("Next channel"))

    def _assemble(self) -> None:
        channel, choice = QHBoxLayout(), QHBoxLayout()
        channel.setSpacing(12)
        channel.addWidget(self._previous)
        channel.addWidget(self._next)
        channel.addWidget(self._which)
        channel.addStretch(1)
        choice.setSpacing(8)
        for units in self._units:
            choice.addWidget(units)
        choice.addStretch(1)
        choice.addWidget(self._later)
        choice.addWidget(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(
            safe_label(self._look, _("What does it measure? Asked once, and remembered."), kind=Type.STRONG)
        )
        layout.addLayout(channel)
        layout.addWidget(self._what, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(choice)


def _units_of(look: Look, units: tuple[str, ...]) -> Segmented:
    return Segmented(look, _("Its unit"), [unit_words(unit) for unit in units])
