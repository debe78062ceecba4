# SPDX-License-Identifier: MIT
"""An export: the format, the folder, what is in it, how far it is."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.folders import ChooseFolder, ask_for_folder
from ui.archive.shelf import Exported, Exporting, ExportWish
from ui.archive.words import FORMS, form_words
from ui.foreign import safe_text
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented
from ui.words import Advice

_BAR_HEIGHT = 8


class ProgressBar(QWidget):
    """How far it is: a thin bar, with its share in words for those who do not see it.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.setFixedHeight(_BAR_HEIGHT)
        self.setAccessibleName(_("Progress"))
        look.changed.connect(self.update)

    def show_share(self, share: float) -> None:
        """Show a share, 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleDescription(_("{n} %").format(n=int(self._share * 100)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track and what is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for tone, share in (("raised", 1.0), ("signal", self._share)):
            painter.setBrush(self._look.color(tone))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * share, self.height()), 2, 2)
        painter.end()


class ExportPanel(QWidget):
    """One export of the chosen session.

    Parameters
    ----------
    look : Look
        The look it follows.
    choose_folder : callable
        Asks for a folder; gives its path, or an empty text.
    """

    left = Signal()
    wanted = Signal(object)  # ExportWish
    stopped = Signal()

    def __init__(self, look: Look, choose_folder: ChooseFolder = ask_for_folder) -> None:
        super().__init__()
        self.choose_folder = choose_folder
        self._session = ""
        self._form = 0
        self.setAccessibleName(_("Export"))
        self._forms = Segmented(look, _("Format"), form_words())
        self._forms.choose(0)
        self._identified = Button(look, _("With codes, date and devices"), size=Size.LIST)
        self._notes = Button(look, _("With the clinician’s notes"), size=Size.LIST)
        for tick in (self._identified, self._notes):
            tick.setCheckable(True)
        self._said = safe_label(look, tone="text2", wrap=True)
        self._bar = ProgressBar(look)
        self._go = Button(look, _("Choose a folder and export"), size=Size.LIST)
        self._stop = Button(look, _("Stop"), size=Size.LIST)
        self._back = Button(look, _("Back"), size=Size.LIST, is_quiet=True)
        self._assemble(look)
        self._wire()
        self._show(is_running=False)
        self._say_what()

    def show_session(self, session: str) -> None:
        """Export this session next."""
        self._session = session

    def show_progress(self, exporting: Exporting) -> None:
        """Show how far it is."""
        self._bar.show_share(exporting.share)
        self._said.say(_("{n} % is written").format(n=int(exporting.share * 100)))

    def show_end(self, exported: Exported) -> None:
        """Say what was written."""
        self._show(is_running=False)
        if exported.path is None:
            self._said.say(_("Stopped; nothing of it is left."))
        else:
            self._said.say(_("Written: {name}").format(name=safe_text(exported.path.replace("\\", "/").split("/")[-1])))

    def refuse(self, advice: Advice) -> None:
        """Say why it was not written."""
        self._show(is_running=False)
        self._said.say(f"{advice.sentence} {advice.step}")

    def _start(self) -> None:
        folder = self.choose_folder(self.window(), _("Export into this folder"))
        if folder:
            self._bar.show_share(0.0)
            self._show(is_running=True)
            form, ticks = FORMS[self._form], (self._identified.isChecked(), self._notes.isChecked())
            self.wanted.emit(ExportWish(self._session, form, folder, *ticks))

    def _show(self, *, is_running: bool) -> None:
        self._bar.setVisible(is_running)
        self._stop.setVisible(is_running)
        for button in (self._go, self._back, self._identified, self._notes):
            button.setVisible(not is_running)
        self._forms.setEnabled(not is_running)

    def _say_what(self) -> None:
        is_identified, has_notes = self._identified.isChecked(), self._notes.isChecked()
        who = _("It says who it is: hand it on as you would their file.")
        nobody = _("Without codes, date, names and serial numbers.")
        words = who if is_identified else nobody
        self._said.say(f"{words} {_('The notes may name people.')}" if has_notes else words)

    def _wire(self) -> None:
        self._forms.chosen.connect(lambda index: setattr(self, "_form", index))
        self._go.clicked.connect(self._start)
        self._stop.clicked.connect(self.stopped)
        self._back.clicked.connect(self.left)
        for tick in (self._identified, self._notes):
            tick.clicked.connect(self._say_what)

    def _assemble(self, look: Look) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(safe_label(look, _("Export"), kind=Type.TITLE))
        layout.addWidget(self._forms)
        layout.addWidget(self._identified)
        layout.addWidget(self._notes)
        layout.addWidget(self._said)
        layout.addWidget(self._bar)
        layout.addWidget(self._go)
        row = QHBoxLayout()
        row.addWidget(self._stop)
        row.addWidget(self._back)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
