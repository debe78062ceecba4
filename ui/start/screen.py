# SPDX-License-Identifier: MIT
"""The first window: three ways in, and how the screens look."""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.archive.seam import Interrupted
from ui.choices import TEXT_SCALES, THEMES
from ui.preferences import Preferences
from ui.start.go_on import GoOnCard
from ui.start.notice import FileNotice
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.choice_card import ChoiceCard
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label

_WIDTH = 1120  # of the three choices together, at most
_MARGIN, _GAP = 48, 8
_BRAND_PX = 150


class StartScreen(QWidget):
    """Breathe, Connect a strap, Open.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    breathe_wanted = Signal()
    connect_wanted = Signal()
    open_wanted = Signal()
    sessions_wanted = Signal()
    settings_wanted = Signal()
    theme_wanted = Signal()
    text_size_wanted = Signal()
    motion_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Attune")
        self._breathe = ChoiceCard(
            look, _("Breathe"), _("starts at once, silent, nothing stored"), icon="wind", key="1"
        )
        self._connect = ChoiceCard(look, _("Connect a strap"), _("see your heart, your way"), icon="strap", key="2")
        self._open = ChoiceCard(look, _("Open"), _("an earlier recording"), icon="recording", key="3")
        self._sessions = Button(look, _("Sessions"), size=Size.NORMAL, is_quiet=True)
        self._settings = Button(look, _("Settings"), size=Size.NORMAL, is_quiet=True)
        self._theme = Button(look, "", size=Size.NORMAL, icon="display", is_quiet=True)
        self._text_size = Button(look, "", size=Size.NORMAL, icon="text-size", is_quiet=True)
        self._motion = Button(look, "", size=Size.NORMAL, icon="motion", is_quiet=True)
        self.notice = FileNotice(look)
        self.go_on = GoOnCard(look)
        self._assemble()
        self._wire()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave to the settings what finds no room beside the others."""
        super().resizeEvent(event)
        self._fold()

    def show_preferences(self, preferences: Preferences) -> None:
        """Say how the screens look now."""
        names = dict(zip(THEMES, (_("As the system"), _("Dark"), _("Light")), strict=True))
        icons = dict(zip(THEMES, ("display", "moon", "sun"), strict=True))
        self._theme.say(names[preferences.theme], icons[preferences.theme])
        sizes = dict(zip(TEXT_SCALES, (_("Text"), _("Large text"), _("Larger text")), strict=True))
        self._text_size.say(sizes.get(preferences.text_scale, _("Text")))
        is_still = preferences.reduced_motion
        self._motion.say(_("Rings and words") if is_still else _("Moving shape"), "still" if is_still else "motion")
        self._fold()

    def offer(self, interrupted: Interrupted) -> None:
        """Offer what was interrupted, before everything else."""
        self.notice.hide()
        self.go_on.offer(interrupted)

    def forget_offer(self) -> None:
        """Something else begins."""
        self.go_on.hide()
        self.notice.show()

    def _fold(self) -> None:
        buttons = (self._sessions, self._settings, self._theme, self._text_size, self._motion)
        needed = sum(button.sizeHint().width() + _GAP for button in buttons) + self._look.px(_BRAND_PX)
        self._motion.setVisible(needed <= min(self.width() - 2 * _MARGIN, _WIDTH))

    def _wire(self) -> None:
        self._sessions.clicked.connect(self.sessions_wanted)
        self._settings.clicked.connect(self.settings_wanted)
        self._settings.setAccessibleDescription(_("everything that can be chosen, key Ctrl and comma"))
        self._sessions.setAccessibleDescription(_("what was stored, key 4"))
        self._breathe.clicked.connect(self.breathe_wanted)
        self._connect.clicked.connect(self.connect_wanted)
        self._open.clicked.connect(self.open_wanted)
        self._theme.clicked.connect(self.theme_wanted)
        self._text_size.clicked.connect(self.text_size_wanted)
        self._motion.clicked.connect(self.motion_wanted)
        self.notice.again_wanted.connect(self.open_wanted)
        self._theme.setAccessibleDescription(_("colours: press to change, key Ctrl T"))
        self._text_size.setAccessibleDescription(_("size of the text: press to change"))
        self._motion.setAccessibleDescription(_("how the breathing is shown: press to change"))

    def _assemble(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(38)
        column.addLayout(self._head())
        column.addSpacing(40)
        column.addLayout(self._choices())
        column.addSpacing(40)
        column.addWidget(self.go_on)
        column.addWidget(self.notice)
        column.addStretch(62)
        column.addLayout(self._foot())
        frame = QWidget()
        frame.setAccessibleName("Attune")
        frame.setMaximumWidth(_WIDTH)
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        frame.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        layout = QGridLayout(self)
        layout.setContentsMargins(_MARGIN, 24, _MARGIN, 40)
        layout.addWidget(frame, 0, 0)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(Icon(self._look, "logo", "", size=30, tone="signal"))
        head.addWidget(safe_label(self._look, "Attune", kind=Type.BRAND))
        head.addStretch(1)
        for button in (self._sessions, self._settings, self._theme, self._text_size, self._motion):
            head.addWidget(button)
        return head

    def _choices(self) -> QHBoxLayout:
        choices = QHBoxLayout()
        choices.setSpacing(32)
        for card in (self._breathe, self._connect, self._open):
            choices.addWidget(card, 1)
        return choices

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(safe_label(self._look, _("Not a medical device. Not for emergencies."), tone="text2"))
        foot.addStretch(1)
        foot.addWidget(safe_label(self._look, _("Everything stays on this computer."), tone="text2"))
        return foot
