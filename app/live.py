# SPDX-License-Identifier: MIT
"""A live session, with a screen or without: sources, ticks and commands put into the one path."""

from collections.abc import AsyncIterator, Sequence

from app.clock import Clock, SleepWatch, session_ticks
from app.merge import Feed, merge_live, persons_of
from app.session import Sink, run_session
from app.sinks import CueFollower
from dsp.stream import Command


async def run_live(
    feeds: Sequence[Feed],
    commands: AsyncIterator[Command],
    sinks: Sequence[Sink],
    *,
    clock: Clock,
    sleepless: Clock,
    seconds: float | None = None,
) -> None:
    """Run a live session until its sources have ended or its time is over; however it ends, the sources are closed.

    Parameters
    ----------
    feeds : sequence of Feed
        The sources; without any it is the breathing pacer alone.
    commands : async iterator of Command
        What people decide.
    sinks : sequence of Sink
        Each gets every frame.
    clock, sleepless : Clock
        The session clock, and one that goes on while the machine sleeps.
    seconds : float or None
        How long to go on at most; None for as long as there are sources.
    """
    from dsp.pipeline import Pipeline

    persons = persons_of(feeds)
    ticks = session_ticks(clock, SleepWatch(clock, sleepless), persons, seconds=seconds)
    items = merge_live(feeds, ticks, commands, clock=clock)
    await run_session(items, Pipeline(persons), [*sinks, CueFollower(feeds)])
