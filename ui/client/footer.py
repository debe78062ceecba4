# SPDX-License-Identifier: MIT
"""The three buttons of every breathing screen; they stand in the same corners on each. A pause shows the sound too."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.pacing import Pacing
from ui.theme import Look
from ui.widgets.button import Button

_GAP = 16


class BreathFooter(QWidget):
    """Too slow for me, Pause, I'm done; in a pause, the sound.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        What the buttons steer.
    """

    done = Signal()
    sound_wanted = Signal()
    ways_wanted = Signal()

    def __init__(self, look: Look, pacing: Pacing) -> None:
        super().__init__()
        self._pacing = pacing
        self.setAccessibleName(_("Breathing"))
        self._too_slow = Button(look, _("Too slow for me"), key="S")
        self._pause = Button(look, _("Pause"), key=_("Space"), icon="pause", others=(_("Go on"), _("Begin")))
        self._done = Button(look, _("I’m done"))
        self._sound = Button(look, _("Sound"), key="A", is_quiet=True)
        self._sound.setAccessibleDescription(_("how the breath sounds: press for the next"))
        self._ways = Button(look, _("How I breathe along"), key="W", is_quiet=True)
        for button in self._in_order():
            button.setParent(self)  # before anything shows: without one each would be a window
        self._rows: list[list[Button]] = []
        self._lines: list[QHBoxLayout] = []
        self._left_out: set[Button] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        look.changed.connect(self._lay)
        self._ways.clicked.connect(self.ways_wanted)
        self._too_slow.clicked.connect(pacing.too_slow)
        self._pause.clicked.connect(pacing.pause_or_go_on)
        self._done.clicked.connect(self.done)
        self._sound.clicked.connect(self.sound_wanted)
        pacing.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what the buttons do now."""
        is_breathing = self._pacing.is_on and not self._pacing.is_paused
        words = _("Pause") if is_breathing else _("Go on") if self._pacing.is_on else _("Begin")
        self._pause.say(words, "pause" if is_breathing else "play")
        self._too_slow.setEnabled(self._pacing.is_on)
        self._show(self._too_slow, is_shown=not self._pacing.is_noticing)  # nothing there could be too slow
        self._show(self._sound, is_shown=self._pacing.is_paused)
        self._show(self._ways, is_shown=self._pacing.is_paused or self._pacing.is_noticing)
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break into rows where the buttons do not stand beside each other."""
        super().resizeEvent(event)
        self._lay()

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the widest button, and as high as the rows."""
        widest = max(button.sizeHint().width() for button in self._in_order())
        return QSize(widest, super().minimumSizeHint().height())

    def _in_order(self) -> Sequence[Button]:
        return self._too_slow, self._pause, self._sound, self._ways, self._done

    def _show(self, button: Button, *, is_shown: bool) -> None:
        button.setVisible(is_shown)
        (self._left_out.discard if is_shown else self._left_out.add)(button)

    def _lay(self) -> None:
        """Fill rows from the left; the last button stands at the right end of the last one."""
        rows: list[list[Button]] = [[]]
        left = 0
        for button in (one for one in self._in_order() if one not in self._left_out):
            width = button.sizeHint().width()
            if rows[-1] and left + width > self.width():
                rows.append([])
                left = 0
            rows[-1].append(button)
            left += width + _GAP
        if rows != self._rows:
            self._rows = rows
            self._fill()

    def _fill(self) -> None:
        for line in self._lines:
            self._column.removeItem(line)
            line.deleteLater()  # the buttons stay
        self._lines = [self._line(buttons) for buttons in self._rows]
        for line in self._lines:
            self._column.addLayout(line)

    def _line(self, buttons: Sequence[Button]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        for button in buttons:
            if button is self._done:
                line.addStretch(1)
            line.addWidget(button)
        if self._done not in buttons:
            line.addStretch(1)
        return line
