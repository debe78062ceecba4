# SPDX-License-Identifier: MIT
"""The recovery code, once, when a passphrase is set: shown large, and printed on paper; it is kept nowhere else."""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, Qt, Signal
from PySide6.QtGui import QFont, QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.foreign import safe_text
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import safe_label

_WIDTH = 1120
_MARGIN_MM = 25.0
_LETTERS_PT = 14

Print = Callable[[QWidget, str], bool]
"""Prints a text; tells whether it went to a printer."""


def print_text(window: QWidget, text: str) -> bool:
    """Print a text by the system's own dialog."""
    printer = QPrinter()
    printer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter)
    if QPrintDialog(printer, window).exec() != QDialog.DialogCode.Accepted:
        return False
    document = QTextDocument()
    document.setDefaultFont(QFont("monospace", _LETTERS_PT))
    document.setPlainText(text)
    document.print_(printer)
    return True


class RecoveryScreen(QWidget):
    """Shows a code until somebody says that it is written down.

    Parameters
    ----------
    look : Look
        The look it follows.
    print_it : callable
        Prints a text.
    """

    left = Signal()

    def __init__(self, look: Look, print_it: Print = print_text) -> None:
        super().__init__()
        self._look = look
        self.print_it = print_it
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Recovery code"))
        self._code = safe_label(look, kind=Type.PAGE, wrap=True)
        self._said = safe_label(look, tone="text2", wrap=True)
        self._print = Button(look, _("Print"))
        self._go = Button(look, _("I have it on paper"), is_primary=True)
        self._print.clicked.connect(self._print_code)
        self._go.clicked.connect(self._leave)
        self._assemble()

    @property
    def is_shown(self) -> bool:
        """Whether a code waits to be put on paper."""
        return bool(self._code.text())

    def show_code(self, code: str) -> None:
        """Show a code."""
        self._code.say(safe_text(code))
        self._said.say("")

    def _print_code(self) -> None:
        head = _("Attune: recovery code")
        words = _("It opens the store when the passphrase is forgotten. Keep it locked away, apart from the computer.")
        is_printed = self.print_it(self.window(), f"{head}\n\n{self._code.text()}\n\n{words}\n")
        self._said.say(_("Sent to the printer.") if is_printed else _("Not printed. It can be written down as well."))

    def _leave(self) -> None:
        self._code.say("")
        self.left.emit()

    def _assemble(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(30)
        column.addWidget(safe_label(self._look, _("One code, on paper"), kind=Type.PAGE))
        words = _(
            "The store has a passphrase now. If it is ever forgotten, only this code opens the store. "
            "Print it, or write it down, and lock it away: it is shown this once and kept nowhere else."
        )
        column.addWidget(safe_label(self._look, words, kind=Type.LABEL, tone="text2", wrap=True))
        column.addSpacing(24)
        card = Card(self._look, _("Recovery code"))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.addWidget(self._code)
        column.addWidget(card)
        column.addSpacing(8)
        column.addWidget(self._said)
        column.addStretch(70)
        foot = QHBoxLayout()
        foot.addWidget(self._print)
        foot.addStretch(1)
        foot.addWidget(self._go)
        column.addLayout(foot)
        frame = QWidget()
        frame.setAccessibleName(_("Recovery code"))
        frame.setMaximumWidth(_WIDTH)
        frame.setLayout(column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(48, 40, 48, 28)
        layout.addWidget(frame)
