# SPDX-License-Identifier: MIT
"""The room where the sound is kept: the screens speak to it, a thread of its own opens and watches the devices.

Law: no call of the screens waits; the thread starts when a sound or the list of devices is first wanted, and sleeps
while there is none. What is heard follows the score at once, without that thread.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Event, Thread

from app.audio.keeper import SoundKeeper
from app.audio.player import Players
from app.audio.score import SILENCE, Voice
from app.clock import Clock
from dsp.plan import PacingPlan
from ui.sound.seam import SoundNews, SoundState

_LOG = logging.getLogger(__name__)
_TENDED_EVERY_S = 0.25
_ENDS_WITHIN_S = 2.0
_FADES_WITHIN_S = 0.3
_LOOKED_EVERY_S = 0.01

Wish = Callable[[SoundKeeper], SoundNews]


class SoundRoom:
    """The sound of the application.

    Parameters
    ----------
    clock : Clock
        The session clock.
    find_players : callable
        Gives the computer's devices; called in the thread when they are first needed, since it loads the library.
    """

    def __init__(self, clock: Clock, find_players: Callable[[], Players]) -> None:
        self._clock = clock
        self._find_players = find_players
        self._score = SILENCE
        self._device = ""
        self._news = SoundNews()
        self._wishes: SimpleQueue[Wish | None] = SimpleQueue()
        self._thread: Thread | None = None

    @property
    def news(self) -> SoundNews:
        """How it stands now."""
        return self._news

    def follow(self, plan: PacingPlan | None) -> None:
        """Let this breath be heard from now on; None is silent within 100 ms."""
        self._score = replace(self._score, plan=plan)

    def choose(self, kind: str, volume: float, device: str) -> None:
        """Take the kind of sound, the volume and the device."""
        was_off = self._score.voice is Voice.OFF
        self._score = replace(self._score, voice=Voice(kind), volume=volume)
        if self._score.voice is Voice.OFF and was_off and device == self._device:
            return
        self._device = device
        if was_off and self._score.voice is not Voice.OFF:
            self._news = replace(self._news, state=SoundState.OPENING)
        self._wish(lambda keeper: _use(keeper, device))

    def look(self) -> None:
        """Find out which devices are there."""
        self._wish(SoundKeeper.list_devices)

    def close(self) -> None:
        """Fade out, let the device go, and end the thread."""
        if self._thread is not None:
            self._wishes.put(None)
            self._thread.join(_ENDS_WITHIN_S)

    def _wish(self, wish: Wish) -> None:
        self._wishes.put(wish)
        if self._thread is None:
            self._thread = Thread(target=self._run, name="attune-sound", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        keeper = SoundKeeper(self._clock, self._find_players(), lambda: self._score)
        try:
            while (wish := self._next(keeper)) is not None:
                self._tell(wish(keeper))
        finally:
            _fade_out(keeper)
            keeper.close()

    def _next(self, keeper: SoundKeeper) -> Wish | None:
        """Wait for a wish; while a sound is wanted, or one still fades, look after it in between."""
        is_busy = self._score.voice is not Voice.OFF or keeper.is_open
        try:
            return self._wishes.get(timeout=_TENDED_EVERY_S if is_busy else None)
        except Empty:
            return SoundKeeper.tend

    def _tell(self, news: SoundNews) -> None:
        if news.state is not self._news.state:
            _LOG.info("sound: %s", news.state)
        self._news = news


def _fade_out(keeper: SoundKeeper) -> None:
    """Let what sounds fade and be heard to its end; a device that asks for nothing more is not waited for."""
    still = Event()  # never set: a wait that holds nothing up
    keeper.hush()
    for _look in range(round(_FADES_WITHIN_S / _LOOKED_EVERY_S)):
        if not keeper.is_sounding:
            break
        still.wait(_LOOKED_EVERY_S)
    if keeper.is_open:
        still.wait(keeper.player.buffered_s)


def _use(keeper: SoundKeeper, device: str) -> SoundNews:
    keeper.want(device)
    return keeper.tend()
