# SPDX-License-Identifier: MIT
"""What the clinician asks before a first session: conditions with which some of it is to be decided by a doctor.

Law: what nobody opened was not asked, and nothing is put on record of it.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label

_COLUMNS = 2


def asked_conditions() -> Sequence[tuple[str, str]]:
    """Give the conditions that are asked about, each with its words: first those that are the clinician's decision."""
    return (
        ("heart_disease", _("Heart disease")),
        ("lung_disease", _("Lung disease")),
        ("kidney_disease", _("Kidney disease")),
        ("pregnancy", _("Pregnancy")),
        ("seizures", _("Seizures")),
        ("low_blood_pressure", _("Low blood pressure")),
        ("recent_surgery", _("Recent surgery")),
    )


def conditions_without_estimate() -> Sequence[tuple[str, str]]:
    """Give the conditions with which the arousal estimate stays off, each with its words."""
    return (
        ("pacemaker", _("Pacemaker")),
        ("atrial_fibrillation", _("Atrial fibrillation")),
        ("frequent_ectopy", _("Frequent extra beats")),
        ("transplant", _("Heart transplant")),
        ("beta_blockers", _("Beta blockers")),
    )


class HealthCard(Card):
    """The conditions to mark; folded until it is opened.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Before the first session"))
        self._look = look
        self._marks: dict[str, Button] = {}
        self._open = Button(look, _("Go through them"), size=Size.LIST)
        self._open.clicked.connect(lambda: self._fold(is_open=True))
        self._inside = QWidget()
        self._inside.setAccessibleName(_("Before the first session"))
        self._assemble()
        self.begin()

    @property
    def conditions(self) -> tuple[str, ...] | None:
        """Those that were marked; None where nothing was asked."""
        if self._inside.isHidden():
            return None
        return tuple(name for name, mark in self._marks.items() if mark.isChecked())

    def begin(self) -> None:
        """Ask anew."""
        for mark in self._marks.values():
            mark.setChecked(False)
        self._fold(is_open=False)

    def _fold(self, *, is_open: bool) -> None:
        self._inside.setVisible(is_open)
        self._open.setVisible(not is_open)

    def _assemble(self) -> None:
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        decided = _("With any of these, whether and how to breathe along is the clinician’s decision:")
        off = _("With any of these the heart does not follow arousal as it usually does; the estimate stays off:")
        for words, conditions in ((decided, asked_conditions()), (off, conditions_without_estimate())):
            inside.addWidget(safe_label(self._look, words, tone="text2", wrap=True))
            inside.addLayout(self._grid(conditions))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(safe_label(self._look, _("Before the first session"), kind=Type.TITLE))
        words = _("The clinician asks about a few conditions. Those that are marked stay with this person’s code.")
        layout.addWidget(safe_label(self._look, words, tone="text2", wrap=True))
        layout.addWidget(self._open)
        layout.addWidget(self._inside)

    def _grid(self, conditions: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for n, (name, words) in enumerate(conditions):
            mark = Button(self._look, words, size=Size.LIST)
            mark.setCheckable(True)
            self._marks[name] = mark
            grid.addWidget(mark, n // _COLUMNS, n % _COLUMNS)
        return grid
