# SPDX-License-Identifier: MIT
"""A report of the session looked at: for whom, with the clinician's notes or without, into which file."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.foreign import safe_text
from ui.review.seam import ReportWish
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented
from ui.words import Advice

READERS = ("clinician", "client", "handout")
"""For whom, in the order of the choices."""

ChooseFile = Callable[[QWidget, str], str]
"""Asks where a file of this name goes; gives its path, or an empty text."""


def ask_for_file(window: QWidget, name: str) -> str:
    """Let the person choose by the system's own dialog, which asks before it replaces anything."""
    return QFileDialog.getSaveFileName(window, _("Write the report"), name)[0]


class ReportCard(Card):
    """One report.

    Parameters
    ----------
    look : Look
        The look it follows.
    choose_file : callable
        Asks for the file.
    """

    wanted = Signal(object)  # ReportWish
    left = Signal()

    def __init__(self, look: Look, choose_file: ChooseFile = ask_for_file) -> None:
        super().__init__(look, _("Report"))
        self.choose_file = choose_file
        self._session, self._person, self._ending = "", "", "pdf"
        self._reader = 0
        self._title = safe_label(look, kind=Type.TITLE)
        self._readers = Segmented(look, _("For whom"), (_("clinician"), _("client"), _("hand-out")))
        self._readers.choose(0)
        self._about = safe_label(look, tone="text2", wrap=True)
        self._notes = Button(look, _("With my notes, this once"), size=Size.LIST)
        self._notes.setCheckable(True)
        self._go = Button(look, _("Choose a file and write"), size=Size.LIST)
        self._back = Button(look, _("Back"), size=Size.LIST, is_quiet=True)
        self._said = safe_label(look, tone="text2", wrap=True)
        self._assemble(look)
        self._readers.chosen.connect(self._choose)
        self._notes.clicked.connect(lambda: self._choose(self._reader))
        self._go.clicked.connect(self._start)
        self._back.clicked.connect(self.left)

    def ask(self, session: str, person: str, ending: str) -> None:
        """Ask for whom; the notes are ticked anew each time."""
        self._session, self._person, self._ending = session, person, ending
        self._title.say(_("Report as PDF") if ending == "pdf" else _("Report as a page (HTML)"))
        self._notes.setChecked(False)
        self._said.say("")
        self._choose(self._reader)

    def show_end(self, path: str) -> None:
        """Say what was written."""
        self._said.say(_("Written: {name}").format(name=safe_text(path.replace("\\", "/").split("/")[-1])))
        self._go.setEnabled(True)

    def refuse(self, advice: Advice) -> None:
        """Say why it was not written."""
        self._said.say(f"{advice.sentence} {advice.step}")
        self._go.setEnabled(True)

    def _choose(self, reader: int) -> None:
        self._reader = reader
        self._readers.choose(reader)
        is_own = READERS[reader] == "clinician"
        self._notes.setVisible(is_own)
        about = (
            _("Everything that the record shows, what was unknown and why, and what made the numbers."),
            _("Plain words and the line over the window, without numbers that say nothing to the person."),
            _("One page: a comfortable pace, what was chosen, and the window in five plain parts. No graph."),
        )[reader]
        careful = _("The notes may name people: keep it as you would the notes.")
        self._about.say(f"{about} {careful}" if is_own and self._notes.isChecked() else about)

    def _start(self) -> None:
        reader = READERS[self._reader]
        path = self.choose_file(self.window(), f"{self._session}-{reader}.{self._ending}")
        if not path:
            return
        is_named = path.lower().endswith(f".{self._ending}")  # then the dialog has asked about what stands there
        path = path if is_named else f"{path}.{self._ending}"
        self._go.setEnabled(False)
        self._said.say(_("The report is being written."))
        has_notes = reader == "clinician" and self._notes.isChecked()
        person = "" if reader == "clinician" else self._person
        self.wanted.emit(ReportWish(self._session, path, reader, person, has_notes, is_named))

    def _assemble(self, look: Look) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        for part in (self._title, self._readers, self._about, self._notes, self._go):
            layout.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self._said)
        layout.addStretch(1)
