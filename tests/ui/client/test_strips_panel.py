# SPDX-License-Identifier: MIT
"""The raw signals of a session: drawn while they show, said in words, and a dash where there is no sensor."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from dsp.codes import Modality, Reason, Verdict
from dsp.stream import Beat, Chunk, Features, Frame, Gap, Measure, Scr, SignalQuality, Tick
from sensors.made_up.faults import Faults, Span
from tests.ui.conftest import Stage, Staging, texts_of
from ui.client.signal_marks import SignalMarks
from ui.client.strips_panel import StripsPanel
from ui.heart import Signal

STRAP = "ble:A0:9E:1A:00:4A:2C"
ROOMY = QSize(1440, 900)


def strips_of(stage: Stage) -> StripsPanel:
    assert stage.window._screens.session is not None
    return stage.window._screens.session.views.strips


def begin(stage: Stage, seconds: float, faults: Faults | None = None, size: QSize = ROOMY) -> StripsPanel:
    stage.window.resize(size)
    stage.backstage.faults = faults or Faults()
    stage.window.begin(("demo",))
    stage.live(1.0)
    stage.press(Qt.Key.Key_G)
    stage.live(seconds)
    return strips_of(stage)


def grabbed(panel: StripsPanel) -> QImage:
    return panel.grab().toImage()


def test_g_goes_from_the_trends_to_the_signals_to_the_window_and_back(stage: Stage) -> None:
    strips = begin(stage, 2.0)
    session = stage.window._screens.session
    assert session is not None
    assert (strips.isVisible(), session.views.trends.isVisible()) == (True, False)
    stage.press(Qt.Key.Key_G)
    assert (strips.isVisible(), session.views.window_panel.isVisible()) == (False, True)
    stage.press(Qt.Key.Key_G)
    assert (strips.isVisible(), session.views.trends.isVisible()) == (False, True)
    session.views.choice.all._group.button(1).click()
    assert strips.isVisible()


def test_what_the_person_has_is_drawn_with_its_unit_and_rate(stage: Stage) -> None:
    strips = begin(stage, 8.0)
    texts = texts_of(strips)
    assert {"ECG", "mV, 130 Hz", "EDA", "\N{MICRO SIGN}S", "Breath", "sweep, 5 s", "signal quality"} <= set(texts)
    assert "–  no sensor" not in texts
    assert strips._sweep._new.head is not None


def test_r_peaks_of_the_waveform_are_marked_on_it_and_beats_of_the_strap_are_not() -> None:
    marks = SignalMarks()
    beats = (Beat(1.0, 800.0, Verdict.NORMAL, 1.1, origin=Modality.ECG), Beat(1.9, 800.0, Verdict.NORMAL, 1.9))
    marks.take(Frame(Tick(2.0), beats=beats))
    assert (marks.r_peaks(0.0), marks.beats(0.0)) == ([1.0], [1.0, 1.9])


def test_the_lane_says_where_beats_come_from_or_what_is_the_matter(stage: Stage) -> None:
    strips = begin(stage, 30.0)
    assert {"signal quality", "beats from the waveform"} <= set(texts_of(strips))
    unclear = Features(60.0, quality=SignalQuality(ecg=0.2, ecg_why=Reason.NOISY), heart_from=Modality.RR)
    strips.take(Frame(Tick(60.0), features=(unclear,)))
    strips.refresh(60.0)
    assert "signal quality: faint: wet the two patches" in texts_of(strips)
    assert "beats from the waveform" not in texts_of(strips)


def test_the_breath_says_that_nobody_judges_it(stage: Stage) -> None:
    strips = begin(stage, 5.0)
    assert "quality not judged" in texts_of(strips)
    assert strips.resp.lane.isHidden()


def test_a_strap_that_sends_intervals_alone_has_a_dash_for_each_and_no_breath(stage: Stage) -> None:
    stage.window.resize(ROOMY)
    stage.window.begin((STRAP,), "TICKR")
    stage.live(1.0)
    stage.window._screens.turn_to("session")
    stage.press(Qt.Key.Key_G)
    t = stage.backstage.t
    stage.backstage.feed(Chunk(Modality.RR, np.array([t]), np.array([800.0]), t, STRAP))
    stage.live(2.0)
    texts = texts_of(strips_of(stage))
    assert texts.count("–  no sensor") == 2
    assert "Breath" not in texts
    assert "SCR of 0.05 \N{MICRO SIGN}S or more: – a minute" in texts


def test_the_responses_a_minute_are_those_of_the_features_and_their_rule_is_said(stage: Stage) -> None:
    strips = begin(stage, 100.0)
    value = strips._marks.scr_per_min.value
    assert value is not None
    assert f"SCR of 0.05 \N{MICRO SIGN}S or more: {round(value)} a minute" in texts_of(strips)


def test_nothing_is_drawn_while_the_trends_show(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(10.0)
    strips = strips_of(stage)
    assert strips._sweep._new.head is None
    assert strips._ecg.newest_t is not None


def test_signals_that_were_hidden_show_their_whole_span_at_once(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(20.0)
    stage.press(Qt.Key.Key_G)
    stage.live(1.0)
    shown = grabbed(strips_of(stage))
    stage.window._look.changed.emit()
    stage.turn()
    assert grabbed(strips_of(stage)) == shown


def test_quality_is_told_second_by_second_and_none_where_samples_are_missing(stage: Stage) -> None:
    strips = begin(stage, 40.0, Faults(dropouts=(Span(25.0, 3.0),)))
    stretches = strips.eda.lane.stretches
    gone = [stretch for stretch in stretches if stretch.signal is Signal.RESTING and stretch.left > 0.6]
    assert len(gone) == 1
    assert 60 * (gone[0].right - gone[0].left) == pytest.approx(3.0, abs=0.5)
    assert stretches[-1].right == pytest.approx(1.0, abs=0.02)


def test_the_ecgs_quality_is_its_own() -> None:
    marks = SignalMarks()
    for t, quality in enumerate((None, 0.3, 0.7, 0.9)):
        features = Features(float(t), quality=SignalQuality(ecg=quality, eda=1.0))
        marks.take(Frame(Tick(float(t)), features=(features,)))
    assert [s.signal for s in marks.seconds("ecg")] == [Signal.RESTING, Signal.RESTING, Signal.FAINT, Signal.CLEAR]
    assert {s.signal for s in marks.seconds("eda")} == {Signal.CLEAR}


def test_marks_hold_what_a_minute_shows_and_nothing_of_others() -> None:
    marks = SignalMarks()
    for k in range(600):
        t = float(k)
        beats = (Beat(t, 800.0, Verdict.NORMAL, t), Beat(t, 800.0, Verdict.NORMAL, t, "partner"))
        features = Features(t, scr_per_min=Measure(2.0, 1.0, None))
        marks.take(Frame(Tick(t), beats=beats, scrs=(Scr(t, t + 0.5, 0.1),), features=(features,)))
    assert marks.beats(589.0) == [float(k) for k in range(590, 600)]
    assert len(marks.beats(0.0)) == len(marks.peaks(0.0)) == len(marks.seconds("eda")) == 65


def test_a_summary_in_words_stands_beside_each_plot(stage: Stage) -> None:
    strips = begin(stage, 40.0)
    ecg, eda, breath = (panel.plot.accessibleDescription() for panel in (strips.ecg, strips.eda, strips.resp))
    assert re.fullmatch(r"last 5 s: -?\d\.\d to \d\.\d mV, \d beats; clear for \d of 5 s", ecg)
    assert re.fullmatch(
        r"last minute: \d\.\d\d to \d\.\d\d microsiemens, \d responses of 0.05 or more; clear for \d+ of \d+ s", eda
    )
    assert breath.startswith("last minute: the belt goes from ")


def test_a_gap_of_the_screen_is_a_hole(stage: Stage) -> None:
    strips = begin(stage, 10.0)
    t = stage.backstage.t
    item = Gap(t, t, Reason.SCREEN_BEHIND, "screen")
    strips.take(Frame(item, gaps=(item,)))
    stage.live(3.0)
    assert len(strips._ecg.holes(0.0, 1e9)) == 1


def test_another_session_begins_with_dashes(stage: Stage) -> None:
    begin(stage, 20.0)
    stage.window._screens.go_back()
    stage.window.begin((STRAP,), "TICKR")
    stage.window._screens.turn_to("session")
    stage.live(2.0)
    strips = strips_of(stage)
    assert texts_of(strips).count("–  no sensor") == 2
    assert strips.eda.lane.stretches == ()


def test_in_a_small_window_the_count_stays_and_its_rule_is_told_in_words(staging: Staging) -> None:
    stage = staging(text_scale=1.25)
    strips = begin(stage, 10.0, size=QSize(1120, 720))
    assert any(re.fullmatch(r"SCR: (–|\d+) a minute", text) for text in texts_of(strips))
