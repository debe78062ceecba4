# SPDX-License-Identifier: MIT
"""The disc is painted where the plan says, by the clock of the painting (promises.md 19)."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tests.ui.conftest import Stage, Staging
from ui.tokens import DARK
from ui.widgets.pacer import Pacer


def painted_radius(pacer: Pacer) -> float:
    """Measure the disc in the picture: half of its outline's width in the middle row."""
    image = pacer.grab().toImage()
    row = image.height() // 2
    outline = QColor(DARK.signal)
    hits = [x for x in range(image.width()) if image.pixelColor(x, row) == outline]
    return (hits[-1] - hits[0] - 1) / 2


def radius_of(pacer: Pacer, depth: float) -> float:
    outer = pacer.outer_radius()
    inner = outer * 88 / 184 + 2.5
    return inner + depth * (outer - inner)


def breathing(stage: Stage) -> Pacer:
    stage.press(Qt.Key.Key_1)
    stage.live(1.0)
    return stage.window._screens.breathe.pacer


def planned_depth(stage: Stage) -> float:
    return stage.window._pacing.breath().depth


def test_the_phase_painted_is_the_plans_although_no_frame_arrives_for_5_s(stage: Stage) -> None:
    pacer = breathing(stage)
    start_s = stage.backstage.sent[-1].t
    stage.backstage.is_blocked = True
    for _ in range(25):
        stage.backstage.advance(0.2)
        pacer.grab()
        at = (stage.backstage.t - start_s) % 10.0
        plan = stage.window._pacing._reader._plan
        assert plan is not None
        earliest, latest = (plan.phase_at(start_s + at + shift).depth for shift in (-0.02, 0.02))
        assert min(earliest, latest) - 1e-9 <= pacer.painted.depth <= max(earliest, latest) + 1e-3


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ahead_s=st.floats(0.0, 60.0))
def test_the_pixels_are_where_the_plan_is(stage: Stage, ahead_s: float) -> None:
    pacer = breathing(stage) if stage.shown() == "start" else stage.window._screens.breathe.pacer
    stage.backstage.t += ahead_s
    assert painted_radius(pacer) == pytest.approx(radius_of(pacer, planned_depth(stage)), abs=1.5)


def test_a_frame_is_painted_only_when_the_shape_moved(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    pacer = breathing(stage)
    pacer.grab()
    asked: list[int] = []
    monkeypatch.setattr(pacer, "update", lambda: asked.append(1))
    for _ in range(10):
        pacer.advance()
    assert asked == []
    stage.backstage.t += 1.0
    pacer.advance()
    assert len(asked) == 1


def test_the_word_changes_at_the_turn(stage: Stage) -> None:
    pacer = breathing(stage)
    words = []
    for _ in range(100):
        stage.backstage.t += 0.1
        pacer.advance()
        words.append(stage.window._screens.breathe._word.text())
    turns = [b for a, b in itertools.pairwise(words) if a != b]
    assert turns == ["breathe out", "breathe in"]
    assert words.count("breathe out") == pytest.approx(60, abs=1)


def test_with_reduced_motion_nothing_moves_but_the_word(staging: Staging) -> None:
    stage = staging(reduced_motion=True)
    pacer = breathing(stage)
    pictures = set()
    for _ in range(20):
        stage.backstage.t += 0.5
        pacer.advance()
        pictures.add(bytes(pacer.grab().toImage().constBits()))
    assert len(pictures) == 1
    assert stage.window._screens.breathe._word.text() in {"breathe in", "breathe out"}


def test_the_shape_rests_its_timer_while_it_is_hidden(stage: Stage) -> None:
    pacer = stage.window._screens.breathe.pacer
    assert not pacer._timer.isActive()
    breathing(stage)
    assert pacer._timer.isActive()
    assert 1000 / 60 <= pacer._timer.interval() <= 1000 / 30
    stage.window._screens.go_back()
    assert not pacer._timer.isActive()


def test_the_size_follows_the_window(stage: Stage) -> None:
    pacer = breathing(stage)
    stage.window.resize(1440, 900)
    assert pacer.outer_radius() == pytest.approx(240, abs=1)
    stage.window.begin(("demo",))
    stage.live(1.0)
    session = stage.window._screens.session
    assert session is not None
    stage.window._screens.setCurrentWidget(session)
    assert session.pacer.outer_radius() == pytest.approx(900 / 4.9, abs=1)
