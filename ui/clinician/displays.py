# SPDX-License-Identifier: MIT
"""Which display the clinician's readings may appear on.

Law: never on the client's display by itself. On one display, or on mirrored ones, the client's window owns it; a
display that was chosen is known again by its name and serial number, and left as soon as it is gone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen


@dataclass(frozen=True, slots=True)
class Display:
    """A display: what it is called, and its place on the desktop."""

    name: str
    serial: str
    place: QRect

    @property
    def key(self) -> str:
        """What it is known again by."""
        return f"{self.name}|{self.serial}"


class Displays(Protocol):
    """The displays of now."""

    def watch(self, act: Callable[[], None]) -> None:
        """Call this at once when a display comes, goes or moves."""

    def all(self) -> Sequence[Display]:
        """Give the displays, the first one first."""


class SystemDisplays(QObject):
    """The displays that Qt knows."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._follow)
            application.screenRemoved.connect(lambda _screen: self.changed.emit())
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(lambda _place: self.changed.emit())

    def watch(self, act: Callable[[], None]) -> None:
        """Call this at once when a display comes, goes or moves."""
        self.changed.connect(act)

    def all(self) -> Sequence[Display]:
        """Give the displays, the first one first."""
        return [
            Display(screen.name(), screen.serialNumber(), screen.geometry()) for screen in QGuiApplication.screens()
        ]

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(lambda _place: self.changed.emit())
        self.changed.emit()


def display_at(displays: Sequence[Display], place: QRect) -> Display | None:
    """Give the display that holds the middle of a window."""
    return next((display for display in displays if display.place.contains(place.center())), None)


def is_private(displays: Sequence[Display], window: QRect, client: QRect) -> bool:
    """Tell whether a window lies on a display that shows nothing of the client's, nor mirrors what does."""
    own, theirs = display_at(displays, window), display_at(displays, client)
    return own is not None and (theirs is None or not own.place.intersects(theirs.place))


def home_of(displays: Sequence[Display], client: QRect, remembered: str) -> Display | None:
    """Give the display for the clinician: the remembered one, else another than the client's, or None."""
    free = [display for display in displays if is_private(displays, display.place, client)]
    return next((display for display in free if display.key == remembered), free[0] if free else None)
