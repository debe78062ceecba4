# SPDX-License-Identifier: MIT
"""Breathing without a sensor."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from docs.pictures.scene import RETURNING, Scene
from docs.pictures.stage import Stage

_FADED_MS = 600  # the fade runs in real time


def _breathe(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.settle(6.5)


def _paused(stage: Stage) -> None:
    _breathe(stage)
    stage.press(Qt.Key.Key_Space)
    stage.settle(3)


def _ways(stage: Stage) -> None:
    _breathe(stage)
    stage.press(Qt.Key.Key_W)
    stage.settle(3)


def _notice(stage: Stage) -> None:
    stage.press(Qt.Key.Key_6)
    stage.settle(3)


def _calm(stage: Stage) -> None:
    _breathe(stage)
    stage.press(Qt.Key.Key_Escape)
    QTest.qWait(_FADED_MS)


SCENES = {
    "breathe": Scene(_breathe),
    "breathe-paused": Scene(_paused),
    "breathe-rings": Scene(_breathe, replace(RETURNING, reduced_motion=True)),
    "breathe-wave": Scene(_breathe, replace(RETURNING, style="wave")),
    "breathe-bar": Scene(_breathe, replace(RETURNING, style="bar")),
    "breathe-words": Scene(_breathe, replace(RETURNING, style="words")),
    "breathe-ways": Scene(_ways),
    "notice": Scene(_notice),
    "calm": Scene(_calm),
}
