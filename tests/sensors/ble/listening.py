# SPDX-License-Identifier: MIT
"""Reads a source in the background of a test and waits for what it is to say."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from dsp.codes import Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, Gap, Item, Notice, Status
from sensors.ble.sensor import BleSensor
from tests.virtual_time import run_virtual

T = TypeVar("T")

_PATIENCE_S = 2000.0


def run(coroutine: Coroutine[None, None, T]) -> T:
    """Run on virtual time, but not for ever: an advertiser on the air would keep the clock going."""

    async def bounded() -> T:
        async with asyncio.timeout(_PATIENCE_S):
            return await coroutine

    return run_virtual(bounded())


def now() -> float:
    """The session clock of these tests."""
    return asyncio.get_running_loop().time()


@dataclass
class Heard:
    """What a source has given so far."""

    items: list[Item] = field(default_factory=list)
    _n_waited: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, item: Item) -> None:
        self.items.append(item)
        self._news.set()

    async def until(self, is_there: Callable[[], object]) -> None:
        while not is_there():
            self._news.clear()
            await self._news.wait()

    async def state(self, state: SourceState, reason: Reason | None = None) -> None:
        """Wait until the source says that state, after the last one waited for."""
        await self.until(lambda: (state, reason) in self.states[self._n_waited :])
        self._n_waited += self.states[self._n_waited :].index((state, reason)) + 1

    async def calm(self) -> None:
        """Let everything that is under way arrive."""
        await asyncio.sleep(0.01)

    @property
    def statuses(self) -> list[Status]:
        return [i for i in self.items if isinstance(i, Status)]

    @property
    def states(self) -> list[tuple[SourceState, Reason | None]]:
        return [(s.state, s.reason) for s in self.statuses]

    @property
    def gaps(self) -> list[Gap]:
        return [i for i in self.items if isinstance(i, Gap)]

    def notices(self, code: NoticeCode) -> list[Notice]:
        return [i for i in self.items if isinstance(i, Notice) and i.code is code]

    def chunks(self, modality: Modality) -> list[Chunk]:
        return [i for i in self.items if isinstance(i, Chunk) and i.modality is modality]


@asynccontextmanager
async def listening(source: BleSensor) -> AsyncIterator[Heard]:
    """Read a source until the context is left; what it raises is raised here."""
    heard = Heard()

    async def read() -> None:
        async with aclosing(source.items()) as items:
            async for item in items:
                heard.add(item)

    task = asyncio.create_task(read())
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()
