# SPDX-License-Identifier: MIT
"""The one place that joins sources with the ticks and with what people decided; `app/live_merge.py` is its live half.

Live, items come out in order of arrival. Over recordings they come out in order of the data's time, and a tick at t
follows all data up to t: time moves on through the silences of a recording as well. What comes out, kept, is the whole
session: `merge_items` gives it again.
"""

import asyncio
import heapq
import math
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from dsp.codes import Reason
from dsp.stream import CLIENT, NOBODY, Chunk, Command, Cue, Item, Tick
from resources.words import gettext as _
from sensors.source import SensorError, Source

T = TypeVar("T")

_LONGEST_SILENCE_S = 25 * 3600.0  # a day and the samples beside it; beyond is a broken time column, not a silence


@dataclass(frozen=True, slots=True)
class Feed:
    """A source, whom it measures, how it is shown the cues if it follows them, and the options behind its address."""

    source: Source
    person: str = CLIENT
    see: Callable[[Cue], None] | None = None
    options: str = ""


def persons_of(feeds: Iterable[Feed]) -> tuple[str, ...]:
    """Give each person once, in order of the feeds; the client where there is no feed, nobody's are none's."""
    persons = dict.fromkeys(feed.person for feed in feeds) or {CLIENT: None}
    return tuple(person for person in persons if person != NOBODY)


@asynccontextmanager
async def closing(items: AsyncIterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """Close `items` at the end of the block, however it ends: that closes the source behind it."""
    try:
        yield items
    finally:
        if isinstance(items, AsyncGenerator):
            await items.aclose()


async def merge_recorded(sources: Sequence[Source], commands: Iterable[Command] = ()) -> AsyncIterator[Item]:
    """Give everything in order of the data's time, with a tick each second of it.

    The first tick is at ceil(first sample's time), the last at ceil(last time), each after all data up to it. Only the
    next item of each source is held.

    Parameters
    ----------
    sources : sequence of Source
        Recorded sources, each in order of its data's time.
    commands : iterable of Command
        What people decided, in order of time.

    Raises
    ------
    SensorError
        When a source fails, or its time jumps by more than 25 hours.
    """
    seconds = _Seconds()
    async with AsyncExitStack() as stack:
        streams = [await stack.enter_async_context(closing(source.items())) for source in sources]
        items = await stack.enter_async_context(closing(_by_time([*streams, merge_items(commands)])))
        async for item in items:
            for tick in seconds.before(item):
                yield tick
                await asyncio.sleep(0)  # a long recording stays cancellable
            yield item
    for tick in seconds.after_all():
        yield tick


async def merge_items(items: Iterable[Item]) -> AsyncIterator[Item]:
    """Give again what a merge gave: ticks and commands are among the items."""
    for item in items:
        yield item


def time_of(item: Item) -> float:
    """Give the time at which an item was known: the arrival of a chunk, the end of a gap."""
    return item.arrival if isinstance(item, Chunk) else item.t


async def _by_time(streams: Sequence[AsyncIterator[Item]]) -> AsyncIterator[Item]:
    """Join streams by time, the earlier stream first where times are equal."""
    heads: list[tuple[float, int, Item]] = []

    async def advance(order: int) -> None:
        item = await anext(streams[order], None)
        if item is not None:
            heapq.heappush(heads, (time_of(item), order, item))

    for order in range(len(streams)):
        await advance(order)
    while heads:
        order, item = heapq.heappop(heads)[1:]
        yield item
        await advance(order)


class _Seconds:
    """The ticks of a recording: one each second from its first sample on."""

    def __init__(self) -> None:
        self._next_s: float | None = None
        self._newest_s = -math.inf

    def before(self, item: Item) -> Iterable[Tick]:
        """Give the ticks that come before `item`."""
        t = time_of(item)
        if self._next_s is None and isinstance(item, Chunk) and len(item.t):
            self._next_s = float(math.ceil(item.t[0]))
        if self._next_s is not None and t - max(self._newest_s, self._next_s) > _LONGEST_SILENCE_S:
            raise SensorError(Reason.CLOCK_JUMP, _("the time jumps to {t:.0f} s, more than 25 hours ahead").format(t=t))
        self._newest_s = max(self._newest_s, t)
        is_due = self._next_s is not None and self._next_s < t
        return self._while(lambda next_s: next_s < t) if is_due else ()

    def after_all(self) -> Iterator[Tick]:
        """Give the ticks up to the whole second that ends the recording."""
        yield from self._while(lambda next_s: next_s < self._newest_s + 1.0)

    def _while(self, is_due: Callable[[float], bool]) -> Iterator[Tick]:
        while self._next_s is not None and is_due(self._next_s):
            yield Tick(self._next_s)
            self._next_s += 1.0
