# SPDX-License-Identifier: MIT
"""Small sinks of a session: what it was made of, what failed, and what a following source is shown."""

from collections.abc import Iterable, Sequence

from app.merge import Feed
from dsp.codes import Action, SourceState
from dsp.stream import Command, Frame, Item, Status


class ItemLog:
    """Keeps the items that entered the merge: given to `app.merge.merge_items` they are the session again."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def put(self, frame: Frame) -> None:
        """Keep the frame's item."""
        self.items.append(frame.item)


class Failures:
    """Keeps the last failure of each source, and which sources were awaited and never came."""

    def __init__(self) -> None:
        self._failed: dict[str, Status] = {}
        self._awaited: dict[str, Status] = {}
        self._heard: set[str] = set()

    def put(self, frame: Frame) -> None:
        """Note the sources that fail or are awaited, and forget those that work."""
        for status in frame.statuses:
            if status.state is SourceState.FAILED:
                self._failed[status.source] = status
            elif status.state is SourceState.STREAMING:
                self._heard.add(status.source)
                self._failed.pop(status.source, None)
                self._awaited.pop(status.source, None)
            elif status.state is not SourceState.STOPPED and status.source not in self._heard:
                self._awaited[status.source] = status

    @property
    def newest(self) -> Status | None:
        """The failure that stands, the newest where there are several."""
        return max(self._failed.values(), key=lambda status: status.t, default=None)

    @property
    def unheard(self) -> Sequence[Status]:
        """The last state of each source that never sent anything and has not failed."""
        return tuple(status for source, status in self._awaited.items() if source not in self._failed)


class CueFollower:
    """Shows the cues to the sources that follow them, as a breathing person does.

    Parameters
    ----------
    feeds : iterable of Feed
        Gone through anew at each cue, since more may have joined; those without `see` follow nothing.
    """

    def __init__(self, feeds: Iterable[Feed]) -> None:
        self._feeds = feeds
        self._owners: dict[str, str] = {}  # of the sources that were assigned

    def put(self, frame: Frame) -> None:
        """Show each cue to the sources of its person."""
        if isinstance(frame.item, Command) and frame.item.action is Action.ASSIGN:
            values = dict(frame.item.values)
            self._owners[str(values.get("source"))] = str(values.get("to"))
        for cue in frame.cues:
            for feed in self._feeds:
                if feed.see is not None and cue.person == self._owners.get(feed.source.name, feed.person):
                    feed.see(cue)
