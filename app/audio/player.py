# SPDX-License-Identifier: MIT
"""Players: what takes samples and lets them be heard. One for the computer's devices, one for nobody.

Law: a player asks for samples and touches nothing else of ours; one that cannot play says so by `PlayerError`.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Render = Callable[[int], NDArray[np.float32]]
"""Gives the next so many samples."""


class PlayerError(Exception):
    """A device that could not be opened."""


class Player(Protocol):
    """One open device."""

    @property
    def device(self) -> str:
        """Its name; empty for the one that the system chose."""

    @property
    def buffered_s(self) -> float:
        """How long a sample waits before it is heard, seconds."""

    @property
    def asked(self) -> int:
        """How many samples it asked for until now: a device that was pulled asks for no more."""

    def start(self, render: Render) -> None:
        """Begin to ask for samples."""

    def close(self) -> None:
        """Let the device go."""


class Players(Protocol):
    """The devices of a computer."""

    def devices(self) -> Sequence[str]:
        """Give the names of those that are there now; waits for the system."""

    def open(self, device: str) -> Player:
        """Open a device by its name, or with an empty one the system's own choice; waits for the system.

        Raises
        ------
        PlayerError
            When it cannot be opened.
        """


class NoPlayers:
    """A computer that cannot play anything."""

    def devices(self) -> Sequence[str]:
        """Find none."""
        return ()

    def open(self, device: str) -> Player:
        """Refuse."""
        raise PlayerError(f"there is no device to open, not even {device!r}")


def find_players() -> Players:
    """Give this computer's devices; none where the library for them cannot be loaded."""
    try:
        from app.audio.devices import DevicePlayers
    except (ImportError, OSError):
        return NoPlayers()
    return DevicePlayers()


class NullPlayer:
    """Plays for nobody: samples are asked for by hand.

    Parameters
    ----------
    device : str
        A name to bear.
    """

    buffered_s = 0.0

    def __init__(self, device: str = "") -> None:
        self.device = device
        self.asked = 0
        self.is_open = True
        self._render: Render | None = None

    def start(self, render: Render) -> None:
        """Remember who renders."""
        self._render = render

    def play(self, count: int) -> NDArray[np.float32]:
        """Ask for `count` samples; none come before the start or after the end."""
        if self._render is None or not self.is_open:
            return np.zeros(0, np.float32)
        self.asked += count
        return self._render(count)

    def close(self) -> None:
        """Ask for no more."""
        self.is_open = False
