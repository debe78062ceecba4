# SPDX-License-Identifier: MIT
"""What the screens need of the sound: one seam, implemented by `app.audio` and by nothing in this package.

Law: no call waits. Opening a device happens elsewhere; what came of it is read with `news`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dsp.plan import PacingPlan


class SoundState(StrEnum):
    """Whether the sound that was chosen can be heard."""

    OFF = "off"
    OPENING = "opening"
    READY = "ready"
    NO_DEVICE = "no_device"  # none was there from the start
    AWAY = "away"  # the device was pulled; the sound returns with it


@dataclass(frozen=True, slots=True)
class SoundNews:
    """How it stands: the state, the device that is meant (empty: the system's choice), and all that are there."""

    state: SoundState = SoundState.OFF
    device: str = ""
    devices: tuple[str, ...] = ()


class Sound(Protocol):
    """The sound behind the screens."""

    @property
    def news(self) -> SoundNews:
        """How it stands now."""

    def follow(self, plan: PacingPlan | None) -> None:
        """Let this breath be heard from now on; None is silent within 100 ms."""

    def choose(self, kind: str, volume: float, device: str) -> None:
        """Take the kind of sound (of `ui.choices.SOUNDS`), the volume, 0 to 1, and the device; empty: the system's."""

    def look(self) -> None:
        """Find out which devices are there."""


class NoSound:
    """A window without sound."""

    news = SoundNews()

    def follow(self, plan: PacingPlan | None) -> None:
        """Stay silent."""

    def choose(self, kind: str, volume: float, device: str) -> None:
        """Stay silent."""

    def look(self) -> None:
        """Find none."""
