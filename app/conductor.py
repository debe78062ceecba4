# SPDX-License-Identifier: MIT
"""The searches and the session, on the worker's event loop; nothing here is touched from another thread.

Law: there is at most one search of each kind and one session, and the next session begins when the last one has closed
its sources. Whatever goes wrong in one of them is logged and told, and the others go on.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from app.address import Address
from app.clock import Clock
from app.diagnostics import Diagnostics, Surveyed
from app.keeps import Keep, Keeps, keep_nothing
from app.live import run_live
from app.live_merge import Roster
from app.mailbox import Mailbox
from app.marking import Marking, open_for_markers
from app.merge import Feed, closing, persons_of
from app.outlets_live import LiveSending
from app.own_streams import OwnStreams
from app.slot import Slot
from dsp.codes import Modality, SourceState
from dsp.stream import CLIENT, Command, Marker, Sighting, Status
from resources.words import gettext as _
from sensors.source import SensorError
from ui.research.seam import SendWish

logger = logging.getLogger(__name__)

SEARCH_SOURCE = "scan"
STREAM_SOURCE = "lsl"
"""The sources that a `Status` about the search for sensors, or for streams, names."""

Connect = Callable[[str, Clock], Feed]
Search = Callable[[Clock], AsyncIterator[Sighting | Status]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said of one channel of a stream."""

    address: str
    channel: int
    modality: Modality
    unit: str


async def _nothing(_clock: Clock) -> AsyncIterator[Sighting | Status]:
    no_messages: tuple[Sighting | Status, ...] = ()
    for message in no_messages:
        yield message


@dataclass(frozen=True, slots=True)
class Outside:
    """What the conductor reaches the world by.

    Parameters
    ----------
    clock, sleepless : Clock
        The session clock, and one that goes on while the machine sleeps.
    connect : callable
        Makes a source of an address; raises `SensorError` for what is none.
    search, search_streams : callable
        Make a search for sensors, and one for LSL streams.
    remember : callable
        Keeps an answer for good, and gives what the stream gives by it; raises `SensorError` where it makes no sense.
    folder : Path or None
        The data folder whose sessions `attune mark` finds; None lets no markers in from other terminals, and sends no
        streams.
    own_streams : OwnStreams
        Is told what our own LSL streams are known by while they are sent.
    """

    clock: Clock
    sleepless: Clock
    connect: Connect
    search: Search
    search_streams: Search = _nothing
    remember: Callable[[Answer], Iterable[Sighting]] = lambda _answer: ()
    folder: Path | None = None
    own_streams: OwnStreams = field(default_factory=OwnStreams)


class Conductor:
    """Begins and ends the searches and the session.

    Parameters
    ----------
    outside : Outside
        The clocks, and how sources and searches are made.
    mailbox : Mailbox
        Gets every frame, and what is no part of a session.
    keep : callable
        Keeps the session, where there is a store.
    """

    def __init__(self, outside: Outside, mailbox: Mailbox, keep: Keep = keep_nothing) -> None:
        self._outside = outside
        self._keep = keep
        self._mailbox = mailbox
        self._search = Slot()
        self._stream_search = Slot()
        self._running = Slot()
        self._session = _Session(outside)
        self._sending = LiveSending(outside.clock, outside.folder, mailbox.put, outside.own_streams)

    def look_for_sensors(self, *, on: bool) -> None:
        """Start or stop the search for sensors; a search that is on goes on."""
        self._look(self._search, self._outside.search, SEARCH_SOURCE, on=on)

    def look_for_streams(self, *, on: bool) -> None:
        """Start or stop the search for LSL streams, which asks the network."""
        self._look(self._stream_search, self._outside.search_streams, STREAM_SOURCE, on=on)

    def say_what_it_measures(self, answer: Answer) -> None:
        """Keep a person's answer, and show what the stream gives now."""
        try:
            for sighting in self._outside.remember(answer):
                self._mailbox.put(sighting)
        except SensorError as error:
            self._say_failed(answer.address, error)

    def begin(self, addresses: Sequence[str]) -> None:
        """Start a session on these sources in place of the running one."""
        self._session = session = _Session(self._outside)
        self._running.start(lambda: self._safely(self._run(session, addresses), addresses))

    def go_on(self, interrupted: str) -> None:
        """Go on with an interrupted session, with the sources that it had."""
        self._session = session = _Session(self._outside)
        self._running.start(lambda: self._safely(self._run(session, (), interrupted), ()))

    def join(self, address: str) -> None:
        """Add a source to the running session, or begin one on it."""
        if not self._running.is_busy:
            self.begin([address])
        else:
            self._join(self._session, address)

    def leave(self, address: str) -> None:
        """Take a source out of the running session."""
        self._session.leave(address)

    def finish(self) -> None:
        """End the session."""
        self._running.stop()

    def send_streams(self, wish: SendWish) -> None:
        """Let the running session be read by LSL, or end that; without a session nothing is sent."""
        if self._running.is_busy:
            self._sending.wish(wish)

    def take_back(self, person: str) -> None:
        """Send nothing more of a person."""
        self._sending.take_back(person)

    def send(self, command: Command | Marker) -> None:
        """Put a decision into the session; without a session it decides nothing."""
        if self._running.is_busy:
            self._session.decisions.put_nowait(command)

    async def close(self) -> None:
        """End everything, and wait until the sources have closed."""
        await asyncio.gather(self._running.stopped(), self._search.stopped(), self._stream_search.stopped())

    def _join(self, session: "_Session", address: str) -> None:
        """Let a source take part; one that is none is told of, and the others go on."""
        try:
            session.join(address)
        except SensorError as error:
            self._say_failed(address, error)

    def _look(self, slot: Slot, search: Search, source: str, *, on: bool) -> None:
        if not on:
            slot.stop()
        elif not slot.is_busy:
            slot.start(lambda: self._safely(self._pass_on(search), [source]))

    async def _pass_on(self, search: Search) -> None:
        async with closing(search(self._outside.clock)) as messages:
            async for message in messages:
                self._mailbox.put(message)

    async def _run(self, session: "_Session", addresses: Sequence[str], interrupted: str = "") -> None:
        outside = self._outside
        async with self._keep(session.roster, session.decisions.put_nowait, interrupted) as keeping:
            for frame in keeping.shown:
                self._mailbox.put(frame)
            for address in (*addresses, *keeping.addresses):
                self._join(session, address)
            if addresses and not session.sources:
                return
            logger.info("session of %d sources begins", len(session.sources))
            async with self._open_for_markers(session), self._sending.of(keeping.let_send) as sending:
                await run_live(
                    session.roster,
                    session.commands(),
                    [keeping, self._mailbox, self._diagnostics(session, keeping), sending],
                    clock=outside.clock,
                    sleepless=outside.sleepless,
                    before=keeping.before,
                    pipeline=keeping.pipeline,
                )
        logger.info("session ended by itself")
        for source in session.sources:
            self._mailbox.put(Status(outside.clock(), source, SourceState.STOPPED))

    def _diagnostics(self, session: "_Session", keeping: Keeps) -> Diagnostics:
        surveyed = Surveyed(session.roster, keeping.configuration, keeping.place, self._outside.folder)
        return Diagnostics(surveyed, self._outside.clock, self._mailbox.put)

    def _open_for_markers(self, session: "_Session") -> AbstractAsyncContextManager[None]:
        folder = self._outside.folder
        if folder is None:
            return nullcontext()

        def persons() -> Sequence[str]:
            return (CLIENT, *persons_of(session.roster))  # whose sensors may still be nobody's

        return open_for_markers(folder, Marking(self._outside.clock, persons, session.decisions.put_nowait))

    async def _safely(self, work: Coroutine[None, None, None], sources: Sequence[str]) -> None:
        """Do the work; a failure becomes a `Status` of each source. This is the worker's top."""
        try:
            await work
        except SensorError as error:
            for source in sources:
                self._say_failed(source, error)
        except Exception:  # whatever it was, the person is told and the sources are closed by now
            logger.exception("the work on %d sources stopped", len(sources))
            for source in sources or [""]:
                self._say_failed(source, None)

    def _say_failed(self, address: str, error: SensorError | None) -> None:
        reason, detail = None, _("something went wrong inside Attune; the log in the data folder says what")
        if error is not None:
            logger.info("not begun: %s", error.reason)
            reason, detail = error.reason, error.detail
        source = Address.read(address).source
        self._mailbox.put(Status(self._outside.clock(), source, SourceState.FAILED, reason=reason, detail=detail))


class _Session:
    """One session: its sources, by the addresses that they were asked for, and what people decide."""

    def __init__(self, outside: Outside) -> None:
        self.roster = Roster()
        self.decisions: asyncio.Queue[Command | Marker] = asyncio.Queue()
        self._outside = outside
        self._names: dict[str, str] = {}  # of the sources; `demo` is called `demo:1`

    @property
    def sources(self) -> list[str]:
        """The sources that are there, as they were asked for."""
        return [source for source, name in self._names.items() if name in self.roster]

    def join(self, address: str) -> None:
        source = Address.read(address).source
        if self._names.get(source) in self.roster:
            return
        feed = self._outside.connect(address, self._outside.clock)
        if self.roster.join(feed):
            self._names[source] = feed.source.name

    def leave(self, address: str) -> None:
        source = Address.read(address).source
        self.roster.leave(self._names.get(source, source))

    async def commands(self) -> AsyncIterator[Command | Marker]:
        while True:
            yield await self.decisions.get()
