# SPDX-License-Identifier: MIT
"""How a strap is worn, in four pictures; it may be skipped and is remembered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Card, Hairline
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll

_PICTURE = 96


class WearingPage(QWidget):
    """Four steps, and ways without a strap.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    finished = Signal()
    left = Signal()
    pacer_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(_("How to wear it"))
        self._back = Button(look, _("Back"))
        self._pacer = Button(look, _("The breathing pacer alone"))
        self._skip = Button(look, _("Skip"))
        self._worn = Button(look, _("I’m wearing it"), is_primary=True)
        self._back.clicked.connect(self.left)
        self._pacer.clicked.connect(self.pacer_wanted)
        self._skip.clicked.connect(self.finished)
        self._worn.clicked.connect(self.finished)
        self._assemble()

    def _assemble(self) -> None:
        look = self._look
        inside = QWidget()
        inside.setAccessibleName(_("How to wear it"))
        page = QVBoxLayout(inside)
        page.setContentsMargins(48, 32, 48, 32)
        page.setSpacing(4)
        page.addWidget(safe_label(look, _("How to wear it"), kind=Type.PAGE))
        page.addWidget(
            safe_label(look, _("You do it yourself, in private. It takes a minute."), kind=Type.LABEL, tone="text2")
        )
        page.addSpacing(28)
        page.addLayout(self._steps())
        page.addSpacing(16)
        page.addWidget(self._otherwise())
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Scroll(look, inside), 1)
        layout.addWidget(Hairline(look))
        layout.addLayout(self._foot())

    def _steps(self) -> QHBoxLayout:
        steps = (
            ("wear-patches", _("Wet the two patches"), _("Water is enough, on the inside of the strap.")),
            ("wear-ribs", _("Under the clothes, on the ribs"), _("Just below the chest, the sensor in the middle.")),
            ("wear-snug", _("Snug, not tight"), _("It stays in place and breathing stays easy.")),
            ("wear-wakes", _("It wakes on the skin"), _("It sends to this computer only.")),
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        for icon, title, line in steps:
            row.addWidget(self._step(icon, title, line), 1)
        return row

    def _step(self, icon: str, title: str, line: str) -> Card:
        card = Card(self._look, title)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addWidget(Icon(self._look, icon, title, size=_PICTURE, tone="signal"))
        layout.addSpacing(12)
        layout.addWidget(safe_label(self._look, title, kind=Type.TITLE, wrap=True))
        layout.addWidget(safe_label(self._look, line, tone="text2", wrap=True))
        layout.addStretch(1)
        return card

    def _otherwise(self) -> Card:
        card = Card(self._look, _("I’d rather not wear one"))
        layout = QGridLayout(card)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setHorizontalSpacing(16)
        layout.addWidget(safe_label(self._look, _("I’d rather not wear one"), kind=Type.TITLE), 0, 0)
        words = _("An arm band or a finger sensor will do as well, and so does breathing without any.")
        layout.addWidget(safe_label(self._look, words, tone="text2", wrap=True), 1, 0)
        layout.addWidget(self._pacer, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.setColumnStretch(0, 1)
        return card

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(48, 24, 48, 28)
        foot.setSpacing(16)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._skip)
        foot.addWidget(self._worn)
        return foot
