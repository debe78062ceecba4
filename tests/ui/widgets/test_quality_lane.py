# SPDX-License-Identifier: MIT
"""Quality is told by shape: full height clear, half height faint, hatched none, nothing where nothing is judged."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.ui.widgets.signals_made import picture
from ui.heart import Signal
from ui.preferences import Preferences
from ui.theme import Look
from ui.widgets.quality_lane import QualityLane, Stretch


@pytest.fixture(params=["dark", "light"])
def lane(request: pytest.FixtureRequest, qtbot: QtBot) -> QualityLane:
    lane = QualityLane(Look(Preferences(theme=request.param)))
    lane.resize(100, 8)
    qtbot.addWidget(lane)
    lane.show()
    return lane


def heights(lane: QualityLane, x: int, tone: str) -> list[int]:
    image: QImage = picture(lane)
    wanted = QColor(getattr(lane._look.tokens, tone))
    return [y for y in range(8) if image.pixelColor(x, y) == wanted]


def test_clear_is_full_height_and_faint_half_of_it_at_the_foot(lane: QualityLane) -> None:
    lane.show_stretches([Stretch(0.0, 0.5, Signal.CLEAR), Stretch(0.5, 1.0, Signal.FAINT)])
    assert heights(lane, 25, "inside") == list(range(8))
    assert heights(lane, 75, "text") == [4, 5, 6, 7]


def test_none_is_hatched_and_closed_by_an_edge(lane: QualityLane) -> None:
    lane.show_stretches([Stretch(0.2, 0.8, Signal.RESTING)])
    assert heights(lane, 20, "edge") == list(range(8))
    assert heights(lane, 79, "edge") == list(range(8))
    image = picture(lane)
    assert len({image.pixelColor(x, 4).name() for x in range(25, 75)}) > 2


def test_where_nothing_is_known_nothing_is_drawn(lane: QualityLane) -> None:
    empty = {picture(lane).pixelColor(x, 4).name() for x in range(100)}
    lane.show_stretches([Stretch(0.5, 1.0, Signal.CLEAR)])
    assert {picture(lane).pixelColor(x, 4).name() for x in range(50)} == empty


def test_the_lane_keeps_its_height(lane: QualityLane) -> None:
    assert lane.sizeHint().height() == 8
