# SPDX-License-Identifier: MIT
"""The store behind the worker: the running session, the past, and what hides by itself when nobody is there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.archive_past import Past
from app.archive_practice import Practice
from app.archive_session import SessionStoring
from app.archive_thread import ArchiveThread, StorePlace
from app.autolock import AutoLock, Place
from app.clock import Clock
from app.keeping import Keeping
from app.keeps import Decide
from app.live_merge import Roster
from ui.archive.seam import ArchiveMessage, Hidden

_LOOK_S = 1.0  # between two looks at what has to hide


class StoreRoom:
    """The store of one data folder; belongs to the worker's loop.

    Parameters
    ----------
    place : StorePlace
        Where it is.
    clock : Clock
        The session clock.
    tell : callable
        Takes each message for the screens, from any thread.
    """

    def __init__(self, place: StorePlace, clock: Clock, tell: Callable[[ArchiveMessage], None]) -> None:
        self._lock = AutoLock(clock)
        self._told = Hidden(is_beyond=False, is_all=False)
        self._tell = tell
        self._thread = ArchiveThread(place, tell)
        self.session = SessionStoring(self._thread, clock)
        self.past = Past(self._thread, self._lock)
        self.practice = Practice(self._thread, self._lock)

    @asynccontextmanager
    async def keeping(self, roster: Roster, decide: Decide, interrupted: str = "") -> AsyncIterator[Keeping]:
        """Take in the frames of a session until the block ends; of an interrupted one, go on with it."""
        self._lock.begin()
        try:
            async with self.session.keeping(roster, decide, interrupted) as keeping:
                yield keeping
        finally:
            self._lock.end()

    def use(self) -> None:
        """Somebody is there."""
        self._lock.use()

    async def watch(self) -> None:
        """Hide what nobody looks at, until it is cancelled."""
        while True:
            await asyncio.sleep(_LOOK_S)
            hidden = Hidden(is_beyond=self._lock.is_hidden(Place.BEYOND), is_all=self._lock.is_hidden(Place.LIVE))
            if hidden != self._told:
                self._told = hidden
                self._tell(hidden)
            if hidden.is_beyond and not self.session.is_running and not self.past.is_exporting:
                await self._thread.run(self._thread.close_store)

    async def close(self) -> None:
        """Close the store when everything that was asked for is done."""
        self.past.close()
        await self._thread.close()
