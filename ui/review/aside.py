# SPDX-License-Identifier: MIT
"""The column beside the session: its moments, words that the person adds, and what stands at the second looked at.

Law: the clinician's notes are there only after they were asked for; what a person types is theirs and leaves at once.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from dsp.codes import Zone
from resources.words import gettext as _
from resources.words import number
from ui.arousal.zone_mark import ZoneMark
from ui.paper.record import Moment, PersonRecord
from ui.paper.words import zone_word
from ui.review.looking import Standing
from ui.review.moments import MomentList
from ui.review.words import standing_summary, standing_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card, Hairline
from ui.widgets.field import Field
from ui.widgets.label import Label, safe_label
from ui.words import clock_words

_LONGEST = 60


class Aside(Card):
    """Moments, and the second looked at.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    wanted = Signal(float)  # a second to go to
    said = Signal(str)  # words for the second looked at
    notes_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Moments"))
        self._look = look
        self.list = MomentList(look)
        self._add = Button(look, _("Add words"), size=Size.NORMAL, icon="plus")
        self._notes = Button(look, _("My notes"), size=Size.NORMAL, is_quiet=True)
        self._field = Field(look, _("words for this moment"), longest=_LONGEST)
        self._at = safe_label(look, tone="text2", kind=Type.FIGURES)
        self._mark = ZoneMark(look, Zone.UNKNOWN, zone_word(Zone.UNKNOWN), size=12)
        self._zone = safe_label(look, kind=Type.STRONG)
        self._level = safe_label(look, tone="text2", kind=Type.FIGURES)
        self._values = tuple(self._value(unit) for unit in (_("bpm"), _("ms"), _("µS"), _("/min")))
        self._assemble()
        self._field.hide()
        self._add.clicked.connect(self._ask)
        self._field.kept.connect(self._say)
        self._notes.clicked.connect(self.notes_wanted)
        self.list.wanted.connect(self.wanted)

    def show_moments(self, person: PersonRecord, notes: tuple[Moment, ...], *, has_notes: bool) -> None:
        """Show a person's moments; with the notes where they were asked for."""
        self.list.show_moments(person.moments, notes)
        self._notes.setVisible(not has_notes)

    def show_standing(self, standing: Standing, moment: Moment | None) -> None:
        """Show what stands at the second looked at."""
        self.list.choose(moment)
        self._at.say(_("at {t}").format(t=clock_words(standing.t)))
        self._mark.show_zone(standing.zone, zone_word(standing.zone))
        self._zone.say(zone_word(standing.zone))
        self._level.say(standing_words(standing))
        numbers = (standing.hr_bpm, standing.rmssd_ms, standing.scl_microsiemens, standing.breaths_per_min)
        for label, value, form in zip(self._values, numbers, (".0f", ".0f", ".1f", ".0f"), strict=True):
            label[0].say("--" if value is None else number(value, form))
        self.setAccessibleDescription(standing_summary(standing))

    def _ask(self) -> None:
        self._field.clear()
        self._field.show()
        self._field.setFocus()

    def _say(self, words: str) -> None:
        self._field.hide()
        if words:
            self.said.emit(words)
        self._field.show_text("")

    def _value(self, unit: str) -> tuple[Label, Label]:
        return safe_label(self._look, "--", kind=Type.VALUE), safe_label(self._look, unit, kind=Type.AXIS, tone="text2")

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(safe_label(self._look, _("Moments"), kind=Type.TITLE))
        head.addStretch(1)
        head.addWidget(self._notes)
        head.addWidget(self._add)
        at = QHBoxLayout()
        at.setSpacing(8)
        at.addWidget(self._at)
        at.addStretch(1)
        for part in (self._mark, self._zone, self._level):
            at.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self._field)
        layout.addWidget(self.list, 1)
        layout.addWidget(Hairline(self._look))
        layout.addLayout(at)
        layout.addLayout(self._grid())

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        names = (_("Heart"), _("RMSSD"), _("SCL"), _("Breath"))
        for column, (name, (value, unit)) in enumerate(zip(names, self._values, strict=True)):
            grid.addWidget(safe_label(self._look, name, kind=Type.AXIS, tone="text2"), 0, column)
            cell = QHBoxLayout()
            cell.setSpacing(4)
            cell.addWidget(value)
            cell.addWidget(unit)
            cell.addStretch(1)
            grid.addLayout(cell, 1, column)
            grid.setColumnStretch(column, 1)
        return grid
