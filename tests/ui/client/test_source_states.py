# SPDX-License-Identifier: MIT
"""One sensor that rests says nothing about the others."""

from dsp.codes import Action, NoticeCode, Reason, SourceState
from dsp.stream import NOBODY, Command, Notice, Status
from ui.client.source_states import SourceStates

HEART, SKIN = "ble:heart", "ble:skin"


def heard(*statuses: Status) -> SourceStates:
    sources = SourceStates()
    for status in statuses:
        sources.hear(status)
    return sources


def status(source: str, state: SourceState, reason: Reason | None = None, person: str = "client") -> Status:
    return Status(1.0, source, state, person, reason)


def test_while_one_streams_it_speaks_for_the_session() -> None:
    streams, rests = status(HEART, SourceState.STREAMING), status(SKIN, SourceState.FAILED, Reason.STREAM_REFUSED)
    sources = heard(streams, rests)
    assert sources.spoken_for == streams
    assert sources.needy == rests


def test_alone_the_newest_state_speaks() -> None:
    calls = status(HEART, SourceState.RECONNECTING, Reason.LINK_LOST)
    assert heard(status(HEART, SourceState.STREAMING), calls).spoken_for == calls


def test_what_went_wrong_is_told_before_what_rests() -> None:
    stale = status(SKIN, SourceState.STALE, Reason.SILENT)
    failed = status(HEART, SourceState.FAILED, Reason.PAIRING_REFUSED)
    assert heard(stale, failed).needy == failed


def test_an_end_after_the_reason_for_it_tells_nothing_new() -> None:
    failed = status(HEART, SourceState.FAILED, Reason.FILE_EMPTY)
    assert heard(failed, status(HEART, SourceState.STOPPED)).spoken_for == failed


def test_sensors_of_others_and_of_nobody_are_not_the_clients() -> None:
    for person in (NOBODY, "partner"):
        assert heard(status(HEART, SourceState.STREAMING, person=person)).spoken_for is None


def test_a_sensor_off_the_skin_is_known_until_it_is_back_or_silent() -> None:
    sources = heard(status(HEART, SourceState.STREAMING))
    off = Notice(2.0, NoticeCode.CONTACT, HEART, values=(("on", False),))
    sources.note(off)
    assert sources.off_skin == HEART
    sources.note(Notice(3.0, NoticeCode.CONTACT, HEART, values=(("on", True),)))
    assert sources.off_skin == ""
    sources.note(off)
    sources.hear(status(HEART, SourceState.RECONNECTING, Reason.LINK_LOST))
    assert sources.off_skin == ""


def test_a_sensor_that_was_given_away_needs_nothing_here() -> None:
    sources = heard(status(HEART, SourceState.STREAMING), status(SKIN, SourceState.STALE, Reason.SILENT))
    sources.follow(Command(2.0, Action.ASSIGN, "client", values=(("source", SKIN), ("to", "partner"))))
    assert sources.needy is None
    sources.hear(status(HEART, SourceState.STOPPED, person=NOBODY))
    assert sources.spoken_for is None or sources.spoken_for.state is not SourceState.STOPPED
