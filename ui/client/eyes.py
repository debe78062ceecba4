# SPDX-License-Identifier: MIT
"""Eyes closed: the screen becomes calm and the sound carries the breath; any key or touch brings the screen back.

Law: it needs a sound, so one is switched on where none was; Esc stops the sound as from everywhere.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from resources.words import gettext as _
from ui.pacing import Pacing
from ui.sound.seam import SoundState
from ui.sound.sounding import Sounding
from ui.widgets.calm import Calm

_SOFT = "tones"


class EyesClosed(QObject):
    """The way to a calm screen that is heard.

    Parameters
    ----------
    pacing : Pacing
        The breathing.
    sounding : Sounding
        Its sound.
    calm : Calm
        The calm page over the screens.
    still : callable
        Stops every cue, and covers the screen.
    parent : QObject
        Its owner.
    """

    closed = Signal()  # no key means anything now but the one that returns

    def __init__(
        self, pacing: Pacing, sounding: Sounding, calm: Calm, still: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pacing = pacing
        self._sounding = sounding
        self._calm = calm
        self._still = still

    def close(self) -> None:
        """Let the screen rest and the sound go on; without a loudspeaker say so instead."""
        if self._sounding.news.state is SoundState.NO_DEVICE:
            self._sounding.told.emit(_("There is no loudspeaker here, so the shape stays."))
            return
        if self._sounding.kind == "off":
            self._sounding.choose(_SOFT)
        if not self._pacing.is_on or self._pacing.is_paused:
            self._pacing.pause_or_go_on()
        self.closed.emit()
        self._calm.come(_("eyes closed, the sound goes on"), stop=self._still)
