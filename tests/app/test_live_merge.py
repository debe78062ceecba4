# SPDX-License-Identifier: MIT
"""Sources that join and leave while a session runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from app.clock import SleepWatch, session_ticks
from app.live_merge import Roster, merge_live
from app.merge import Feed
from dsp.codes import Reason, SourceState
from dsp.stream import Item, Status, Tick
from sensors.source import SensorError
from tests.app.sources import Live, Recorded, commands_at_their_time, rr
from tests.virtual_time import run_virtual

Acts = Sequence[tuple[float, Callable[[Roster], object]]]


def happened(feeds: Sequence[Feed], acts: Acts, *, seconds: float | None = None) -> list[Item]:
    """Run a session, and act on its roster at the times given."""

    async def gather() -> list[Item]:
        clock, roster = asyncio.get_running_loop().time, Roster(feeds)

        async def act() -> None:
            for t, what in acts:
                await asyncio.sleep(t - clock())
                what(roster)

        acting = asyncio.create_task(act())
        ticks = session_ticks(clock, SleepWatch(clock, clock), (), seconds=seconds)
        items = [item async for item in merge_live(roster, ticks, commands_at_their_time([]), clock=clock)]
        await acting
        return items

    return run_virtual(gather())


def without_ticks(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if not isinstance(item, Tick)]


class SlowToClose(Live):
    """A source whose farewell takes two seconds; it knows how many of its kind are open."""

    open_at_once = 0
    most_open_at_once = 0

    async def items(self) -> AsyncIterator[Item]:
        kind = type(self)
        kind.open_at_once += 1
        kind.most_open_at_once = max(kind.most_open_at_once, kind.open_at_once)
        try:
            async for item in super().items():
                yield item
        finally:
            await asyncio.sleep(2.0)
            kind.open_at_once -= 1


def test_a_source_that_joins_is_read_beside_the_others() -> None:
    first, second = rr(3.5, source="a"), rr(2.5, source="b")
    items = happened(
        [Feed(Live([first], name="a"))], [(1.5, lambda r: r.join(Feed(Live([second], name="b"))))], seconds=4.0
    )
    assert without_ticks(items) == [second, first]


def test_a_source_joins_a_session_without_any() -> None:
    item = rr(2.5)
    assert without_ticks(happened([], [(1.5, lambda r: r.join(Feed(Live([item]))))], seconds=4.0)) == [item]


def test_the_same_source_twice_is_refused_quietly() -> None:
    joined: list[bool] = []
    item = rr(2.5, source="a")
    second = Live([rr(3.0, source="a")], name="a")
    items = happened(
        [Feed(Live([item], name="a"))], [(1.5, lambda r: joined.append(r.join(Feed(second))))], seconds=4.0
    )
    assert joined == [False]
    assert without_ticks(items) == [item]


def test_a_source_that_leaves_is_closed_and_says_so_and_the_others_go_on() -> None:
    leaving, staying = Live([rr(1.0, source="a"), rr(3.0, source="a")], name="a"), Live([rr(3.5, source="b")], name="b")
    items = happened([Feed(leaving, "partner"), Feed(staying)], [(2.5, lambda r: r.leave("a"))], seconds=5.0)
    assert Status(2.5, "a", SourceState.STOPPED, "partner") in items
    assert [item.t for item in without_ticks(items)[:1]] == [[1.0]]
    assert without_ticks(items)[-1] is staying._items[0]
    assert not leaving.is_open


def test_when_the_last_source_leaves_the_seconds_go_on() -> None:
    items = happened([Feed(Live([], name="a"))], [(1.5, lambda r: r.leave("a"))], seconds=5.0)
    assert sum(isinstance(item, Tick) for item in items) == 6


def test_who_is_not_there_cannot_leave() -> None:
    assert without_ticks(happened([], [(1.5, lambda r: r.leave("a"))], seconds=3.0)) == []


def test_a_source_that_comes_back_waits_for_its_own_farewell() -> None:
    SlowToClose.open_at_once = SlowToClose.most_open_at_once = 0
    later = rr(6.0, source="a")
    items = happened(
        [Feed(SlowToClose([], name="a"))],
        [(1.0, lambda r: r.leave("a")), (1.1, lambda r: r.join(Feed(SlowToClose([later], name="a"))))],
        seconds=7.0,
    )
    assert without_ticks(items)[-1] is later
    assert SlowToClose.most_open_at_once == 1


def test_a_slow_farewell_holds_up_nobody() -> None:
    during = rr(1.5, source="b")
    items = happened(
        [Feed(SlowToClose([], name="a")), Feed(Live([during], name="b"))], [(1.0, lambda r: r.leave("a"))], seconds=4.0
    )
    assert without_ticks(items)[0] is during


def test_a_source_that_ends_before_the_others_says_so() -> None:
    items = happened([Feed(Live([], name="a", ends=True)), Feed(Live([rr(2.0)], ends=True))], [])
    assert Status(0.0, "a", SourceState.STOPPED) in items


def test_a_source_that_ended_may_join_again() -> None:
    again = rr(3.0, source="a")
    items = happened(
        [Feed(Live([], name="a", ends=True)), Feed(Live([], name="b"))],
        [(2.0, lambda r: r.join(Feed(Live([again], name="a"))))],
        seconds=4.0,
    )
    assert without_ticks(items)[-1] is again


def test_one_that_fails_ends_none_of_the_others() -> None:
    later = rr(3.0, source="b")
    gone = Feed(Live([], name="a", error=SensorError(Reason.LINK_LOST, "gone")))
    items = happened([Feed(Live([later], name="b"))], [(1.0, lambda r: r.join(gone))], seconds=4.0)
    failed = Status(1.0, "a", SourceState.FAILED, reason=Reason.LINK_LOST, detail="gone")
    assert [item for item in items if isinstance(item, Status)] == [failed]  # and not that it stopped
    assert without_ticks(items)[-1] is later


def test_a_fault_of_ours_in_one_source_is_logged_and_told_and_ends_none_of_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(Recorded):
        async def items(self) -> AsyncIterator[Item]:
            yield rr(0.0, source="a")
            raise ZeroDivisionError

    later = rr(3.0, source="b")
    with caplog.at_level(logging.ERROR):
        items = happened([Feed(Broken([], name="a")), Feed(Live([later], name="b"))], [], seconds=4.0)
    assert without_ticks(items)[-1] is later
    assert [item.state for item in items if isinstance(item, Status)] == [SourceState.FAILED]
    assert "ZeroDivisionError" in caplog.text


def test_a_farewell_that_is_under_way_is_not_cut_short_by_the_end_of_the_session() -> None:
    class Polite(SlowToClose):
        has_said_farewell = False

        async def items(self) -> AsyncIterator[Item]:
            async for item in super().items():
                yield item

    SlowToClose.open_at_once = Polite.open_at_once = 0
    happened([Feed(Polite([], name="a"))], [(1.0, lambda r: r.leave("a"))], seconds=1.5)
    assert Polite.open_at_once == 0
