# SPDX-License-Identifier: MIT
"""The one path from a sensor to everything that shows or keeps it.

Live, replay, demo and headless sessions all run this; only where the items come from and where the frames go differs.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from app.merge import closing
from dsp.stream import Frame, Item


class Meaning(Protocol):
    """What makes a frame of an item: `dsp.pipeline.Pipeline`."""

    def update(self, item: Item) -> Frame:
        """Give all that this item adds."""


class Sink(Protocol):
    """Where frames go."""

    def put(self, frame: Frame) -> None:
        """Take a frame, never waiting."""


async def run_session(items: AsyncIterator[Item], pipeline: Meaning, sinks: Sequence[Sink]) -> None:
    """Run a session to the end of its items; however it ends, the sources are closed.

    Parameters
    ----------
    items : async iterator of Item
        What a merge gives (`app.merge`).
    pipeline : Meaning
        Makes a frame of each item.
    sinks : sequence of Sink
        Each gets every frame, in this order.
    """
    async with closing(items):
        async for item in items:
            frame = pipeline.update(item)
            for sink in sinks:
                sink.put(frame)
