# SPDX-License-Identifier: MIT
"""To the settings and back to where they were opened; a running session goes on meanwhile."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.appearance import Appearance
from ui.choices import PreferenceKeeper
from ui.screens import Screens
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
    appearance, sounding : Appearance, Sounding
        What they change.
    around : Surroundings
        Places and languages.
    """

    def __init__(
        self,
        look: Look,
        keeper: PreferenceKeeper,
        screens: Screens,
        *,
        appearance: Appearance,
        sounding: Sounding,
        around: Surroundings,
    ) -> None:
        super().__init__(screens)
        self._look = look
        self._keeper = keeper
        self._screens = screens
        self._appearance = appearance
        self._sounding = sounding
        self._around = around
        self._from = OPENED_FROM[0]
        self.screen: SettingsScreen | None = None

    def open(self) -> None:
        """Show the settings."""
        screen = self.screen or self._make()
        self._from = self._screens.shown
        screen.begin(is_in_session=self._is_in_session())
        self._screens.turn_to("settings")
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

    def leave(self) -> None:
        """Go back to where they were opened."""
        self._screens.start.show_preferences(self._keeper.now)
        self._screens.turn_to(self._from)

    def _is_in_session(self) -> bool:
        return self._from != OPENED_FROM[0]

    def _make(self) -> "SettingsScreen":
        from ui.settings.screen import SettingsScreen

        self.screen = SettingsScreen(
            self._look, self._keeper, appearance=self._appearance, sounding=self._sounding, around=self._around
        )
        self._screens.take_in("settings", self.screen)
        self.screen.left.connect(self.leave)
        self.screen.ways.people.connect(self._screens.archive.open_list)
        self.screen.ways.sensors.connect(self._look_for_sensors)
        return self.screen

    def _look_for_sensors(self) -> None:
        if self._is_in_session():
            self._screens.visit_sensors()
        else:
            self._screens.start_connecting()
