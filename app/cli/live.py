# SPDX-License-Identifier: MIT
"""`attune live`: a session without a screen, as a panel or as JSON lines."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from rich.console import Console
from rich.live import Live

from app.cli.go_on import find_interrupted, going_on
from app.cli.leading import Decisions, Leading
from app.cli.lines import warn, write_line
from app.cli.panel import LivePanel
from app.cli.plain import sentence_on
from app.cli.plain_live import PlainLive
from app.cli.record import Kept, Storing, stored
from app.cli.report import print_summary
from app.cli.twice import refuse_twice
from app.clock import Clock, choose_session_clock, choose_sleepless_clock
from app.errors import AppError, Fault
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
from dsp.codes import Reason
from sensors.source import SensorError

_DRAWINGS_PER_S = 12  # smooth enough for a breath, and little over a remote terminal


def live(
    addresses: Sequence[str],
    *,
    seconds: float | None,
    leading: Leading,
    as_lines: bool,
    with_beats: bool,
    storing: Storing | None = None,
) -> None:
    """Run a session until its sources end, its time is over, or Ctrl+C or SIGTERM ends it.

    Parameters
    ----------
    addresses : sequence of str
        The sources, each with its person; of a session that goes on, none for those that it had.
    seconds : float or None
        How long at most.
    leading : Leading
        A pace from the start on, or a protocol.
    as_lines, with_beats : bool
        JSON lines in place of the panel; each beat among them.
    storing : Storing or None
        How the session is stored; None stores nothing.

    Raises
    ------
    SensorError
        When an address is none, or a source did not work to the end.
    AppError
        When a source is given twice or sent nothing at all, nothing can be written, or somebody does not agree to be
        stored.
    """
    start_log(data_folder())
    interrupted = find_interrupted() if storing is not None and storing.goes_on else None
    addresses = addresses or (interrupted.addresses if interrupted is not None else ())
    clock = choose_session_clock() if interrupted is None else interrupted.clock
    feeds = _feeds(addresses, clock)
    tally, failures = Tally(), Failures()
    head = session_head([feed.source.name for feed in feeds], persons_of(feeds))
    opening = (
        stored(storing, _sources(feeds), clock, {**head, "addresses": list(addresses)})
        if interrupted is None
        else going_on(interrupted, [tally])
    )
    with opening as kept:
        sinks: list[Sink] = [tally, failures, *kept.sinks]
        session = _Session(feeds, clock, seconds, leading, kept)
        if as_lines:
            lines = JsonLines(write_line, beats=with_beats)
            lines.start(head)
            _run(session.run([*sinks, lines]))
            lines.finish(tally.summary())
        else:
            _show(session, sinks)
            write_line("\n")
            print_summary(tally.summary())
    if failures.newest is not None and failures.newest.reason is not None:
        raise SensorError(failures.newest.reason, failures.newest.detail)
    for status in failures.unheard:
        words = _("{source} sent nothing. {advice}")
        advice = sentence_on(status.reason or Reason.NOT_FOUND, status.detail)
        raise AppError(Fault.NOTHING_HEARD, words.format(source=status.source, advice=advice))


def _sources(feeds: Sequence[Feed]) -> Mapping[str, Sequence[str]]:
    return {person: [feed.source.name for feed in feeds if feed.person == person] for person in persons_of(feeds)}


@dataclass(frozen=True, slots=True)
class _Session:
    """A session that is about to run: its sources, its clock, how long, what leads it, and how it is stored."""

    feeds: Sequence[Feed]
    clock: Clock
    seconds: float | None
    leading: Leading
    kept: Kept

    async def run(self, sinks: Sequence[Sink]) -> None:
        decisions = Decisions(self.leading, persons_of(self.feeds), self.clock)
        await run_live(
            Roster(self.feeds),
            decisions.commands(),
            [*sinks, *decisions.sinks],
            clock=self.clock,
            sleepless=choose_sleepless_clock(),
            seconds=self.seconds,
            before=self.kept.before,
            pipeline=self.kept.pipeline,
        )


def _feeds(addresses: Sequence[str], clock: Clock) -> Sequence[Feed]:
    wiring = Wiring()
    warn(wiring.problem)
    feeds = [wiring.connect(address, clock) for address in addresses]
    refuse_twice((feed.source.name, feed.person) for feed in feeds)
    return feeds


def _show(session: _Session, sinks: Sequence[Sink]) -> None:
    """Run with a panel in a terminal, with plain lines where nothing can be drawn."""
    persons, console = persons_of(session.feeds), Console()
    if not console.is_terminal:
        _run(session.run([*sinks, PlainLive(persons, session.clock(), write_line)]))
        return
    panel = LivePanel(persons, session.clock)
    with Live(panel, console=console, auto_refresh=False) as drawing:
        _run(_drawn(session.run([*sinks, panel]), drawing))


def _run(session: Coroutine[None, None, None]) -> None:
    """Run to the end; Ctrl+C and SIGTERM are how a live session ends, also one that a script started with `&`."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # such a script leaves it ignored
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_until_told(session))


async def _until_told(session: Coroutine[None, None, None]) -> None:
    """Let SIGTERM end the session as Ctrl+C does: cancelled, so that it closes its sources."""
    running = asyncio.ensure_future(session)
    with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    await running


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
