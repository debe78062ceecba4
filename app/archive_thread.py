# SPDX-License-Identifier: MIT
"""The thread that works with the store, one thing at a time, and the open store itself.

Law: the worker's loop waits for no disk; what was asked for ends in a message, a refusal as well.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.clock import Clock
from app.errors import AppError, Fault
from app.store.keys import KEY_FILE
from app.store.opening import open_vault
from app.store.system_keyring import Safe
from app.store.unlock import Ask
from app.store.vault import Vault
from sensors.source import SensorError
from ui.archive.seam import ArchiveMessage, Refused, Task

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

OWN_FAULT = "own_fault"
"""The code of a fault of our own: the log says what."""


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where the store is, and what it needs of the outside: the data folder, the keyring, wall time."""

    folder: Path
    safe: Safe
    wall: Clock


class ArchiveThread:
    """Works with the store of one data folder; belongs to the worker's loop.

    Parameters
    ----------
    place : StorePlace
        Where the store is.
    tell : callable
        Takes each message for the screens, from any thread.

    Notes
    -----
    `opened`, `opens_alone` and `close_store` wait for the disk: they are called on the thread itself.
    """

    def __init__(self, place: StorePlace, tell: Callable[[ArchiveMessage], None]) -> None:
        self.place = place
        self.tell = tell
        self._vault: Vault | None = None
        self._executor = ThreadPoolExecutor(1, "attune-archive")
        self._apart = ThreadPoolExecutor(1, "attune-forget")
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, work: Callable[[], _T]) -> _T:
        """Do some work on the thread, after what was asked for before."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def do(self, task: Task, code: str, work: Callable[[], _T], then: Callable[[_T], object]) -> None:
        """Do some work on the thread, and go on with what came of it; a refusal is told."""

        async def run() -> None:
            then(await self.run(work))

        self.start(task, code, run())

    def do_apart(self, task: Task, code: str, work: Callable[[], None], then: Callable[[], object]) -> None:
        """Do some work that waits for nothing else that was asked for: on a thread of its own."""

        async def run() -> None:
            await asyncio.get_running_loop().run_in_executor(self._apart, work)
            then()

        self.start(task, code, run())

    def start(self, task: Task, code: str, work: Coroutine[None, None, None]) -> None:
        """Start work that awaits the thread; whatever stops it is told."""
        running = asyncio.get_running_loop().create_task(self._told(task, code, work))
        self._tasks.add(running)
        running.add_done_callback(self._forget)

    async def _told(self, task: Task, code: str, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except (AppError, SensorError) as error:
            _log.info("%s was refused: %s", task, code_of(error))
            self.tell(Refused(task, code_of(error), code))

    def _forget(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            _log.error("the work with the store stopped", exc_info=fault)
            self.tell(Refused(Task.OPEN, OWN_FAULT))

    async def close(self) -> None:
        """Close the store when everything that was asked for is done."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.run(self.close_store)
        for executor in (self._executor, self._apart):
            executor.shutdown(wait=False)

    # on the thread itself

    @property
    def vault(self) -> Vault | None:
        """The open store; None while it is locked, or nobody needed it yet."""
        return self._vault

    @property
    def is_there(self) -> bool:
        """Whether there is a store."""
        return (self.place.folder / KEY_FILE).exists()

    def opened(self, ask: Ask | None = None) -> Vault:
        """Give the open store; opened, and made, where it is not."""
        if self._vault is None:
            self._vault = open_vault(self.place.folder, safe=self.place.safe, wall=self.place.wall, ask=ask)
        return self._vault

    def opens_alone(self) -> bool:
        """Open the store, if there is one, where that needs nobody; tell whether it is open."""
        try:
            return self.is_there and bool(self.opened())
        except AppError as error:
            if error.fault is not Fault.LOCKED:
                raise
            return False

    def close_store(self) -> None:
        """Lock the store."""
        if self._vault is not None:
            self._vault.close()
            self._vault = None


def code_of(error: AppError | SensorError) -> str:
    """Give why something could not be done, as the screens are told it."""
    return str(error.fault if isinstance(error, AppError) else error.reason)
