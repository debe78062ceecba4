# SPDX-License-Identifier: MIT
"""What is spoken to somebody who does not see the screen: politely, and rarely.

Law (screens.md, Access): at most one each 15 s, and always the newest; what waited too long is not said any more.
"""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_EVERY_S = 15.0


class Announcer:
    """Hands on one sentence at a time.

    Parameters
    ----------
    speak : callable
        Says a sentence.
    """

    def __init__(self, speak: Callable[[str], None]) -> None:
        self._speak = speak
        self._waiting = ""
        self._spoken_t = float("-inf")

    def say(self, words: str) -> None:
        """Say this next; it takes the place of what waits."""
        self._waiting = words

    def refresh(self, t: float) -> None:
        """Speak what waits, when it is time."""
        if self._waiting and t - self._spoken_t >= _EVERY_S:
            words, self._waiting, self._spoken_t = self._waiting, "", t
            self._speak(words)


def speaker_of(window: QWidget) -> Callable[[str], None]:
    """Give what speaks through the system's own reader; where none listens, nothing is said."""

    def speak(words: str) -> None:
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(window, words)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
            QAccessible.updateAccessibility(event)

    return speak
