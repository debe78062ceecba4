# SPDX-License-Identifier: MIT
"""The person's hand on the sound: what they choose is heard at once and remembered, and it follows the breathing.

Law: silent until somebody chooses otherwise. What is followed is the plan that the shape follows; nothing else makes
a sound: no warning, no prompt, no connection.
"""

from PySide6.QtCore import QObject, Signal

from dsp.plan import PacingPlan
from ui.choices import SOUNDS, PreferenceKeeper
from ui.foreign import safe_text
from ui.pacing import Pacing
from ui.sound.seam import Sound, SoundNews, SoundState
from ui.sound.words import sound_words, state_words

_UNHEARD = (SoundState.NO_DEVICE, SoundState.AWAY)


class Sounding(QObject):
    """The breath as sound, for every screen.

    Parameters
    ----------
    sound : Sound
        What plays.
    keeper : PreferenceKeeper
        Remembers the choice.
    pacing : Pacing
        The breathing that is heard.
    parent : QObject
        Its owner.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(self, sound: Sound, keeper: PreferenceKeeper, pacing: Pacing, parent: QObject) -> None:
        super().__init__(parent)
        self._sound = sound
        self._keeper = keeper
        self._pacing = pacing
        self._plan: PacingPlan | None = None
        self._told_state = SoundState.OFF
        pacing.changed.connect(self._follow)
        pacing.steered.connect(self._follow)
        self._hand_on()

    @property
    def news(self) -> SoundNews:
        """Whether it can be heard, and through what."""
        return self._sound.news

    @property
    def kind(self) -> str:
        """How the breath sounds."""
        return self._keeper.now.sound

    def next(self) -> None:
        """Go on to the next kind of sound, after the last one silence, and say which."""
        self.choose(SOUNDS[(SOUNDS.index(self.kind) + 1) % len(SOUNDS)])
        self.told.emit(sound_words(self.kind))

    def choose(self, kind: str) -> None:
        """Let the breath sound like this."""
        self._keeper.keep_sound(kind)
        self._hand_on()

    def choose_volume(self, volume: float) -> None:
        """Be as loud as this, 0 to 1."""
        self._keeper.keep_volume(volume)
        self._hand_on()

    def choose_device(self, device: str) -> None:
        """Play through this device; an empty name leaves it to the system."""
        self._keeper.keep_sound_device(device)
        self._hand_on()

    def renew(self) -> None:
        """Sound as is chosen now; somebody else kept the choice."""
        self._hand_on()

    def look(self) -> None:
        """Find out through what it could be played."""
        self._sound.look()

    def refresh(self) -> None:
        """Say when the sound cannot be heard, and when it can be again."""
        news = self._sound.news
        before, self._told_state = self._told_state, news.state
        if news.state is before or news.state is SoundState.OPENING:
            return
        self.changed.emit()
        self._tell(is_back=before in _UNHEARD)

    def _hand_on(self) -> None:
        now = self._keeper.now
        self._sound.choose(now.sound, now.volume, now.sound_device)
        self.changed.emit()

    def _follow(self) -> None:
        plan, before = self._pacing.plan, self._plan
        if plan is not before:
            self._plan = plan
            self._sound.follow(plan)
            if before is None:
                self._tell(is_back=False)

    def _tell(self, *, is_back: bool) -> None:
        news = self._sound.news
        if words := state_words(news.state, safe_text(news.device), is_back=is_back):
            self.told.emit(words)
