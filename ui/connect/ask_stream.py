# SPDX-License-Identifier: MIT
"""The question to a stream that does not say what it measures: asked once, in place, and it may be put off.

Law: nothing is taken for granted: what is not known is chosen by a person before the answer can be given.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import Modality
from resources.words import gettext as _
from ui.connect.channels import Channels
from ui.connect.measures import MEASURES, Answer, channels_of, measure_words, unit_words
from ui.connect.row_words import SensorWords
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented


class AskStream(QWidget):
    """Which channel, what is it, which unit; then perhaps of one more channel.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    answered = Signal(object)  # Answer
    put_off = Signal()
    finished = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._guess: Modality | None = None
        self._measure: int | None = None
        self._unit: int | None = None
        self.setAccessibleName(_("What does it measure?"))
        self._title = safe_label(look, _("What does it measure? Asked once, and remembered."), kind=Type.STRONG)
        self._channels = Channels(look)
        self._what = Segmented(look, _("What does it measure?"), [measure_words(modality) for modality, _u in MEASURES])
        self._units = [_units_of(look, units) for _m, units in MEASURES]
        self._use = Button(look, _("Use this channel"), size=Size.NORMAL, others=(_("Use these channels"),))
        self._later = Button(look, _("Not now"), size=Size.NORMAL, others=(_("That is all"),))
        self._assemble()
        self._wire()
        self._begin()

    def renew(self, words: SensorWords) -> None:
        """Ask about these channels; what was said and does not fit is asked anew."""
        if words.is_refused and self._channels.has_answer:
            self._title.say(_("That does not fit this stream. What does it measure?"))
            self._later.say(_("Not now"))
            self._channels.forget_answers()
            self._begin()
        if self._channels.ask(words.unknown_channels) or words.guess != self._guess:
            self._guess = words.guess
            self._begin()
        for button in (self._use, self._later):
            button.setAccessibleDescription(words.name)

    def _begin(self) -> None:
        """Begin with what is known: the only channel that it can be, and what it seems to measure."""
        modalities = [modality for modality, _units in MEASURES]
        self._show_measure(modalities.index(self._guess) if self._guess in modalities else None)

    def _show_measure(self, index: int | None) -> None:
        """Offer the units of what it is said to measure; where there is one unit only, nothing is asked."""
        self._measure = index
        self._what.choose(index)
        width = channels_of(None if index is None else MEASURES[index][0])
        self._channels.widen(width)
        self._use.say(_("Use this channel") if width == 1 else _("Use these channels"))
        for k, units in enumerate(self._units):
            units.setVisible(k == index and len(MEASURES[k][1]) > 1)
            units.choose(None)
        self._choose_unit(0 if index is not None and len(MEASURES[index][1]) == 1 else None)

    def _choose_unit(self, index: int | None) -> None:
        self._unit = index
        self._show_use()

    def _follow_channel(self) -> None:
        """Offer what the channel can be: movement has three channels, one beside the other."""
        fits = [self._channels.has_room_for(channels_of(modality)) for modality, _units in MEASURES]
        self._what.offer([k for k, does_fit in enumerate(fits) if does_fit])
        if self._measure is not None and not fits[self._measure]:
            self._show_measure(None)
        self._show_use()

    def _show_use(self) -> None:
        is_known = None not in {self._channels.chosen, self._measure, self._unit}
        self._use.setEnabled(is_known)

    def _answer(self) -> None:
        channel = self._channels.chosen
        if channel is None or self._measure is None or self._unit is None:
            return
        modality, units = MEASURES[self._measure]
        self.answered.emit(Answer(channel, modality, units[self._unit]))
        self._guess = None
        if self._channels.take_answer():
            self._title.say(_("Kept. One more channel, or is that all?"))
            self._later.say(_("That is all"))
            self._begin()
        else:
            self.finished.emit()

    def _leave(self) -> None:
        """Leave the question for later; where one channel was said, the others are not used."""
        (self.finished if self._channels.has_answer else self.put_off).emit()

    def _wire(self) -> None:
        self._channels.changed.connect(self._follow_channel)
        self._what.chosen.connect(self._show_measure)
        for units in self._units:
            units.chosen.connect(self._choose_unit)
        self._use.clicked.connect(self._answer)
        self._later.clicked.connect(self._leave)

    def _assemble(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(8)
        for units in self._units:
            choice.addWidget(units)
        choice.addStretch(1)
        choice.addWidget(self._later)
        choice.addWidget(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._channels)
        layout.addWidget(self._what, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(choice)


def _units_of(look: Look, units: tuple[str, ...]) -> Segmented:
    return Segmented(look, _("Its unit"), [unit_words(unit) for unit in units])
