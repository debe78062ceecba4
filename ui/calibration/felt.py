# SPDX-License-Identifier: MIT
"""How it is before a rest: a word, and if the person likes a number; nothing has begun yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from resources.words import gettext as _
from ui.calibration.pages import fill, in_the_middle
from ui.client.ask import Answer
from ui.client.ask_card import AskCard
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label

_GAP_PX = 16
_MOST = 10
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class FeltPage(QWidget):
    """Activated, settled, quiet, or rather not say; 0 to 10.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    said = Signal(str)  # the state, empty where that is not said; the rest begins

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.level: int | None = None
        self.setAccessibleName(_("How is it now?"))
        self._heading = safe_label(look, _("How is it now?"), kind=Type.PAGE, align=_MIDDLE)
        self._line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE)
        answers = (
            Answer("activated", _("Activated"), _("stirred up"), "wind"),
            Answer("settled", _("Settled"), _("at ease"), "leaf"),
            Answer("quiet", _("Quiet"), _("low, slow"), "moon"),
            Answer("", _("Rather not say"), _("that is an answer too"), "dots"),
        )
        self.cards = [AskCard(look, answer) for answer in answers]
        self.levels: list[Button] = []
        self._ends = [safe_label(look, text, tone="text2") for text in (_("as calm as can be"), _("as much as can be"))]
        self._assemble()
        for card in self.cards:
            card.clicked.connect(lambda _checked=False, name=card.answer.name: self.said.emit(name))
        for level, button in enumerate(self.levels):
            button.clicked.connect(lambda _checked=False, chosen=level: self.choose_level(chosen))
        look.changed.connect(self._fit)

    def begin(self, *, has_window: bool) -> None:
        """Ask anew."""
        self.level = None
        self._mark()
        first = _("A guided rest finds your own window: about five minutes, and every step can be skipped.")
        holds = _("Your window of now holds until there is a new one.")
        self._line.say(f"{first} {holds}" if has_window else first)

    def choose_level(self, level: int) -> None:
        """Take a number; the same once more takes it back."""
        self.level = None if level == self.level else level
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give all answers the same size."""
        super().resizeEvent(event)
        self._fit()

    def _mark(self) -> None:
        for level, button in enumerate(self.levels):
            button.setChecked(level == self.level)

    def _fit(self) -> None:
        room = (self.width() + _GAP_PX) // len(self.cards) - _GAP_PX
        width = max(min(room, self.cards[0].usual_width()), 120)
        height = max(card.height_for(width) for card in self.cards)
        for card in self.cards:
            card.fit(width, height)

    def _assemble(self) -> None:
        for level in range(_MOST + 1):
            button = Button(self._look, str(level), size=Size.NORMAL)
            button.setCheckable(True)
            button.setAccessibleDescription(_("how much it is, 0 to 10"))
            self.levels.append(button)
        levels = (self._ends[0], *self.levels, self._ends[1])
        cards = in_the_middle(*self.cards, spacing=_GAP_PX)
        fill(self, self._heading, 4, self._line, 48, in_the_middle(*levels, spacing=8), 24, cards)
