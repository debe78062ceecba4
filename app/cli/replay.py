# SPDX-License-Identifier: MIT
"""`attune replay`: the one path over recordings, as fast as it goes or in time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from gettext import gettext as _
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from app.cli.lines import progress, write_line
from app.cli.report import print_summary
from app.cli.twice import refuse_twice
from app.clock import Clock, choose_session_clock
from app.head import session_head
from app.jsonlines import JsonLines
from app.merge import closing, merge_recorded, time_of
from app.session import Sink, run_session
from app.tally import Tally
from dsp.stream import CLIENT, Frame, Item, Tick
from sensors.replay import Recording
from ui.words import clock_words


def replay(paths: Sequence[Path], *, speed: float | None, as_lines: bool, with_beats: bool) -> None:
    """Replay recordings, merged by time.

    Parameters
    ----------
    paths : sequence of Path
        The files, one a modality where there are several.
    speed : float or None
        Times life; None is as fast as it goes. The numbers are the same.
    as_lines, with_beats : bool
        JSON lines in place of the summary; each beat among them.

    Raises
    ------
    SensorError
        When a file cannot be read as a recording.
    AppError
        When a file is given twice, or nothing can be written.
    """
    sources = [Recording(path) for path in paths]
    refuse_twice((source.name, CLIENT) for source in sources)
    items = merge_recorded(sources)
    if speed is not None:
        items = in_time(items, choose_session_clock(), speed)
    tally = Tally()
    if as_lines:
        lines = JsonLines(write_line, beats=with_beats)
        lines.start(session_head([source.name for source in sources], [CLIENT]))
        _run(items, [tally, lines], is_shown=not Console().is_terminal)
        lines.finish(tally.summary())
    else:
        _run(items, [tally], is_shown=True)
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


def _run(items: AsyncIterator[Item], sinks: Sequence[Sink], *, is_shown: bool) -> None:
    """Run to the end; how far it is, is shown on standard error where somebody looks at it."""
    from dsp.pipeline import Pipeline

    with progress(SpinnerColumn(), TextColumn("{task.description}"), is_shown=is_shown) as bar:
        asyncio.run(run_session(items, Pipeline([CLIENT]), [*sinks, _Shown(bar)]))


class _Shown:
    """A sink that shows how far a long replay is, where somebody looks."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("")

    def put(self, frame: Frame) -> None:
        if isinstance(frame.item, Tick):
            words = _("replaying, at {time}").format(time=clock_words(frame.item.t))
            self._bar.update(self._task, description=words)
