# SPDX-License-Identifier: MIT
"""The first window: three ways in, and how the screens look."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from resources.words import gettext as _
from ui.archive.seam import Interrupted
from ui.archive.shelf import ClientRow
from ui.choices import TEXT_SCALES, THEMES
from ui.preferences import Preferences
from ui.start.go_on import GoOnCard
from ui.start.last_time import LabelOf, LastTimeCard
from ui.start.notice import FileNotice
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.choice_card import ChoiceCard
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label

_WIDTH = 1120  # of the three choices together, at most
_MARGIN, _MARGIN_LOW, _GAP = 48, 24, 8
_SMALL = QSize(900, 640)  # below this, times the text's size, everything is lower
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
    research_wanted = Signal()
    theme_wanted = Signal()
    text_size_wanted = Signal()
    motion_wanted = Signal()
    people_wanted = Signal()
    notice_wanted = Signal()
    eyes_wanted = Signal()

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
        self._notice_only = Button(look, _("Only notice"), size=Size.LIST, key="6", is_quiet=True)
        self._eyes = Button(look, _("With closed eyes"), size=Size.LIST, key="7", is_quiet=True)
        self._people = Button(look, _("People"), size=Size.NORMAL, is_quiet=True)
        self._sessions = Button(look, _("Sessions"), size=Size.NORMAL, is_quiet=True)
        self._settings = Button(look, _("Settings"), size=Size.NORMAL, is_quiet=True)
        self._research = Button(look, _("Research"), size=Size.NORMAL, is_quiet=True)
        self._theme = Button(look, "", size=Size.NORMAL, icon="display", is_quiet=True)
        self._text_size = Button(look, "", size=Size.NORMAL, icon="text-size", is_quiet=True)
        self._motion = Button(look, "", size=Size.NORMAL, icon="motion", is_quiet=True)
        self.notice = FileNotice(look)
        self.go_on = GoOnCard(look)
        self.last = LastTimeCard(look, key=_("Enter"))
        self.last.hide()
        self._has_last = self._is_small = False
        self._spacers: list[tuple[QSpacerItem, int]] = []
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
        self.last.hide()
        self.go_on.offer(interrupted)

    def forget_offer(self) -> None:
        """Something else begins."""
        self.go_on.hide()
        self._show_last()

    def offer_last(self, row: ClientRow | None, label_of: LabelOf) -> None:
        """Offer whoever was here last; nobody where that is not to be seen."""
        self._has_last = row is not None
        if row is not None:
            self.last.show_row(row, label_of)
        self._show_last()

    def take_focus(self) -> None:
        """Let Enter do what the first window offers first."""
        self._show_last()
        self.go_on.take_focus()

    def _show_last(self) -> None:
        """Offer it where nothing else stands in its place, with Enter under the fingers."""
        self.last.setVisible(self._has_last and self.go_on.isHidden() and self.notice.is_clear)
        is_needed = not (self._is_small and self.notice.is_clear)  # its place is kept where there is room
        self.notice.setVisible(self.go_on.isHidden() and self.last.isHidden() and is_needed)
        if self.last.isVisible() and self.hasFocus():
            self.last.take_focus()

    def _fold(self) -> None:
        """Leave out at the top what the settings have too, and be low in a small window."""
        size = self.size().boundedTo(self.window().size())  # a screen may be larger than its window
        is_small = size.width() < self._look.px(_SMALL.width()) or size.height() < self._look.px(_SMALL.height())
        self._arrange(is_small=is_small)
        kept = [self._people, self._sessions, self._settings]
        room = min(size.width() - 2 * (_MARGIN_LOW if is_small else _MARGIN), _WIDTH) - self._look.px(_BRAND_PX)
        room -= sum(button.sizeHint().width() + _GAP for button in kept)
        for button in (self._theme, self._text_size, self._motion):
            room -= button.sizeHint().width() + _GAP
            button.setVisible(room >= 0)

    def _arrange(self, *, is_small: bool) -> None:
        if is_small is self._is_small:
            return
        self._is_small = is_small
        for card in (self._breathe, self._connect, self._open):
            card.compact(is_compact=is_small)
        margin = _MARGIN_LOW if is_small else _MARGIN
        self._ground.setContentsMargins(margin, 16 if is_small else 24, margin, 16 if is_small else 40)
        self._cards.setSpacing(12 if is_small else 32)
        self._show_last()
        for spacer, usual in self._spacers:
            spacer.changeSize(0, 8 if is_small else usual, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def _wire(self) -> None:
        self._sessions.clicked.connect(self.sessions_wanted)
        self._people.clicked.connect(self.people_wanted)
        self._people.setAccessibleDescription(_("who was here before, key 5"))
        self._notice_only.clicked.connect(self.notice_wanted)
        self._notice_only.setAccessibleDescription(_("nothing to follow; now and then something to notice"))
        self._eyes.clicked.connect(self.eyes_wanted)
        self._eyes.setAccessibleDescription(_("the screen rests and the sound goes on"))
        self._settings.clicked.connect(self.settings_wanted)
        self._research.clicked.connect(self.research_wanted)
        self._research.setAccessibleDescription(_("streams, delays and log, in a window of their own; key Ctrl 3"))
        self._settings.setAccessibleDescription(_("everything that can be chosen, key Ctrl and comma"))
        self._sessions.setAccessibleDescription(_("what was stored, key 4"))
        self._breathe.clicked.connect(self.breathe_wanted)
        self._connect.clicked.connect(self.connect_wanted)
        self._open.clicked.connect(self.open_wanted)
        self._theme.clicked.connect(self.theme_wanted)
        self._text_size.clicked.connect(self.text_size_wanted)
        self._motion.clicked.connect(self.motion_wanted)
        self.notice.changed.connect(self._show_last)
        self.notice.again_wanted.connect(self.open_wanted)
        self._theme.setAccessibleDescription(_("colours: press to change, key Ctrl T"))
        self._text_size.setAccessibleDescription(_("size of the text: press to change"))
        self._motion.setAccessibleDescription(_("how the breathing is shown: press to change"))

    def _assemble(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(38)
        column.addLayout(self._head())
        column.addSpacerItem(self._space(40))
        column.addLayout(self._choices())
        column.addSpacerItem(self._space(12))
        column.addLayout(self._other_ways())
        column.addSpacerItem(self._space(24))
        column.addWidget(self.go_on)
        column.addWidget(self.last)
        column.addWidget(self.notice)
        column.addStretch(62)
        column.addLayout(self._foot())
        frame = QWidget()
        frame.setAccessibleName("Attune")
        frame.setMaximumWidth(_WIDTH)
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        frame.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        self._ground = layout = QGridLayout(self)
        layout.setContentsMargins(_MARGIN, 24, _MARGIN, 40)
        layout.addWidget(frame, 0, 0)

    def _space(self, height: int) -> QSpacerItem:
        """Make a space that a small window makes smaller."""
        spacer = QSpacerItem(0, height, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._spacers.append((spacer, height))
        return spacer

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(Icon(self._look, "logo", "", size=30, tone="signal"))
        head.addWidget(safe_label(self._look, "Attune", kind=Type.BRAND))
        head.addStretch(1)
        for button in (self._people, self._sessions, self._settings, self._theme, self._text_size, self._motion):
            head.addWidget(button)
        return head

    def _choices(self) -> QHBoxLayout:
        self._cards = choices = QHBoxLayout()
        choices.setSpacing(32)
        for card in (self._breathe, self._connect, self._open):
            choices.addWidget(card, 1)
        return choices

    def _other_ways(self) -> QHBoxLayout:
        """Put the ways that need neither shape nor sensor below the first choice."""
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self._notice_only)
        ways.addWidget(self._eyes)
        ways.addStretch(1)
        return ways

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        right = Qt.AlignmentFlag.AlignRight
        foot.addWidget(
            safe_label(self._look, _("Not a medical device. Not for emergencies."), tone="text2", wrap=True), 1
        )
        foot.addWidget(self._research)
        foot.addWidget(
            safe_label(self._look, _("Everything stays on this computer."), tone="text2", wrap=True, align=right), 1
        )
        return foot
