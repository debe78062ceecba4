# SPDX-License-Identifier: MIT
"""The live numbers of a person in a row: heart rate, RMSSD, SCL, breath, and from what rate "above" begins."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from resources.words import gettext as _
from ui.arousal.words import window_words
from ui.clinician.measures import Live, LiveValue
from ui.clinician.person import PersonReading
from ui.clinician.value_cell import ValueCell
from ui.theme import Look


class ValuesRow(QWidget):
    """Five numbers, each with its quality and its age.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Values"))
        self.cells = {
            Live.HEART_RATE: ValueCell(look, _("Heart rate"), _("bpm")),
            Live.RMSSD: ValueCell(look, _("RMSSD"), _("ms")),
            Live.SCL: ValueCell(look, _("SCL"), "\N{MICRO SIGN}S", digits=1),
            Live.BREATH: ValueCell(look, _("Breath"), _("/min"), digits=1),
        }
        self.above_from = ValueCell(look, _("Above from"), _("bpm, about"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for cell in (*self.cells.values(), self.above_from):
            layout.addWidget(cell, 1)

    def show_values(self, t: float, reading: PersonReading) -> None:
        """Show what may be shown at `t`, seconds on the session clock."""
        for kind, cell in self.cells.items():
            cell.show_value(reading.values.at(kind, t))
        window = reading.arousal.window()
        self.above_from.show_value(LiveValue(None if window is None else window.above_from_bpm, 1.0))
        self.above_from.quality.say(_("no rest yet") if window is None else window_words(window))

    def fold(self, *, is_tight: bool) -> None:
        """Leave out the last one, which explains more than it tells, where there is little room."""
        self.above_from.setVisible(not is_tight)
