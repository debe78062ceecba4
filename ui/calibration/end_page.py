# SPDX-License-Identifier: MIT
"""What came of a rest: the window in words, or why there is none yet, and what may come next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.baseline import Baseline, Calibration
from dsp.codes import CalibrationStep
from resources.words import gettext as _
from ui.arousal.decisions import WindowDecisions
from ui.arousal.holding import TODAY, USUAL, WindowHolding
from ui.arousal.words import since_words
from ui.calibration.pages import fill, in_the_middle
from ui.calibration.words import found_words, refused_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class EndPage(QWidget):
    """The window in words.

    Parameters
    ----------
    look : Look
        The look it follows.
    decisions : WindowDecisions
        Makes the choices between rests into commands.
    """

    more = Signal(CalibrationStep)

    def __init__(self, look: Look, decisions: WindowDecisions) -> None:
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
        differs = _("Today’s rest differs from your usual one. Which shall hold?")
        self._which = safe_label(look, differs, tone="text2", wrap=True, align=_MIDDLE)
        self.choice = Segmented(look, _("Which rest holds"), (_("the usual one"), _("today’s")))
        self.back = Button(
            look, _("Have the old one back"), size=Size.LIST, others=(_("Take the new one after all"),), is_quiet=True
        )
        self.choice.chosen.connect(lambda index: decisions.hold_against((USUAL, TODAY)[index]))
        self.back.clicked.connect(decisions.go_back)
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
            else _("It holds, {since}.").format(since=since_words(baseline.age_days))
        )
        self.above.say(first)
        self.sentences.say("\n".join(others))
        self._show(is_found=True)
        self.talk.setVisible(CalibrationStep.TALK not in done)
        self.comfortable.setVisible(CalibrationStep.COMFORTABLE not in done)
        self._may.setVisible(not self.talk.isHidden() or not self.comfortable.isHidden())

    def show_choices(self, holding: WindowHolding) -> None:
        """Offer the choice between the usual rest and today's where they differ, and the old window back."""
        baseline, reference = holding.baseline, holding.reference
        is_asked = baseline is not None and baseline.is_unusual and reference is not None
        for widget in (self._which, self.choice):
            widget.setVisible(is_asked)
        if reference is not None:
            self.choice.choose((USUAL, TODAY).index(reference))
        self.back.setVisible(holding.can_go_back)
        self.back.say(_("Take the new one after all") if holding.is_back else _("Have the old one back"))
        if holding.is_back:
            self.heading.say(_("Your earlier window holds"))
        elif reference == USUAL:
            self.above.say(_("held against your usual rest"))
        elif baseline is not None:
            self.above.say(found_words(baseline)[0])

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
        for widget in (self.card, self._may, self.talk, self.comfortable, self._which, self.choice, self.back):
            widget.setVisible(is_found)

    def _assemble(self) -> None:
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(48, 24, 48, 24)
        inside.setSpacing(8)
        for words in (self.above, self.sentences, self._which):
            inside.addWidget(words)
        inside.addWidget(self.choice, 0, _MIDDLE)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card, 3)
        middle.addStretch(1)
        extras = in_the_middle(self.talk, self.comfortable)
        fill(self, self.heading, 4, self.line, 24, middle, 8, in_the_middle(self.back), 16, self._may, 12, extras)
