# SPDX-License-Identifier: MIT
"""The raw signals of the chosen person: ECG as a sweep, RR with its verdicts, EDA with its responses, each with a lane.

Law (screens.md, Drawing): only the chosen person's signals are drawn, and only while they can be seen.
"""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.client.session_words import tachogram_summary
from ui.client.signal_marks import Second
from ui.client.signal_panel import Captions, SignalPanel
from ui.client.signal_words import clear_words, ecg_summary, ecg_unit, eda_summary, response_words, wave_words
from ui.client.trend_panel import TrendPanel
from ui.clinician.raw import STRIP_S, SWEEP_S, RawSignals
from ui.heart import Signal
from ui.theme import Look
from ui.widgets.plot import Grounds, Upright
from ui.widgets.segmented import Segmented
from ui.widgets.strip import Strip
from ui.widgets.sweep import Sweep
from ui.widgets.trend import Axis

_BEHIND_S = 2.0  # at most, as a waveform asks for
_ON_CARD = Grounds(page="surface", plot="bg")
_UNIT_PX, _LEGEND_PX = 360, 620  # from these widths on there is room for what explains
_LEAST_PX = 120
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
        self.beats.trend.stand_on(page="surface", plot="bg")
        self._look = look
        self._drawn_t = float("-inf")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        for panel in self._panels:
            layout.addWidget(panel, 1)
        look.changed.connect(self.fold)
        self.fold()

    @property
    def _panels(self) -> tuple[QWidget, ...]:
        return self.ecg, self.beats, self.eda

    def show_tab(self, tab: int | None) -> None:
        """Show one strip alone, or all of them side by side (None)."""
        for index, panel in enumerate(self._panels):
            panel.setVisible(tab is None or index == tab)
        self.fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what explains, where there is room for it."""
        super().resizeEvent(event)
        self.fold()

    def follow(self, now: float) -> None:
        """Draw what is new at `now`; called some 30 times a second."""
        if not self.isVisible():
            return
        if self.ecg.isVisible():
            self._sweep.mark(self._raw.marks.r_peaks(now - SWEEP_S - _BEHIND_S))
            self._sweep.follow(now)
        if self.eda.isVisible():
            self._skin.mark(self._raw.marks.peaks(now - STRIP_S - _BEHIND_S))
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
        self.eda.words.say(response_words(marks.scr_per_min, least=marks.scr_least, is_tight=self._is_tight(self.eda)))
        heart, skin = marks.seconds("ecg"), marks.seconds("eda")
        self.ecg.show_quality(heart)
        self.eda.show_quality(skin)
        self._describe(now, heart[-round(SWEEP_S) :], skin[-round(STRIP_S) :])
        if now - self._drawn_t >= _EVERY_S or now < self._drawn_t:
            self._drawn_t = now
            self.beats.trend.show_beats(self._raw.beats.at(now), self._raw.beats.gaps_at(now))
            self.beats.describe(now, lambda: tachogram_summary(self._raw.beats.at(now)))

    def _describe(self, now: float, heart: list[Second], skin: list[Second]) -> None:
        ecg = self._raw.ecg.between(now - SWEEP_S, now).values
        eda = self._raw.eda.between(now - STRIP_S, now).values
        beats, peaks = len(self._raw.marks.beats(now - SWEEP_S)), len(self._raw.marks.peaks(now - STRIP_S))
        self.ecg.describe(now, f"{ecg_summary(ecg, beats, SWEEP_S)}; {_clear(heart)}")
        self.eda.describe(now, f"{eda_summary(eda, peaks, least=self._raw.marks.scr_least)}; {_clear(skin)}")

    def fold(self) -> None:
        """Leave out what explains, where there is little room."""
        for panel in (self.ecg, self.eda):
            panel.fold(is_tight=self._is_tight(panel))
        self.beats.fold(is_tight=self.beats.width() < self._look.px(_LEGEND_PX))

    def _is_tight(self, panel: QWidget) -> bool:
        return panel.width() < self._look.px(_UNIT_PX)


def _clear(seconds: list[Second]) -> str:
    return clear_words(sum(second.signal is Signal.CLEAR for second in seconds), len(seconds))


class SignalsCard(QWidget):
    """The chosen person's signals: one view a person, made when it is first wanted; below a width, one strip at a time.

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
        self._tab = 0
        self._is_tabbed = False
        self.tabs = Segmented(look, _("Which signal"), (_("ECG"), _("RR"), _("EDA")))
        self.tabs.choose(0)
        self.tabs.hide()
        self.tabs.chosen.connect(self._turn)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.tabs)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def shown(self) -> SignalsView | None:
        """What is drawn; None before anybody is there."""
        return self._shown

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
            self._layout.addWidget(self._views[name], 1)
        view = self._views[name]
        if view is not self._shown:
            if self._shown is not None:
                self._shown.hide()
            self._shown = view
            view.show()
            view.show_tab(self._tab if self._is_tabbed else None)

    def fold(self, *, is_tabbed: bool) -> None:
        """Show one strip at a time, or all side by side."""
        if is_tabbed is not self._is_tabbed:
            self._is_tabbed = is_tabbed
            self.tabs.setVisible(is_tabbed)
            self._turn(self._tab)

    def follow(self, now: float) -> None:
        """Draw what is new."""
        if self._shown is not None:
            self._shown.follow(now)

    def refresh(self, now: float) -> None:
        """Renew what is said."""
        if self._shown is not None:
            self._shown.refresh(now)

    def _dress(self) -> None:
        self.setMinimumHeight(self._look.px(_LEAST_PX))

    def _turn(self, tab: int) -> None:  # a slot of Qt's
        self._tab = tab
        self.tabs.choose(tab)
        if self._shown is not None:
            self._shown.show_tab(tab if self._is_tabbed else None)
