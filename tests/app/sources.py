# SPDX-License-Identifier: MIT
"""Small real sources for the tests of `app`: what they give, and when, is written down in each test."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from dsp.codes import Modality
from dsp.stream import CLIENT, Chunk, Command, Item
from sensors.source import SensorError


def rr(t: float, rr_ms: float = 1000.0, *, source: str = "small", person: str = CLIENT) -> Chunk:
    return Chunk(Modality.RR, [t], [rr_ms], t, source, person)  # type: ignore[arg-type]  # a Chunk copies any array-like


class Recorded:
    """Gives its items at once, and knows whether it was closed."""

    def __init__(self, items: Sequence[Item], *, name: str = "small", error: SensorError | None = None) -> None:
        self.name = name
        self.is_open = False
        self._items = items
        self._error = error

    async def items(self) -> AsyncIterator[Item]:
        self.is_open = True
        try:
            for item in self._items:
                yield item
            if self._error is not None:
                raise self._error
        finally:
            self.is_open = False


class Live:
    """Gives each item when the loop's time has come to its own, then fails, ends, or stays open for ever."""

    def __init__(
        self, items: Sequence[Chunk], *, name: str = "small", ends: bool = False, error: SensorError | None = None
    ) -> None:
        self.name = name
        self.is_open = False
        self._items = items
        self._ends = ends
        self._error = error

    async def items(self) -> AsyncIterator[Item]:
        self.is_open = True
        loop = asyncio.get_running_loop()
        try:
            for item in self._items:
                await asyncio.sleep(item.arrival - loop.time())
                yield item
            if self._error is not None:
                raise self._error
            if not self._ends:
                await asyncio.Event().wait()
        finally:
            self.is_open = False


async def commands_at_their_time(commands: Sequence[Command]) -> AsyncIterator[Command]:
    for command in commands:
        await asyncio.sleep(command.t - asyncio.get_running_loop().time())
        yield command
