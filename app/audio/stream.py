# SPDX-License-Identifier: MIT
"""One stream of sound to one player: what the library's thread runs.

Law: the library's thread reads the score, the session clock and its own state, and nothing else.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.audio.renderer import Renderer
from app.audio.score import SILENCE, Score
from app.audio.stream_clock import StreamClock
from app.audio.voices import RATE_HZ
from app.clock import Clock


class SoundStream:
    """Renders for a player, timed by when it asks.

    Parameters
    ----------
    clock : Clock
        The session clock.
    buffered_s : float
        How long a sample waits in the player, seconds.
    read_score : callable
        Gives what is to be played now.
    """

    def __init__(self, clock: Clock, buffered_s: float, read_score: Callable[[], Score]) -> None:
        self._clock = clock
        self._read_score = read_score
        self._times = StreamClock(RATE_HZ, buffered_s)
        self._renderer = Renderer(self._times, self._score)
        self._position = 0
        self._is_hushed = False

    @property
    def is_silent(self) -> bool:
        """Whether nothing sounds."""
        return self._renderer.is_silent

    def hush(self) -> None:
        """Fade out, for good."""
        self._is_hushed = True

    def render(self, count: int) -> NDArray[np.float32]:
        """Give the next `count` samples."""
        self._times.observe(self._position, self._clock())
        self._position += count
        return self._renderer.render(count)

    def _score(self) -> Score:
        return SILENCE if self._is_hushed else self._read_score()
