# SPDX-License-Identifier: MIT
"""What came of a rest: the window in words, or why there is none yet, and what may come next."""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.baseline import Baseline, Calibration
from dsp.codes import CalibrationStep
from ui.calibration.words import found_words, refused_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import safe_label

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class EndPage(QWidget):
    """The window in words.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    more = Signal(CalibrationStep)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Your window"))
        self.heading = safe_label(look, kind=Type.PAGE, align=_MIDDLE)
        self.line = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE)
        self.card = Card(look, _("Your window"))
        self.above = safe_label(look, kind=Type.VALUE, wrap=True, align=_MIDDLE)
        self.sentences = safe_label(look, kind=Type.LABEL, tone="text2", wrap=True, align=_MIDDLE)
        self.talk = Button(look, _("Talk, 2 min"), key="1")
        self.comfortable = Button(look, _("Something comfortable, 2 min"), key="2")
        self._may = safe_label(
            look, _("If you like, for a window that knows more of you:"), tone="text2", align=_MIDDLE
        )
        self.talk.clicked.connect(lambda: self.more.emit(CalibrationStep.TALK))
        self.comfortable.clicked.connect(lambda: self.more.emit(CalibrationStep.COMFORTABLE))
        self._assemble()

    def show_found(self, baseline: Baseline, done: frozenset[CalibrationStep], *, is_provisional: bool) -> None:
        """Say what the window is."""
        first, *others = found_words(baseline)
        self.heading.say(_("This is your window"))
        self.line.say(
            _("Getting to know you: it is drawn dashed until there were rests on three days.")
            if is_provisional
            else _("It holds from today.")
        )
        self.above.say(first)
        self.sentences.say("\n".join(others))
        self._show(is_found=True)
        self.talk.setVisible(CalibrationStep.TALK not in done)
        self.comfortable.setVisible(CalibrationStep.COMFORTABLE not in done)
        self._may.setVisible(not self.talk.isHidden() or not self.comfortable.isHidden())

    def show_none(self, now: Calibration) -> None:
        """Say that there is no window of this rest, and what may help."""
        if now.step is CalibrationStep.REFUSED:
            sentence, step = refused_words(now.why)
            self.heading.say(_("No window from this rest"))
            self.line.say(f"{sentence} {step}")
        else:
            self.heading.say(_("Skipped"))
            self.line.say(_("Nothing was measured. It can be done any time."))
        self._show(is_found=False)

    def _show(self, *, is_found: bool) -> None:
        for widget in (self.card, self._may, self.talk, self.comfortable):
            widget.setVisible(is_found)

    def _assemble(self) -> None:
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(48, 24, 48, 24)
        inside.setSpacing(8)
        inside.addWidget(self.above)
        inside.addWidget(self.sentences)
        extras = QHBoxLayout()
        extras.setSpacing(16)
        extras.addStretch(1)
        extras.addWidget(self.talk)
        extras.addWidget(self.comfortable)
        extras.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card, 3)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(2)
        layout.addWidget(self.heading)
        layout.addSpacing(4)
        layout.addWidget(self.line)
        layout.addSpacing(24)
        layout.addLayout(middle)
        layout.addSpacing(24)
        layout.addWidget(self._may)
        layout.addSpacing(12)
        layout.addLayout(extras)
        layout.addStretch(3)
