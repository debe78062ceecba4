# SPDX-License-Identifier: MIT
"""A LabStreamingLayer stream as a source: found, checked, recognised, read, and found again.

Law: it goes on until it is closed; every change of state is said once with its reason; nothing waits on the event
loop's thread; no inlet is made for a stream that is refused or unknown.

Notes
-----
Each inlet is asked for samples every 20 ms on the event loop, without waiting, so that any number of them costs no
thread of ours (64 streams of 4 Hz: 14 % of a core and 3 % more in liblsl, `benchmarks/faults/lsl_streams.py`). A stream
whose sender dies is found anew by our own search rather than by liblsl: it is checked again, its gap is marked, and it
needs no source id.
"""

import asyncio
import logging
import math
import zlib
from collections.abc import AsyncGenerator, Callable

import numpy as np

from dsp.codes import Reason, SourceState
from dsp.stream import CLIENT, Item, Status
from sensors.lsl.beside import both
from sensors.lsl.describe import describe
from sensors.lsl.facts import StreamFacts, StreamKey, refuse_flood
from sensors.lsl.items import StreamItems
from sensors.lsl.recognise import (
    NO_CHOICES,
    Choices,
    Recognised,
    Signal,
    Unknown,
    recognise,
    samples_to_look_at,
    with_units,
)
from sensors.lsl.search import Found, Query, searching
from sensors.lsl.taken import Taken, pick
from sensors.lsl.wire import Wire, connected
from sensors.pump import pump
from sensors.retry import Backoff
from sensors.source import SensorError

_TURN_S = 0.02
_LOOK_S = 0.1
_SEARCH_S = 15.0
_ALL_ANSWER_S = 0.5  # then who has the same name has answered too
_OPEN_S = 10.0
_STALE_S = 3.0
_SILENT_S = 10.0
_ANSWER_S = 2.5  # two questions of liblsl, a second apart
_SHORTEST_S = 0.05
_AT_ONCE = 1024  # samples

_FOR_A_PERSON = (Reason.NOT_A_SENSOR, Reason.STREAM_UNKNOWN)  # trying again does not mend these
_AT_AN_END = (Reason.LSL_MISSING, Reason.SEVERAL_STREAMS)  # nor looking for another stream

_log = logging.getLogger(__name__)


class LslInlet:
    """A Source of what one LSL stream carries.

    Parameters
    ----------
    query : str
        `NAME`, `type=TYPE`, `source_id=ID`, or the whole key (`sensors/lsl/search.py`). The one stream that matches is
        taken and stayed with, also when its sender starts anew (see `sensors/lsl/taken.py`).
    clock : callable
        The session clock, seconds; LSL's own or another one.
    person : str
        Whose signals they are.
    choices : mapping of StreamKey to tuple of Signal
        What people chose for streams that do not say what they are.
    key : StreamKey or None
        The stream that a search showed by this query: no other one is meant.

    Raises
    ------
    ValueError
        When the query is empty.
    """

    def __init__(
        self,
        query: str,
        *,
        clock: Callable[[], float],
        person: str = CLIENT,
        choices: Choices = NO_CHOICES,
        key: StreamKey | None = None,
    ) -> None:
        self._text = query
        self._query = Query.read(query) if key is None else Query.of(key)
        self._clock = clock
        self._person = person
        self._choices = choices

    @property
    def name(self) -> str:
        """The source's address, as on the command line."""
        return f"lsl:{self._text}"

    def items(self) -> AsyncGenerator[Item, None]:
        """Give status, samples, markers and gaps until the iterator is closed.

        Raises
        ------
        SensorError
            `LSL_MISSING`; `SEVERAL_STREAMS` when more than one stream is meant.
        """
        return pump(self._live)

    async def _live(self, emit: Callable[[Item], None]) -> None:
        await _Life(
            name=self.name,
            query=self._query,
            clock=self._clock,
            person=self._person,
            choices=self._choices,
            emit=emit,
        ).run()


class _Life:
    """One opening of a stream, from idle until it is closed."""

    def __init__(
        self,
        *,
        name: str,
        query: Query,
        clock: Callable[[], float],
        person: str,
        choices: Choices,
        emit: Callable[[Item], None],
    ) -> None:
        self._name = name
        self._query = query
        self._clock = clock
        self._person = person
        self._choices = choices
        self._emit = emit
        self._items = StreamItems(name, person)
        self._backoff = Backoff(np.random.Generator(np.random.PCG64(zlib.crc32(name.encode()))))
        self._state: tuple[SourceState, Reason | None, str] | None = None
        self._passed_over: set[str] = set()  # uids of streams that were refused or unknown
        self._taken: Taken | None = None
        self._looked_at: dict[tuple[Signal, ...], tuple[Signal, ...]] = {}  # with the units that their values told
        self._heard_at = 0.0
        self._streaming_since: float | None = None

    async def run(self) -> None:
        self._say(SourceState.IDLE)
        while True:
            try:
                await self._try()
            except SensorError as error:
                if error.reason in _AT_AN_END:
                    raise
                await asyncio.sleep(self._wait_after(error))

    async def _try(self) -> None:
        """Read one stream until something goes wrong."""
        self._streaming_since = None
        found, known = await self._find()
        try:
            await self._stream(found, known)
        except SensorError as error:
            if error.reason in _FOR_A_PERSON:
                self._passed_over.add(found.uid)
            raise

    async def _stream(self, found: Found, known: StreamFacts) -> None:
        self._say(SourceState.DISCOVERING)
        facts = await describe(known, found.info)
        signals = self._recognised(facts)
        self._say(SourceState.CONNECTING)
        async with connected(found.info) as wire:
            await self._open(wire)
            self._items.begin(self._looked_at.get(signals, signals), facts.rate_hz)
            await both(self._read(wire, facts, signals), self._watch(found.uid))

    def _recognised(self, facts: StreamFacts) -> tuple[Signal, ...]:
        match recognise(facts, self._choices):
            case Recognised(signals):
                return signals
            case Unknown() as unknown:
                raise SensorError(Reason.STREAM_UNKNOWN, unknown.sentence)

    async def _find(self) -> tuple[Found, StreamFacts]:
        async with searching(self._query) as look:
            began, answered_at, reason = self._clock(), math.inf, None
            while True:
                if self._state is None or self._state[0] is not SourceState.FAILED:
                    self._say(SourceState.SCANNING, reason)
                fitting = [found for found in await look() if self._fits(found)]
                answered_at = min(answered_at, self._clock()) if fitting else math.inf
                if self._taken is not None or self._clock() - answered_at >= _ALL_ANSWER_S:
                    found = pick(fitting, self._taken)
                    if found is not None and found.facts is not None:
                        return found, found.facts
                if self._clock() - began > _SEARCH_S:
                    reason = Reason.NOT_FOUND
                await asyncio.sleep(_LOOK_S)

    def _fits(self, found: Found) -> bool:
        """Tell whether a stream can be taken; say why not where that is its fault."""
        if found.uid in self._passed_over or found.facts is None or not self._is_meant(found.facts):
            return False
        if found.refusal is not None:
            self._passed_over.add(found.uid)
            self._say(SourceState.FAILED, found.refusal.reason, found.refusal.detail)
        return found.refusal is None

    def _is_meant(self, facts: StreamFacts) -> bool:
        """Tell whether this stream was asked for, or is the one that was read, under a new source id."""
        return self._query.matches(facts) or (self._taken is not None and self._taken.is_again(facts))

    async def _open(self, wire: Wire) -> None:
        self._say(SourceState.SUBSCRIBING)
        try:
            async with asyncio.timeout(_OPEN_S):
                while not wire.is_open() or wire.offset_s() is None:  # noqa: ASYNC110 - liblsl has no event
                    await asyncio.sleep(_TURN_S)
        except TimeoutError as fault:
            raise SensorError(Reason.LINK_LOST, f"the stream did not open within {_OPEN_S:g} s") from fault

    async def _read(self, wire: Wire, facts: StreamFacts, signals: tuple[Signal, ...]) -> None:
        """Pull all that comes, every 20 ms; the first pull waits for as much as the units are told by."""
        opened, count = self._clock(), 0
        signals = self._looked_at.get(signals, signals)
        needed = samples_to_look_at(signals, facts.rate_hz)
        while True:
            while wire.waiting() >= needed:
                arrival = self._clock()
                offset_s = (wire.offset_s() or 0.0) + arrival - wire.now()
                batch = wire.pull(max(needed, _AT_ONCE))
                if needed > 1:
                    self._looked_at[signals] = with_units(signals, np.asarray(batch.values, np.float64))
                    self._items.begin(self._looked_at[signals], facts.rate_hz)
                    needed = 1
                self._hear(arrival)
                self._taken = Taken(facts, heard_at=arrival - offset_s)
                for item in self._items.update(batch, offset_s=offset_s, arrival=arrival):
                    self._emit(item)
                count += len(batch.stamps)
                refuse_flood(facts, count, arrival - opened)
                await asyncio.sleep(0)
            wire.is_open()  # or it says that its sender is gone
            await asyncio.sleep(_TURN_S)

    def _hear(self, arrival: float) -> None:
        self._heard_at = arrival
        if self._streaming_since is None:
            self._streaming_since = arrival
        self._say(SourceState.STREAMING)

    async def _watch(self, uid: str) -> None:
        """Say when nothing comes; raise when the sender does not answer any more either."""
        self._heard_at = self._clock()
        due_s = _SILENT_S
        while True:
            quiet_s = self._clock() - self._heard_at
            if quiet_s < _STALE_S:
                due_s = _SILENT_S
            else:
                self._say(SourceState.STALE, Reason.SILENT)
            if quiet_s >= due_s:
                await self._ask_for(uid)
                due_s = quiet_s + _SILENT_S
            next_s = (_STALE_S if quiet_s < _STALE_S else due_s) - quiet_s
            await asyncio.sleep(min(max(next_s, _SHORTEST_S), _STALE_S))

    async def _ask_for(self, uid: str) -> None:
        async with searching(self._query) as look:
            await asyncio.sleep(_ANSWER_S)
            is_there = uid in {found.uid for found in await look()}
        if not is_there and self._clock() - self._heard_at >= _SILENT_S:
            raise SensorError(Reason.LINK_LOST, "the stream's sender does not answer")

    def _wait_after(self, error: SensorError) -> float:
        """Say what went wrong, and give the seconds until the next try: none after data came."""
        since = self._streaming_since
        is_hard = error.reason in _FOR_A_PERSON
        self._say(SourceState.FAILED if is_hard else SourceState.RECONNECTING, error.reason, error.detail)
        wait_s = self._backoff.failed(streamed_s=0.0 if since is None else self._clock() - since)
        return wait_s if since is None else 0.0

    def _say(self, state: SourceState, reason: Reason | None = None, detail: str = "") -> None:
        if self._state == (state, reason, detail):
            return
        self._state = (state, reason, detail)
        _log.info("stream: %s (%s)", state, reason)
        self._emit(Status(self._clock(), self._name, state, self._person, reason, detail))
