# SPDX-License-Identifier: MIT
"""Room for one task at a time.

Law: the next task begins when the last one has come to its end, however long its farewell takes; of those that wait
for their turn only the newest has it.
"""

import asyncio
from collections.abc import Callable, Coroutine


class Slot:
    """Room for one task; belongs to the event loop in which it is first used."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()  # the loop itself holds them weakly
        self._current: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether there is a task that runs, or waits for its turn."""
        return self._current is not None and not self._current.done()

    def start(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Stop what there is, and do this after it."""
        self.stop()
        self._current = asyncio.create_task(self._in_turn(work))
        self._tasks.add(self._current)
        self._current.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
        """Stop, without waiting."""
        if self._current is not None:
            self._current.cancel()
            self._current = None

    async def stopped(self) -> None:
        """Stop, and wait until what it was doing has come to its end."""
        self.stop()
        async with self._turn:
            pass

    async def _in_turn(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        async with self._turn:
            await work()
