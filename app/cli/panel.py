# SPDX-License-Identifier: MIT
"""A live session in the terminal: the heart, its variability, the breath to follow, the sources and the gaps.

Law: it shows what frames carry and computes nothing; the breath is read from the plan at the moment it is drawn.
"""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from app.cli.plain import sentence_on
from app.clock import Clock
from dsp.codes import SourceState
from dsp.plan import Phase
from dsp.stream import Cue, Frame, Status
from resources.words import gettext as _
from ui.foreign import safe_text
from ui.heart import HeartReading, HeartShown, Signal
from ui.words import age_words, breath_words, clinical_words, clock_words, origin_words

_BAR = 24  # characters of a full breath
_EIGHTHS = " ▏▎▍▌▋▊▉"


class LivePanel:
    """A sink that rich can draw at any time.

    Parameters
    ----------
    persons : sequence of str
        Who is shown, in this order.
    clock : Clock
        The session clock.
    """

    def __init__(self, persons: Sequence[str], clock: Clock) -> None:
        self._clock = clock
        self._start_s = clock()
        self._people = {person: _PersonView(person) for person in persons}
        self._sources: dict[str, Status] = {}
        self._gaps = 0
        self._gap_s = 0.0

    def put(self, frame: Frame) -> None:
        """Take in what the frame shows."""
        for view in self._people.values():
            view.take(frame)
        for status in frame.statuses:
            self._sources[status.source] = status
        self._gaps += len(frame.gaps)
        self._gap_s += sum(gap.end_s - gap.start_s for gap in frame.gaps)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        t = self._clock()
        rows = Table.grid(padding=(0, 2))
        rows.add_column(style="dim", justify="right")
        rows.add_column()
        for person, view in self._people.items():
            rows.add_row("", Text(person, style="bold"))
            view.add_rows(rows, t, ascii_only=options.ascii_only)
        for status in self._sources.values():
            rows.add_row(Text(safe_text(status.source)), status_text(status))
        rows.add_row(_("gaps"), _("{count}, {seconds:.1f} s together").format(count=self._gaps, seconds=self._gap_s))
        title = f"attune live  {clock_words(t - self._start_s)}"
        yield Group(Panel(rows, title=title, title_align="left"), Text(_("Ctrl+C ends the session"), style="dim"))


class _PersonView:
    def __init__(self, person: str) -> None:
        self._person = person
        self._heart = HeartReading(person)
        self._cue: Cue | None = None

    def take(self, frame: Frame) -> None:
        self._heart.take(frame)
        for cue in frame.cues:
            if cue.person == self._person:
                self._cue = cue

    def add_rows(self, rows: Table, t: float, *, ascii_only: bool) -> None:
        rows.add_row(_("heart rate"), heart_text(self._heart.at(t)))
        rows.add_row("", Text(origin_words(self._heart.came_from), style="dim"))
        rows.add_row("RMSSD", self._rmssd_text(t))
        if self._cue is not None and self._cue.plan is not None:
            rows.add_row(_("breath"), _breath_text(self._cue.plan.phase_at(t), ascii_only=ascii_only))

    def _rmssd_text(self, t: float) -> Text:
        measure = self._heart.rmssd_at(t)
        if measure.value is not None:
            return Text(_("{value:3.0f} ms, last 60 s").format(value=measure.value))
        return Text(clinical_words(measure.why) if measure.why else "", style="dim")


def heart_text(shown: HeartShown) -> Text:
    """Say how fast the heart is, how clear that is, and how old."""
    number = "--" if shown.bpm is None else str(shown.bpm)
    text = Text.assemble((number.rjust(3), "dim" if shown.is_dim else "bold"), _(" beats/min"), "  ")
    text.append(_signal_words(shown.signal))
    if shown.age_s is not None:
        text.append(_(", {age} ago").format(age=age_words(shown.age_s)), style="dim")
    return text


def _breath_text(phase: Phase, *, ascii_only: bool) -> Text:
    rate = _("{rate:.1f}/min").format(rate=phase.breaths_per_min) if phase.breaths_per_min else ""
    return Text.assemble((_bar(phase.depth, ascii_only=ascii_only), "cyan"), f"  {breath_words(phase.part)}  ", rate)


def _bar(depth: float, *, ascii_only: bool) -> str:
    eighths = round(depth * _BAR * 8)
    if ascii_only:
        return ("#" * (eighths // 8)).ljust(_BAR, ".")
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).ljust(_BAR)[:_BAR]


def _signal_words(signal: Signal) -> str:
    return {Signal.CLEAR: _("clear"), Signal.FAINT: _("faint"), Signal.RESTING: _("resting")}[signal]


def status_text(status: Status) -> Text:
    """Say what a source does, and why it does nothing more."""
    text = Text(_state_words(status.state))
    if status.reason is not None:
        text.append(": " + sentence_on(status.reason, safe_text(status.detail)))
    return text


def _state_words(state: SourceState) -> str:
    return {
        SourceState.IDLE: _("idle"),
        SourceState.SCANNING: _("searching"),
        SourceState.CONNECTING: _("connecting"),
        SourceState.DISCOVERING: _("asking what it can do"),
        SourceState.SUBSCRIBING: _("asking for heartbeats"),
        SourceState.STREAMING: _("streaming"),
        SourceState.STALE: _("quiet"),
        SourceState.RECONNECTING: _("calling it again"),
        SourceState.FAILED: _("not working"),
        SourceState.STOPPED: _("ended"),
    }[state]
