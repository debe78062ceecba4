# SPDX-License-Identifier: MIT
"""The settings: all rows on one page, found by typing, reached by the arrows.

Law: what is chosen holds at once and is kept; nothing waits for an OK.
"""

from gettext import gettext as _

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.appearance import Appearance
from ui.choices import PreferenceKeeper
from ui.settings.own_rows import Choice, appearance_rows, sound_rows
from ui.settings.practice_rows import (
    Ways,
    cue_rows,
    folder_rows,
    language_rows,
    people_row,
    privacy_rows,
    sensor_rows,
    window_rows,
)
from ui.settings.seam import Surroundings
from ui.settings.search import Search
from ui.settings.section import Section
from ui.sound.sounding import Sounding
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button
from ui.widgets.card import Hairline
from ui.widgets.label import safe_label
from ui.widgets.scroll import Scroll
from ui.widgets.top_bar import TopBar

_WIDTH = 960
_AHEAD_PX = 48  # of the next row, kept in view


class SettingsScreen(QWidget):
    """Every setting.

    Parameters
    ----------
    look : Look
        The look it follows.
    keeper : PreferenceKeeper
        Keeps what is chosen.
    appearance : Appearance
        Changes the look everywhere.
    sounding : Sounding
        Changes the sound.
    around : Surroundings
        Places and languages.
    """

    left = Signal()

    def __init__(
        self,
        look: Look,
        keeper: PreferenceKeeper,
        *,
        appearance: Appearance,
        sounding: Sounding,
        around: Surroundings,
    ) -> None:
        super().__init__()
        self._look = look
        self._sounding = sounding
        self.ways = Ways(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Settings"))
        self._choices: list[Choice] = []
        self._people = people_row(look, self.ways)
        self._sections = [
            self._section(_("Appearance"), appearance_rows(look, keeper, appearance)),
            self._section(_("Sound"), sound_rows(look, keeper, sounding)),
            self._section(_("Language"), language_rows(look, keeper, around)),
            self._section(_("People"), (self._people,)),
            self._section(_("Sensors"), sensor_rows(look, keeper, around, self.ways)),
            self._section(_("Window"), window_rows(look)),
            self._section(_("Cues and wording"), cue_rows(look, keeper, around)),
            self._section(_("Privacy and keys"), privacy_rows(look)),
            self._section(_("Folders"), folder_rows(look, around)),
        ]
        self._search = Search(look)
        self._none = safe_label(look, tone="text2", wrap=True)
        self._back = Button(look, _("Back"))
        self._assemble()
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(lambda: self.step(1))
        self._search.down.connect(lambda: self.step(1))
        self._back.clicked.connect(self.left)
        appearance.changed.connect(lambda _preferences: self.refresh())
        sounding.changed.connect(self.refresh)
        self._find("")

    def begin(self, *, is_in_session: bool) -> None:
        """Show everything as it holds now; in a session the ways that would end it are closed."""
        self._people.row.close_off(is_closed=is_in_session)
        self._search.clear()
        self._scroll.verticalScrollBar().setValue(0)
        self._sounding.look()
        self.refresh()

    def refresh(self) -> None:
        """Show what holds."""
        for one in self._choices:
            one.refresh()

    def search(self) -> None:
        """Go to the search."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def step(self, by: int) -> None:
        """Go to the control of the next row (1) or of the one before (-1); above the first one to the search."""
        rows = [row for section in self._sections for row in section.rows if row.isVisible() and row.focus_target()]
        focused = QApplication.focusWidget()
        here = next((index for index, row in enumerate(rows) if focused and row.isAncestorOf(focused)), -1)
        following = here + by
        if following < 0 or not rows:
            self.search()
            return
        target = rows[min(following, len(rows) - 1)].focus_target()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(target, 0, self._look.px(_AHEAD_PX))

    def _find(self, words: str) -> None:
        found = sum(section.show_found(words) for section in self._sections)
        self._none.say("" if found else _("Nothing of that name. Try one word of it: sound, text, folder."))
        self._none.setVisible(not found)

    def _section(self, title: str, choices: tuple[Choice, ...]) -> Section:
        self._choices += choices
        return Section(self._look, title, [one.row for one in choices])

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(TopBar(self._look, _("Settings")))
        self._scroll = Scroll(self._look, self._page())
        layout.addWidget(self._scroll, 1)
        layout.addWidget(Hairline(self._look))
        foot = QHBoxLayout()
        foot.setContentsMargins(48, 16, 48, 16)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(safe_label(self._look, _("What is chosen holds at once."), tone="text2"))
        layout.addLayout(foot)

    def _page(self) -> QWidget:
        """Put head and sections into a column in the middle."""
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(safe_label(self._look, _("Settings"), kind=Type.PAGE))
        head.addStretch(1)
        head.addWidget(safe_label(self._look, _("Find a setting"), tone="text2"))
        head.addWidget(self._search)
        frame = QWidget()
        frame.setAccessibleName("")
        frame.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        column.addLayout(head)
        column.addWidget(self._none)
        for section in self._sections:
            column.addWidget(section)
        column.addStretch(1)
        page = QWidget()
        page.setAccessibleName(_("Settings"))
        row = QHBoxLayout(page)
        row.setContentsMargins(48, 24, 48, 24)
        row.addWidget(frame)
        return page
