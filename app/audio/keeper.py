# SPDX-License-Identifier: MIT
"""Keeps one player open for the sound that is wanted: opens, notices that a device was pulled, and returns to it.

Law: no device is opened before a sound was chosen. A pulled device is never replaced by another one that somebody else
may hear: the null player goes on until it is back, or until another one is chosen.

Notes
-----
- What the systems say of a pulled device differs (a callback, an error, silence): here a device that asks for no more
  samples, or is no longer listed, was pulled.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.audio.player import NullPlayer, Player, PlayerError, Players
from app.audio.score import Score, Voice
from app.audio.stream import SoundStream
from app.clock import Clock
from ui.sound.seam import SoundNews, SoundState

_STALLED_S = 0.6
_LISTED_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class _Open:
    """A player in use, and what it plays."""

    player: Player
    stream: SoundStream


class SoundKeeper:
    """At most one open player.

    Parameters
    ----------
    clock : Clock
        The session clock.
    players : Players
        The devices of the computer.
    read_score : callable
        Gives what is to be played now.
    """

    def __init__(self, clock: Clock, players: Players, read_score: Callable[[], Score]) -> None:
        self._clock = clock
        self._players = players
        self._read_score = read_score
        self._device = ""
        self._open: _Open | None = None
        self._null = NullPlayer()
        self._has_played = False
        self._devices: tuple[str, ...] = ()
        self._listed_t = float("-inf")
        self._asked = (0, float("-inf"))  # how many samples, and since when it is as many

    @property
    def player(self) -> Player:
        """The player in use; the null player while there is none."""
        return self._null if self._open is None else self._open.player

    @property
    def is_open(self) -> bool:
        """Whether a device is in use."""
        return self._open is not None

    def want(self, device: str) -> None:
        """Take this device from now on; an empty name is the system's own choice."""
        if device != self._device:
            self._device = device
            self._has_played = False
            self._listed_t = float("-inf")
            self.hush()

    def list_devices(self) -> SoundNews:
        """Find out which devices are there."""
        self._list()
        return self._news()

    def tend(self) -> SoundNews:
        """Look after the player; a few times a second while a sound is wanted."""
        is_wanted = self._read_score().voice is not Voice.OFF
        used = self._open
        if used is not None and (not self._is_alive() or self._is_to_end(used, is_wanted=is_wanted)):
            self._close()
        if is_wanted and self._open is None:
            self._try()
        return self._news()

    @property
    def is_sounding(self) -> bool:
        """Whether the open device still has something to play."""
        return self._open is not None and not self._open.stream.is_silent

    def hush(self) -> None:
        """Fade out, for good."""
        if self._open is not None:
            self._open.stream.hush()

    def close(self) -> None:
        """Let the device go; what still sounds is cut."""
        self._close()

    def _is_to_end(self, used: _Open, *, is_wanted: bool) -> bool:
        return used.stream.is_silent and (not is_wanted or used.player.device != self._device)

    def _is_alive(self) -> bool:
        """Tell whether the open device still asks for samples, and is still there."""
        t, asked = self._clock(), self.player.asked
        if asked != self._asked[0]:
            self._asked = (asked, t)
        if t - self._asked[1] > _STALLED_S:
            return False
        if self.player.device and t - self._listed_t >= _LISTED_EVERY_S:
            self._list()
            return self.player.device in self._devices
        return True

    def _try(self) -> None:
        """Open the device if it is there."""
        if self._clock() - self._listed_t < _LISTED_EVERY_S:
            return
        self._list()
        if not (self._device in self._devices if self._device else self._devices):
            return
        try:
            player = self._players.open(self._device)
        except PlayerError:
            return
        stream = SoundStream(self._clock, player.buffered_s, self._read_score)
        try:
            player.start(stream.render)
        except PlayerError:
            player.close()
            return
        self._open = _Open(player, stream)
        self._asked = (-1, self._clock())
        self._has_played = True

    def _list(self) -> None:
        self._devices = tuple(self._players.devices())
        self._listed_t = self._clock()

    def _close(self) -> None:
        if self._open is not None:
            self._open.player.close()
            self._open = None

    def _news(self) -> SoundNews:
        if self._read_score().voice is Voice.OFF:
            state = SoundState.OFF
        elif self._open is not None:
            state = SoundState.READY
        else:
            state = SoundState.AWAY if self._has_played or self._device else SoundState.NO_DEVICE
        return SoundNews(state, self._device, self._devices)
