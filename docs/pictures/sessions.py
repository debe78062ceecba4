# SPDX-License-Identifier: MIT
"""Consent, a session that is stored, its end, and the sessions on record."""

from PySide6.QtCore import Qt

from docs.pictures.connect import worn_strap
from docs.pictures.scene import Scene
from docs.pictures.stage import Stage
from dsp.codes import Reason
from dsp.stream import Recording
from ui.archive.seam import Interrupted
from ui.archive.shelf import Agreement, Audience, ClientRow, Door, Exporting, Going, Kept, SessionRow, Shelf

_NEWEST_UNIX_S = 1_795_000_000.0
_A_DAY_S = 86_400.0


def _row(days: float, name: str, codes: tuple[str, ...], minutes: int, lost_s: int = 0) -> SessionRow:
    """Give one that began so many days before the newest."""
    kept = Kept.RECOVERED if lost_s else Kept.WHOLE
    began = _NEWEST_UNIX_S - days * _A_DAY_S
    return SessionRow(name, began, 3600, minutes * 60, codes, kept, lost_s, 80_000 * minutes)


SHELF = Shelf(
    Door.OPEN,
    (
        _row(0.0, "S-8MN2W", ("C-7F3K", "C-2B9Q"), 48),
        _row(1.3, "S-K3P7D", ("C-2B9Q",), 31, lost_s=14),
        _row(2.6, "S-W9X4B", ("C-7F3K",), 52),
        _row(3.9, "S-J2H6C", ("C-5D8M",), 55),
        _row(5.2, "S-V7R3T", ("C-7F3K",), 50),
    ),
    (
        ClientRow("C-2B9Q", Agreement(True, Audience.PRACTICE, 365)),  # its one flag
        ClientRow("C-5D8M", Agreement(True)),
        ClientRow("C-7F3K", Agreement(True, Audience.CLINICIAN, 90)),
    ),
    False,
)


def _listed(stage: Stage) -> None:
    stage.press(Qt.Key.Key_4)
    stage.settle(0.5)


def _first(stage: Stage) -> None:
    _listed(stage)
    stage.press(Qt.Key.Key_Down)


def _exporting(stage: Stage) -> None:
    _first(stage)
    stage.click("Export")
    stage.backstage.say(Exporting("S-8MN2W", 0.42))
    stage.settle(0)


def _erasing(stage: Stage) -> None:
    _first(stage)
    stage.click("Erase")
    stage.backstage.say(Going("C-7F3K", ("a", "b", "c"), ("S-8MN2W",), ("backup of 12 November",)))
    stage.settle(0)


def _unlocking(stage: Stage) -> None:
    _listed(stage)


def _going_on(stage: Stage) -> None:
    stage.backstage.say(Interrupted("S-4TQ9Z", ("C-7F3K",)))
    stage.settle(0)


def _consent(stage: Stage) -> None:
    worn_strap(stage)
    stage.click("Start")


def _stored(stage: Stage) -> None:
    _consent(stage)
    stage.click("Keep sessions")
    stage.click("Agree and start")
    stage.settle(6)


def _disk_full(stage: Stage) -> None:
    _stored(stage)
    stage.backstage.archive.light(Recording(("client",), stage.backstage.t - 20, 20.0, Reason.DISK_FULL))
    stage.settle(1)


def _end(stage: Stage) -> None:
    _stored(stage)
    stage.click("I’m done")


SCENES = {
    "consent": Scene(_consent),
    "session-disk-full": Scene(_disk_full),
    "end": Scene(_end),
    "go-on": Scene(_going_on),
    "sessions-empty": Scene(_listed),
    "sessions-locked": Scene(_unlocking, shelf=Shelf(Door.LOCKED)),
    "sessions": Scene(_first, shelf=SHELF),
    "sessions-export": Scene(_exporting, shelf=SHELF),
    "sessions-erase": Scene(_erasing, shelf=SHELF),
}
