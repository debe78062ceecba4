# SPDX-License-Identifier: MIT
"""Somebody who was here before, chosen by code: what they agreed to holds, and nothing is asked again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.shelf import ClientRow
from ui.consent.words import agreement_words
from ui.foreign import safe_text
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import safe_label

_SHOWN = 5  # more are found by typing


class Returning(Card):
    """The codes of those who were here before; more than a few are found by typing.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Here before?"))
        self._look = look
        self._clients: Sequence[ClientRow] = ()
        self._find = Field(look, _("Find a code"), longest=12)
        self._find_name = safe_label(look, _("find a code"), tone="text2")
        self._find.textChanged.connect(lambda _text: self._fill())
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(safe_label(look, _("Here before?"), kind=Type.TITLE))
        layout.addWidget(self._find_name)
        layout.addWidget(self._find)
        layout.addLayout(self._rows)

    @property
    def has_any(self) -> bool:
        """Whether anybody was here before."""
        return bool(self._clients)

    def show_clients(self, clients: Sequence[ClientRow]) -> None:
        """Show who was here before."""
        kept = [one for one in clients if one.agreement is not None and one.agreement.stores]
        if kept != self._clients:
            self._clients = kept
            self._fill()

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        asked = "".join(self._find.text().upper().split())
        for part in (self._find_name, self._find):
            part.setVisible(len(self._clients) > _SHOWN)
        for client in [one for one in self._clients if asked in one.code][:_SHOWN]:
            self._rows.addWidget(self._row(client))

    def _row(self, client: ClientRow) -> QWidget:
        code = safe_text(client.code)
        button = Button(self._look, code, size=Size.LIST, icon="person")
        button.setAccessibleDescription(agreement_words(client.agreement))
        button.clicked.connect(lambda: self.chosen.emit(client.code))
        row = QWidget()
        row.setAccessibleName(code)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(button)
        layout.addWidget(safe_label(self._look, agreement_words(client.agreement), tone="text2", wrap=True), 1)
        return row
