# SPDX-License-Identifier: MIT
"""Consent, a session that is stored, its end, and the sessions on record."""

from PySide6.QtCore import Qt

from docs.pictures.connect import worn_strap
from docs.pictures.scene import Scene
from docs.pictures.stage import Stage
from dsp.codes import Action, Reason
from dsp.stream import Command, Recording
from ui.archive.seam import Interrupted
from ui.archive.shelf import Agreement, Audience, ClientRow, Door, Exporting, Going, Kept, LastTime, SessionRow, Shelf
from ui.client.ending_pages import KindPage
from ui.client.view import View

_NEWEST_UNIX_S = 1_795_000_000.0
_A_DAY_S = 86_400.0


_VIEW = View("disc", "breath", ("heart", "window"), "tones", sources=("ble:A0:9E:1A:00:4A:2C@client",))


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
        ClientRow("C-5D8M", Agreement(True), LastTime(View(guide="notice").to_values())),
        ClientRow("C-7F3K", Agreement(True, Audience.CLINICIAN, 90), LastTime(_VIEW.to_values(), _NEWEST_UNIX_S)),
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


def _landing(stage: Stage) -> None:
    _stored(stage)
    stage.click("I’m done")
    stage.settle(52)


def _now(stage: Stage) -> None:
    _landing(stage)
    stage.click("Go on")
    stage.click("3")
    stage.click("warm")


def _kind(stage: Stage) -> None:
    _now(stage)
    stage.click("Go on")
    stage.window.findChildren(KindPage)[0].field.setText("It was enough for today.")
    stage.settle(0)


def _end(stage: Stage) -> None:
    _kind(stage)
    stage.click("Go on")
    stage.settle(2)


def _people(stage: Stage) -> None:
    stage.settle(1)
    stage.press(Qt.Key.Key_5)
    stage.settle(1)


def _last_time(stage: Stage) -> None:
    stage.settle(1.5)


def _greeted(stage: Stage) -> None:
    _stored(stage)
    words = (("words", "It was enough for today."), ("shown", True))
    stage.backstage.send(Command(stage.backstage.t, Action.KIND_WORDS, "store", values=words))
    stage.press(Qt.Key.Key_P)
    stage.settle(7)


SCENES = {
    "consent": Scene(_consent),
    "session-disk-full": Scene(_disk_full),
    "landing": Scene(_landing),
    "landing-now": Scene(_now),
    "landing-kind": Scene(_kind),
    "end": Scene(_end),
    "people": Scene(_people, shelf=SHELF),
    "last-time": Scene(_last_time, shelf=SHELF),
    "session-greeted": Scene(_greeted),
    "go-on": Scene(_going_on),
    "sessions-empty": Scene(_listed),
    "sessions-locked": Scene(_unlocking, shelf=Shelf(Door.LOCKED)),
    "sessions": Scene(_first, shelf=SHELF),
    "sessions-export": Scene(_exporting, shelf=SHELF),
    "sessions-erase": Scene(_erasing, shelf=SHELF),
}
