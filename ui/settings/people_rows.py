# SPDX-License-Identifier: MIT
"""The settings of the people: the way to their sessions, and what holds for one of them, found by code."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.practice import PersonRecord
from ui.archive.seam import Refused, Task
from ui.archive.shelf import Shelf
from ui.consent.words import refusal
from ui.foreign import safe_text
from ui.settings.choice import Choice, way
from ui.settings.form import held_narrow
from ui.settings.person_rows import PersonPanel
from ui.settings.row import SettingRow
from ui.settings.store_side import StoreSide
from ui.theme import Look
from ui.widgets.button import Button, Size
from ui.widgets.field import Field

_LONGEST_CODE = 12
_MOST_SHOWN = 6


class PeopleRows(QObject):
    """Rows about the people.

    Parameters
    ----------
    look : Look
        The look they follow.
    store : StoreSide
        What is asked, and what answers.
    open_list : callable
        Goes to the sessions and people.
    parent : QObject
        Their owner.
    """

    def __init__(self, look: Look, store: StoreSide, open_list: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._said = ""
        note = _("what was stored, what each one agreed to, and how long it is kept")
        self.list_row = way(look, (_("Sessions and people"), note), _("Open the list"), open_list)
        self._code = Field(look, _("Code of a person"), longest=_LONGEST_CODE)
        self._show = Button(look, _("Show"), size=Size.NORMAL)
        self._panel = PersonPanel(look)
        self._panel.hide()
        self._row = SettingRow(look, _("Checklist and wishes of a person"), "", self._finder())
        self._code.returnPressed.connect(self._ask)
        self._show.clicked.connect(self._ask)
        self._panel.kept.connect(store.set_person)
        self._panel.left.connect(self.fold)
        store.shelf_told.connect(self._take_shelf)
        store.record_told.connect(self._take)
        store.refused.connect(self._refuse)
        store.put.connect(self._settle)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The rows."""
        return self.list_row, Choice(self._row, self._tell)

    def fold(self) -> None:
        """Show nobody any more."""
        self._panel.hide()
        self._code.clear()
        self._tell()

    def _ask(self) -> None:
        if code := self._code.text().strip():
            self._store.ask_person(code)
        else:
            self._row.tell(_("Type the code of a person first; it begins with C."))

    def _take_shelf(self, shelf: Shelf) -> None:  # a slot of Qt's
        codes = [safe_text(one.code) for one in shelf.clients]
        more = "…" if len(codes) > _MOST_SHOWN else ""
        self._said = ", ".join(codes[:_MOST_SHOWN]) + more
        self._tell()

    def _take(self, record: PersonRecord) -> None:  # a slot of Qt's
        self._panel.show_record(record)
        self._panel.show()
        self._row.tell(_("From the next session on."))

    def _settle(self, code: str) -> None:  # a slot of Qt's
        self.fold()
        self._row.tell(_("Kept for {code}; it holds from the next session on.").format(code=safe_text(code)))
        self._show.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, refused: Refused) -> None:  # a slot of Qt's
        if refused.task is Task.PERSON:
            advice = refusal(refused.fault)
            self._row.tell(f"{advice.sentence} {advice.step}")

    def _tell(self) -> None:
        if self._panel.isHidden():
            self._row.tell(self._said or _("Nobody is stored yet. Everybody gets a code with their first session."))

    def _finder(self) -> QWidget:
        finder = QWidget()
        finder.setAccessibleName(_("Code of a person"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._code)
        line.addWidget(self._show)
        line.addStretch(1)
        column = QVBoxLayout(finder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line)
        column.addLayout(held_narrow(self._panel))
        return finder
