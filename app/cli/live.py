# SPDX-License-Identifier: MIT
"""`attune live`: a session without a screen, as a panel or as JSON lines."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence

from rich.console import Console
from rich.live import Live

from app.cli.lines import warn, write_line
from app.cli.panel import LivePanel
from app.cli.plain_live import PlainLive
from app.cli.record import Storing, stored
from app.cli.report import print_summary
from app.cli.twice import refuse_twice
from app.clock import Clock, choose_session_clock, choose_sleepless_clock
from app.folders import data_folder
from app.head import session_head
from app.jsonlines import JsonLines
from app.live import run_live
from app.live_merge import Roster
from app.log import start_log
from app.merge import Feed, persons_of
from app.session import Sink
from app.sinks import Failures
from app.tally import Tally
from app.wiring import Wiring
from dsp.codes import Action
from dsp.stream import Command
from sensors.source import SensorError

_AUTHOR = "terminal"
_DRAWINGS_PER_S = 12  # smooth enough for a breath, and little over a remote terminal


def live(
    addresses: Sequence[str],
    *,
    seconds: float | None,
    pace: float | None,
    as_lines: bool,
    with_beats: bool,
    storing: Storing | None = None,
) -> None:
    """Run a session until its sources end, its time is over, or Ctrl+C or SIGTERM ends it.

    Parameters
    ----------
    addresses : sequence of str
        The sources, each with its person.
    seconds : float or None
        How long at most.
    pace : float or None
        Breaths a minute of the pacer from the start on; None leaves it silent.
    as_lines, with_beats : bool
        JSON lines in place of the panel; each beat among them.
    storing : Storing or None
        How the session is stored; None stores nothing.

    Raises
    ------
    SensorError
        When an address is none, or a source did not work to the end.
    AppError
        When a source is given twice for one person, nothing can be written, or somebody does not agree to be stored.
    """
    start_log(data_folder())
    clock = choose_session_clock()
    wiring = Wiring()
    warn(wiring.problem)
    feeds = [wiring.connect(address, clock) for address in addresses]
    refuse_twice((feed.source.name, feed.person) for feed in feeds)
    tally, failures = Tally(), Failures()
    head = session_head([feed.source.name for feed in feeds], persons_of(feeds))
    with stored(storing, _sources(feeds), clock, head) as stores:
        sinks: list[Sink] = [tally, failures, *stores]
        if as_lines:
            lines = JsonLines(write_line, beats=with_beats)
            lines.start(head)
            _run(_session(feeds, clock, [*sinks, lines], seconds=seconds, pace=pace))
            lines.finish(tally.summary())
        else:
            _show(feeds, clock, sinks, seconds=seconds, pace=pace)
            write_line("\n")
            print_summary(tally.summary())
    if failures.newest is not None and failures.newest.reason is not None:
        raise SensorError(failures.newest.reason, failures.newest.detail)


def _sources(feeds: Sequence[Feed]) -> Mapping[str, Sequence[str]]:
    return {person: [feed.source.name for feed in feeds if feed.person == person] for person in persons_of(feeds)}


def _show(
    feeds: Sequence[Feed], clock: Clock, sinks: Sequence[Sink], *, seconds: float | None, pace: float | None
) -> None:
    """Run with a panel in a terminal, with plain lines where nothing can be drawn."""
    persons, console = persons_of(feeds), Console()
    if not console.is_terminal:
        plain = PlainLive(persons, clock(), write_line)
        _run(_session(feeds, clock, [*sinks, plain], seconds=seconds, pace=pace))
        return
    panel = LivePanel(persons, clock)
    session = _session(feeds, clock, [*sinks, panel], seconds=seconds, pace=pace)
    with Live(panel, console=console, auto_refresh=False) as drawing:
        _run(_drawn(session, drawing))


def _run(session: Coroutine[None, None, None]) -> None:
    """Run to the end; Ctrl+C and SIGTERM are how a live session ends."""
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_until_told(session))


async def _until_told(session: Coroutine[None, None, None]) -> None:
    """Let SIGTERM end the session as Ctrl+C does: cancelled, so that it closes its sources."""
    running = asyncio.ensure_future(session)
    with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    await running


async def _session(
    feeds: Sequence[Feed], clock: Clock, sinks: Sequence[Sink], *, seconds: float | None, pace: float | None
) -> None:
    commands = [] if pace is None else [_pace_of(person, clock(), pace) for person in persons_of(feeds)]
    roster, sleepless = Roster(feeds), choose_sleepless_clock()
    await run_live(roster, _at_once(commands), sinks, clock=clock, sleepless=sleepless, seconds=seconds)


async def _drawn(session: Coroutine[None, None, None], drawing: Live) -> None:
    """Draw the panel again and again while the session runs."""
    running = asyncio.ensure_future(session)
    try:
        while not (await asyncio.wait([running], timeout=1 / _DRAWINGS_PER_S))[0]:
            drawing.refresh()
        await running
    finally:
        running.cancel()
        await asyncio.wait([running])


def _pace_of(person: str, t: float, breaths_per_min: float) -> Command:
    return Command(t, Action.PACE, _AUTHOR, person, (("breaths_per_min", breaths_per_min),))


async def _at_once(commands: Sequence[Command]) -> AsyncIterator[Command]:
    for command in commands:
        yield command
