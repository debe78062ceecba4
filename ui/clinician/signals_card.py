# SPDX-License-Identifier: MIT
"""The raw signals of the chosen person: ECG as a sweep, RR with its verdicts, EDA with its responses, each with a lane.

Law (screens.md, Drawing): only the chosen person's signals are drawn, and only while they can be seen.
"""

from gettext import gettext as _

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.client.session_words import tachogram_summary
from ui.client.signal_marks import Second
from ui.client.signal_panel import Captions, SignalPanel
from ui.client.signal_words import clear_words, ecg_summary, ecg_unit, eda_summary, response_words, wave_words
from ui.client.trend_panel import TrendPanel
from ui.clinician.raw import STRIP_S, SWEEP_S, RawSignals
from ui.heart import Signal
from ui.theme import Look
from ui.widgets.plot import Grounds, Upright
from ui.widgets.strip import Strip
from ui.widgets.sweep import Sweep
from ui.widgets.trend import Axis

_BEHIND_S = 2.0  # at most, as a waveform asks for
_ON_CARD = Grounds(page="surface", plot="bg")
_EVERY_S = 1.0  # the tachogram: about once a beat


class SignalsView(QWidget):
    """One person's raw signals side by side.

    Parameters
    ----------
    look : Look
        The look it follows.
    raw : RawSignals
        What was kept of them.
    """

    def __init__(self, look: Look, raw: RawSignals) -> None:
        super().__init__()
        self.setAccessibleName(_("Signals"))
        self._raw = raw
        self._sweep = Sweep(look, raw.ecg, Upright(0.5, 1.5), _ON_CARD)
        self._skin = Strip(look, raw.eda, Upright(0.25, 0.5), _ON_CARD)
        ends = _("\N{MINUS SIGN}60 s"), _("now")
        self.ecg = SignalPanel(look, raw.ecg, self._sweep, Captions(_("ECG"), ecg_unit(None), _("signal quality"), ""))
        self.eda = SignalPanel(look, raw.eda, self._skin, Captions(_("EDA"), "\N{MICRO SIGN}S", *ends), is_marked=True)
        self.beats = TrendPanel(look, _("RR"), _("ms"), Axis(step=50, least=200, width=1), legend=True)
        self.beats.trend.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._look = look
        look.changed.connect(self._dress)
        self._dress()
        self._drawn_t = float("-inf")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        for panel in (self.ecg, self.beats, self.eda):
            layout.addWidget(panel, 1)
        self._fold()

    def follow(self, now: float) -> None:
        """Draw what is new at `now`; called some 30 times a second."""
        if not self.isVisible():
            return
        self._sweep.mark(self._raw.marks.r_peaks(now - SWEEP_S - _BEHIND_S))
        self._skin.mark(self._raw.marks.peaks(now - STRIP_S - _BEHIND_S))
        self._sweep.follow(now)
        self._skin.follow(now)

    def refresh(self, now: float) -> None:
        """Renew words, lanes and the tachogram; called a few times a second."""
        if not self.isVisible():
            return
        marks = self._raw.marks
        self.ecg.show_sensor()
        self.eda.show_sensor()
        self.ecg.unit.say(ecg_unit(self._raw.ecg.rate_hz))
        self.ecg.words.say(_("sweep, {span} s").format(span=round(SWEEP_S)))
        self.ecg.foot.say(wave_words(marks.ecg_why))
        self.eda.words.say(response_words(marks.scr_per_min, least=marks.scr_least, is_tight=True))
        heart, skin = marks.seconds("ecg"), marks.seconds("eda")
        self.ecg.show_quality(heart)
        self.eda.show_quality(skin)
        self._describe(now, heart[-round(SWEEP_S) :], skin[-round(STRIP_S) :])
        if now - self._drawn_t >= _EVERY_S:
            self._drawn_t = now
            self.beats.trend.show_beats(self._raw.beats.at(now), self._raw.beats.gaps_at(now))
            self.beats.describe(now, lambda: tachogram_summary(self._raw.beats.at(now)))

    def _describe(self, now: float, heart: list[Second], skin: list[Second]) -> None:
        ecg = self._raw.ecg.between(now - SWEEP_S, now).values
        eda = self._raw.eda.between(now - STRIP_S, now).values
        beats, peaks = len(self._raw.marks.beats(now - SWEEP_S)), len(self._raw.marks.peaks(now - STRIP_S))
        self.ecg.describe(now, f"{ecg_summary(ecg, beats, SWEEP_S)}; {_clear(heart)}")
        self.eda.describe(now, f"{eda_summary(eda, peaks, least=self._raw.marks.scr_least)}; {_clear(skin)}")

    def _dress(self) -> None:
        self.beats.trend.setBackground(self._look.color("surface"))

    def _fold(self) -> None:
        for panel in (self.ecg, self.eda, self.beats):
            panel.fold(is_tight=True)


def _clear(seconds: list[Second]) -> str:
    return clear_words(sum(second.signal is Signal.CLEAR for second in seconds), len(seconds))


class SignalsCard(QWidget):
    """Who is looked at, their sensors, and their signals: one view a person, made when it is first wanted.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Raw signals"))
        self._views: dict[str, SignalsView] = {}
        self._shown: SignalsView | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def clear(self) -> None:
        """Forget everybody."""
        for view in self._views.values():
            view.hide()
            view.deleteLater()
        self._views, self._shown = {}, None

    def show_person(self, name: str, raw: RawSignals) -> None:
        """Show the signals of this person."""
        if name not in self._views:
            self._views[name] = SignalsView(self._look, raw)
            self._layout.addWidget(self._views[name])
        view = self._views[name]
        if view is not self._shown:
            if self._shown is not None:
                self._shown.hide()
            self._shown = view
            view.show()

    def follow(self, now: float) -> None:
        """Draw what is new."""
        if self._shown is not None:
            self._shown.follow(now)

    def refresh(self, now: float) -> None:
        """Renew what is said."""
        if self._shown is not None:
            self._shown.refresh(now)
