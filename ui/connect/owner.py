# SPDX-License-Identifier: MIT
"""Whose a sensor is, below its row: "tap it twice" with a quiet picture, or a choice by hand; and its printed label."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.stream import NOBODY
from resources.words import gettext as _
from ui.choices import LONGEST_LABEL, PORTS
from ui.connect.row_words import SensorWords
from ui.people import OWNERS, owner_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.field import Field
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented

_PICTURE = 56


class OwnerPanel(QWidget):
    """What can be said about a sensor that is connected.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    given = Signal(str)
    labelled = Signal(str)
    stopped = Signal()
    asked_again = Signal()
    plugged = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("Whose is it?"))
        self._picture = Icon(look, "tap", "", size=_PICTURE, tone="signal")
        self._title = safe_label(look, kind=Type.STRONG, wrap=True)
        self._line = safe_label(look, tone="text2", wrap=True)
        self._owner = Segmented(look, _("Whose is it?"), [owner_words(owner) for owner in OWNERS])
        self._label_name = safe_label(look, _("Label printed on it"), tone="text2")
        self._label = Field(look, _("Label printed on it"), longest=LONGEST_LABEL)
        self._port_name = safe_label(look, _("Skin sensor plugged in at"), tone="text2")
        self._port = Segmented(look, _("Skin sensor plugged in at"), PORTS)
        self._port.chosen.connect(lambda index: self.plugged.emit(PORTS[index]))
        self._wrong = Button(look, _("It measures something else"), size=Size.NORMAL)
        self._wrong.clicked.connect(self.asked_again)
        self._stop = Button(look, _("Stop using it"), size=Size.NORMAL)
        self._owner.chosen.connect(lambda index: self.given.emit(OWNERS[index]))
        self._label.kept.connect(self.labelled)
        self._stop.clicked.connect(self.stopped)
        self._assemble()

    def renew(self, words: SensorWords) -> None:
        """Say these words from now on."""
        owner = words.owner
        is_known = owner.person != NOBODY
        icon = "clear" if is_known else "tap" if owner.can_tell else "person"
        self._picture.show_icon(icon, owner.title, "signal")
        self._title.say(owner.title)
        self._line.say(owner.line)
        self._owner.choose(OWNERS.index(owner.person))
        self._label.show_text(owner.label)
        self._wrong.setVisible(bool(words.unknown_channels))
        for part in (self._port_name, self._port):
            part.setVisible(bool(words.port))
        if words.port:
            self._port.choose(PORTS.index(words.port))
        for button in (self._stop, self._wrong):
            button.setAccessibleDescription(words.name)

    def _assemble(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addStretch(1)
        text.addWidget(self._title)
        text.addWidget(self._line)
        text.addStretch(1)
        ask = QHBoxLayout()
        ask.setSpacing(16)
        ask.addWidget(self._picture)
        ask.addLayout(text, 1)
        ask.addWidget(self._owner, 0, Qt.AlignmentFlag.AlignVCenter)
        label = QHBoxLayout()
        label.setSpacing(12)
        label.addWidget(self._label_name)
        label.addWidget(self._label)
        label.addStretch(1)
        label.addWidget(self._wrong)
        label.addWidget(self._stop)
        port = QHBoxLayout()
        port.setSpacing(12)
        port.addWidget(self._port_name)
        port.addWidget(self._port)
        port.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(ask)
        layout.addLayout(port)
        layout.addLayout(label)
