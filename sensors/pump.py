# SPDX-License-Identifier: MIT
"""A task that emits, read as an iterator.

Law: closing the iterator cancels the task and waits until it has cleaned up; a fault of the task reaches the reader.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import TypeVar

T = TypeVar("T")

_ASK_AGAIN_S = (
    3.5  # cleaning up takes at most 3 s; a library may swallow a cancellation (Python 3.11's `wait_for` does)
)


async def pump(run: Callable[[Callable[[T], None]], Coroutine[None, None, None]]) -> AsyncGenerator[T, None]:
    """Run a task and give what it emits, in order, until it ends or the iterator is closed.

    Parameters
    ----------
    run : coroutine function
        Is given `emit`, which never waits.
    """
    queue: asyncio.Queue[T | None] = asyncio.Queue()
    task = asyncio.create_task(run(queue.put_nowait))
    task.add_done_callback(lambda _: queue.put_nowait(None))
    try:
        while (item := await queue.get()) is not None:
            yield item
        await task
    finally:
        while not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=_ASK_AGAIN_S)
