# SPDX-License-Identifier: MIT
"""A live session, with a screen or without: sources, ticks and commands put into the one path."""

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from app.clock import Clock, SleepWatch, session_ticks
from app.live_merge import Roster, merge_live
from app.merge import closing, persons_of
from app.session import Sink, run_session
from app.sinks import CueFollower
from dsp.stream import Command, Item, Marker

if TYPE_CHECKING:
    from dsp.pipeline import Pipeline


async def run_live(
    roster: Roster,
    commands: AsyncIterator[Command | Marker],
    sinks: Sequence[Sink],
    *,
    clock: Clock,
    sleepless: Clock,
    seconds: float | None = None,
    before: Sequence[Item] = (),
    pipeline: "Pipeline | None" = None,
) -> None:
    """Run a live session until its sources have ended or its time is over; however it ends, the sources are closed.

    Parameters
    ----------
    roster : Roster
        The sources, which may join and leave meanwhile; without any it is the breathing pacer alone.
    commands : async iterator of Command or Marker
        What people decide, and their markers.
    sinks : sequence of Sink
        Each gets every frame.
    clock, sleepless : Clock
        The session clock, and one that goes on while the machine sleeps.
    seconds : float or None
        How long to go on at most; None for as long as there are sources.
    before : sequence of Item
        What comes first: the gap of a session that goes on, or what is known of a person from earlier ones.
    pipeline : Pipeline or None
        The one of a session that goes on, brought to where it was; None for a new one.
    """
    from dsp.pipeline import Pipeline

    pipeline = pipeline or Pipeline(persons_of(roster))
    ticks = session_ticks(clock, SleepWatch(clock, sleepless), pipeline.persons, seconds=seconds)
    items = _after(before, merge_live(roster, ticks, commands, clock=clock))
    await run_session(items, pipeline, [*sinks, CueFollower(roster)])


async def _after(before: Sequence[Item], items: AsyncIterator[Item]) -> AsyncIterator[Item]:
    async with closing(items):
        for item in before:
            yield item
        async for item in items:
            yield item
