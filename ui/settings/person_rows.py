# SPDX-License-Identifier: MIT
"""What holds for one person from session to session: checklist, breathing among the offers, edges moved by hand.

Law: nothing of a person is shown before their code was typed; what is changed is kept by one press, as a new version.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.practice import PersonRecord, PersonWish
from ui.consent.health import asked_conditions, conditions_without_estimate
from ui.foreign import safe_text
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented

_COLUMNS = 2
_WIDTH = 640
_BREATH_OFF, _BREATH_ON = 0, 1


class PersonPanel(QWidget):
    """One person's record, to look at and to change.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    kept = Signal(object)  # PersonWish
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._record = PersonRecord("")
        self.setAccessibleName(_("What holds for a person"))
        self._code = safe_label(look, kind=Type.TITLE)
        self._asked = safe_label(look, tone="text2", wrap=True)
        self._marks: dict[str, Button] = {}
        name = _("Breathing among what is offered")
        self._breath_name = safe_label(look, name, tone="text2", wrap=True)
        self._breath = Segmented(look, name, (_("Never"), _("Yes")))
        self._bounds = Button(look, _("Take the edges back"), size=Size.NORMAL)
        self._bounds_said = safe_label(look, tone="text2", wrap=True)
        self._cards = safe_label(look, tone="text2", wrap=True)
        self._keep = Button(look, _("Keep this"), size=Size.LIST)
        self._leave = Button(look, _("Leave it as it was"), size=Size.LIST, is_quiet=True)
        self._assemble()
        self._bounds.setCheckable(True)
        self._keep.clicked.connect(self._keep_it)
        self._leave.clicked.connect(self.left)

    def show_record(self, record: PersonRecord) -> None:
        """Show what holds."""
        self._record = record
        self._code.say(safe_text(record.code))
        was_asked = _("Marked in the checklist:") if record.conditions is not None else _("Nothing was asked yet:")
        self._asked.say(was_asked)
        for name, mark in self._marks.items():
            mark.setChecked(name in (record.conditions or ()))
        self._breath.choose(_BREATH_ON if record.takes_breath else _BREATH_OFF)
        self._bounds.setChecked(False)
        self._bounds.setVisible(record.has_own_bounds)
        moved = _("The edges of the window were moved by hand, and hold in the next session.")
        self._bounds_said.say(moved if record.has_own_bounds else _("The edges of the window come from their rests."))
        cards = ", ".join(safe_text(words) for words in record.cards)
        self._cards.say(_("Own cards: {cards}").format(cards=cards) if cards else _("No own cards yet."))

    def _keep_it(self) -> None:
        marked = tuple(sorted(name for name, mark in self._marks.items() if mark.isChecked()))
        takes_breath = self._breath.button_at(_BREATH_ON).isChecked()
        record = self._record
        is_new = marked != tuple(sorted(record.conditions or ()))
        self.kept.emit(
            PersonWish(
                record.code,
                marked if is_new else None,
                takes_breath if takes_breath != record.takes_breath else None,
                drops_bounds=self._bounds.isChecked(),
            )
        )

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._look.changed.connect(self._dress)
        self._dress()
        column.setSpacing(12)
        column.addWidget(self._code)
        column.addWidget(self._asked)
        column.addLayout(self._grid(asked_conditions()))
        off = _("With any of these the heart does not follow arousal as it usually does; the estimate stays off:")
        column.addWidget(safe_label(self._look, off, tone="text2", wrap=True))
        column.addLayout(self._grid(conditions_without_estimate()))
        for words, control in ((self._breath_name, self._breath), (self._bounds_said, self._bounds)):
            line = QHBoxLayout()
            line.setSpacing(16)
            line.addWidget(words, 1)
            line.addWidget(control)
            column.addLayout(line)
        column.addWidget(self._cards)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._keep)
        foot.addWidget(self._leave)
        foot.addStretch(1)
        column.addLayout(foot)

    def _dress(self) -> None:
        self.setMaximumWidth(self._look.px(_WIDTH))

    def _grid(self, conditions: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for n, (name, words) in enumerate(conditions):
            mark = Button(self._look, words, size=Size.LIST)
            mark.setCheckable(True)
            self._marks[name] = mark
            grid.addWidget(mark, n // _COLUMNS, n % _COLUMNS)
        return grid
