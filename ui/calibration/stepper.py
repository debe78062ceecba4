# SPDX-License-Identifier: MIT
"""Where a guided rest is: four steps in a row, by shape and word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dsp.codes import CalibrationStep
from resources.words import gettext as _
from ui.calibration.words import step_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Hairline
from ui.widgets.label import safe_label

STEPS = (CalibrationStep.SETTLE, CalibrationStep.REST, CalibrationStep.TALK, CalibrationStep.COMFORTABLE)


class Stepper(QWidget):
    """The four steps.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Steps"))
        self._rounds = {step: StepRound(look, index + 1) for index, step in enumerate(STEPS)}
        self._names = {step: safe_label(look, step_words(step).name, kind=Type.LABEL, tone="text2") for step in STEPS}
        self._lengths = {step: safe_label(look, kind=Type.AXIS, tone="text3") for step in STEPS}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for step in STEPS:
            if step is not STEPS[0]:
                layout.addWidget(Hairline(look), 1, Qt.AlignmentFlag.AlignVCenter)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(self._names[step])
            words.addWidget(self._lengths[step])
            layout.addWidget(self._rounds[step])
            layout.addLayout(words)
        self.show_step(None, frozenset())

    def show_step(self, now: CalibrationStep | None, done: frozenset[CalibrationStep]) -> None:
        """Show which step runs, and which are done."""
        for step in STEPS:
            is_now, is_done = step is now, step in done and step is not now
            self._rounds[step].show_state(is_now=is_now, is_done=is_done)
            self._names[step].recolor("text" if is_now or is_done else "text2")
            words = step_words(step)
            self._lengths[step].say(_("done") if is_done else words.length)
            self._rounds[step].setAccessibleName(f"{words.name}: {_('now') if is_now else self._lengths[step].text()}")

    def fold(self, *, is_tight: bool) -> None:
        """Keep the names alone, where there is little room."""
        for label in self._lengths.values():
            label.setVisible(not is_tight)


class StepRound(QWidget):
    """One step's number in a ring; a tick when it is done.

    Parameters
    ----------
    look : Look
        The look it follows.
    number : int
        Which one.
    """

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self._look = look
        self._number = number
        self._is_now = self._is_done = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._dress)

    def show_state(self, *, is_now: bool, is_done: bool) -> None:
        """Show whether it runs, or is done."""
        if (is_now, is_done) != (self._is_now, self._is_done):
            self._is_now, self._is_done = is_now, is_done
            self.update()

    def sizeHint(self) -> QSize:
        """Give 32 x 32, growing with the text."""
        return QSize(self._look.px(32), self._look.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring with its number, or the tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone, width = ("signal", 2.0) if self._is_now else ("raised", 1.0) if self._is_done else ("edge", 1.0)
        painter.setPen(QPen(self._look.color(tone), width))
        painter.setBrush(self._look.color("raised") if self._is_done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        if self._is_done:
            side = self._look.px(20)
            place = self.rect().adjusted(0, 0, 0, 0)
            pixmap = self._look.icon("tick", "text", side, self.devicePixelRatioF())
            painter.drawPixmap((place.width() - side) // 2, (place.height() - side) // 2, pixmap)
        else:
            painter.setFont(self._look.font(Type.STRONG if self._is_now else Type.FIGURES))
            painter.setPen(self._look.color("text" if self._is_now else "text2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
