# SPDX-License-Identifier: MIT
"""What the window that looks on needs: frames with another Attune's states, and whether that one is there."""

from collections.abc import Sequence
from typing import Protocol

from dsp.stream import Frame, Status


class Watched(Protocol):
    """What is looked at."""

    @property
    def name(self) -> str:
        """What is looked for."""

    def clock(self) -> float:
        """Give the time here, seconds."""

    def drain(self) -> Sequence[Frame | Status]:
        """Take everything that came since the last call, oldest first."""
