# SPDX-License-Identifier: MIT
"""The clocks: the session clock, chosen once, and the only place that reads any clock of the system.

The session clock is seconds, monotonic, and stands still while the machine sleeps (on most systems). A second clock
that goes on in sleep tells when that happened. Everything else is handed a `Clock`.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Iterable

from dsp.codes import Reason
from dsp.stream import Gap, Tick
from sensors.lsl.library import load_pylsl
from sensors.source import SensorError

Clock = Callable[[], float]

CLOCK_SOURCE = "clock"
"""The source that gaps of a suspended machine name."""

_LONGEST_DRIFT_S = 1.0  # the sleepless clock ran ahead by more within one tick: the machine slept
_SHORTEST_SLEEP_S = 0.001  # a loop's timer is no finer, and may fire early by less


def choose_session_clock() -> Clock:
    """Give the LSL clock where liblsl is there, else the system's monotonic clock."""
    try:
        clock: Clock = load_pylsl().local_clock
    except SensorError:
        return time.monotonic  # noqa: TID251 - the session clock is chosen here
    return clock


def choose_sleepless_clock() -> Clock:
    """Give a clock that goes on while the machine sleeps: CLOCK_BOOTTIME, elsewhere wall time."""
    boottime: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    if boottime is None:
        return time.time  # noqa: TID251 - the system's clocks are read here
    return lambda: time.clock_gettime(boottime)  # noqa: TID251 - the system's clocks are read here


def choose_wall_clock() -> Clock:
    """Give wall time, seconds since 1970-01-01 UTC: for a recording's header and for what people did, not for data."""
    return time.time  # noqa: TID251 - the system's clocks are read here


class SleepWatch:
    """Tells how long the machine slept: the sleepless clock against the session clock.

    Parameters
    ----------
    clock, sleepless : Clock
        The session clock, and one that goes on in sleep.
    """

    def __init__(self, clock: Clock, sleepless: Clock) -> None:
        self._clock = clock
        self._sleepless = sleepless
        self._apart_s = sleepless() - clock()

    def slept_s(self) -> float:
        """Give the seconds slept since the last call, 0 where the clocks went together."""
        apart_s = self._sleepless() - self._clock()
        slept_s = apart_s - self._apart_s
        self._apart_s = apart_s
        return slept_s if slept_s > _LONGEST_DRIFT_S else 0.0


async def session_ticks(
    clock: Clock, watch: SleepWatch, persons: Iterable[str], *, seconds: float | None = None
) -> AsyncIterator[Tick | Gap]:
    """Give a tick each whole second of the session clock, and before it a gap where the machine slept.

    Parameters
    ----------
    clock : Clock
        The session clock.
    watch : SleepWatch
        Looked at once a tick.
    persons : iterable of str
        Whose data a sleep interrupts: one gap each. Gone through anew at each sleep, since more may have joined.
    seconds : float or None
        How long to go on; None for ever.
    """
    start_s = clock()
    end_s = math.inf if seconds is None else start_s + seconds
    last_s, next_s = start_s, float(math.ceil(start_s))
    while next_s <= end_s:
        await _sleep_until(next_s, clock)
        if watch.slept_s():
            for person in persons:
                yield Gap(last_s, next_s, Reason.SUSPENDED, CLOCK_SOURCE, person)
        yield Tick(next_s)
        last_s, next_s = next_s, next_s + 1.0
    await _sleep_until(end_s, clock)


async def _sleep_until(t: float, clock: Clock) -> None:
    while (left_s := t - clock()) > 0:  # noqa: ASYNC110 - a clock has no event to wait for
        await asyncio.sleep(max(left_s, _SHORTEST_SLEEP_S))
