# SPDX-License-Identifier: MIT
"""A session: before and after a rest, inside the window, above it and below it, and without a signal."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from docs.pictures.scene import RETURNING, Scene
from docs.pictures.stage import Stage
from sensors.made_up.faults import Faults, Span
from sensors.made_up.script import ACTIVATED, CALM, QUIET, Stretch
from ui.calibration.felt import FeltPage

_REST_S = 400.0
_OFFERED_MS = 2500  # an offer fades in, in real time
_FIRST_SESSION = replace(RETURNING, sees=())
_WINDOW_ONLY = replace(RETURNING, sees=("heart", "window"))
_ACTIVATED = (Stretch(_REST_S, CALM), Stretch(300.0, ACTIVATED))
_QUIETER = (Stretch(_REST_S, CALM), Stretch(300.0, QUIET))
STILL_CALM = (Stretch(1200.0, CALM),)


def _made_up(stage: Stage, seconds: float) -> None:
    stage.window.begin(("demo",))
    stage.settle(seconds)


def _paced(stage: Stage, seconds: float) -> None:
    _made_up(stage, 1)
    stage.press(Qt.Key.Key_P)
    stage.settle(seconds)


def _beginning(stage: Stage) -> None:
    _made_up(stage, 6)


def _running(stage: Stage) -> None:
    _paced(stage, 172.5)


def _in_a_word(stage: Stage) -> None:
    _paced(stage, 60)
    stage.press(Qt.Key.Key_L)


def _signals(stage: Stage) -> None:
    _paced(stage, 236)
    stage.press(Qt.Key.Key_G)
    stage.settle(1)


def _gap(stage: Stage) -> None:
    _paced(stage, 152.5)


def _unreadable(stage: Stage) -> None:
    _paced(stage, 151)


def _asked_how_it_feels(stage: Stage) -> None:
    _made_up(stage, 20)
    stage.press(Qt.Key.Key_B)


def _resting(stage: Stage) -> None:
    _asked_how_it_feels(stage)
    stage.window.findChildren(FeltPage)[0].cards[1].click()
    stage.settle(150)


def _rested(stage: Stage) -> None:
    _asked_how_it_feels(stage)
    stage.window.findChildren(FeltPage)[0].cards[1].click()
    stage.settle(310)


def after_rest(stage: Stage, seconds: float) -> None:
    """Go through the rest, and on for so long."""
    _rested(stage)
    stage.click("Back to the session")
    stage.press(Qt.Key.Key_P)
    stage.settle(seconds)


def _within(stage: Stage) -> None:
    after_rest(stage, 200)


def _outside(stage: Stage) -> None:
    after_rest(stage, 240)
    stage.press(Qt.Key.Key_C)
    QTest.qWait(_OFFERED_MS)


def _resonance(stage: Stage) -> None:
    _made_up(stage, 30)
    stage.press(Qt.Key.Key_R)


def _resonance_running(stage: Stage) -> None:
    _resonance(stage)
    stage.press(Qt.Key.Key_1)
    stage.settle(200)


def _resonance_found(stage: Stage) -> None:
    _resonance(stage)
    stage.press(Qt.Key.Key_1)
    stage.settle(820)


SCENES = {
    "session-first": Scene(_running, _FIRST_SESSION),
    "session-beginning": Scene(_beginning),
    "session": Scene(_running),
    "session-words": Scene(_in_a_word),
    "session-within": Scene(_within, script=STILL_CALM),
    "session-above": Scene(_outside, _WINDOW_ONLY, script=_ACTIVATED),
    "session-quieter": Scene(_outside, _WINDOW_ONLY, script=_QUIETER),
    "session-signals": Scene(
        _signals, faults=Faults(ectopic_per_min=3, dropouts=(Span(206, 4),), motion=(Span(190, 3),))
    ),
    "session-gap": Scene(_gap, faults=Faults(ectopic_per_min=1.5, dropouts=(Span(128, 7),))),
    "session-unreadable": Scene(_unreadable, faults=Faults(dropouts=(Span(134, 600),))),
    "rest-felt": Scene(_asked_how_it_feels),
    "rest": Scene(_resting, script=STILL_CALM),
    "rest-done": Scene(_rested, script=STILL_CALM),
    "resonance": Scene(_resonance),
    "resonance-running": Scene(_resonance_running, script=STILL_CALM),
    "resonance-done": Scene(_resonance_found, script=STILL_CALM),
}
