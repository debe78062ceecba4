# SPDX-License-Identifier: MIT
"""A virtual device's own pace: frame after frame until it is stopped."""

import asyncio
from collections.abc import Callable, Coroutine


class Streaming:
    """Sends every so many seconds, by the loop's clock, without drifting.

    Parameters
    ----------
    send : coroutine function
        Sends one frame.
    every_s : float
        Seconds from frame to frame.
    """

    def __init__(self, send: Callable[[], Coroutine[None, None, None]], every_s: float) -> None:
        self._send = send
        self._every_s = every_s
        self._task = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        self._task.cancel()

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        due = clock()
        while True:
            due += self._every_s
            await asyncio.sleep(due - clock())
            await self._send()
