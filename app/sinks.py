# SPDX-License-Identifier: MIT
"""Small sinks of a session: what it was made of, what failed, and what a following source is shown."""

from collections.abc import Sequence

from app.merge import Feed
from dsp.codes import SourceState
from dsp.stream import Frame, Item, Status


class ItemLog:
    """Keeps the items that entered the merge: given to `app.merge.merge_items` they are the session again."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def put(self, frame: Frame) -> None:
        """Keep the frame's item."""
        self.items.append(frame.item)


class Failures:
    """Keeps the last failure of each source."""

    def __init__(self) -> None:
        self._failed: dict[str, Status] = {}

    def put(self, frame: Frame) -> None:
        """Note the sources that fail, and forget those that work again."""
        for status in frame.statuses:
            if status.state is SourceState.FAILED:
                self._failed[status.source] = status
            elif status.state is SourceState.STREAMING:
                self._failed.pop(status.source, None)

    @property
    def newest(self) -> Status | None:
        """The failure that stands, the newest where there are several."""
        return max(self._failed.values(), key=lambda status: status.t, default=None)


class CueFollower:
    """Shows the cues to the sources that follow them, as a breathing person does.

    Parameters
    ----------
    feeds : sequence of Feed
        Those without `see` follow nothing.
    """

    def __init__(self, feeds: Sequence[Feed]) -> None:
        self._followers = [(feed.person, feed.see) for feed in feeds if feed.see is not None]

    def put(self, frame: Frame) -> None:
        """Show each cue to the sources of its person."""
        for cue in frame.cues:
            for person, see in self._followers:
                if cue.person == person:
                    see(cue)
