# SPDX-License-Identifier: MIT
"""Whether somebody is there: what lies beyond the session hides when nobody has used it for a while.

Law: only what lies beyond is kept open by using it; a key or a touch in a live session opens and keeps nothing of the
past. A session of the past that is played again is of the past. The breathing is never covered.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ui.archive.seam import Hidden
from ui.backstage import Backstage
from ui.screens import Screens

_EVERY_S = 5.0
_KEYS = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut}
_SIGNS = frozenset({*_KEYS, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove})
_BEYOND = frozenset({"start", "sessions", "consent", "recovery", "end", "review", "settings"})
_OF_THE_PAST = frozenset({"review"})


class Presence(QObject):
    """Hears of every key and touch in the application.

    Parameters
    ----------
    screens : Screens
        What is shown.
    backstage : Backstage
        Is told that somebody is there.
    is_apart : callable
        Tells what belongs to another window than that of the screens: using it keeps nothing of the past open.
    """

    def __init__(
        self, screens: Screens, backstage: Backstage, *, is_apart: Callable[[QObject], bool] = lambda _watched: False
    ) -> None:
        super().__init__(screens)
        self._screens = screens
        self._backstage = backstage
        self._is_apart = is_apart
        self._is_past_played = False
        self._heard_t = float("-inf")
        screens.archive.play_wanted.connect(self._play)
        screens.archive.hidden.connect(self._hide)
        screens.turned.connect(self._turn)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there, and let everything pass."""
        if event.type() in _SIGNS and self._is_beyond() and not self._is_apart(watched):
            t = self._backstage.clock()
            if t - self._heard_t >= _EVERY_S:
                self._heard_t = t
                self._backstage.archive.use()
        return False

    def _is_beyond(self) -> bool:
        return self._screens.shown in _BEYOND or self._is_past_played

    def _play(self, _session: str) -> None:  # a slot of Qt's
        self._is_past_played = True

    def _turn(self, name: str) -> None:  # a slot of Qt's
        if name == "start":
            self._is_past_played = False

    def _hide(self, hidden: Hidden) -> None:  # a slot of Qt's
        """Leave a session of the past; the live one stays."""
        if hidden.is_beyond and (self._screens.shown in _OF_THE_PAST or self._is_past_played):
            self._screens.go_back()
