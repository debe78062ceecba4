# SPDX-License-Identifier: MIT
"""The search for sensors and the session, on the worker's event loop; nothing here is touched from another thread.

Law: there is at most one search and one session, the next one begins when the last one has closed its sources, and the
search ends before a session connects. Whatever goes wrong in either is logged and told, and the other goes on.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from app.clock import Clock
from app.live import run_live
from app.mailbox import Mailbox
from app.merge import Feed, closing
from dsp.codes import SourceState
from dsp.stream import Command, Sighting, Status
from sensors.source import SensorError

logger = logging.getLogger(__name__)

SEARCH_SOURCE = "scan"
"""The source that a `Status` about the search names."""

Connect = Callable[[str, Clock], Feed]
Search = Callable[[Clock], AsyncIterator[Sighting | Status]]


@dataclass(frozen=True, slots=True)
class Outside:
    """What the conductor reaches the world by: clocks, and how a source and a search are made."""

    clock: Clock
    sleepless: Clock
    connect: Connect
    search: Search


class Conductor:
    """Begins and ends the search and the session.

    Parameters
    ----------
    outside : Outside
        The clocks, and how sources and searches are made.
    mailbox : Mailbox
        Gets every frame, and what is no part of a session.
    """

    def __init__(self, outside: Outside, mailbox: Mailbox) -> None:
        self._outside = outside
        self._mailbox = mailbox
        self._search = _Slot()
        self._session = _Slot()
        self._commands: asyncio.Queue[Command] = asyncio.Queue()

    def look_for_sensors(self, *, on: bool) -> None:
        """Start or stop the search; a search that is on goes on."""
        if not on:
            self._search.stop()
        elif not self._search.is_busy:
            self._search.start(lambda: self._safely(self._look(), [SEARCH_SOURCE]))

    def begin(self, addresses: Sequence[str]) -> None:
        """Start a session on these sources in place of the running one."""
        self._search.stop()
        self._commands = commands = asyncio.Queue[Command]()
        self._session.start(lambda: self._safely(self._run(addresses, commands), addresses))

    def finish(self) -> None:
        """End the session."""
        self._session.stop()

    def send(self, command: Command) -> None:
        """Put a decision into the session; without a session it decides nothing."""
        if self._session.is_busy:
            self._commands.put_nowait(command)

    async def close(self) -> None:
        """End everything, and wait until the sources have closed."""
        await self._session.stopped()
        await self._search.stopped()

    async def _look(self) -> None:
        async with closing(self._outside.search(self._outside.clock)) as messages:
            async for message in messages:
                self._mailbox.put(message)

    async def _run(self, addresses: Sequence[str], commands: asyncio.Queue[Command]) -> None:
        clock = self._outside.clock
        await self._search.stopped()
        feeds = [self._outside.connect(address, clock) for address in addresses]
        logger.info("session of %d sources begins", len(feeds))
        await run_live(feeds, _taken_from(commands), [self._mailbox], clock=clock, sleepless=self._outside.sleepless)
        logger.info("session ended by itself")
        for address in addresses:
            self._mailbox.put(Status(clock(), address, SourceState.STOPPED))

    async def _safely(self, work: Coroutine[None, None, None], sources: Sequence[str]) -> None:
        """Do the work; a failure becomes a `Status` of each source. This is the worker's top."""
        reason, detail = None, _("something went wrong inside Attune; the log in the data folder says what")
        try:
            await work
            return
        except SensorError as error:
            logger.info("not begun: %s", error.reason)
            reason, detail = error.reason, error.detail
        except Exception:  # whatever it was, the person is told and the sources are closed by now
            logger.exception("the work on %d sources stopped", len(sources))
        for source in sources or [""]:
            self._mailbox.put(Status(self._outside.clock(), source, SourceState.FAILED, reason=reason, detail=detail))


class _Slot:
    """Room for one task: the next one waits until the last one has come to its end."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()  # the loop itself holds them weakly
        self._current: asyncio.Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        return self._current is not None and not self._current.done()

    def start(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        self.stop()
        self._current = asyncio.create_task(self._in_turn(work))
        self._tasks.add(self._current)
        self._current.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
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


async def _taken_from(commands: asyncio.Queue[Command]) -> AsyncIterator[Command]:
    while True:
        yield await commands.get()
