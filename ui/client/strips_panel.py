# SPDX-License-Identifier: MIT
"""The raw signals of one person side by side: ECG, skin conductance, and breath where a belt is worn.

Law (screens.md, Drawing): what arrives is only kept; it is drawn when the screen's own timer says so, in the part that
is new, and not while it is hidden.
"""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from dsp.codes import Modality
from dsp.stream import FloatArray, Frame
from resources.words import gettext as _
from ui.client.signal_marks import Second, SignalMarks
from ui.client.signal_panel import Captions, SignalPanel
from ui.client.signal_words import (
    breath_summary,
    clear_words,
    ecg_summary,
    ecg_unit,
    eda_summary,
    response_words,
    wave_words,
)
from ui.heart import Signal
from ui.theme import Look
from ui.waveform import Waveform
from ui.widgets.plot import Upright
from ui.widgets.strip import Strip
from ui.widgets.sweep import Sweep
from ui.words import origin_words

_SWEEP_S, _STRIP_S = 5.0, 60.0
_BEHIND_S = 2.0  # at most, as a waveform asks for


class StripsPanel(QWidget):
    """The raw signals.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Signals"))
        self._is_tight = False
        self._marks = SignalMarks()
        self._ecg = Waveform(Modality.ECG, _SWEEP_S)
        self._eda = Waveform(Modality.EDA, _STRIP_S)
        self._resp = Waveform(Modality.RESP, _STRIP_S)
        self._sweep = Sweep(look, self._ecg, Upright(0.5, 1.5))
        self._skin = Strip(look, self._eda, Upright(0.25, 0.5))
        self._breath = Strip(look, self._resp, Upright())
        ends = _("\N{MINUS SIGN}60 s"), _("now")
        ecg_captions = Captions(_("ECG"), ecg_unit(None), _("signal quality"), "")
        eda_captions = Captions(_("EDA"), "\N{MICRO SIGN}S", *ends)
        self.ecg = SignalPanel(look, self._ecg, self._sweep, ecg_captions)
        self.eda = SignalPanel(look, self._eda, self._skin, eda_captions, is_marked=True)
        resp_captions = Captions(_("Breath"), _("belt"), *ends)
        self.resp = SignalPanel(look, self._resp, self._breath, resp_captions, is_judged=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(32)
        for panel in self._panels():
            layout.addWidget(panel, 1)
        self.begin()

    def begin(self) -> None:
        """Forget everything: another session begins."""
        self._marks = SignalMarks()
        for wave in (self._ecg, self._eda, self._resp):
            wave.clear()
        for panel in self._panels():
            panel.clear()
        self._say()

    def take(self, frame: Frame) -> None:
        """Keep what a frame brings; nothing is painted here."""
        for wave in (self._ecg, self._eda, self._resp):
            wave.take(frame)
        self._marks.take(frame)

    def follow(self, now: float) -> None:
        """Draw what is new at `now`, seconds on the session clock; called some 30 times a second."""
        if not self.isVisible():
            return
        self._sweep.mark(self._marks.r_peaks(now - _SWEEP_S - _BEHIND_S))
        self._skin.mark(self._marks.peaks(now - _STRIP_S - _BEHIND_S))
        for plot in (self._sweep, self._skin, self._breath):
            plot.follow(now)

    def refresh(self, now: float) -> None:
        """Renew the words and the lanes; called a few times a second."""
        if not self.isVisible():
            return
        for panel in self._panels():
            panel.show_sensor()
        self._say()
        skin, heart = self._marks.seconds("eda"), self._marks.seconds("ecg")
        self.eda.show_quality(skin)
        self.ecg.show_quality(heart)
        self._describe(now, heart[-round(_SWEEP_S) :], skin[-round(_STRIP_S) :])

    def fold(self, *, is_tight: bool) -> None:
        """Leave out what explains, where there is little room."""
        self._is_tight = is_tight
        for panel in self._panels():
            panel.fold(is_tight=is_tight)
        self._say()

    def _panels(self) -> tuple[SignalPanel, SignalPanel, SignalPanel]:
        return self.ecg, self.eda, self.resp

    def _say(self) -> None:
        self.resp.setVisible(self._resp.newest_t is not None)
        self.ecg.unit.say(ecg_unit(self._ecg.rate_hz))
        self.ecg.words.say(_("sweep, {span} s").format(span=round(_SWEEP_S)))
        why = self._marks.ecg_why
        self.ecg.foot.say(wave_words(why))
        self.ecg.end.say(origin_words(self._marks.came_from) if why is None and not self._is_tight else "")
        self.eda.words.say(self._response_words())

    def _response_words(self) -> str:
        return response_words(self._marks.scr_per_min, least=self._marks.scr_least, is_tight=self._is_tight)

    def _describe(self, now: float, heart: list[Second], skin: list[Second]) -> None:
        ecg, eda = _newest(self._ecg, now), _newest(self._eda, now)
        beats, peaks = len(self._marks.beats(now - _SWEEP_S)), len(self._marks.peaks(now - _STRIP_S))
        said = [ecg_summary(ecg, beats, _SWEEP_S), _clear(heart)]
        if self._marks.ecg_why is not None:
            said.append(wave_words(self._marks.ecg_why))
        self.ecg.describe(now, "; ".join(said))
        self.eda.describe(now, f"{eda_summary(eda, peaks, least=self._marks.scr_least)}; {_clear(skin)}")
        self.resp.describe(now, f"{breath_summary(_newest(self._resp, now))}; {_('quality not judged')}")


def _newest(wave: Waveform, now: float) -> FloatArray:
    return wave.between(now - wave.span_s, now).values


def _clear(seconds: list[Second]) -> str:
    return clear_words(sum(second.signal is Signal.CLEAR for second in seconds), len(seconds))
