# SPDX-License-Identifier: MIT
"""What stands below the breathing shape: the own window, the trends of the last minute, or the raw signals.

Law: only what the person switched on can be chosen; nothing is drawn while it is hidden.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.stream import Frame, Measure
from resources.words import gettext as _
from ui.arousal.reading import ArousalReading
from ui.arousal.window_panel import WindowPanel
from ui.client.session_words import rate_summary, rmssd_words, tachogram_summary
from ui.client.strips_panel import StripsPanel
from ui.client.trend_panel import TrendPanel
from ui.client.view_choice import ViewChoice
from ui.heart import DIM_AFTER_S
from ui.tachogram import SPAN_S, RateTrend, Tachogram
from ui.theme import Look
from ui.widgets.trend import Axis

_SOONEST_S, _LATEST_S = 0.2, 1.25  # between two drawings of the trends: with fresh data, and without
_TRENDS, _SIGNALS, _WINDOW = 0, 1, 2


class Views(QWidget):
    """The views and the choice among them; the choice is put where the screen has room for it.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    rest_wanted = Signal()
    window_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName("")
        self.beats = TrendPanel(look, _("RR"), _("ms between beats"), Axis(step=50, least=200, width=1), legend=True)
        self.trend = TrendPanel(look, _("Heart rate"), _("beats a minute"), Axis(step=5, least=20, width=2))
        self.trends = QWidget()
        self.trends.setAccessibleName("")
        self.strips = StripsPanel(look)
        self.window_panel = WindowPanel(look)
        self.window_panel.rest_wanted.connect(self.rest_wanted)
        self.window_panel.more_wanted.connect(self.window_wanted)
        self.choice = ViewChoice(look, (_("Trends"), _("Signals"), _("Window")))
        self.choice.chosen.connect(self.show_view)
        self._index = _TRENDS
        self.has_any = True
        self._assemble()
        self.begin()

    def begin(self) -> None:
        """Start anew with a session."""
        self._tachogram = Tachogram()
        self._rates = RateTrend()
        self._reading = ArousalReading()
        self._heart_t: float | None = None
        self._drawn_t = float("-inf")
        self._has_news = False
        self.beats.clear()
        self.trend.clear()
        self.strips.begin()
        self.window_panel.clear()

    def see(self, sights: tuple[str, ...]) -> None:
        """Offer what the person switched on, and show some of it."""
        available = [*((_TRENDS, _SIGNALS) if "traces" in sights else ()), *((_WINDOW,) if "window" in sights else ())]
        self.has_any = bool(available)
        self.choice.offer(available)
        if available:
            self.show_view(self._index if self._index in available else available[0])

    def take(self, frame: Frame) -> None:
        """Take in what a frame says of the client; nothing is painted here."""
        self._tachogram.take(frame)
        self._rates.take(frame)
        self._reading.take(frame)
        self.strips.take(frame)
        self._has_news = self._has_news or bool(frame.beats or frame.gaps)

    def show_view(self, index: int) -> None:
        """Show the trends (0), the raw signals (1) or the window (2)."""
        self._index = index
        self.choice.choose(index)
        self.trends.setVisible(index == _TRENDS)
        self.strips.setVisible(index == _SIGNALS)
        self.window_panel.setVisible(index == _WINDOW)
        self._drawn_t = float("-inf")  # what was hidden is drawn at once

    def follow(self, t: float) -> None:
        """Draw what moves evenly, at `t`, seconds on the session clock."""
        self.strips.follow(t)

    def refresh(self, t: float, heart_t: float | None) -> None:
        """Show what may be shown at `t`; `heart_t` is the time of the newest heart data."""
        self._heart_t = heart_t
        self.strips.refresh(t)
        if self.window_panel.isVisible():
            self.window_panel.refresh(t, self._reading)
        if self.trends.isVisible() and t - self._drawn_t >= (_SOONEST_S if self._has_news else _LATEST_S):
            self._drawn_t = t
            self._has_news = False
            self._draw(t)

    def say(self, rmssd: Measure, corrected_percent: Measure, origin: str) -> None:
        """Say the RMSSD, the share of beats that it leaves out, and what the heart is read from."""
        self.beats.words.say(rmssd_words(rmssd, corrected_percent))
        self.beats.say_origin(origin)

    def fold(self, *, is_tight: bool) -> None:
        """Leave out what explains, where there is little room."""
        for panel in (self.beats, self.trend, self.strips, self.window_panel):
            panel.fold(is_tight=is_tight)

    def _draw(self, t: float) -> None:
        """Draw both trends and say in words what they show."""
        beats, rates = self._tachogram.at(t), self._rates.at(t)
        open_gap = self._open_gap(t)
        gaps = (*self._tachogram.gaps_at(t), *open_gap)
        for panel in (self.beats, self.trend):
            panel.trend.show_live(is_live=not open_gap)
        self.beats.trend.show_beats(beats, gaps)
        self.trend.trend.show_line(rates, gaps)
        self.beats.describe(t, lambda: tachogram_summary(beats))
        self.trend.describe(t, lambda: rate_summary(rates))

    def _open_gap(self, t: float) -> tuple[tuple[float, float], ...]:
        """Give the hatch that grows from the newest heart data on."""
        newest_t = self._heart_t
        if newest_t is None or t - newest_t < DIM_AFTER_S:
            return ()
        return ((max(newest_t - t, -SPAN_S), 0.0),)

    def _assemble(self) -> None:
        trends = QHBoxLayout(self.trends)
        trends.setContentsMargins(0, 0, 0, 0)
        trends.setSpacing(32)
        trends.addWidget(self.beats, 1)
        trends.addWidget(self.trend, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for view in (self.trends, self.strips, self.window_panel):
            layout.addWidget(view)
