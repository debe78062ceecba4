# SPDX-License-Identifier: MIT
"""Erasing: what will go is named, the code has to be written, and backups that still hold it are named afterwards."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.shelf import Erased, Going
from ui.foreign import safe_text
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.field import Field
from ui.widgets.label import safe_label
from ui.words import Advice

_MOST_PEOPLE = 4
_SESSION = "S-"


class ErasePanel(QWidget):
    """Erases a session, or one of its persons with all of theirs.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    left = Signal()
    asked = Signal(str)
    wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._code = ""
        self.setAccessibleName(_("Erase"))
        self._which = [Button(look, "", size=Size.LIST) for _each in range(1 + _MOST_PEOPLE)]
        self._codes: Sequence[str] = ()
        self._said = safe_label(look, wrap=True)
        self._field = Field(look, _("The code of what is to go"), longest=12)
        self._erase = Button(look, _("Erase for ever"), size=Size.LIST)
        self._back = Button(look, _("Back"), size=Size.LIST, is_quiet=True)
        self._assemble()
        self._wire()

    def show_codes(self, codes: Sequence[str]) -> None:
        """Offer a session's own code, and those of its persons."""
        self._codes = codes[: 1 + _MOST_PEOPLE]

    def begin(self) -> None:
        """Ask what is to go."""
        self._code = ""
        self._said.say(_("What is to be erased?"))
        for button, code in zip(self._which, [*self._codes, *[""] * len(self._which)], strict=False):
            words = _("This session") if code.startswith(_SESSION) else _("All of {code}")
            button.say(words.format(code=safe_text(code)))
            button.setVisible(bool(code))
        self._show(is_asking=False)

    def show_going(self, going: Going) -> None:
        """Name what will go."""
        self._code = going.code
        for button in self._which:
            button.hide()
        self._said.say("\n".join(_going_words(going)))
        self._field.clear()
        self._show(is_asking=True)

    def show_end(self, erased: Erased) -> None:
        """Say that it is gone, and where copies of its key may still be."""
        words = [_("{code} is erased.").format(code=safe_text(erased.code))]
        if erased.backups:
            words.append(_("These backups still hold it; refresh or destroy them:"))
            words += [safe_text(place) for place in erased.backups]
        self._said.say("\n".join(words))
        self._show(is_asking=False)

    def refuse(self, advice: Advice) -> None:
        """Say why it is still there."""
        self._said.say(f"{advice.sentence} {advice.step}")

    def _follow(self, typed: str) -> None:
        self._erase.setEnabled(bool(self._code) and "".join(typed.upper().split()) == self._code)

    def _want(self) -> None:
        self._erase.setEnabled(False)
        self.wanted.emit(self._code)

    def _show(self, *, is_asking: bool) -> None:
        self._field.setVisible(is_asking)
        self._erase.setVisible(is_asking)
        self._erase.setEnabled(False)

    def _wire(self) -> None:
        for index, button in enumerate(self._which):
            button.clicked.connect(lambda _checked=False, index=index: self.asked.emit(self._codes[index]))
        self._field.textChanged.connect(self._follow)
        self._erase.clicked.connect(self._want)
        self._back.clicked.connect(self.left)

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(safe_label(self._look, _("Erase"), kind=Type.TITLE))
        layout.addWidget(self._said)
        for button in self._which:
            layout.addWidget(button)
        layout.addWidget(self._field)
        layout.addWidget(self._erase)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)


def _going_words(going: Going) -> list[str]:
    code = safe_text(going.code)
    if code.startswith(_SESSION):
        words = [_("All of {code} goes for ever: signals, markers and notes.").format(code=code)]
    else:
        goes = _("{n} sessions, the name, the consents and the checklist of {code} go for ever.")
        words = [goes.format(n=len(going.sessions), code=code)]
    if going.shared:
        stays = _("In {sessions} the other person’s part stays, without the notes.")
        words.append(stays.format(sessions=", ".join(safe_text(one) for one in going.shared)))
    if going.backups:
        copies = _("Backups hold copies until they are refreshed: {places}.")
        words.append(copies.format(places=", ".join(safe_text(place) for place in going.backups)))
    words.append(_("Write {code} to go on:").format(code=code))
    return words
