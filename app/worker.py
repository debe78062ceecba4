# SPDX-License-Identifier: MIT
"""The worker: one thread with one event loop, which owns the search, the sources and the pipelines.

Law: no call of a screen waits. Calls go over by `call_soon_threadsafe`, answers come back through the mailbox, and
nothing else is shared between the two threads.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from app.archive import Archive
from app.conductor import Answer, Conductor, Outside
from app.keeps import Decide, Keep, Keeps, keep_nothing
from app.live_merge import Roster
from app.mailbox import Mailbox
from dsp.codes import Modality
from dsp.stream import Command, Marker
from ui.backstage import Arrived, Message
from ui.research.seam import SendWish

if TYPE_CHECKING:
    from app.archive_room import StoreRoom
    from app.store.contents import SessionContents

MakeRoom = Callable[[Callable[[Message], None]], "StoreRoom"]
"""Makes the store's room, which tells the screens by what it is given; called on the worker's thread."""

logger = logging.getLogger(__name__)

_CLOSING_S = 3.0  # sensors.md, section 2: within it the streams are stopped and the strap is left


class Worker:
    """What is behind the screens (`ui.backstage.Backstage`).

    Parameters
    ----------
    outside : Outside
        The clocks, and how sources and searches are made.
    mailbox : Mailbox or None
        Where messages wait for the screens; one of the usual size by default.
    make_room : callable or None
        Makes the store; None stores nothing.

    Notes
    -----
    `start` comes first and `close` last; calls after that have no effect.
    """

    def __init__(self, outside: Outside, mailbox: Mailbox | None = None, make_room: MakeRoom | None = None) -> None:
        self._outside = outside
        self._mailbox = mailbox or Mailbox()
        self._make_room = make_room
        self._room: StoreRoom | None = None
        self._conductor = Conductor(outside, self._mailbox, self._keep)
        self._archive = Archive(
            self._in_room,
            lambda session: self._call(lambda: self._conductor.go_on(session)),
            lambda person: self._call(lambda: self._conductor.take_back(person)),
        )
        self._loop = asyncio.new_event_loop()
        self._closing = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="attune-worker", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> bool:
        """End everything and wait for the sources to close, at most 3 s; tell whether they did."""
        self._call(self._closing.set)
        self._thread.join(_CLOSING_S)
        if self._thread.is_alive():
            logger.warning("a source did not close within %.0f s", _CLOSING_S)
        return not self._thread.is_alive()

    @property
    def archive(self) -> Archive:
        """What was stored, and the storing of the running session."""
        return self._archive

    async def stored(self, session: str) -> "SessionContents":
        """Open a stored session, on the worker's loop."""
        if self._room is None:
            raise RuntimeError("a worker without a store has no stored sessions")
        return await self._room.past.stored(session)

    def clock(self) -> float:
        """Give the session clock's time in seconds."""
        return self._outside.clock()

    def drain(self) -> Sequence[Arrived]:
        """Take everything that came since the last call, oldest first."""
        return self._mailbox.drain()

    def look_for_sensors(self, *, on: bool) -> None:
        """Start or stop the search for sensors."""
        self._call(lambda: self._conductor.look_for_sensors(on=on))

    def look_for_streams(self, *, on: bool) -> None:
        """Start or stop the search for LSL streams, which asks the network."""
        self._call(lambda: self._conductor.look_for_streams(on=on))

    def say_what_it_measures(self, address: str, *, channel: int, modality: Modality, unit: str) -> None:
        """Answer for a stream that does not say it itself."""
        answer = Answer(address, channel, modality, unit)
        self._call(lambda: self._conductor.say_what_it_measures(answer))

    def begin(self, sources: Sequence[str]) -> None:
        """Start a session on these sources in place of the running one; none: the breathing pacer alone."""
        self._call(lambda: self._conductor.begin(tuple(sources)))

    def join(self, source: str) -> None:
        """Add a source to the running session; without one it begins one."""
        self._call(lambda: self._conductor.join(source))

    def leave(self, source: str) -> None:
        """Take a source out of the running session; the others go on."""
        self._call(lambda: self._conductor.leave(source))

    def finish(self) -> None:
        """End the running session, if there is one."""
        self._call(self._conductor.finish)

    def send_streams(self, wish: SendWish) -> None:
        """Let the running session be read by LSL, or end that."""
        self._call(lambda: self._conductor.send_streams(wish))

    def mark(self, marker: Marker) -> None:
        """Put a mark of a type into the session's stream."""
        self._call(lambda: self._conductor.send(marker))

    def send(self, command: Command) -> None:
        """Put a person's decision into the session's stream."""
        self._call(lambda: self._conductor.send(command))

    def _call(self, work: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nothing is left to be done there
            self._loop.call_soon_threadsafe(work)

    def _in_room(self, work: Callable[["StoreRoom"], object]) -> None:
        self._call(lambda: work(self._room) if self._room is not None else None)

    def _keep(self, roster: Roster, decide: Decide, interrupted: str) -> AbstractAsyncContextManager[Keeps]:
        keep: Keep = keep_nothing if self._room is None else self._room.keeping
        return keep(roster, decide, interrupted)

    def _run(self) -> None:
        self._room = self._make_room(self._mailbox.put) if self._make_room is not None else None
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        room = self._room
        watching = asyncio.create_task(room.watch()) if room is not None else None
        if room is not None:
            room.past.greet()
        await self._closing.wait()
        await self._conductor.close()
        if room is not None and watching is not None:
            watching.cancel()
            await room.close()
