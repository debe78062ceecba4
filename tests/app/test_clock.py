# SPDX-License-Identifier: MIT
import asyncio

from hypothesis import given
from hypothesis import strategies as st

from app.clock import CLOCK_SOURCE, SleepWatch, choose_session_clock, choose_sleepless_clock, session_ticks
from dsp.codes import Reason
from dsp.stream import Gap, Tick
from tests.virtual_time import run_virtual


async def ticks_of(seconds: float, *, start_s: float = 0.0, nap_at_s: float = 1e9) -> tuple[list[Tick | Gap], float]:
    await asyncio.sleep(start_s)
    clock = asyncio.get_running_loop().time
    watch = SleepWatch(clock, lambda: clock() + (3600.0 if clock() >= nap_at_s else 0.0))
    given = [item async for item in session_ticks(clock, watch, ("client", "partner"), seconds=seconds)]
    return given, clock()


def test_the_session_clock_never_runs_backwards() -> None:
    clock = choose_session_clock()
    readings = [clock() for _ in range(1000)]
    assert readings == sorted(readings)


def test_the_sleepless_clock_is_not_behind_the_session_clock() -> None:
    clock, sleepless = choose_session_clock(), choose_sleepless_clock()
    started = sleepless() - clock()
    assert abs((sleepless() - clock()) - started) < 1.0


@given(start_s=st.floats(0.001, 5000.0), seconds=st.floats(0.0, 30.0))
def test_there_is_a_tick_at_each_whole_second_from_the_first_one_on(start_s: float, seconds: float) -> None:
    ticks, end_s = run_virtual(ticks_of(seconds, start_s=start_s))
    times = [tick.t for tick in ticks]
    assert times == [float(t) for t in range(int(-(-start_s // 1)), int(start_s + seconds) + 1) if t >= start_s]
    assert start_s + seconds <= end_s + 1e-9
    assert end_s < start_s + seconds + 0.01


def test_a_tick_never_comes_before_its_time() -> None:
    async def late_by() -> list[float]:
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(0.3)
        ticks = session_ticks(clock, SleepWatch(clock, clock), (), seconds=5000.0)
        return [clock() - tick.t async for tick in ticks]

    lateness = run_virtual(late_by())
    assert len(lateness) == 5000
    assert min(lateness) >= 0.0
    assert max(lateness) <= 0.002


def test_sleep_of_the_machine_is_a_gap_of_every_person_before_the_tick_that_saw_it() -> None:
    ticks, _ = run_virtual(ticks_of(4.0, start_s=0.5, nap_at_s=2.5))
    assert ticks == [
        Tick(1.0),
        Tick(2.0),
        Gap(2.0, 3.0, Reason.SUSPENDED, CLOCK_SOURCE, "client"),
        Gap(2.0, 3.0, Reason.SUSPENDED, CLOCK_SOURCE, "partner"),
        Tick(3.0),
        Tick(4.0),
    ]


def test_clocks_that_drift_slowly_are_no_sleep() -> None:
    now = [0.0]
    watch = SleepWatch(lambda: now[0], lambda: now[0] * 1.01)
    slept = []
    for second in range(10_000):
        now[0] = float(second)
        slept.append(watch.slept_s())
    assert not any(slept)


def test_a_wall_clock_that_is_set_back_is_no_sleep() -> None:
    wall = [100.0]
    watch = SleepWatch(lambda: 0.0, lambda: wall[0])
    wall[0] = 40.0
    assert watch.slept_s() == 0.0
