# SPDX-License-Identifier: MIT
"""A few fields that unfold under a button: for what is typed, looked over and sent, and never kept by a screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.field import Field
from ui.widgets.label import Label, safe_label

_WIDTH = 420


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its name in what is sent, its words, whether it is a secret, and how long it may be."""

    name: str
    words: str
    is_secret: bool = True
    longest: int = 64


def held_narrow(widget: QWidget) -> QHBoxLayout:
    """Keep a widget to its greatest width, in height as well: a column takes its lines to be as long as itself."""
    line = QHBoxLayout()
    line.addWidget(widget, 1)
    line.addStretch(0)
    return line


class Form(QWidget):
    """A button; pressed, it gives way to its fields.

    Parameters
    ----------
    look : Look
        The look it follows.
    name : str
        What the button says.
    act : str
        What sends it.
    asked : sequence of Asked
        The fields, in their order.
    """

    opened = Signal()
    sent = Signal(object)  # what was typed, by the names of the fields

    def __init__(self, look: Look, name: str, act: str, asked: Sequence[Asked]) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self._open = Button(look, name, size=Size.NORMAL)
        self._inside = QWidget()
        self._inside.setAccessibleName(name)
        self._fields = {one.name: self._field(one) for one in asked}
        self._names: dict[str, Label] = {one.name: safe_label(look, one.words, tone="text2") for one in asked}
        self._said = safe_label(look, wrap=True)
        self._send = Button(look, act, size=Size.NORMAL)
        self._leave = Button(look, _("Leave it"), size=Size.NORMAL, is_quiet=True)
        self._assemble()
        self._open.clicked.connect(self.open)
        self._send.clicked.connect(self._send_it)
        self._leave.clicked.connect(self.close_up)
        self.fold()

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown."""
        return not self._inside.isHidden()

    def name_it(self, name: str) -> None:
        """Say what its button does now."""
        self._open.say(name)

    def ask_for(self, names: Sequence[str]) -> None:
        """Ask for these fields alone."""
        for name, field in self._fields.items():
            field.setVisible(name in names)
            self._names[name].setVisible(name in names)

    def open(self) -> None:
        """Show the fields, and go to the first."""
        self._turn(is_open=True)
        self.opened.emit()
        self._asked()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Begin with these texts."""
        for name, text in texts.items():
            self._fields[name].show_text(text)

    def refuse(self, words: str) -> None:
        """Say why it cannot be; the fields stay as they are."""
        self._send.setEnabled(True)
        self._said.say(words)
        self._said.setVisible(bool(words))

    def close_up(self) -> None:
        """Fold, and go back to the button."""
        self.fold()
        self._open.setFocus(Qt.FocusReason.TabFocusReason)

    def fold(self) -> None:
        """Forget what was typed, and show the button alone."""
        for field in self._fields.values():
            field.clear()
        self.refuse("")
        self._turn(is_open=False)

    def _turn(self, *, is_open: bool) -> None:
        self._open.setVisible(not is_open)
        self._inside.setVisible(is_open)
        self.updateGeometry()

    def _asked(self) -> Sequence[Field]:
        return [field for field in self._fields.values() if not field.isHidden()]

    def _send_it(self) -> None:
        self.refuse("")
        self._send.setEnabled(False)
        typed: Mapping[str, str] = {name: field.text() for name, field in self._fields.items() if not field.isHidden()}
        self.sent.emit(typed)

    def _go_on(self, field: Field) -> None:
        """Go to the next field by Enter; send behind the last one."""
        asked = list(self._asked())
        following = asked[asked.index(field) + 1 :]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._send_it()

    def _field(self, asked: Asked) -> Field:
        field = Field(self._look, asked.words, longest=asked.longest, is_secret=asked.is_secret)
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long one scrolls
        field.returnPressed.connect(lambda: self._go_on(field))
        return field

    def _assemble(self) -> None:
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for name, field in self._fields.items():
            inside.addWidget(self._names[name])
            inside.addWidget(field)
            inside.addSpacing(4)
        inside.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._send)
        row.addWidget(self._leave)
        row.addStretch(1)
        inside.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(held_narrow(self._inside))
        self._dress()
        self._look.changed.connect(self._dress)

    def _dress(self) -> None:
        self._inside.setMinimumWidth(0)
        self._inside.setMaximumWidth(self._look.px(_WIDTH))
