# SPDX-License-Identifier: MIT
"""A strip scrolls: now at the right, a minute ago at the left, triangles above what is marked."""

from itertools import pairwise

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from dsp.codes import Modality
from dsp.stream import FloatArray
from tests.ui.widgets.signals_made import columns_with, different, lived, packet, picture
from ui.preferences import Preferences
from ui.theme import Look
from ui.tokens import LIGHT
from ui.waveform import Waveform
from ui.widgets.plot import PLOT_GUTTER_PX, Upright
from ui.widgets.strip import Strip


class Shown:
    """A strip on the screen with its signal."""

    def __init__(self, qtbot: QtBot, upright: Upright, theme: str = "dark") -> None:
        self.look = Look(Preferences(theme=theme))
        self.wave = Waveform(Modality.EDA, 60.0)
        self.strip = Strip(self.look, self.wave, upright)
        self.strip.resize(PLOT_GUTTER_PX + 240, 80)
        qtbot.addWidget(self.strip)
        self.strip.show()

    def live(self, start_s: int, end_s: int) -> None:
        for k in range(start_s, end_s):
            self.wave.take(packet(Modality.EDA, k, k + 1.0, 4, peak))
            self.strip.follow(k + 1.0)


def peak(t: FloatArray) -> FloatArray:
    """Rise at 100 s, from 3 microsiemens to 4."""
    rise: FloatArray = np.exp(-0.5 * ((t - 100.0) / 1.0) ** 2)
    return 3.0 + rise


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot, Upright(0.25, 0.5))


def axis_of(shown: Shown) -> tuple[float, float]:
    scale = shown.strip._plot.scale
    assert scale is not None
    return scale.low, scale.high


def test_before_the_first_value_there_is_no_axis(shown: Shown) -> None:
    shown.strip.follow(1.0)
    assert shown.strip._plot.scale is None


def test_the_axis_begins_around_the_values(shown: Shown) -> None:
    shown.live(0, 50)
    low, high = axis_of(shown)
    assert low <= 3.0 <= high <= 4.0


def test_the_axis_widens_for_a_peak_and_closes_in_again_when_it_is_gone(shown: Shown) -> None:
    shown.live(0, 102)
    low, high = axis_of(shown)
    assert high >= 4.0
    shown.live(102, 170)
    later_low, later_high = axis_of(shown)
    assert later_high - later_low < high - low


def test_in_a_low_plot_labels_without_room_are_left_out(shown: Shown) -> None:
    shown.live(0, 102)
    written = {}
    for height in (200, 24):
        shown.strip.resize(shown.strip.width(), height)
        gutter = picture(shown.strip).copy(0, 0, PLOT_GUTTER_PX, height)
        is_empty = [len({gutter.pixel(x, y) for x in range(PLOT_GUTTER_PX)}) == 1 for y in range(height)]
        written[height] = sum(above and not here for above, here in pairwise([True, *is_empty]))
    assert written == {200: 3, 24: 1}


def test_what_scrolled_is_what_drawing_anew_gives(shown: Shown) -> None:
    shown.live(0, 110)
    scrolled = picture(shown.strip)
    shown.strip.renew()
    shown.strip.follow(110.0)
    assert different(scrolled, picture(shown.strip)) == 0


def test_a_triangle_stands_above_its_peak_and_moves_with_it(shown: Shown) -> None:
    shown.live(0, 105)
    shown.strip.mark([100.0])
    for now in (110, 120):
        shown.live(now - 10 if now == 120 else 105, now)
        columns = columns_with(picture(shown.strip), shown.look.tokens.text2)
        ((left, _),) = shown.strip.shares(100.0, 200.0)
        assert min(columns) >= PLOT_GUTTER_PX
        assert np.mean(columns) == pytest.approx(PLOT_GUTTER_PX + left * 240, abs=1.5)


def test_marks_that_left_are_not_drawn(shown: Shown) -> None:
    shown.live(0, 170)
    shown.strip.mark([100.0])
    assert columns_with(picture(shown.strip), shown.look.tokens.text2) == []


def test_nothing_is_drawn_while_hidden(shown: Shown) -> None:
    shown.strip.hide()
    shown.live(0, 10)
    assert shown.strip._tape.head is None


def test_times_lie_between_a_minute_ago_and_now(shown: Shown) -> None:
    assert shown.strip.shares(0.0, 1.0) == []
    shown.live(0, 110)
    head_s = 110.0 - shown.wave.lag_s
    ((left, right),) = shown.strip.shares(head_s - 30.0, head_s + 9.0)
    assert (left, right) == pytest.approx((0.5, 1.0), abs=0.01)
    assert shown.strip.shares(0.0, 40.0) == []


def test_an_unknown_unit_is_shown_whole_without_labels(qtbot: QtBot) -> None:
    shown = Shown(qtbot, Upright())
    shown.live(0, 102)
    assert columns_with(picture(shown.strip), shown.look.tokens.signal)
    assert columns_with(picture(shown.strip).copy(0, 0, PLOT_GUTTER_PX, 80), shown.look.tokens.text3) == []


def test_both_themes_draw_it(qtbot: QtBot) -> None:
    shown = Shown(qtbot, Upright(0.25, 0.5), theme="light")
    shown.live(0, 110)
    bare = picture(shown.strip)
    assert columns_with(bare, LIGHT.signal)
    shown.strip.mark([100.0])
    assert 0 < different(bare, picture(shown.strip)) < 60  # a triangle, and nothing else
    shown.look.dress(Preferences(theme="dark"))
    shown.strip.follow(110.5)
    assert columns_with(picture(shown.strip), LIGHT.signal) == []


def test_cleared_it_begins_anew(shown: Shown) -> None:
    shown.live(0, 50)
    shown.wave.clear()
    shown.strip.clear()
    shown.strip.follow(51.0)
    assert columns_with(picture(shown.strip), shown.look.tokens.signal) == []
    lived(shown.wave, Modality.EDA, 51.0, 55.0, 4)
    shown.strip.follow(55.0)
    assert columns_with(picture(shown.strip), shown.look.tokens.signal)
