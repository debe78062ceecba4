# SPDX-License-Identifier: MIT
"""The stop key: stillness at once, a soft cover, and any key returns (promises.md 32, 33)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from dsp.codes import Action
from tests.ui.conftest import Stage, texts_of
from ui.tokens import DARK


def stilled(stage: Stage) -> float:
    stage.press(Qt.Key.Key_1)
    stage.live(3.0)
    stage.window._screens.breathe.pacer.grab()
    stage.press(Qt.Key.Key_Escape)
    return stage.window._screens.breathe.pacer.painted.depth


def test_the_shape_stands_still_within_100_ms_although_the_worker_hangs(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.live(3.0)
    stage.backstage.is_blocked = True
    stage.window._screens.breathe.pacer.grab()
    before = stage.window._screens.breathe.pacer.painted.depth
    stage.press(Qt.Key.Key_Escape)
    for _ in range(30):
        stage.backstage.advance(0.1)
        stage.window._screens.breathe.pacer.grab()
        assert stage.window._screens.breathe.pacer.painted.depth == pytest.approx(before, abs=1e-6)


def test_every_cue_is_stopped_and_the_session_goes_on(stage: Stage) -> None:
    stilled(stage)
    assert stage.backstage.sent[-1].action is Action.STOP_CUES
    assert stage.backstage.finished == 0


@pytest.mark.parametrize("at_ms", [0, 50, 100, 200, 300, 399, 400])
def test_the_cover_never_gets_darker_than_the_page(stage: Stage, at_ms: int) -> None:
    stilled(stage)
    stage.window._calm._fade.pause()
    stage.window._calm._fade.setCurrentTime(at_ms)
    image = stage.window.grab().toImage().scaled(96, 60)
    page = QColor(DARK.bg).lightness()
    lightness = [image.pixelColor(x, y).lightness() for x in range(96) for y in range(60)]
    assert min(lightness) >= page - 2


def test_after_the_fade_only_the_way_back_is_said(stage: Stage) -> None:
    stilled(stage)
    stage.window._calm._fade.setCurrentTime(400)
    stage.live(0.5)
    assert not stage.window._screens.breathe.pacer.isVisible()  # nothing is drawn under the cover
    assert set(texts_of(stage.window._calm)) == {"Any key brings it back"}


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_1])
def test_any_key_returns_and_nothing_starts_by_itself(stage: Stage, key: Qt.Key) -> None:
    stilled(stage)
    stage.window._calm._fade.setCurrentTime(400)
    sent = len(stage.backstage.sent)
    stage.press(key)
    assert not stage.window._calm.isVisible()
    assert stage.shown() == "breathe"
    assert len(stage.backstage.sent) == sent
    stage.live(2.0)
    assert not stage.window._pacing.is_on
    stage.press(Qt.Key.Key_Space)
    assert stage.backstage.sent[-1].action is Action.PACE


def test_the_cover_follows_the_window(stage: Stage) -> None:
    stilled(stage)
    stage.window.resize(1300, 800)
    assert stage.window._calm.geometry() == stage.window.rect()
