# SPDX-License-Identifier: MIT
"""A scene: what the picture of one screen needs, and what is done to come there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from docs.pictures.stage import Stage
from sensors.made_up.faults import Faults
from sensors.made_up.script import DEFAULT_SCRIPT, Script
from ui.archive.shelf import Door, Shelf
from ui.clinician.displays import Display, Displays
from ui.preferences import SIGHTS, Preferences

RETURNING = Preferences(connect_hint_seen=True, looks_for_streams=True, sees=SIGHTS)
"""Somebody who was here before."""


class OneDisplay:
    """A single display, as large as the largest picture."""

    def watch(self, act: Callable[[], None]) -> None:
        """Nothing is plugged in or out in a picture."""

    def all(self) -> Sequence[Display]:
        """Give it."""
        return (Display("one", "1", QRect(0, 0, 2560, 1440)),)


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen.

    Parameters
    ----------
    play : callable
        Comes from the first window to the screen.
    preferences : Preferences
        What the person chose before.
    faults, script
        What goes wrong with the made-up person, and what that person lives through.
    shelf : Shelf
        The sessions on record.
    displays : Displays
        What is plugged in.
    shown : callable
        Gives the window that the picture is of.
    """

    play: Callable[[Stage], None]
    preferences: Preferences = RETURNING
    faults: Faults = field(default_factory=Faults)
    script: Script = DEFAULT_SCRIPT
    shelf: Shelf = field(default_factory=lambda: Shelf(Door.OPEN))
    displays: Displays = field(default_factory=OneDisplay)
    shown: Callable[[Stage], QWidget] = lambda stage: stage.window
