# SPDX-License-Identifier: MIT
"""What became of the file that was chosen: it is being opened, or why it cannot be."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.stream import Status
from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.words import advice_about

_HEIGHT = 80


class FileNotice(QWidget):
    """One row under the choices; its place stays when it is empty.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    again_wanted = Signal()
    changed = Signal()  # it shows something, or nothing any more

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Recording"))
        self._card = Card(look, _("Recording"))
        self._sentence = safe_label(look, kind=Type.TITLE, wrap=True)
        self._step = safe_label(look, tone="text2", wrap=True)
        self._again = Button(look, _("Choose a file"))
        self._again.clicked.connect(self.again_wanted)
        self._assemble()
        look.changed.connect(self._dress)
        self._dress()
        self.clear()

    @property
    def is_clear(self) -> bool:
        """Whether it shows nothing."""
        return self._card.isHidden()

    def clear(self) -> None:
        """Show nothing."""
        self._card.hide()
        self.changed.emit()

    def opening(self, name: str) -> None:
        """Say that a file of this (safe) name is being opened."""
        self._show(_("Opening {name}").format(name=name), "", can_choose=False)

    def refuse(self, status: Status) -> None:
        """Say why a file cannot be opened, and in which line it stops making sense."""
        advice = advice_about(status)
        self._show(advice.sentence, advice.step, can_choose=True)

    def _show(self, sentence: str, step: str, *, can_choose: bool) -> None:
        self._sentence.say(sentence)
        self._step.say(step)
        self._step.setVisible(bool(step))
        self._again.setVisible(can_choose)
        self._card.show()
        self.changed.emit()

    def _assemble(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._sentence)
        words.addWidget(self._step)
        words.addStretch(1)
        row = QHBoxLayout(self._card)
        row.setContentsMargins(32, 12, 24, 12)
        row.setSpacing(20)
        row.addWidget(Icon(self._look, "recording", "", size=24))
        row.addLayout(words, 1)
        row.addWidget(self._again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)

    def _dress(self) -> None:
        self.setMinimumHeight(self._look.px(_HEIGHT))
