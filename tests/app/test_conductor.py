# SPDX-License-Identifier: MIT
import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine

import pytest

from app.conductor import SEARCH_SOURCE, Answer, Conductor, Outside
from app.mailbox import Mailbox
from app.merge import Feed
from dsp.codes import Action, CueKind, Modality, Reason, SensorKind, SourceState
from dsp.stream import Chunk, Command, Cue, Frame, Item, Sighting, Status, Tick
from sensors.source import SensorError
from tests.app.sources import Live, Recorded, rr
from tests.virtual_time import run_virtual
from ui.backstage import Arrived

STRAP = Sighting("ble:address", "strap", (Modality.RR,), -60)
STREAM = Sighting("lsl:Secret", "Secret", (Modality.EDA,), kind=SensorKind.STREAM)


class SlowToClose(Live):
    """A source whose farewell takes two seconds."""

    async def items(self) -> AsyncIterator[Item]:
        try:
            async for item in super().items():
                yield item
        finally:
            self.is_open = True
            await asyncio.sleep(2.0)
            self.is_open = False


class Room:
    """A conductor with its mailbox, the sources that it may connect and a search that finds one strap."""

    def __init__(self, *feeds: Feed) -> None:
        loop = asyncio.get_running_loop()
        self.feeds = {feed.source.name: feed for feed in feeds}
        self.connected: list[tuple[str, float, bool]] = []
        self.is_searching = self.is_searching_streams = False
        self.mailbox = Mailbox()
        outside = Outside(
            loop.time,
            loop.time,
            self._connect,
            lambda _clock: self._search(),
            lambda _clock: self._search_streams(),
            self._remember,
        )
        self.conductor = Conductor(outside, self.mailbox)

    def drain(self) -> list[Arrived]:
        return list(self.mailbox.drain())

    def _connect(self, address: str, _clock: Callable[[], float]) -> Feed:
        self.connected.append((address, asyncio.get_running_loop().time(), self.is_searching))
        source = address.partition("@")[0]
        if source not in self.feeds:
            raise SensorError(Reason.UNKNOWN_SOURCE, f"{address} is not a source")
        return self.feeds[source]

    async def _search(self) -> AsyncIterator[Sighting | Status]:
        self.is_searching = True
        try:
            while True:
                yield STRAP
                await asyncio.sleep(1.0)
        finally:
            self.is_searching = False

    async def _search_streams(self) -> AsyncIterator[Sighting | Status]:
        self.is_searching_streams = True
        try:
            yield STREAM
            await asyncio.Event().wait()
        finally:
            self.is_searching_streams = False

    def _remember(self, answer: Answer) -> list[Sighting]:
        if answer.address != STREAM.address:
            raise SensorError(Reason.STREAM_UNKNOWN, "no search has found it")
        return [STREAM]


def in_a_room(work: Callable[[Room], Coroutine[None, None, None]], make_feeds: Callable[[], list[Feed]] = list) -> None:
    async def run() -> None:
        room = Room(*make_feeds())
        await work(room)
        await room.conductor.close()

    run_virtual(run())


def statuses(messages: list[Arrived]) -> list[tuple[str, SourceState, Reason | None]]:
    return [(m.source, m.state, m.reason) for m in messages if isinstance(m, Status)]


def test_a_session_without_a_source_breathes() -> None:
    async def work(room: Room) -> None:
        room.conductor.begin(())
        room.conductor.send(Command(0.0, Action.PACE, "client"))
        await asyncio.sleep(2.5)
        cues = [cue for message in room.drain() if isinstance(message, Frame) for cue in message.cues]
        assert cues[-1].kind is CueKind.BREATH
        assert cues[-1].plan is not None

    in_a_room(work)


def test_frames_of_the_session_come_to_the_mailbox() -> None:
    chunk = rr(0.5)

    async def work(room: Room) -> None:
        room.conductor.begin(["small"])
        await asyncio.sleep(1.5)
        frames = [message for message in room.drain() if isinstance(message, Frame)]
        assert [frame.item for frame in frames] == [Tick(0.0), chunk, Tick(1.0)]
        assert [beat.rr_ms for frame in frames for beat in frame.beats][:1] == [1000.0]

    in_a_room(work, lambda: [Feed(Live([chunk]))])


def test_cues_are_shown_to_the_source_that_follows_them() -> None:
    seen: list[Cue] = []

    async def work(room: Room) -> None:
        room.conductor.begin(["small"])
        room.conductor.send(Command(0.2, Action.PACE, "client"))
        await asyncio.sleep(3.5)
        assert seen[-1].kind is CueKind.BREATH
        assert {cue.person for cue in seen} == {"client"}

    in_a_room(work, lambda: [Feed(Live([rr(0.5)]), see=seen.append)])


def test_the_next_session_begins_when_the_last_one_has_closed_its_sources() -> None:
    async def work(room: Room) -> None:
        for name in ("a", "b", "c"):
            room.conductor.begin([name])
            if name == "a":
                await asyncio.sleep(1.0)
        await asyncio.sleep(5.0)
        assert [(name, t) for name, t, _ in room.connected] == [("a", 0.0), ("c", 3.0)]

    in_a_room(work, lambda: [Feed(SlowToClose([], name=name)) for name in "abc"])


def test_finish_closes_the_sources_and_says_nothing() -> None:
    source = Live([rr(0.5)])

    async def work(room: Room) -> None:
        room.conductor.begin(["small"])
        await asyncio.sleep(1.5)
        opened = source.is_open
        room.conductor.finish()
        await asyncio.sleep(0.1)
        assert (opened, source.is_open) == (True, False)
        assert statuses(room.drain()) == []

    in_a_room(work, lambda: [Feed(source)])


def test_finish_before_the_session_had_its_turn_connects_nothing() -> None:
    async def work(room: Room) -> None:
        room.conductor.begin(["small"])
        room.conductor.finish()
        await asyncio.sleep(1.0)
        assert room.connected == []

    in_a_room(work, lambda: [Feed(Live([]))])


def test_a_session_that_ends_by_itself_says_so_of_each_address() -> None:
    async def work(room: Room) -> None:
        room.conductor.begin(["small"])
        await asyncio.sleep(2.0)
        assert statuses(room.drain()) == [("small", SourceState.STOPPED, None)]

    in_a_room(work, lambda: [Feed(Live([rr(0.5)], ends=True))])


def test_an_address_that_is_none_is_told_with_its_reason() -> None:
    async def work(room: Room) -> None:
        room.conductor.begin(["nowhere"])
        await asyncio.sleep(0.1)
        assert statuses(room.drain()) == [("nowhere", SourceState.FAILED, Reason.UNKNOWN_SOURCE)]

    in_a_room(work)


def test_a_fault_of_our_own_is_logged_and_told_and_the_next_session_runs(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Recorded):
        async def items(self) -> AsyncIterator[Item]:
            yield rr(0.0)
            raise ZeroDivisionError

    async def work(room: Room) -> None:
        room.conductor.begin(["broken"])
        await asyncio.sleep(0.1)
        failed = [m for m in room.drain() if isinstance(m, Status)]
        assert [(m.source, m.state) for m in failed] == [("broken", SourceState.FAILED)]
        assert "log" in failed[0].detail
        room.conductor.begin(["small"])
        await asyncio.sleep(2.0)
        assert statuses(room.drain()) == [("small", SourceState.STOPPED, None)]

    with caplog.at_level(logging.INFO):
        in_a_room(work, lambda: [Feed(Broken([], name="broken")), Feed(Live([rr(0.5)], ends=True))])
    assert "ZeroDivisionError" in caplog.text


def test_the_search_finds_until_it_is_switched_off() -> None:
    async def work(room: Room) -> None:
        room.conductor.look_for_sensors(on=True)
        room.conductor.look_for_sensors(on=True)
        await asyncio.sleep(2.5)
        assert room.drain() == [STRAP] * 3
        room.conductor.look_for_sensors(on=False)
        await asyncio.sleep(2.5)
        assert room.drain() == []
        room.conductor.look_for_sensors(on=True)
        await asyncio.sleep(0.5)
        assert room.drain() == [STRAP]

    in_a_room(work)


def test_off_and_on_at_once_searches_again() -> None:
    async def work(room: Room) -> None:
        room.conductor.look_for_sensors(on=True)
        await asyncio.sleep(0.5)
        room.conductor.look_for_sensors(on=False)
        room.conductor.look_for_sensors(on=True)
        await asyncio.sleep(0.5)
        assert room.drain() == [STRAP] * 2

    in_a_room(work)


def test_a_search_goes_on_while_a_session_begins() -> None:
    async def work(room: Room) -> None:
        room.conductor.look_for_sensors(on=True)
        await asyncio.sleep(1.0)
        room.conductor.begin(["small"])
        await asyncio.sleep(1.0)
        assert [was_searching for _, _, was_searching in room.connected] == [True]
        assert room.is_searching

    in_a_room(work, lambda: [Feed(Live([]))])


def test_a_search_that_fails_is_told_as_the_search() -> None:
    async def fail() -> AsyncIterator[Sighting | Status]:
        for sighting in [STRAP]:
            yield sighting
        raise SensorError(Reason.RADIO_OFF, "off")

    async def run() -> list[Arrived]:
        loop = asyncio.get_running_loop()
        mailbox = Mailbox()
        outside = Outside(loop.time, loop.time, lambda _a, _c: Feed(Live([])), lambda _c: fail())
        conductor = Conductor(outside, mailbox)
        conductor.look_for_sensors(on=True)
        await asyncio.sleep(0.1)
        await conductor.close()
        return list(mailbox.drain())

    assert statuses(run_virtual(run())) == [(SEARCH_SOURCE, SourceState.FAILED, Reason.RADIO_OFF)]


def test_a_decision_without_a_session_decides_nothing() -> None:
    async def work(room: Room) -> None:
        room.conductor.send(Command(0.0, Action.PACE, "client"))
        room.conductor.begin(())
        await asyncio.sleep(1.5)
        kinds = {cue.kind for message in room.drain() if isinstance(message, Frame) for cue in message.cues}
        assert kinds == {CueKind.SILENCE}

    in_a_room(work)


def test_a_source_joins_and_leaves_a_session_that_goes_on() -> None:
    first, second = Live([rr(0.5, source="a"), rr(3.5, source="a")], name="a"), Live([rr(2.5, source="b")], name="b")

    async def work(room: Room) -> None:
        room.conductor.begin(["a"])
        await asyncio.sleep(1.2)
        room.conductor.join("b@partner")
        room.conductor.join("b")
        await asyncio.sleep(1.5)
        room.conductor.leave("b@partner")
        await asyncio.sleep(1.5)
        chunks = [m.item.source for m in room.drain() if isinstance(m, Frame) and isinstance(m.item, Chunk)]
        assert chunks == ["a", "b", "a"]
        assert [name for name, _, _ in room.connected] == ["a", "b@partner"]
        assert (first.is_open, second.is_open) == (True, False)

    in_a_room(work, lambda: [Feed(first), Feed(second, "partner")])


def test_to_join_without_a_session_begins_one() -> None:
    async def work(room: Room) -> None:
        room.conductor.join("small")
        await asyncio.sleep(1.5)
        assert [frame for frame in room.drain() if isinstance(frame, Frame) and frame.beats]

    in_a_room(work, lambda: [Feed(Live([rr(0.5)]))])


def test_to_join_while_the_last_session_still_closes_is_to_join_the_next_one() -> None:
    async def work(room: Room) -> None:
        room.conductor.begin(["a"])
        await asyncio.sleep(1.0)
        room.conductor.begin(["b"])
        room.conductor.join("c")
        await asyncio.sleep(5.0)
        assert sorted(name for name, _, _ in room.connected) == ["a", "b", "c"]
        assert [feed.source.is_open for feed in room.feeds.values() if isinstance(feed.source, Live)] == [
            False,
            True,
            True,
        ]

    in_a_room(work, lambda: [Feed(SlowToClose([], name=name)) for name in "abc"])


def test_who_cannot_join_is_told_with_the_reason_and_the_others_go_on() -> None:
    source = Live([rr(0.5)])

    async def work(room: Room) -> None:
        room.conductor.begin(["small", "nowhere@partner"])
        await asyncio.sleep(1.0)
        room.conductor.join("elsewhere@nobody")
        await asyncio.sleep(1.0)
        unknown = SourceState.FAILED, Reason.UNKNOWN_SOURCE
        assert statuses(room.drain()) == [("nowhere", *unknown), ("elsewhere", *unknown)]
        assert source.is_open

    in_a_room(work, lambda: [Feed(source)])


def test_a_source_that_left_may_come_back() -> None:
    async def work(room: Room) -> None:
        room.conductor.begin(["a", "b"])
        await asyncio.sleep(1.0)
        room.conductor.leave("a")
        room.conductor.join("a")
        await asyncio.sleep(3.0)
        stopped = [s.source for m in room.drain() if isinstance(m, Frame) for s in m.statuses]
        assert stopped == ["a"]
        assert [feed.source.is_open for feed in room.feeds.values() if isinstance(feed.source, Live)] == [True, True]

    in_a_room(work, lambda: [Feed(Live([], name=name)) for name in "ab"])


def test_streams_are_looked_for_only_while_that_is_switched_on() -> None:
    async def work(room: Room) -> None:
        room.conductor.look_for_sensors(on=True)
        room.conductor.begin(())
        await asyncio.sleep(1.5)
        is_on = [room.is_searching_streams]
        room.conductor.look_for_streams(on=True)
        await asyncio.sleep(0.5)
        is_on.append(room.is_searching_streams)
        assert STREAM in room.drain()
        room.conductor.look_for_streams(on=False)
        await asyncio.sleep(0.1)
        assert [*is_on, room.is_searching_streams] == [False, True, False]
        assert room.is_searching

    in_a_room(work)


def test_what_a_stream_measures_is_kept_and_shown_at_once() -> None:
    async def work(room: Room) -> None:
        room.conductor.say_what_it_measures(Answer("lsl:Secret", 1, Modality.EDA, "kiloohm"))
        assert room.drain() == [STREAM]
        room.conductor.say_what_it_measures(Answer("lsl:Other", 1, Modality.EDA, "kiloohm"))
        assert statuses(room.drain()) == [("lsl:Other", SourceState.FAILED, Reason.STREAM_UNKNOWN)]

    in_a_room(work)


def test_closing_waits_until_the_sources_have_closed() -> None:
    source = SlowToClose([rr(0.5)])

    async def work(room: Room) -> None:
        room.conductor.begin(["small"])
        room.conductor.look_for_sensors(on=True)
        await asyncio.sleep(1.0)
        await room.conductor.close()
        assert not source.is_open
        assert not room.is_searching

    in_a_room(work, lambda: [Feed(source)])
