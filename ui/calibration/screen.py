# SPDX-License-Identifier: MIT
"""A guided rest: how it is now, settle, rest, and if the person likes a talk and something comfortable.

Law: nothing begins before it is chosen; every step can be skipped; what is shown comes from frames.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dsp.codes import Action, CalibrationStep
from dsp.stream import CLIENT, Command, Frame, Value
from resources.words import gettext as _
from ui.arousal.decisions import WindowDecisions
from ui.arousal.holding import WindowHolding
from ui.calibration.end_page import EndPage
from ui.calibration.felt import FeltPage
from ui.calibration.progress import RestProgress
from ui.calibration.rest_page import RestPage
from ui.calibration.stepper import Stepper
from ui.pacing import Pacing
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll

_LOW_PX = 640  # below this, times the text's size, what explains is left out
_FELT, _REST, _END = 0, 1, 2
_LEVELS = {**{str(n): n for n in range(10)}, "T": 10}


class CalibrationScreen(QWidget):
    """A guided rest.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        The breathing, which rests meanwhile.
    send : callable
        Puts a decision into the session.
    decisions : WindowDecisions
        Makes the commands about the window that is found.
    """

    left = Signal()

    def __init__(self, look: Look, pacing: Pacing, send: Callable[[Command], None], decisions: WindowDecisions) -> None:
        super().__init__()
        self._look = look
        self._pacing = pacing
        self._send = send
        self._holding = WindowHolding()
        self.progress = RestProgress()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("A guided rest"))
        self.stepper = Stepper(look)
        self.felt, self.rest, self.end = FeltPage(look), RestPage(look), EndPage(look, decisions)
        self._pages = QStackedWidget()
        self._pages.setAccessibleName(_("The step of now"))
        self.skip = Button(look, _("Skip this"), key="S")
        self.again = Button(look, _("Once more"), key="R")
        self._signal = Icon(look, "clear", _("signal clear"))
        self._signal_words = safe_label(look, kind=Type.BODY, tone="text2")
        self.done = Button(look, _("I’m done"), others=(_("Not now"), _("Back to the session")))
        self._assemble()
        self._wire()
        self.ask(self._holding)

    def ask(self, holding: WindowHolding) -> None:
        """Ask how it is now; nothing begins before that is answered.

        Parameters
        ----------
        holding : WindowHolding
            What holds of the person's window; it goes on following the frames.
        """
        self._holding = holding
        self.progress.begin()
        self.felt.begin(has_window=holding.baseline is not None)
        self._show()

    def take(self, frame: Frame) -> None:
        """Take in what a frame says of the client's rest."""
        is_of_window = isinstance(frame.item, Command) and frame.item.action is Action.CALIBRATE
        if self.progress.take(frame) or is_of_window:
            self._show()

    def press(self, key: str) -> None:
        """Take a number on the first page; choose an extra step on the last one."""
        page = self._pages.currentIndex()
        if page == _FELT:
            self.felt.choose_level(_LEVELS[key])
        elif page == _END:
            button = {"1": self.end.talk, "2": self.end.comfortable}.get(key)
            if button is not None and button.isVisible():
                button.click()

    def press_skip(self) -> None:
        """Go on without this step, where one runs."""
        if self.progress.is_running:
            self._calibrate(CalibrationStep.SKIP)

    def press_again(self) -> None:
        """Begin the running or the last step anew."""
        if self.progress.now is not None:
            self._calibrate(CalibrationStep.REPEAT)

    def leave(self) -> None:
        """Leave; what runs ends without a window."""
        if self.progress.is_running and self.progress.now is not None:
            is_settling = self.progress.now.step is CalibrationStep.SETTLE
            self._calibrate(CalibrationStep.DONE if is_settling else CalibrationStep.SKIP)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what explains, in a window that is small for its text."""
        super().resizeEvent(event)
        self._fold()

    def _begin(self, state: str) -> None:
        if self._pacing.is_on:
            self._pacing.toggle()  # a paced breath would be measured in place of a rest
        level = self.felt.level
        said: dict[str, Value] = {"state": state} if state else {}
        self._calibrate(CalibrationStep.FELT, **said, **({} if level is None else {"level": float(level)}))
        self._calibrate(CalibrationStep.SETTLE)

    def _end_or_leave(self) -> None:
        """Make a window of what there is; where nothing runs, go back."""
        now = self.progress.now
        if not self.progress.is_running or now is None or now.step is CalibrationStep.SETTLE:
            self.leave()
        else:
            self._calibrate(CalibrationStep.DONE)

    def _calibrate(self, step: CalibrationStep, **values: Value) -> None:
        given = (("step", step.value), *values.items())
        self._send(Command(self._pacing.clock(), Action.CALIBRATE, CLIENT, values=given))

    def _show(self) -> None:
        progress, now = self.progress, self.progress.now
        page = _FELT if now is None else _REST if progress.is_running else _END
        self._pages.setCurrentIndex(page)
        self.stepper.show_step(now.step if now is not None and progress.is_running else None, progress.done)
        if now is not None and page == _REST:
            self.rest.show_progress(progress, now)
        elif now is not None and now.step is CalibrationStep.DONE and progress.baseline is not None:
            self.end.show_found(progress.baseline, progress.done, is_provisional=progress.is_provisional)
            self.end.show_choices(self._holding)
        elif now is not None:
            self.end.show_none(now)
        self._show_foot(page)

    def _show_foot(self, page: int) -> None:
        now = self.progress.now
        self.skip.setVisible(page == _REST)
        self.again.setVisible(page != _FELT)
        is_clear = now is not None and now.why is None
        self._signal.setVisible(page == _REST)
        words = _("signal clear") if is_clear else _("waiting")
        self._signal.show_icon("clear" if is_clear else "faint", words, "text2")
        self._signal_words.say(words if page == _REST else "")
        self.done.say(_("Not now") if page == _FELT else _("I’m done") if page == _REST else _("Back to the session"))

    def _fold(self) -> None:
        is_tight = self.height() < self._look.px(_LOW_PX) or self.width() < self._look.px(1000)
        self.stepper.fold(is_tight=is_tight)
        self.rest.fold(is_tight=is_tight)

    def _wire(self) -> None:
        self.felt.said.connect(self._begin)
        self.end.more.connect(self._calibrate)
        self.skip.clicked.connect(self.press_skip)
        self.again.clicked.connect(self.press_again)
        self.done.clicked.connect(self._end_or_leave)
        self._look.changed.connect(self._fold)

    def _assemble(self) -> None:
        for page in (self.felt, self.rest, Scroll(self._look, self.end)):
            self._pages.addWidget(page)
        inner = QVBoxLayout()
        inner.addWidget(self.stepper)
        inner.addSpacing(24)
        inner.addWidget(self._pages, 1)
        sides = QHBoxLayout()
        sides.addStretch(1)
        sides.addLayout(inner, 5)
        sides.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.skip)
        foot.addWidget(self.again)
        foot.addStretch(1)
        foot.addWidget(self._signal)
        foot.addWidget(self._signal_words)
        foot.addStretch(1)
        foot.addWidget(self.done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 40, 48, 28)
        layout.setSpacing(0)
        layout.addLayout(sides, 1)
        layout.addSpacing(24)
        layout.addLayout(foot)
