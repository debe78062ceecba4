# SPDX-License-Identifier: MIT
"""The recording light: whether what happens is on the disk, said by its shape and by words, never by a colour.

A filled disc in a ring is on the disk, a ring with a dot is kept in memory, an empty ring is live only.
"""

from enum import Enum

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dsp.stream import Recording
from resources.words import gettext as _
from ui.consent.words import storing_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.label import safe_label

_SIDE = 16


class Lit(Enum):
    """What the light says: the share of its ring that is filled."""

    LIVE_ONLY = 0.0
    IN_MEMORY = 0.3
    ON_DISK = 0.62


class _Lamp(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lit = Lit.LIVE_ONLY
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Storing"))
        look.changed.connect(self.updateGeometry)

    def show_lit(self, lit: Lit) -> None:
        if lit is not self._lit:
            self._lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_SIDE), self._look.px(_SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, radius = QPointF(self.width() / 2, self.height() / 2), self.width() / 2 - 1.5
        painter.setPen(QPen(self._look.color("text2"), 1.5))
        painter.drawEllipse(middle, radius, radius)
        if self._lit is not Lit.LIVE_ONLY:
            painter.setBrush(self._look.color("text"))
            painter.setPen(QPen(self._look.color("text"), 0))
            painter.drawEllipse(middle, radius * self._lit.value, radius * self._lit.value)
        painter.end()


class StoringLine(QWidget):
    """The light with its words, and the way to change one's mind.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    taken_back = Signal()
    elsewhere_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Storing"))
        self._lamp = _Lamp(look)
        self._state = safe_label(look, kind=Type.STRONG)
        self.step = safe_label(look, tone="text2", wrap=True)  # stands on a line of its own, below
        self._stop = Button(look, _("Stop"), size=Size.NORMAL, is_quiet=True)
        self._stop.setAccessibleName(_("Stop storing"))
        self.elsewhere = Button(look, _("Save to…"), size=Size.NORMAL)
        self.elsewhere.setAccessibleName(_("Save in another folder"))
        self.elsewhere.clicked.connect(self.elsewhere_wanted)
        self._sure = Button(look, _("Stop, and erase this session"), size=Size.NORMAL)
        self._stay = Button(look, _("Go on"), size=Size.NORMAL, is_quiet=True)
        self._is_stored = self._is_hushed = self._is_asking = False
        self._assemble()
        self._stop.clicked.connect(lambda: self._ask(is_asking=True))
        self._stay.clicked.connect(lambda: self._ask(is_asking=False))
        self._sure.clicked.connect(self._take_back)
        self._ask(is_asking=False)
        self.show_recording(Recording())

    def show_recording(self, recording: Recording) -> None:
        """Show how the session is stored now."""
        words = storing_words(recording)
        on_disk = recording.on_disk_t is not None and recording.reason is None
        self._lamp.show_lit(Lit.LIVE_ONLY if not recording.persons else Lit.ON_DISK if on_disk else Lit.IN_MEMORY)
        self._state.say(words.sentence)
        self.step.say(words.step)
        self.step.setVisible(bool(words.step))
        self.elsewhere.setVisible(bool(recording.persons) and recording.reason is not None)
        self._state.setVisible(self.elsewhere.isHidden())  # else the line below says it
        if bool(recording.persons) != self._is_stored:
            self._is_stored = bool(recording.persons)
            self._ask(is_asking=False)

    def hush(self, *, is_hushed: bool) -> None:
        """Leave the light with its word alone, until something is asked."""
        self._is_hushed = is_hushed
        self._ask(is_asking=self._is_asking)

    def _take_back(self) -> None:
        self._ask(is_asking=False)
        self.taken_back.emit()

    def _ask(self, *, is_asking: bool) -> None:
        """Ask once more, in the same place, before anything is erased."""
        self._is_asking = is_asking
        self._stop.setVisible(self._is_stored and not is_asking and not self._is_hushed)
        self._sure.setVisible(is_asking)
        self._stay.setVisible(is_asking)

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._lamp, self._state, self.elsewhere, self._stop, self._sure, self._stay):
            row.addWidget(widget)
