# SPDX-License-Identifier: MIT
"""`attune live`: a session without a screen, as a panel or as JSON lines."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from rich.console import Console
from rich.live import Live

from app.cli.bump import bump_test
from app.cli.go_on import Interrupted, find_interrupted, going_on
from app.cli.leading import Decisions, Leading
from app.cli.lines import warn, write_line
from app.cli.lsl_out import Sending, prepare, sent
from app.cli.panel import LivePanel
from app.cli.plain import sentence_on
from app.cli.plain_live import PlainLive
from app.cli.record import Kept, Storing, stored
from app.cli.summary import print_summary
from app.cli.twice import refuse_twice
from app.clock import Clock, choose_session_clock, choose_sleepless_clock
from app.errors import AppError, Fault
from app.folders import data_folder
from app.head import session_head
from app.jsonlines import JsonLines
from app.live import run_live
from app.live_merge import Roster
from app.log import start_log
from app.marking import Marking, open_for_markers
from app.merge import Feed, persons_of
from app.session import Sink
from app.sinks import Failures
from app.tally import Tally
from app.wiring import Wiring
from dsp.codes import Reason, SensorKind
from dsp.stream import Status
from resources.words import gettext as _
from sensors.source import SensorError
from ui.connect.condition import fix_for
from ui.words import advice_on

_QUIET = (Reason.SILENT, Reason.NOT_FOUND, Reason.LINK_LOST)
_DRAWINGS_PER_S = 12  # smooth enough for a breath, and little over a remote terminal


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wished of a session.

    Parameters
    ----------
    seconds : float or None
        How long at most.
    leading : Leading
        A pace from the start on, or a protocol.
    as_lines, with_beats : bool
        JSON lines in place of the panel; each beat among them.
    storing : Storing or None
        How the session is stored; None stores nothing.
    out : Sending or None
        How it is sent by LSL; None sends nothing.
    bumps : bool
        Whether the space bar marks the taps of a bump test.
    """

    seconds: float | None
    leading: Leading
    as_lines: bool = False
    with_beats: bool = False
    storing: Storing | None = None
    out: Sending | None = None
    bumps: bool = False


def live(addresses: Sequence[str], wishes: Wishes) -> None:
    """Run a session until its sources end, its time is over, or Ctrl+C or SIGTERM ends it.

    Parameters
    ----------
    addresses : sequence of str
        The sources, each with its person; of a session that goes on, none for those that it had.
    wishes : Wishes
        How it is to run.

    Raises
    ------
    SensorError
        When an address is none, or a source did not work to the end.
    AppError
        When a source is given twice or sent nothing at all, nothing can be written, or somebody does not agree.
    """
    start_log(data_folder())
    prepare(wishes.out)
    tally, failures = Tally(), Failures()
    begun = _begin(addresses, wishes.storing)
    with begun.kept(wishes.storing, tally) as kept, sent(wishes.out, begun.sources, begun.clock, kept) as outlets:
        session = _Session(begun.feeds, begun.clock, wishes, kept)
        session.show([*outlets, tally, failures, *kept.sinks], begun.head, tally)
    _raise_what_failed(failures)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The sources of a session with its clock and its head; `interrupted` is the session that goes on, if one does."""

    addresses: Sequence[str]
    feeds: Sequence[Feed]
    clock: Clock
    interrupted: Interrupted | None

    @property
    def sources(self) -> Mapping[str, Sequence[str]]:
        persons = persons_of(self.feeds)
        return {person: [feed.source.name for feed in self.feeds if feed.person == person] for person in persons}

    @property
    def head(self) -> Mapping[str, object]:
        return session_head([feed.source.name for feed in self.feeds], persons_of(self.feeds))

    def kept(self, storing: Storing | None, tally: Tally) -> AbstractContextManager[Kept]:
        if self.interrupted is not None:
            return going_on(self.interrupted, [tally])
        return stored(storing, self.sources, self.clock, {**self.head, "addresses": list(self.addresses)})


def _begin(addresses: Sequence[str], storing: Storing | None) -> _Begun:
    interrupted = find_interrupted() if storing is not None and storing.goes_on else None
    clock = choose_session_clock() if interrupted is None else interrupted.clock
    addresses = addresses or (interrupted.addresses if interrupted is not None else ())
    return _Begun(addresses, _feeds(addresses, clock), clock, interrupted)


def _raise_what_failed(failures: Failures) -> None:
    if failures.newest is not None and failures.newest.reason is not None:
        raise SensorError(failures.newest.reason, failures.newest.detail)
    for status in failures.unheard:
        words = _("{source} sent nothing. {advice}")
        raise AppError(Fault.NOTHING_HEARD, words.format(source=status.source, advice=_advice_on_silence(status)))


def _advice_on_silence(status: Status) -> str:
    """Say why nothing came, and what to do: of a stream there are no patches to wet."""
    reason = status.reason or Reason.NOT_FOUND
    if status.source.startswith("lsl:") and reason in _QUIET:
        return f"{advice_on(reason).sentence} {fix_for(SensorKind.STREAM, reason)}."
    return sentence_on(reason, status.detail)


@dataclass(frozen=True, slots=True)
class _Session:
    """A session that is about to run: its sources, its clock, what is wished of it, and how it is stored."""

    feeds: Sequence[Feed]
    clock: Clock
    wishes: Wishes
    kept: Kept

    def show(self, sinks: Sequence[Sink], head: Mapping[str, object], tally: Tally) -> None:
        """Run, and show it as it is wished, with a summary at its end."""
        if self.wishes.as_lines:
            lines = JsonLines(write_line, beats=self.wishes.with_beats)
            lines.start(head)
            _run(self.run([*sinks, lines]))
            lines.finish(tally.summary())
        else:
            _show(self, sinks)
            write_line("\n")
            print_summary(tally.summary())

    async def run(self, sinks: Sequence[Sink]) -> None:
        decisions = Decisions(self.wishes.leading, persons_of(self.feeds), self.clock)
        persons = persons_of(self.feeds)
        marking = Marking(self.clock, lambda: persons, decisions.mark)
        bumping = bump_test(self.clock, decisions.mark, persons[0]) if self.wishes.bumps else nullcontext(())
        async with open_for_markers(data_folder(), marking):
            with bumping as guides:
                await self._run([*sinks, *decisions.sinks, *guides], decisions)

    async def _run(self, sinks: Sequence[Sink], decisions: Decisions) -> None:
        await run_live(
            Roster(self.feeds),
            decisions.commands(),
            sinks,
            clock=self.clock,
            sleepless=choose_sleepless_clock(),
            seconds=self.wishes.seconds,
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
