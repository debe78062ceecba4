# SPDX-License-Identifier: MIT
"""How the screens look, as the person chooses it: theme, size of the text, motion."""

from PySide6.QtCore import QObject, Signal

from ui.choices import PreferenceKeeper, with_next_text_size, with_next_theme, with_other_motion
from ui.preferences import Preferences
from ui.theme import Look, is_system_light


class Appearance(QObject):
    """Changes the look everywhere at once, and has it remembered.

    Parameters
    ----------
    look : Look
        What every widget follows.
    keeper : PreferenceKeeper
        Remembers the choice.
    parent : QObject
        Its owner.
    """

    changed = Signal(Preferences)

    def __init__(self, look: Look, keeper: PreferenceKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._keeper = keeper

    def take(self, preferences: Preferences) -> None:
        """Look like this."""
        self._prefer(preferences)

    def next_theme(self) -> None:
        """Go on to the next theme."""
        self._prefer(with_next_theme(self._keeper.now, is_system_light=is_system_light()))

    def next_text_size(self) -> None:
        """Go on to the next size of the text."""
        self._prefer(with_next_text_size(self._keeper.now))

    def other_motion(self) -> None:
        """Switch between the moving shape and rings with words."""
        self._prefer(with_other_motion(self._keeper.now))

    def _prefer(self, preferences: Preferences) -> None:
        self._keeper.keep(preferences)
        self._look.dress(preferences)
        self.changed.emit(preferences)
