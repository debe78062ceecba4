# SPDX-License-Identifier: MIT
"""Reads LSL sources in the background of a test, in real time, and waits for what they are to say."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing, asynccontextmanager
from typing import TypeVar

import pylsl

from dsp.stream import Item, Sighting, Status
from sensors.lsl.inlet import LslInlet
from tests.sensors.ble.listening import Heard

T = TypeVar("T")

_PATIENCE_S = 15.0


def run(coroutine: Coroutine[None, None, T]) -> T:
    """Run in real time, which a real liblsl needs, but not for ever."""

    async def bounded() -> T:
        async with asyncio.timeout(_PATIENCE_S):
            return await coroutine

    return asyncio.run(bounded())


def now() -> float:
    """Give the session clock of these tests."""
    t: float = pylsl.local_clock()
    return t


@asynccontextmanager
async def listening(source: LslInlet) -> AsyncIterator[Heard]:
    """Read a source until the context is left; what it raises is raised here."""
    heard = Heard()

    async def read(items: AsyncGenerator[Item, None]) -> None:
        async with aclosing(items):
            async for item in items:
                heard.add(item)

    task = asyncio.create_task(read(source.items()))
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()


async def found(search: AsyncGenerator[Sighting | Status, None], wanted: int) -> dict[str, Sighting | Status]:
    """Give the first sightings and states of streams that a search tells, by address."""
    messages: dict[str, Sighting | Status] = {}
    async with aclosing(search):
        async for message in search:
            messages[message.address if isinstance(message, Sighting) else message.source] = message
            if len(messages) == wanted + 1:  # and that the search works
                return messages
    return messages
