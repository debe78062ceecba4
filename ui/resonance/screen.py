# SPDX-License-Identifier: MIT
"""The resonance assessment: choose a way, breathe through the paces, and take the one that is comfortable.

Law: nothing begins before it is chosen; it can be left at any breath; the person decides which pace is used.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from dsp.plan import BreathShape
from dsp.stream import Frame
from resources.words import gettext as _
from ui.client.ask import Answer
from ui.client.ask_card import AskCard
from ui.pacing import Pacing
from ui.resonance.result import ResultPage
from ui.resonance.run import AssessmentReading
from ui.resonance.trial import Trial
from ui.resonance.words import known_words, trying_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.label import safe_label
from ui.widgets.pacer import Pacer
from ui.words import breath_words

_CHOOSE, _RUN, _RESULT = 0, 1, 2
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class ResonanceScreen(QWidget):
    """Find a slow pace that the heart answers.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        The breathing.
    """

    left = Signal()

    def __init__(self, look: Look, pacing: Pacing) -> None:
        super().__init__()
        self._look = look
        self._pacing = pacing
        self.reading = AssessmentReading()
        self._trial: Trial | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("A pace of your own"))
        self._pages = QStackedWidget()
        self._pages.setAccessibleName(_("The step of now"))
        self.pacer = Pacer(look, pacing.breath)
        self.pacer.setAccessibleName(_("Breathing shape"))
        self._word = safe_label(look, kind=Type.PAGE, align=_MIDDLE)
        self.line = safe_label(look, kind=Type.LABEL, tone="text2", align=_MIDDLE)
        self.bar = ProgressLine(look)
        self.cards = [AskCard(look, answer) for answer in _ways()]
        self.result = ResultPage(look)
        self._known = safe_label(look, tone="text2", wrap=True, align=_MIDDLE)
        moves = _("It can move from day to day: a short check at the start of each session keeps it right.")
        self._moves = safe_label(look, moves, tone="text2", wrap=True)
        self.back = Button(look, _("Back"), others=(_("Stop here"), _("Decide later")))
        self.too_slow = Button(look, _("Too slow for me"), key="S")
        self._assemble()
        self._wire()
        self.ask()

    def ask(self) -> None:
        """Ask which way; nothing begins before."""
        self._trial = None
        self.reading.forget()
        self._show()

    def take(self, frame: Frame) -> None:
        """Take in what a frame says of the assessment."""
        before = self.reading.is_running, self.reading.found
        self.reading.take(frame)
        if before != (self.reading.is_running, self.reading.found):
            self._show()

    def refresh(self, t: float) -> None:
        """Show how far it is at `t`, seconds on the session clock."""
        self._go_on_trying(t)
        pace = self.reading.pace_at(t)
        if pace is None:
            return
        minutes = max(round(pace.left_s / 60.0), 1)
        words = _("{rate:.1f} a minute; about {n} min to go").format(rate=pace.breaths_per_min, n=minutes)
        self.line.say(words)
        self.bar.show_share(pace.share, words)

    def press(self, key: str) -> None:
        """Choose a way by its key, or one of the paces that were found."""
        if self._pages.currentIndex() == _CHOOSE:
            for card in self.cards:
                if card.answer.key == key:
                    card.click()
        elif self._pages.currentIndex() == _RESULT:
            self.result.press(key)

    def leave(self) -> None:
        """Leave; a running assessment ends."""
        if self._trial is not None:
            self._end_trial(self._trial)
            return
        if self.reading.is_running:
            self._pacing.toggle()
        self.left.emit()

    def _begin(self, way: str) -> None:
        self._pacing.assess(way)

    def _use(self, breaths_per_min: float) -> None:
        self._trial = None
        self._pacing.choose(breaths_per_min)
        self.left.emit()

    def _try_each(self) -> None:
        """Let the paces that cannot be told apart be felt, one after the other."""
        self._trial = Trial(self.result.rates, self._pacing.clock(), self._pacing.breaths_per_min)
        self._pacing.start_at(self._trial.rates[0])
        self._show()

    def _go_on_trying(self, t: float) -> None:
        trial = self._trial
        if trial is None:
            return
        rate = trial.rate_at(t)
        if rate is None:
            self._end_trial(trial)
        elif rate != self._pacing.breaths_per_min:
            self._pacing.start_at(rate)
        if rate is not None:
            words = trying_words(rate, trial.left_s(t))
            self.line.say(words)
            self.bar.show_share(trial.share_at(t), words)

    def _end_trial(self, trial: Trial) -> None:
        """Let the shape rest again, with the pace of before; the choice is the person's."""
        self._trial = None
        if self._pacing.is_on:
            self._pacing.toggle()
        self._pacing.remember(trial.before)
        self._show()

    def _show(self) -> None:
        found = self.reading.found
        is_running = self.reading.is_running or self._trial is not None
        page = _RUN if is_running else _CHOOSE if found is None else _RESULT
        if found is not None and page == _RESULT:
            scores = found.assessment.scores if found.assessment is not None else ()
            inhale, exhale = self._pacing.ratio
            waves = [self.reading.wave_of(score.breaths_per_min) for score in scores]
            self.result.show_found(found, waves, BreathShape(inhale, exhale))
        self._pages.setCurrentIndex(page)
        self.too_slow.setVisible(self.reading.is_running)
        self._moves.setVisible(page == _RESULT)
        known = self._pacing.resonance
        self._known.say("" if known is None else known_words(known))
        self.back.say({_RUN: _("Stop here"), _CHOOSE: _("Back"), _RESULT: _("Decide later")}[page])

    def _say(self) -> None:
        self._word.say(breath_words(self._pacing.breath().part) if self._pacing.is_on else "")

    def _wire(self) -> None:
        for card in self.cards:
            card.clicked.connect(lambda _checked=False, way=card.answer.name: self._begin(way))
        self.result.used.connect(self._use)
        self.result.again.connect(self.ask)
        self.result.tried.connect(self._try_each)
        self.back.clicked.connect(self.leave)
        self.too_slow.clicked.connect(self._pacing.too_slow)
        self.pacer.turned.connect(lambda _part: self._say())

    def _assemble(self) -> None:
        for page in (self._choose_page(), self._run_page(), self.result):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.too_slow)
        foot.addWidget(self._moves, 1)
        foot.addStretch(1)
        foot.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 40, 48, 28)
        layout.setSpacing(24)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)

    def _choose_page(self) -> QWidget:
        page, layout = _page()
        title = safe_label(self._look, _("A pace of your own"), kind=Type.PAGE, align=_MIDDLE)
        about = _("Slow paces are tried one after the other, and the heart shows which it answers. Soft and small.")
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addStretch(1)
        for card in self.cards:
            cards.addWidget(card)
        self._fit()
        self._look.changed.connect(self._fit)
        cards.addStretch(1)
        layout.addStretch(2)
        layout.addWidget(title)
        layout.addWidget(safe_label(self._look, about, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE))
        layout.addSpacing(8)
        layout.addWidget(self._known)
        layout.addSpacing(24)
        layout.addLayout(cards)
        layout.addStretch(3)
        return page

    def _fit(self) -> None:
        """Give all ways the same size."""
        width = self.cards[0].usual_width()
        height = max(card.height_for(width) for card in self.cards)
        for card in self.cards:
            card.fit(width, height)

    def _run_page(self) -> QWidget:
        page, layout = _page()
        layout.addWidget(self.pacer, 1)
        layout.addSpacing(16)
        layout.addWidget(self._word)
        layout.addWidget(self.line)
        layout.addSpacing(16)
        layout.addWidget(self.bar)
        return page


class ProgressLine(QProgressBar):
    """A thin line that fills.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setRange(0, 1000)
        self.setTextVisible(False)
        self.setFixedHeight(6)
        self.setAccessibleName(_("How far it is"))
        look.changed.connect(self._dress)
        self._dress()

    def show_share(self, share: float, words: str) -> None:
        """Fill it to this share, and say it in words."""
        self.setValue(round(1000 * share))
        self.setAccessibleDescription(words)

    def _dress(self) -> None:
        track, full = self._look.color("raised").name(), self._look.color("signal").name()
        self.setStyleSheet(
            f"QProgressBar {{background: {track}; border: 0; border-radius: 3px}}"
            f"QProgressBar::chunk {{background: {full}; border-radius: 3px}}"
        )


def _ways() -> tuple[Answer, ...]:
    return (
        Answer("stepped", _("Step by step"), _("five paces, about a quarter of an hour"), "wind", "1"),
        Answer("sliding", _("Sliding"), _("one long glide, about a quarter of an hour"), "leaf", "2"),
        Answer("recheck", _("A short check"), _("around the pace of now, about five minutes"), "refresh", "3"),
    )


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setAccessibleName("")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return page, layout
