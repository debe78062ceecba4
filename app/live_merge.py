# SPDX-License-Identifier: MIT
"""The merge of a live session: sources join and leave while it runs, among the ticks and what people decide.

Law: items come out in order of arrival; the end or the failure of one source ends none of the others.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass

from app.clock import Clock
from app.merge import Feed, closing
from dsp.codes import SourceState
from dsp.stream import Command, Gap, Item, Marker, Status, Tick
from resources.words import gettext as _
from sensors.source import SensorError

logger = logging.getLogger(__name__)

_LIVE_ITEMS = 1024  # several seconds of every stream together; a source that is ahead by more waits


@dataclass(frozen=True, slots=True, eq=False)
class _Joined:
    feed: Feed


@dataclass(frozen=True, slots=True, eq=False)
class _Left:
    feed: Feed


_Change = _Joined | _Left


class Roster:
    """Who takes part in a session: the feeds that it begins with, and those that join and leave.

    Law: a feed whose source is there already does not join.

    Parameters
    ----------
    feeds : iterable of Feed
        Those at the start.
    """

    def __init__(self, feeds: Iterable[Feed] = ()) -> None:
        self._feeds = list(feeds)
        self._changes: asyncio.Queue[_Change] = asyncio.Queue()
        for feed in self._feeds:
            self._changes.put_nowait(_Joined(feed))

    def __iter__(self) -> Iterator[Feed]:
        return iter(self._feeds)

    def __contains__(self, name: object) -> bool:
        return any(feed.source.name == name for feed in self._feeds)

    def join(self, feed: Feed) -> bool:
        """Let a feed take part from now on; tell whether it does."""
        if feed.source.name in self:
            return False
        self._feeds.append(feed)
        self._changes.put_nowait(_Joined(feed))
        return True

    def leave(self, name: str) -> None:
        """Let the source of this name leave; one that is not there has left already."""
        for feed in [feed for feed in self._feeds if feed.source.name == name]:
            self._feeds.remove(feed)
            self._changes.put_nowait(_Left(feed))

    def forget(self, feed: Feed) -> None:
        """Strike out a feed that came to its own end."""
        if feed in self._feeds:
            self._feeds.remove(feed)

    def waiting(self) -> Iterator[_Change]:
        """Give the changes that nobody has taken yet."""
        while not self._changes.empty():
            yield self._changes.get_nowait()

    async def changes(self) -> AsyncIterator[_Change]:
        """Give each change when it comes."""
        while True:
            yield await self._changes.get()


async def merge_live(
    roster: Roster, ticks: AsyncIterator[Tick | Gap], commands: AsyncIterator[Command | Marker], *, clock: Clock
) -> AsyncIterator[Item]:
    """Give everything in order of arrival, until all sources have come to their own end or the ticks have.

    A source that fails becomes a `Status` with its reason, one that leaves or ends before the others a `Status` that it
    stopped. Closing this iterator closes all sources.

    Parameters
    ----------
    roster : Roster
        The sources; without any the ticks alone decide about the end.
    ticks : async iterator of Tick or Gap
        Time passing, from `app.clock.session_ticks`.
    commands : async iterator of Command or Marker
        What people decide, and their markers; its end ends nothing.
    clock : Clock
        The session clock.
    """
    merge = _Merge(roster, clock)
    try:
        async with closing(merge.run(ticks, commands)) as items:
            async for item in items:
                yield item
    finally:
        await merge.close()


class _Merge:
    def __init__(self, roster: Roster, clock: Clock) -> None:
        self._roster = roster
        self._clock = clock
        self._arrived: asyncio.Queue[Item | _Change | asyncio.Task[None]] = asyncio.Queue()
        self._room = asyncio.Semaphore(_LIVE_ITEMS)
        self._tasks: set[asyncio.Task[None]] = set()
        self._reading: dict[asyncio.Task[None], Feed] = {}
        self._leaving: set[asyncio.Task[None]] = set()  # of those, the ones that are to say farewell

    async def run(
        self, ticks: AsyncIterator[Tick | Gap], commands: AsyncIterator[Command | Marker]
    ) -> AsyncIterator[Item]:
        for change in self._roster.waiting():
            self._change(change)
        ticking = self._start(ticks)
        self._start(commands)
        self._start(self._roster.changes())
        while True:
            arrived = await self._arrived.get()
            if isinstance(arrived, asyncio.Task):
                is_last = arrived is ticking or self._is_last(arrived)
                for status in self._farewell(arrived, is_last=is_last):
                    yield status
                if is_last:
                    return
                continue
            self._room.release()
            if isinstance(arrived, _Joined | _Left):
                self._change(arrived)
            else:
                yield arrived

    async def close(self) -> None:
        """Close all that is open."""
        for task in self._tasks - self._leaving:  # twice cancelled, a farewell would be cut short
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(
        self, items: AsyncIterator[Item | _Change], after: Iterable[asyncio.Task[None]] = ()
    ) -> asyncio.Task[None]:
        task = asyncio.create_task(self._read(items, set(after)))
        self._tasks.add(task)
        task.add_done_callback(self._arrived.put_nowait)  # after all that it read
        return task

    async def _read(self, items: AsyncIterator[Item | _Change], after: set[asyncio.Task[None]]) -> None:
        if after:
            await asyncio.wait(after)
        async with closing(items):
            async for item in items:
                await self._room.acquire()
                self._arrived.put_nowait(item)

    def _change(self, change: _Change) -> None:
        feed = change.feed
        if isinstance(change, _Left):
            for task in [task for task, its_feed in self._reading.items() if its_feed is feed]:
                self._leaving.add(task)
                task.cancel()
            return
        before = [task for task in self._leaving if self._reading[task].source.name == feed.source.name]
        self._reading[self._start(feed.source.items(), before)] = feed  # one that is back waits for its farewell

    def _is_last(self, task: asyncio.Task[None]) -> bool:
        """Tell whether this was the last source, and came to its own end."""
        is_own_end = task not in self._leaving
        return is_own_end and set(self._reading) == {task} and set(self._roster) <= {self._reading[task]}

    def _farewell(self, task: asyncio.Task[None], *, is_last: bool) -> Iterator[Status]:
        """Say how a source ended, if it failed or others go on; what is no source ends in silence."""
        self._tasks.discard(task)
        self._leaving.discard(task)
        feed = self._reading.pop(task, None)
        fault = None if task.cancelled() else task.exception()
        if fault is not None and not isinstance(fault, SensorError) and (feed is None or is_last):
            raise fault
        if feed is not None and (fault is not None or not is_last):
            self._roster.forget(feed)
            yield _last_words(feed, self._clock(), fault)


def _last_words(feed: Feed, t: float, fault: BaseException | None) -> Status:
    name, person = feed.source.name, feed.person
    if fault is None:
        return Status(t, name, SourceState.STOPPED, person)
    if isinstance(fault, SensorError):
        return Status(t, name, SourceState.FAILED, person, fault.reason, fault.detail)
    logger.error("a source stopped, the others go on", exc_info=fault)
    detail = _("something went wrong inside Attune; the log in the data folder says what")
    return Status(t, name, SourceState.FAILED, person, detail=detail)
