# SPDX-License-Identifier: MIT
"""What the screens need from the application: one seam, implemented by `app` and by nothing in this package.

Law: no call waits. What happens in answer arrives with a later `drain`.
"""

from collections.abc import Sequence
from typing import Protocol

from dsp.codes import Modality
from dsp.stream import Command, Frame, Marker, Sighting, Status
from ui.archive.seam import Archive, ArchiveMessage
from ui.research.seam import ResearchMessage, SendWish

Message = Frame | Sighting | Status | ArchiveMessage
Arrived = Message | ResearchMessage
"""What a `drain` brings: what the researcher's window keeps for itself, and what the others take."""


class Backstage(Protocol):
    """The worker behind the screens, as they see it."""

    @property
    def archive(self) -> Archive:
        """What was stored, and the storing of the running session."""

    def clock(self) -> float:
        """Give the session clock's time in seconds: screens read the pacing plan and the age of values against it."""

    def drain(self) -> Sequence[Arrived]:
        """Take everything that came since the last call, oldest first.

        A `Status` outside a frame speaks of what is not (or not yet) part of a session: the search for sensors
        (source `scan`), or a session that could not start or ended by itself (source as in `begin`).
        """

    def look_for_sensors(self, *, on: bool) -> None:
        """Start or stop the search; each sensor seen arrives as a `Sighting`, again when its signal changes."""

    def look_for_streams(self, *, on: bool) -> None:
        """Start or stop the search for LSL streams, which asks the network: only while its switch is on."""

    def say_what_it_measures(self, address: str, *, channel: int, modality: Modality, unit: str) -> None:
        """Answer for a stream that does not say it itself; remembered, and its `Sighting` comes again."""

    def begin(self, sources: Sequence[str]) -> None:
        """Start a session on these sources, written as on the command line; none: the breathing pacer alone.

        A running session is finished first. `@nobody` behind a source: it is not assigned to a person yet
        (`dsp.stream.NOBODY`), and a command `ASSIGN` does that.
        """

    def join(self, source: str) -> None:
        """Add a source to the running session; without one it begins one."""

    def leave(self, source: str) -> None:
        """Take a source out of the running session; the others go on."""

    def finish(self) -> None:
        """End the running session, if there is one."""

    def send_streams(self, wish: SendWish) -> None:
        """Let the running session be read by LSL, or end that; a `Sent` tells each second what is sent."""

    def send(self, command: Command) -> None:
        """Put a person's decision into the session's stream."""

    def mark(self, marker: Marker) -> None:
        """Put a mark of a type into the session's stream."""
