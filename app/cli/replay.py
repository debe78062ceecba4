# SPDX-License-Identifier: MIT
"""`attune replay`: the one path over recordings, as fast as it goes or in time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from app.cli.calibrated import DataEnd
from app.cli.lines import progress, write_line
from app.cli.summary import print_summary
from app.cli.twice import refuse_twice
from app.clock import Clock, choose_session_clock
from app.head import session_head
from app.imports.opening import recorded_items, recorded_source, require_clocks
from app.jsonlines import JsonLines
from app.merge import closing, time_of
from app.session import Sink, run_session
from app.tally import Tally
from dsp.stream import CLIENT, Command, Frame, Item, Tick
from resources.words import gettext as _
from ui.words import clock_words


def replay(
    paths: Sequence[Path],
    *,
    speed: float | None,
    as_lines: bool,
    with_beats: bool,
    commands: Sequence[Command] = (),
    clock: str | None = None,
) -> None:
    """Replay recordings, merged by time.

    Parameters
    ----------
    paths : sequence of Path
        The files, one a modality where there are several.
    speed : float or None
        Times life; None is as fast as it goes. The numbers are the same.
    as_lines, with_beats : bool
        JSON lines in place of the summary; each beat among them.
    commands : sequence of Command
        What is decided, in order of time: the calibration.
    clock : str or None
        For an XDF with several clocks: the stream or host by whose clock times are counted.

    Raises
    ------
    SensorError
        When a file cannot be read as a recording.
    AppError
        When a file is given twice, a span lies beyond the recordings' end, or nothing can be written.
    """
    require_clocks(paths, clock)
    sources = [recorded_source(path, clock=clock) for path in paths]
    refuse_twice((source.name, CLIENT) for source in sources)
    items, persons = recorded_items(sources, commands)
    if speed is not None:
        items = in_time(items, choose_session_clock(), speed)
    tally, data_end = Tally(), DataEnd()
    if as_lines:
        lines = JsonLines(write_line, beats=with_beats)
        lines.start(session_head([source.name for source in sources], persons))
        _run(items, persons, [tally, data_end, lines], is_shown=not Console().is_terminal)
        lines.finish(tally.summary())
        data_end.require(commands)
    else:
        _run(items, persons, [tally, data_end], is_shown=True)
        data_end.require(commands)
        print_summary(tally.summary())


async def in_time(items: AsyncIterator[Item], clock: Clock, speed: float) -> AsyncIterator[Item]:
    """Hold each item back until its time has come, at `speed` times life; the items stay as they are."""
    first: tuple[float, float] | None = None
    async with closing(items):
        async for item in items:
            t = time_of(item)
            first = first or (clock(), t)
            due_s = first[0] + (t - first[1]) / speed
            await asyncio.sleep(max(due_s - clock(), 0.0))
            yield item


def _run(items: AsyncIterator[Item], persons: Sequence[str], sinks: Sequence[Sink], *, is_shown: bool) -> None:
    """Run to the end; how far it is, is shown on standard error where somebody looks at it."""
    from dsp.pipeline import Pipeline

    with progress(SpinnerColumn(), TextColumn("{task.description}"), is_shown=is_shown) as bar:
        asyncio.run(run_session(items, Pipeline(persons), [*sinks, ShownTime(bar)]))


class ShownTime:
    """A sink that shows how far a long replay is, where somebody looks."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("")

    def put(self, frame: Frame) -> None:
        """Show the time of a tick."""
        if isinstance(frame.item, Tick):
            words = _("replaying, at {time}").format(time=clock_words(frame.item.t))
            self._bar.update(self._task, description=words)
