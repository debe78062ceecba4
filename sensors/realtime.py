# SPDX-License-Identifier: MIT
"""A recorded source in real time: each item is given when the session clock reaches it.

Law: the items are the recording's own with every time moved by one constant; nothing else of them changes.
"""

import asyncio
import contextlib
import math
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from typing import Protocol, runtime_checkable

from dsp.plan import PacingPlan
from dsp.stream import Chunk, Cue, Gap, Item


class Recorded(Protocol):
    """A source that yields in order of the data's time and knows no clock."""

    @property
    def name(self) -> str:
        """The source's address."""

    def items(self) -> AsyncGenerator[Item, None]:
        """Give its items, as fast as they are asked for."""


@runtime_checkable
class Onlooker(Protocol):
    """A source that sees what the screen shows, such as the synthetic person."""

    def see(self, cue: Cue) -> None:
        """Take note of what is offered now."""


class RealTime:
    """A live source made of a recorded one; the recording's first item falls at the moment of opening.

    Parameters
    ----------
    source : Recorded
        What is played.
    clock : callable
        The session clock, seconds.
    speed : float
        How much faster than life. The data keep their own spacing (a beat of 800 ms stays one), so at another speed
        than 1 their times leave the session clock: good for looking at a recording, not for a session with a person.

    Raises
    ------
    ValueError
        When the speed is not finite and above 0.
    """

    def __init__(self, source: Recorded, *, clock: Callable[[], float], speed: float = 1.0) -> None:
        if not (math.isfinite(speed) and speed > 0):
            raise ValueError(f"speed must be finite and above 0, not {speed}")
        self._source = source
        self._clock = clock
        self._speed = speed
        self._shift_s = 0.0

    @property
    def name(self) -> str:
        """The address of the source that is played."""
        return self._source.name

    async def items(self) -> AsyncGenerator[Item, None]:
        """Open the source, and give each item when it is due."""
        opened_s = self._clock()
        first_s: float | None = None
        async with contextlib.aclosing(self._source.items()) as items:
            async for item in items:
                if first_s is None:
                    first_s = _due(item)
                    self._shift_s = opened_s - first_s
                due_s = opened_s + (_due(item) - first_s) / self._speed
                # Once, not until the clock is there: the last rounding error is no time to wait for.
                await asyncio.sleep(max(due_s - self._clock(), 0.0))
                yield _moved(item, self._shift_s)

    def see(self, cue: Cue) -> None:
        """Show a cue of the session to the source, if it looks, with the plan's times in the source's own time."""
        if isinstance(self._source, Onlooker):
            plan = cue.plan and _moved_plan(cue.plan, -self._shift_s)
            self._source.see(replace(cue, t=cue.t - self._shift_s, plan=plan))


def _due(item: Item) -> float:
    """Tell when an item is there to be given."""
    return item.arrival if isinstance(item, Chunk) else item.t


def _moved(item: Item, by_s: float) -> Item:
    if isinstance(item, Chunk):
        offset_s = None if item.clock_offset_s is None else item.clock_offset_s + by_s
        return replace(item, t=item.t + by_s, arrival=item.arrival + by_s, clock_offset_s=offset_s)
    if isinstance(item, Gap):
        return replace(item, start_s=item.start_s + by_s, end_s=item.end_s + by_s)
    return replace(item, t=item.t + by_s)


def _moved_plan(plan: PacingPlan, by_s: float) -> PacingPlan:
    segments = tuple(replace(segment, start_s=segment.start_s + by_s) for segment in plan.segments)
    return PacingPlan(segments, None if plan.end_s is None else plan.end_s + by_s)
