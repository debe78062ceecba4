# SPDX-License-Identifier: MIT
import asyncio
import math
from collections.abc import AsyncIterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import SleepWatch, session_ticks
from app.live_merge import Roster, merge_live
from app.merge import Feed, merge_items, merge_recorded, persons_of, time_of
from dsp.codes import Action, Reason, SourceState
from dsp.stream import Chunk, Command, Gap, Item, Status, Tick
from sensors.source import SensorError
from tests.app.sources import Live, Recorded, commands_at_their_time, rr
from tests.virtual_time import run_virtual

PAUSE = Command(2.2, Action.PAUSE, "clinician")


def live(feeds: Sequence[Feed], *, seconds: float | None = None, commands: Sequence[Command] = ()) -> list[Item]:
    async def gather() -> list[Item]:
        clock = asyncio.get_running_loop().time
        ticks = session_ticks(clock, SleepWatch(clock, clock), persons_of(feeds), seconds=seconds)
        return [item async for item in merge_live(Roster(feeds), ticks, commands_at_their_time(commands), clock=clock)]

    return run_virtual(gather())


def recorded(sources: Sequence[Recorded], commands: Sequence[Command] = ()) -> list[Item]:
    async def gather() -> list[Item]:
        return [item async for item in merge_recorded(sources, commands)]

    return run_virtual(gather())


def ticks_in(items: Sequence[Item]) -> list[float]:
    return [item.t for item in items if isinstance(item, Tick)]


def test_live_items_come_in_order_of_arrival_among_ticks_and_commands() -> None:
    first, second = rr(0.4, source="a"), rr(1.5, source="b")
    items = live([Feed(Live([first], name="a")), Feed(Live([second], name="b"))], seconds=3.0, commands=[PAUSE])
    assert items == [Tick(0.0), first, Tick(1.0), second, Tick(2.0), PAUSE, Tick(3.0)]


def test_a_live_session_ends_with_its_last_source() -> None:
    short, long = rr(1.5, source="a"), rr(3.5, source="b")
    items = live([Feed(Live([short], name="a", ends=True)), Feed(Live([long], name="b", ends=True))])
    assert items[-1] is long
    assert ticks_in(items) == [0.0, 1.0, 2.0, 3.0]


def test_without_a_source_the_seconds_go_on() -> None:
    assert ticks_in(live([], seconds=5.0)) == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_a_silent_source_still_gives_its_seconds() -> None:
    assert len(ticks_in(live([Feed(Live([]))], seconds=60.0))) == 61


def test_a_source_that_fails_is_told_about_while_the_others_go_on() -> None:
    error = SensorError(Reason.LINK_LOST, "the strap is gone")
    later = rr(2.5, source="b")
    feeds = [Feed(Live([rr(0.5)], name="a", error=error), "partner"), Feed(Live([later], name="b", ends=True))]
    items = live(feeds)
    assert Status(0.5, "a", SourceState.FAILED, "partner", Reason.LINK_LOST, "the strap is gone") in items
    assert items[-1] is later


def test_a_fault_in_our_own_code_is_not_taken_for_a_source_that_ended() -> None:
    class Broken(Recorded):
        async def items(self) -> AsyncIterator[Item]:
            yield rr(0.0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        live([Feed(Broken([]))], seconds=10.0)


def test_closing_the_merge_closes_every_source() -> None:
    async def leave_early() -> tuple[list[bool], list[bool]]:
        sources = [Live([rr(0.5)], name="a"), Live([], name="b")]
        clock = asyncio.get_running_loop().time
        ticks = session_ticks(clock, SleepWatch(clock, clock), ())
        items = merge_live(Roster(Feed(s) for s in sources), ticks, commands_at_their_time([]), clock=clock)
        await anext(items)
        await anext(items)
        opened = [source.is_open for source in sources]
        await items.aclose()  # type: ignore[attr-defined]  # an async generator
        return opened, [source.is_open for source in sources]

    assert run_virtual(leave_early()) == ([True, True], [False, False])


def test_cancelling_the_reader_closes_every_source() -> None:
    async def cancelled() -> bool:
        source = Live([rr(0.5)])
        clock = asyncio.get_running_loop().time
        ticks = session_ticks(clock, SleepWatch(clock, clock), ())

        async def read() -> None:
            async for _ in merge_live(Roster([Feed(source)]), ticks, commands_at_their_time([]), clock=clock):
                pass

        task = asyncio.create_task(read())
        await asyncio.sleep(3.3)
        task.cancel()
        await asyncio.wait([task])
        return source.is_open

    assert not run_virtual(cancelled())


def test_a_reader_that_is_slow_makes_a_fast_source_wait() -> None:
    async def ahead() -> int:
        given = 0

        class Counting(Recorded):
            async def items(self) -> AsyncIterator[Item]:
                nonlocal given
                for given in range(100_000):
                    yield rr(float(given))

        clock = asyncio.get_running_loop().time
        ticks = session_ticks(clock, SleepWatch(clock, clock), ())
        items = merge_live(Roster([Feed(Counting([]))]), ticks, commands_at_their_time([]), clock=clock)
        await anext(items)
        await asyncio.sleep(10.0)
        await items.aclose()  # type: ignore[attr-defined]  # an async generator
        return given

    assert run_virtual(ahead()) < 2000


def test_a_silent_minute_of_a_recording_gives_its_sixty_seconds() -> None:
    items = recorded([Recorded([rr(0.8), rr(60.9)])])
    assert ticks_in(items) == [float(t) for t in range(1, 62)]


def test_a_tick_comes_after_all_data_up_to_it() -> None:
    at, after = rr(2.0), rr(2.001)
    items = recorded([Recorded([rr(1.1), at, after])])
    assert items[1:] == [at, Tick(2.0), after, Tick(3.0)]


def test_recordings_are_joined_by_time_and_the_first_named_comes_first() -> None:
    a = [rr(0.5, source="a"), rr(2.5, source="a")]
    b = [rr(0.5, source="b"), rr(1.5, source="b")]
    joined = [item for item in recorded([Recorded(a), Recorded(b)]) if isinstance(item, Chunk)]
    assert joined == [a[0], b[0], b[1], a[1]]


def test_recorded_commands_come_at_their_time() -> None:
    first, second = rr(1.5), rr(2.5)
    assert recorded([Recorded([first, second])], [PAUSE]) == [first, Tick(2.0), PAUSE, second, Tick(3.0)]


def test_the_ticks_of_a_recording_begin_at_its_samples_not_at_its_status() -> None:
    status = Status(-40.0, "small", SourceState.STREAMING)
    assert ticks_in(recorded([Recorded([status, rr(7.25)])])) == [8.0]


def test_a_gap_at_the_end_still_has_its_seconds() -> None:
    gap = Gap(1.5, 4.2, Reason.BEATS_LOST, "small")
    assert ticks_in(recorded([Recorded([rr(1.5), gap])])) == [2.0, 3.0, 4.0, 5.0]


def test_a_recording_without_samples_has_no_seconds() -> None:
    assert recorded([Recorded([])]) == []


def test_a_recording_that_fails_stops_the_replay() -> None:
    with pytest.raises(SensorError, match="line 7"):
        recorded([Recorded([rr(1.0)], error=SensorError(Reason.FILE_MALFORMED, "line 7: no number"))])


def test_a_time_that_jumps_by_years_is_told_and_not_ticked_through() -> None:
    with pytest.raises(SensorError, match="25 hours") as raised:
        recorded([Recorded([rr(1.0)]), Recorded([rr(1.7e9)])])
    assert raised.value.reason is Reason.CLOCK_JUMP


def test_a_silence_of_a_day_and_a_sample_is_ticked_through() -> None:
    assert ticks_in(recorded([Recorded([rr(1.0), rr(86_401.01)])]))[-1] == 86_402.0


def test_closing_a_replay_closes_its_recordings() -> None:
    async def leave_early() -> list[bool]:
        sources = [Recorded([rr(1.0), rr(2.0)]), Recorded([rr(1.0), rr(2.0)])]
        items = merge_recorded(sources)
        await anext(items)
        await items.aclose()  # type: ignore[attr-defined]  # an async generator
        return [source.is_open for source in sources]

    assert run_virtual(leave_early()) == [False, False]


def test_items_again_are_the_same_items() -> None:
    async def again(items: Sequence[Item]) -> list[Item]:
        return [item async for item in merge_items(items)]

    items = live([Feed(Live([rr(0.4)]))], seconds=3.0, commands=[PAUSE])
    assert run_virtual(again(items)) == items


steps = st.lists(st.floats(0.001, 70.0), min_size=1, max_size=40)


@given(st.lists(steps, min_size=1, max_size=4))
def test_recorded_time_moves_evenly_whatever_the_sources_hold(cuts: list[list[float]]) -> None:
    sources = []
    for row in cuts:
        times = [math.fsum(row[: k + 1]) for k in range(len(row))]
        sources.append(Recorded([rr(t) for t in times]))
    items = recorded(sources)
    samples = [item.arrival for item in items if isinstance(item, Chunk)]
    assert samples == sorted(samples)
    assert ticks_in(items) == [float(t) for t in range(math.ceil(samples[0]), math.ceil(samples[-1]) + 1)]
    order = [(time_of(item), isinstance(item, Tick)) for item in items]
    assert order == sorted(order)
