# SPDX-License-Identifier: MIT
"""Sessions in memory for the tests of exports and imports, made by the real path."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field

from app.digest import Digest
from app.live import run_live
from app.live_merge import Roster
from app.merge import Feed, merge_items, merge_recorded, time_of
from app.session import run_session
from app.sinks import ItemLog
from app.store.contents import SessionHead, Value
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Command, Frame, Item
from sensors.made_up.faults import Faults
from sensors.realtime import RealTime
from sensors.source import Source
from sensors.synthetic import SyntheticPerson
from tests.app.sources import commands_at_their_time
from tests.virtual_time import run_virtual

STARTED_UTC_S = 1_790_000_000.0


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session that lies in memory."""

    head: SessionHead
    kept_items: Sequence[Item] = ()
    kept_values: Sequence[Value] = ()

    def items(self) -> Iterator[Item]:
        return iter(self.kept_items)

    def values(self) -> Iterator[Value]:
        return iter(self.kept_values)


@dataclass
class KeptValues:
    """A sink that keeps what frames carry besides their items."""

    all: list[Value] = field(default_factory=list)

    def put(self, frame: Frame) -> None:
        for values in (frame.beats, frame.scrs, frame.features, frame.states, frame.cues):
            self.all += values
        for said in (frame.gaps, frame.notices, frame.statuses, frame.markers):
            self.all += said


def session_of(items: Sequence[Item], persons: Sequence[str] = (CLIENT,)) -> KeptSession:
    """Put items through the one path and keep what comes out."""
    values, digest = KeptValues(), Digest()
    run_virtual(run_session(merge_items(items), Pipeline(persons), [values, digest]))
    codes = {person: f"C-{k}K3F" for k, person in enumerate(persons, 4)}
    versions = {"attune": "0.1.0", "numpy": "2"}
    head = SessionHead(
        "S-4TQ9Z",
        STARTED_UTC_S,
        7200,
        time_of(items[0]) if items else 0.0,
        time_of(items[-1]) if items else 0.0,
        codes,
        versions,
        digest.hexdigest(),
        is_synthetic=True,
    )
    return KeptSession(head, tuple(items), tuple(values.all))


def synthetic_session(
    seconds: float, *, seed: int = 3, start_s: float = 0.0, faults: Faults | None = None, more: Sequence[Command] = ()
) -> KeptSession:
    """Record a made-up person as a recording is replayed: in order of the data's time."""
    person = SyntheticPerson(seed, start_s=start_s, faults=faults or Faults())

    async def taken() -> list[Item]:
        return [item async for item in merge_recorded([_until(person, start_s + seconds)], more)]

    return session_of(run_virtual(taken()))


def live_session(seconds: float, *, seeds: dict[str, int], commands: Sequence[Command] = ()) -> KeptSession:
    """Record made-up people as a live session is: in order of arrival, ticks from the clock."""

    async def run() -> list[Item]:
        clock = asyncio.get_running_loop().time
        log = ItemLog()
        feeds = []
        for person, seed in seeds.items():
            source = RealTime(SyntheticPerson(seed, person=person), clock=clock)
            feeds.append(Feed(source, person, source.see))
        decisions = commands_at_their_time(commands)
        await run_live(Roster(feeds), decisions, [log], clock=clock, sleepless=clock, seconds=seconds)
        return log.items

    return session_of(run_virtual(run()), tuple(seeds))


class _until:  # noqa: N801 - reads as the word that it is where it is used
    """A source that ends."""

    def __init__(self, source: Source, end_s: float) -> None:
        self.name = source.name
        self._source = source
        self._end_s = end_s

    async def items(self) -> AsyncIterator[Item]:
        async for item in self._source.items():
            if time_of(item) > self._end_s:
                return
            yield item
