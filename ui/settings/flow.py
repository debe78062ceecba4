# SPDX-License-Identifier: MIT
"""To the settings and back to where they were opened; a running session goes on meanwhile."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.appearance import Appearance
from ui.archive.seam import Archive
from ui.choices import PreferenceKeeper
from ui.keys import Keymap
from ui.screens import Screens
from ui.settings.changes import Changes
from ui.settings.seam import Surroundings
from ui.sound.sounding import Sounding
from ui.theme import Look

if TYPE_CHECKING:
    from ui.settings.screen import SettingsScreen

OPENED_FROM = ("start", "breathe", "session")
"""The screens that the settings are opened from."""


class SettingsFlow(QObject):
    """The settings, made when they are first wanted.

    Parameters
    ----------
    look : Look
        The look they follow.
    keeper : PreferenceKeeper
        Keeps what is chosen.
    screens : Screens
        Where they are shown.
    archive : Archive
        The store, for its keys and its people.
    appearance, sounding : Appearance, Sounding
        What they change.
    keymap : Keymap
        Follows the keys that are chosen.
    around : Surroundings
        Places and languages.
    """

    def __init__(
        self,
        look: Look,
        keeper: PreferenceKeeper,
        screens: Screens,
        archive: Archive,
        *,
        appearance: Appearance,
        sounding: Sounding,
        keymap: Keymap,
        around: Surroundings,
    ) -> None:
        super().__init__(screens)
        self._look = look
        self._keeper = keeper
        self._screens = screens
        self._archive = archive
        self._changes = Changes(keeper, appearance, sounding, self)
        self._changes.changed.connect(keymap.changed)
        self._sounding = sounding
        self._around = around
        self._from = OPENED_FROM[0]
        self.screen: SettingsScreen | None = None
        appearance.changed.connect(lambda _preferences: self._refresh())

    def open(self) -> None:
        """Show the settings."""
        screen = self.screen or self._make()
        self._from = self._screens.shown
        screen.begin(is_in_session=self._is_in_session())
        self._sounding.look()
        self._return()
        if not self._is_in_session():  # there Esc stops every cue, and belongs to no field
            screen.search()

    def step(self, by: int) -> None:
        """Go on by rows."""
        if self.screen is not None:
            self.screen.step(by)

    def search(self) -> None:
        """Go to the search."""
        if self.screen is not None:
            self.screen.search()

    def undo(self) -> None:
        """Take the last choice back."""
        self._changes.undo()

    def leave(self) -> None:
        """Go back to where they were opened."""
        if self.screen is not None:
            self.screen.end()
        self._screens.start.show_preferences(self._keeper.now)
        self._screens.turn_to(self._from)

    def _refresh(self) -> None:
        if self.screen is not None and self._screens.shown == "settings":
            self.screen.refresh()

    def _return(self) -> None:
        self._screens.turn_to("settings")

    def _is_in_session(self) -> bool:
        return self._from != OPENED_FROM[0]

    def _make(self) -> "SettingsScreen":
        from ui.settings.page import Page, Ways
        from ui.settings.screen import SettingsScreen
        from ui.settings.store_side import StoreSide

        store = StoreSide(self._archive, self._screens.archive, self._return)
        ways = Ways(self._screens.archive.open_list, self._look_for_sensors, self._choose_folder)
        page = Page(self._look, self._changes, store, sounding=self._sounding, around=self._around, ways=ways)
        self.screen = SettingsScreen(self._look, page, self._changes, store)
        self._screens.take_in("settings", self.screen)
        self.screen.left.connect(self.leave)
        return self.screen

    def _choose_folder(self, parent: QWidget, title: str) -> str:
        return self._screens.archive.choose_folder(parent, title)

    def _look_for_sensors(self) -> None:
        if self._is_in_session():
            self._screens.visit_sensors()
        else:
            self._screens.start_connecting()
