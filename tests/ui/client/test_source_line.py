# SPDX-License-Identifier: MIT
"""What a sensor needs is said in the words of its own kind."""

import pytest
from pytestqt.qtbot import QtBot

from dsp.codes import NoticeCode, Reason, SensorKind, SourceState
from dsp.stream import Notice, Status
from tests.ui.conftest import texts_of
from ui.client.session_words import line_words
from ui.client.source_line import SourceLine
from ui.client.source_states import SourceStates
from ui.heart import HeartReading
from ui.preferences import Preferences
from ui.theme import Look

HEART, OTHER = "ble:heart", "ble:other"


@pytest.fixture
def line(qtbot: QtBot) -> SourceLine:
    line = SourceLine(Look(Preferences(theme="dark")))
    qtbot.addWidget(line)
    line.show()
    return line


def status(source: str, state: SourceState, reason: Reason | None = None) -> Status:
    return Status(1.0, source, state, reason=reason)


@pytest.mark.parametrize(
    ("kind", "reason", "fix"),
    [
        (SensorKind.STRAP, Reason.SILENT, "Wet the two patches"),
        (SensorKind.STREAM, Reason.SILENT, "Look at the program that sends it"),
        (SensorKind.STREAM, Reason.STALE, "Look at the program that sends it"),
        (SensorKind.STREAM, None, "Look at the program that sends it"),
        (SensorKind.SKIN, Reason.SILENT, "Fasten both finger electrodes"),
        (SensorKind.SKIN, Reason.NO_HEART_RATE_SERVICE, "Switch it off and on again"),
        (SensorKind.STRAP, Reason.NO_HEART_RATE_SERVICE, "Choose a heart strap"),
    ],
)
def test_a_sensor_that_is_stale_is_helped_as_what_it_is(
    line: SourceLine, kind: SensorKind, reason: Reason | None, fix: str
) -> None:
    sources = SourceStates()
    sources.hear(status(HEART, SourceState.STREAMING))
    sources.hear(status(OTHER, SourceState.STALE, reason))
    line.name_sensors("Blue 2", {OTHER: kind})
    line.show_need(sources, "quiet")
    assert fix in texts_of(line)


@pytest.mark.parametrize(
    ("kind", "fix"),
    [
        (SensorKind.STRAP, "Wet the two patches"),
        (SensorKind.ARM_BAND, "Turn its light to the skin, a little snugger"),
        (SensorKind.SKIN, "Fasten both finger electrodes"),
    ],
)
def test_a_sensor_off_the_skin_is_put_on_as_what_it_is(line: SourceLine, kind: SensorKind, fix: str) -> None:
    sources = SourceStates()
    sources.hear(status(OTHER, SourceState.STREAMING))
    sources.note(Notice(2.0, NoticeCode.CONTACT, OTHER, values=(("on", False),)))
    line.name_sensors("Band", {OTHER: kind})
    line.show_need(sources, "")
    assert fix in texts_of(line)


def test_a_stream_that_was_named_on_the_command_line_is_one_by_its_address(line: SourceLine) -> None:
    sources = SourceStates()
    sources.hear(status("lsl:EDA", SourceState.STALE, Reason.SILENT))
    line.show_need(sources, "")
    assert "Look at the program that sends it" in texts_of(line)


def test_a_skin_sensor_that_failed_beside_a_strap_is_told_here_and_alone_below_the_shape(line: SourceLine) -> None:
    sources = SourceStates()
    failed = status(OTHER, SourceState.FAILED, Reason.STREAM_REFUSED)
    sources.hear(failed)
    line.name_sensors("Fingers", {OTHER: SensorKind.SKIN})
    line.show_need(sources, "quiet")
    assert "quiet" in texts_of(line)
    sources.hear(status(HEART, SourceState.STREAMING))
    line.show_need(sources, "quiet")
    assert "Switch it off and on again" in texts_of(line)


@pytest.mark.parametrize(
    ("kind", "fix"), [(SensorKind.STRAP, "Choose a heart strap"), (SensorKind.SKIN, "Switch it off and on again")]
)
def test_below_the_shape_the_step_is_that_of_the_kind_too(kind: SensorKind, fix: str) -> None:
    failed = status(OTHER, SourceState.FAILED, Reason.NO_HEART_RATE_SERVICE)
    assert line_words(HeartReading().at(1.0), failed, is_breathing=True, kind=kind).endswith(fix)
