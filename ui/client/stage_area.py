# SPDX-License-Identifier: MIT
"""The middle of a session: the shape; in its place what is asked, or the word lane. A question comes first."""

from PySide6.QtCore import Signal

from resources.words import gettext as _
from ui.client.ask import Ask
from ui.client.ask_panel import AskPanel
from ui.client.breath_page import BreathPage
from ui.client.word_lane import WordLane
from ui.client.word_panel import WordPanel
from ui.theme import Look
from ui.widgets.pages import Pages


class StageArea(Pages):
    """Shape, question or words.

    Parameters
    ----------
    look : Look
        The look it follows.
    page : BreathPage
        The shape with its word.
    """

    turned = Signal()

    def __init__(self, look: Look, page: BreathPage) -> None:
        self.ask_panel = AskPanel(look)
        self.words = WordPanel(look)
        self._has_words = False
        super().__init__(_("Breathing, or a question"), (page, self.ask_panel, self.words))
        self.words.left.connect(self._leave_words)

    @property
    def is_asking(self) -> bool:
        """Whether something else stands in the shape's place."""
        return self.index > 0

    def begin(self) -> None:
        """Show the shape."""
        self._leave_words()

    def show_ask(self, ask: Ask | None) -> None:
        """Put what is asked in the shape's place, or the shape back in its own."""
        if ask != self.ask_panel.ask:
            self.ask_panel.show_ask(ask)
            self._show()

    def offer_words(self, lane: WordLane) -> None:
        """Put the word lane in the shape's place, or the shape back in its own."""
        self._has_words = not self._has_words
        self.words.begin(lane)
        self._show()

    def _leave_words(self) -> None:
        self._has_words = False
        self._show()

    def _show(self) -> None:
        is_asked = self.ask_panel.ask is not None
        self._has_words = self._has_words and not is_asked
        self.turn_to(1 if is_asked else 2 if self._has_words else 0)
        self.turned.emit()
