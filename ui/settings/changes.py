# SPDX-License-Identifier: MIT
"""The hand on the settings: what is chosen holds at once, is kept, and can be taken back step by step.

Law: taking back restores exactly what held before the last choice; what was chosen elsewhere is never touched, since
nothing can be taken back any more once the settings were left.
"""

from PySide6.QtCore import QObject, Signal

from ui.appearance import Appearance
from ui.choices import PreferenceKeeper
from ui.preferences import Preferences
from ui.sound.sounding import Sounding

_MOST = 100  # steps


class Changes(QObject):
    """Takes choices, and takes them back.

    Parameters
    ----------
    keeper : PreferenceKeeper
        Keeps what is chosen.
    appearance, sounding : Appearance, Sounding
        What changes with it.
    parent : QObject
        Its owner.
    """

    changed = Signal()

    def __init__(self, keeper: PreferenceKeeper, appearance: Appearance, sounding: Sounding, parent: QObject) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._appearance = appearance
        self._sounding = sounding
        self._before: list[Preferences] = []

    @property
    def now(self) -> Preferences:
        """What holds."""
        return self._keeper.now

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._before)

    def begin(self) -> None:
        """Take nothing of before back."""
        self._before = []

    def take(self, preferences: Preferences) -> None:
        """Let this hold from now on."""
        if preferences != self.now:
            self._before = [*self._before, self.now][-_MOST:]
            self._apply(preferences)

    def undo(self) -> None:
        """Take the last choice back."""
        if self._before:
            self._apply(self._before.pop())

    def _apply(self, preferences: Preferences) -> None:
        before = self.now
        if self._looks(before) == self._looks(preferences):
            self._keeper.keep(preferences)
        else:
            self._appearance.take(preferences)
        if self._sounds(before) != self._sounds(preferences):
            self._sounding.renew()
        self.changed.emit()

    @staticmethod
    def _looks(preferences: Preferences) -> tuple[object, ...]:
        return preferences.theme, preferences.text_scale, preferences.reduced_motion, preferences.hues

    @staticmethod
    def _sounds(preferences: Preferences) -> tuple[object, ...]:
        return preferences.sound, preferences.volume, preferences.sound_device
