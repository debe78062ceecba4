# SPDX-License-Identifier: MIT
"""A live session: nothing before it is known, nothing after it is old, and the breathing goes on."""

import itertools
import re

import numpy as np
import pytest
from PySide6.QtCore import Qt

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Chunk, Gap, Status
from sensors.made_up.faults import Faults, Span
from tests.ui.conftest import Stage, Staging, texts_of
from ui.client.session import SessionScreen
from ui.widgets.trend import Trend

STRAP = "ble:A0:9E:1A:00:4A:2C"
DASHES = "– –"
SENTENCE = "We can’t read the strap clearly just now. This is about the strap, not about you. The breathing goes on."


def session_of(stage: Stage) -> SessionScreen:
    session = stage.window._screens.session
    assert session is not None
    return session


def begin(stage: Stage, faults: Faults | None = None) -> SessionScreen:
    if faults is not None:
        stage.backstage.faults = faults
    stage.window.begin(("demo",))
    stage.live(1.0)
    return session_of(stage)


def begin_strap(stage: Stage) -> SessionScreen:
    stage.window.begin((STRAP,), "Polar H10 4A2C")
    stage.backstage.feed(Status(stage.backstage.t, STRAP, SourceState.STREAMING))
    stage.turn()
    return session_of(stage)


def packets(stage: Stage, seconds: int, rr_ms: float = 800.0) -> None:
    for _ in range(seconds):
        stage.backstage.advance(1.0)
        t = stage.backstage.t
        stage.backstage.feed(Chunk(Modality.RR, np.array([t]), np.array([rr_ms]), t, STRAP))
        stage.turn()


def rate_shown(stage: Stage) -> str:
    return session_of(stage)._rate._number.text()


def test_before_the_first_heartbeat_no_value_stands_anywhere(stage: Stage) -> None:
    session = begin_strap(stage)
    stage.live(3.0)
    assert rate_shown(stage) == DASHES
    assert "Listening for the first heartbeats." in texts_of(session)
    assert session.views.beats.trend.scale is None
    assert session.views.trend.trend.scale is None
    assert "RMSSD: not there yet" in texts_of(session)


def test_the_numbers_are_those_of_the_frames(stage: Stage) -> None:
    session = begin(stage)
    stage.live(90.0, step_s=5.0)
    features = session._reading._features
    assert features.hr_bpm.value is not None
    assert features.rmssd_ms.value is not None
    texts = texts_of(session)
    assert rate_shown(stage) == str(round(features.hr_bpm.value))
    assert f"RMSSD {round(features.rmssd_ms.value)} ms, last 60 s" in texts
    assert "signal clear" in texts
    assert "1:31" in texts


def test_an_rmssd_that_is_not_there_says_why(stage: Stage) -> None:
    begin(stage)
    stage.live(5.0)
    assert "RMSSD: after 20 beats that count" in texts_of(stage.window)


def test_a_value_is_dimmed_with_its_age_and_then_removed(stage: Stage) -> None:
    session = begin_strap(stage)
    packets(stage, 10)
    assert rate_shown(stage) == "75"
    newest_t = stage.backstage.t
    seen: dict[float, tuple[str, str, str]] = {}
    for _ in range(16):
        stage.live(0.5)
        age = stage.backstage.t - newest_t
        seen[age] = (rate_shown(stage), session._rate._number._tone, session._badge._words.text())
    assert seen[1.5] == ("75", "text", "signal clear")
    assert seen[2.0] == ("75", "text3", "faint,\n2 s old")
    assert seen[4.5] == ("75", "text3", "faint,\n4 s old")
    assert seen[5.0] == (DASHES, "text3", "resting\nfor 5 s")
    assert seen[8.0] == (DASHES, "text3", "resting\nfor 8 s")


def test_when_the_strap_cannot_be_read_the_sentence_is_about_the_strap_and_the_breathing_goes_on(stage: Stage) -> None:
    session = begin(stage, Faults(dropouts=(Span(30, 600),)))
    stage.press(Qt.Key.Key_P)
    stage.live(40.0, step_s=2.0)
    assert SENTENCE in texts_of(session)
    session.pacer.grab()
    before = session.pacer.painted
    stage.live(1.0)
    session.pacer.grab()
    assert session.pacer.painted != before


def test_the_sentence_promises_no_breathing_that_is_not_there(stage: Stage) -> None:
    begin(stage, Faults(dropouts=(Span(20, 600),)))
    stage.live(30.0, step_s=2.0)
    assert SENTENCE.removesuffix(" The breathing goes on.") in texts_of(stage.window)


def test_the_hatch_grows_from_the_newest_heartbeat(stage: Stage) -> None:
    session = begin_strap(stage)
    packets(stage, 10)
    newest_t = stage.backstage.t
    for age_s in (3.0, 6.0, 9.0, 30.0):
        stage.live(newest_t + age_s - stage.backstage.t, step_s=1.5)
        ((start, end),) = session.views.beats.trend._gaps
        assert (start, end) == pytest.approx((-age_s, 0.0))


def test_a_gap_stays_hatched_after_the_strap_returned(stage: Stage) -> None:
    session = begin_strap(stage)
    packets(stage, 10)
    lost_t = stage.backstage.t
    stage.live(10.0)
    stage.backstage.feed(Gap(lost_t, stage.backstage.t, Reason.LINK_LOST, STRAP))
    packets(stage, 5)
    ((start, end),) = session.views.beats.trend._gaps
    assert (start, end) == pytest.approx((-15.0, -5.0))


def test_strap_off_the_skin_says_the_one_fix(stage: Stage) -> None:
    session = begin(stage, Faults(contact_lost=(Span(10, 100),)))
    stage.live(20.0)
    assert "Wet the two patches" in texts_of(session)


def test_the_end_of_a_recording_is_no_fault_of_the_strap(staging: Staging) -> None:
    stage = staging(chosen_file="/r.csv")
    stage.press(Qt.Key.Key_3)
    stage.backstage.say(Status(stage.backstage.t, "file:/r.csv", SourceState.STREAMING))
    stage.live(1.0)
    stage.backstage.say(Status(stage.backstage.t, "file:/r.csv", SourceState.STOPPED))
    stage.live(10.0)
    assert "That was the whole recording." in texts_of(stage.window)


def test_a_recording_that_breaks_off_says_where(staging: Staging) -> None:
    stage = staging(chosen_file="/r.csv")
    stage.press(Qt.Key.Key_3)
    stage.backstage.say(Status(stage.backstage.t, "file:/r.csv", SourceState.STREAMING))
    stage.live(1.0)
    fault = Status(
        stage.backstage.t, "file:/r.csv", SourceState.FAILED, reason=Reason.FILE_MALFORMED, detail="line 99: no"
    )
    stage.backstage.say(fault, Status(stage.backstage.t, "file:/r.csv", SourceState.STOPPED))
    stage.live(1.0)
    assert [text for text in texts_of(stage.window) if text.startswith("This file stops being a recording in line 99.")]


def test_the_axis_is_fixed_and_only_ever_widens(stage: Stage) -> None:
    session = begin(stage)
    scales = []
    for _ in range(30):
        stage.live(4.0, step_s=4.0)
        trend = session.views.beats.trend
        assert trend.viewRange()[0] == pytest.approx([-60.0, 0.9])
        if trend.scale is not None:
            scales.append(trend.scale)
    assert all(b.low <= a.low and b.high >= a.high for a, b in itertools.pairwise(scales))


def test_nothing_is_drawn_while_the_session_is_hidden(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(stage)
    stage.live(2.0)
    stage.window._screens.hide()
    drawn: list[object] = []
    monkeypatch.setattr(Trend, "show_beats", lambda *_: drawn.append(1))
    stage.live(5.0)
    assert drawn == []


def test_trends_are_redrawn_at_most_five_times_a_second(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(stage)
    drawn: list[object] = []
    monkeypatch.setattr(Trend, "show_beats", lambda *_: drawn.append(1))
    stage.live(4.0, step_s=0.03)
    assert 0 < len(drawn) <= 20


def test_a_second_session_starts_from_nothing(stage: Stage) -> None:
    begin(stage)
    stage.live(30.0)
    stage.window._screens.go_back()
    session = begin_strap(stage)
    stage.live(1.0)
    assert rate_shown(stage) == DASHES
    assert session.views.beats.trend.scale is None
    assert "made-up person, no real heart" not in texts_of(session)
    assert "Polar H10 4A2C" in texts_of(session)
    assert "0:01" in texts_of(session)


def test_a_summary_in_words_stands_beside_each_trend_and_is_renewed_each_15_s(stage: Stage) -> None:
    session = begin(stage)
    said = []
    for _ in range(60):
        stage.live(1.0, step_s=1.0)
        said.append(session.views.trend.trend.accessibleDescription())
    changes = [i for i in range(1, 60) if said[i] != said[i - 1]]
    assert re.fullmatch(r"last minute: \d+ to \d+ beats a minute, now \d+", said[-1])
    assert all(b - a >= 15 for a, b in itertools.pairwise(changes))


def test_no_more_than_the_breathing_is_asked_for_by_the_controls(stage: Stage) -> None:
    session = begin(stage)
    controls = session.page.controls
    controls._quicker.click()
    controls._ratio._group.button(2).click()
    assert stage.backstage.sent == []
    controls._power.click()
    stage.live(1.0)
    values = dict(stage.backstage.sent[-1].values)
    assert (values["breaths_per_min"], values["inhale"], values["exhale"]) == (6.5, 1.0, 2.0)
    assert {"6.5", "On"} <= set(texts_of(session))
