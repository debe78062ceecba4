# SPDX-License-Identifier: MIT
"""A sweep stands still: a bar wipes over it, new in one ink and older in another, with a tick above each beat."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QPaintEvent
from pytestqt.qtbot import QtBot

from dsp.codes import Modality
from tests.ui.widgets.signals_made import columns_with, different, packet, picture
from ui.preferences import Preferences
from ui.theme import Look
from ui.waveform import Waveform
from ui.widgets.plot import PLOT_GUTTER_PX, Upright
from ui.widgets.sweep import Sweep

WIDTH = 250  # px: 50 a second
_OFF = {"signal": 4, "dim": 4}  # of 255: so near a smooth line's middle comes to its ink


class Shown:
    """A sweep on the screen with its signal."""

    def __init__(self, qtbot: QtBot) -> None:
        self.look = Look(Preferences(theme="dark"))
        self.wave = Waveform(Modality.ECG, 5.0)
        self.sweep = Sweep(self.look, self.wave, Upright(0.5, 1.5))
        self.sweep.resize(PLOT_GUTTER_PX + WIDTH, 90)
        qtbot.addWidget(self.sweep)
        self.sweep.show()

    def live(self, start_s: int, end_s: int) -> None:
        for k in range(start_s, end_s):
            self.wave.take(packet(Modality.ECG, k, k + 1.0, 130))
            for turn in range(30):
                self.sweep.follow(k + 1.0 + turn / 30)

    def columns(self, tone: str) -> list[int]:
        ink = getattr(self.look.tokens, tone)
        return [x - PLOT_GUTTER_PX for x in columns_with(picture(self.sweep), ink, off=_OFF.get(tone, 0))]

    def bar(self) -> int:
        """Give where the bar must be: behind now by what the wave asks for."""
        head = self.sweep._new.head
        assert head is not None
        return head % WIDTH + 1


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    shown = Shown(qtbot)
    shown.live(0, 14)
    return shown


def test_new_is_left_of_the_bar_and_older_right_of_it(shown: Shown) -> None:
    bar = shown.bar()
    assert 50 < bar < 200
    assert max(shown.columns("signal")) <= bar
    older = [x for x in shown.columns("dim") if x > bar]  # left of it, a smooth edge of the new ink may look like it
    assert older
    assert min(older) > bar + 20
    assert set(shown.columns("text")) == {bar, bar + 1}


def test_the_bar_goes_on_with_the_clock(shown: Shown) -> None:
    before = shown.bar()
    shown.live(14, 15)
    assert shown.bar() - before == pytest.approx(50, abs=1)


def test_what_was_swept_is_what_drawing_anew_gives(shown: Shown) -> None:
    for k in range(14, 24):
        shown.live(k, k + 1)
        swept = picture(shown.sweep)
        shown.sweep.renew()
        shown.sweep.follow(k + 1.0 + 29 / 30)
        assert different(swept, picture(shown.sweep)) <= 2


def test_painted_bit_by_bit_the_screen_is_as_painted_at_once(shown: Shown) -> None:
    for k in range(14, 21):
        shown.wave.take(packet(Modality.ECG, k, k + 1.0, 130))
        shown.sweep.mark([k - 0.4, k - 1.7])
        for turn in range(30):
            shown.sweep.follow(k + 1.0 + turn / 30)
            QCoreApplication.processEvents()
        screen = shown.sweep.screen().grabWindow(shown.sweep.winId())
        assert different(screen, picture(shown.sweep)) == 0


class Painted(QObject):
    """Hears where a widget is painted."""

    def __init__(self, widget: Sweep) -> None:
        super().__init__(widget)
        self.widths: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if isinstance(event, QPaintEvent):
            self.widths.append(event.rect().width())
        return False


def test_only_the_place_of_the_bar_is_painted(shown: Shown) -> None:
    QCoreApplication.processEvents()
    painted = Painted(shown.sweep)
    shown.sweep.follow(15.1)
    QCoreApplication.processEvents()
    assert len(painted.widths) == 1
    assert painted.widths[0] < WIDTH / 4


def test_a_tick_stands_above_each_beat_that_shows(shown: Shown) -> None:
    shown.sweep.mark([1.0, 9.0, 9.7, 13.0, 22.0])  # the bar is at 13.9 s: 9.0 is wiped, 22 not there yet
    assert np.mean(shown.columns("text2")) == pytest.approx(150, abs=1)
    assert np.mean(shown.columns("edge")) == pytest.approx(235, abs=1)


def test_a_beat_that_is_told_late_is_marked_at_once(shown: Shown) -> None:
    assert shown.columns("text2") == []
    shown.sweep.mark([12.5])
    assert len(shown.columns("text2")) == 2


def test_times_lie_where_they_were_swept(shown: Shown) -> None:
    head_s = 14.0 + 29 / 30 - shown.wave.lag_s
    assert shown.sweep.shares(11.0, 12.0) == [pytest.approx((0.2, 0.4))]
    assert shown.sweep.shares(9.5, 10.5) == [pytest.approx((0.9, 1.0)), pytest.approx((0.0, 0.1))]
    assert shown.sweep.shares(head_s + 1.0, head_s + 2.0) == []
    assert shown.sweep.shares(2.0, 3.0) == []


def test_nothing_is_drawn_while_hidden(qtbot: QtBot) -> None:
    shown = Shown(qtbot)
    shown.sweep.hide()
    shown.live(0, 3)
    assert shown.sweep._new.head is None


def test_cleared_it_has_no_line_and_no_axis(shown: Shown) -> None:
    shown.wave.clear()
    shown.sweep.clear()
    shown.sweep.follow(15.0)
    assert shown.columns("signal") == shown.columns("dim") == []
    assert shown.sweep._plot.scale is None
