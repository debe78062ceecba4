# SPDX-License-Identifier: MIT
"""A person's own live session: heart rate and signal, the breathing shape, and the last minute of beats.

Law: every number comes from a frame; nothing is shown before it is known or after it is old; the breathing goes on
whatever happens to the signal, and nothing jumps when it does.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import NoticeCode, SourceState
from dsp.plan import BreathPart
from dsp.stream import CLIENT, Command, Frame, Notice, Status
from ui.client.controls import PacerControls
from ui.client.footer import BreathFooter
from ui.client.quiet import QuietWords
from ui.client.session_words import line_words, rate_summary, rmssd_words, tachogram_summary
from ui.client.source_line import SourceLine
from ui.client.source_states import SourceStates
from ui.client.strips_panel import StripsPanel
from ui.client.trend_panel import TrendPanel
from ui.heart import DIM_AFTER_S, HeartReading
from ui.pacing import Pacing
from ui.tachogram import SPAN_S, RateTrend, Tachogram
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.heart_rate import HeartRate, SignalBadge
from ui.widgets.label import safe_label
from ui.widgets.pacer import Pacer
from ui.widgets.segmented import Segmented
from ui.widgets.trend import Axis
from ui.words import breath_words, origin_words

_SIDE_PX = 264
_LOW_PX, _SHORT_PX, _NARROW_PX = 560, 640, 1000  # below these, times the text's size, only what is needed stays
_SOONEST_S, _LATEST_S = 0.2, 1.25  # between two drawings of the trends: with fresh data, and without


class SessionScreen(QWidget):
    """The live session of a person on their own.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        The breathing.
    """

    done = Signal()
    sensors_wanted = Signal()

    def __init__(self, look: Look, pacing: Pacing) -> None:
        super().__init__()
        self._look = look
        self._pacing = pacing
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Session"))
        self._source_line = SourceLine(look)
        self._source_line.sensors_wanted.connect(self.sensors_wanted)
        self._rate = HeartRate(look)
        self._badge = SignalBadge(look)
        self.pacer = Pacer(look, pacing.breath)
        self.pacer.setAccessibleName(_("Breathing shape"))
        self._controls = PacerControls(look, pacing)
        self._balance = QWidget()  # as wide as the controls: the shape stands in the middle
        self._balance.setAccessibleName("")
        self._word = safe_label(look, kind=Type.PAGE, align=Qt.AlignmentFlag.AlignHCenter)
        self._line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._make_views(look)
        self._footer = BreathFooter(look, pacing)
        self._assemble()
        self.pacer.turned.connect(self._turn)
        self._footer.done.connect(self.done)
        pacing.changed.connect(self._say)
        look.changed.connect(self._dress)
        self._dress()
        self.begin("", 0.0)

    def begin(self, name: str, t: float) -> None:
        """Start anew at `t` with a source of this (safe) name."""
        self._reading = HeartReading()
        self._tachogram = Tachogram()
        self._rates = RateTrend()
        self._has_heart = True
        self._sources = SourceStates()
        self._quiet = QuietWords()
        self._is_running = False
        self._started_t = t
        self._drawn_t = float("-inf")
        self._has_news = False
        self._said: object = None  # what the words on the screen were made of
        self._part = BreathPart.REST
        self._source_line.name_source(name)
        self._beats.clear()
        self._trend.clear()
        self._strips.begin()
        self.refresh(t)

    def take(self, frame: Frame) -> None:
        """Take in what a frame says of the client; nothing is painted here."""
        self._reading.take(frame)
        self._tachogram.take(frame)
        self._rates.take(frame)
        self._strips.take(frame)
        self._has_news = self._has_news or bool(frame.beats or frame.gaps)
        if isinstance(frame.item, Command):
            self._sources.follow(frame.item)
        for notice in frame.notices:
            self._note(notice)

    def hear(self, status: Status) -> None:
        """Take the newest state of a source of the client's; the session's clock runs from when one first streams."""
        is_news = self._sources.hear(status)
        if is_news and not self._is_running and status.state is SourceState.STREAMING:
            self._is_running = True
            self._started_t = status.t

    def name_sensors(self, gives: str, *, has_heart: bool) -> None:
        """Say which sensor gives what (safe to show), and whether one of them gives the heart."""
        self._has_heart = has_heart
        self._said = None
        self._source_line.name_sensors(gives)

    def tell(self, words: str) -> None:
        """Show (safe) quiet words for a while."""
        self._quiet.put(words)

    def other_view(self) -> None:
        """Show the raw signals in place of the trends, or the trends again."""
        self._show_view(int(self._strips.isHidden()))

    def follow(self, t: float) -> None:
        """Draw what moves evenly, at `t`, seconds on the session clock."""
        self._strips.follow(t)

    def refresh(self, t: float) -> None:
        """Show what may be shown at `t`, seconds on the session clock."""
        heart = self._reading.at(t)
        rmssd = self._reading.rmssd_at(t)
        is_paused = self._pacing.is_paused
        is_breathing = self._pacing.is_on and not is_paused
        status, needy, quiet = self._sources.spoken_for, self._sources.needy, self._quiet.at(t)
        origin = self._reading.came_from
        sensors = status, needy, self._sources.off_skin
        known = (heart.to_the_second(), rmssd, origin, sensors, quiet, is_breathing, is_paused)
        if known != self._said:  # words are looked up when something changed, not on every turn
            self._said = known
            self._rate.show_heart(heart)
            self._badge.show_heart(heart)
            self._source_line.show_need(self._sources, quiet)
            said = line_words(heart, status, is_breathing=is_breathing, is_paused=is_paused, has_heart=self._has_heart)
            self._line.say(said)
            self._beats.words.say(rmssd_words(rmssd))
            self._beats.say_origin(origin_words(origin))
        self._source_line.show_time(t - self._started_t)
        self._strips.refresh(t)
        if self._trends.isVisible() and t - self._drawn_t >= (_SOONEST_S if self._has_news else _LATEST_S):
            self._drawn_t = t
            self._has_news = False
            self._draw(t)

    def _show_view(self, index: int) -> None:
        """Show the trends (0) or the raw signals (1)."""
        self._choice.choose(index)
        self._trends.setVisible(index == 0)
        self._strips.setVisible(index == 1)
        self._drawn_t = float("-inf")  # what was hidden is drawn at once

    def _note(self, notice: Notice) -> None:
        self._sources.note(notice)
        if notice.person == CLIENT and notice.code is NoticeCode.SYNTHETIC:
            self._source_line.mark_made_up()

    def _draw(self, t: float) -> None:
        """Draw both trends and say in words what they show."""
        beats, rates = self._tachogram.at(t), self._rates.at(t)
        open_gap = self._open_gap(t)
        gaps = (*self._tachogram.gaps_at(t), *open_gap)
        for panel in (self._beats, self._trend):
            panel.trend.show_live(is_live=not open_gap)
        self._beats.trend.show_beats(beats, gaps)
        self._trend.trend.show_line(rates, gaps)
        self._beats.describe(t, lambda: tachogram_summary(beats))
        self._trend.describe(t, lambda: rate_summary(rates))

    def _open_gap(self, t: float) -> tuple[tuple[float, float], ...]:
        """Give the hatch that grows from the newest heart data on."""
        newest_t = self._reading.newest_t
        if newest_t is None or t - newest_t < DIM_AFTER_S:
            return ()
        return ((max(newest_t - t, -SPAN_S), 0.0),)

    def _turn(self, part: BreathPart) -> None:
        self._part = part
        self._say()

    def _say(self) -> None:
        """Say the breathing word of now."""
        if not self._pacing.is_on:
            words = _("your own pace")
        elif self._part is BreathPart.REST and not self._pacing.is_paused:
            words = ""
        else:
            words = breath_words(self._part)
        self._word.say(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what explains, in a window that is small for its text."""
        super().resizeEvent(event)
        self._fold()

    def _dress(self) -> None:
        for side in (self._balance, self._controls):
            side.setFixedWidth(self._look.px(_SIDE_PX))
        self._beside.setFixedWidth(self._choice.sizeHint().width())
        self._fold()

    def _fold(self) -> None:
        is_low = self.height() < self._look.px(_LOW_PX)
        is_narrow = self.width() < self._look.px(_NARROW_PX)
        self._controls.fold(is_tight=is_low)
        self._source_line.fold(is_tight=self.height() < self._look.px(_SHORT_PX))
        for panel in (self._beats, self._trend, self._strips):
            panel.fold(is_tight=is_low or is_narrow)

    def _make_views(self, look: Look) -> None:
        """Make the trends, the raw signals, and the choice between them."""
        self._beats = TrendPanel(look, _("RR"), _("ms between beats"), Axis(step=50, least=200, width=1), legend=True)
        self._trend = TrendPanel(look, _("Heart rate"), _("beats a minute"), Axis(step=5, least=20, width=2))
        self._trends = QWidget()
        self._trends.setAccessibleName("")
        trends = _row(self._trends)
        trends.addWidget(self._beats, 1)
        trends.addWidget(self._trend, 1)
        self._strips = StripsPanel(look)
        self._strips.hide()
        self._choice = Segmented(look, _("What is shown below"), (_("Trends"), _("Signals")), key="G")
        self._choice.choose(0)
        self._choice.chosen.connect(self._show_view)
        self._beside = QWidget()  # as wide as the choice: the word stands in the middle
        self._beside.setAccessibleName("")

    def _assemble(self) -> None:
        """Put head, shape, words, what is chosen and buttons below each other."""
        head, middle, words = _row(), _row(), _row()
        head.addWidget(self._source_line, 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._rate)
        head.addWidget(self._badge)
        middle.addWidget(self._balance)
        middle.addWidget(self.pacer, 1)
        middle.addWidget(self._controls, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self._choice, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self._word, 1)
        words.addWidget(self._beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 32, 48, 28)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(middle, 62)
        layout.addSpacing(12)
        layout.addLayout(words)
        layout.addWidget(self._line)
        layout.addSpacing(20)
        layout.addWidget(self._trends, 30)
        layout.addWidget(self._strips, 30)
        layout.addSpacing(24)
        layout.addWidget(self._footer)


def _row(parent: QWidget | None = None) -> QHBoxLayout:
    """Make a row of things 32 px apart."""
    row = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(32)
    return row
