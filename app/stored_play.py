# SPDX-License-Identifier: MIT
"""A stored session as a source: its items through the one path again, in real time like any recording."""

from collections.abc import AsyncGenerator, Awaitable, Callable

from app.errors import AppError, Fault
from app.merge import time_of
from app.store.contents import SessionContents
from dsp.codes import Reason, SourceState
from dsp.stream import Item, Status, Tick
from sensors.source import SensorError

Stored = Callable[[str], Awaitable[SessionContents]]
"""Opens a stored session by its code."""


class StoredPlay:
    """A recorded source (`sensors.realtime.Recorded`); nothing is opened before the first item.

    Parameters
    ----------
    session : str
        The session's code.
    stored : callable
        Opens it.
    """

    def __init__(self, session: str, stored: Stored) -> None:
        self._session = session
        self._stored = stored

    @property
    def name(self) -> str:
        """The session's address."""
        return f"session:{self._session}"

    async def items(self) -> AsyncGenerator[Item, None]:
        """Give its items but for the ticks: time passes by itself."""
        try:
            contents = await self._stored(self._session)
        except AppError as error:
            is_locked = error.fault is Fault.LOCKED
            raise SensorError(Reason.FILE_DENIED if is_locked else Reason.FILE_MISSING, error.detail) from error
        is_first = True
        for item in contents.items():
            if is_first:
                is_first = False
                yield Status(time_of(item), self.name, SourceState.STREAMING)
            if not isinstance(item, Tick):
                yield item
