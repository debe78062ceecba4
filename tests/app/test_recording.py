# SPDX-License-Identifier: MIT
from contextlib import suppress
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.recording import recorded, resumed
from app.store.reading import open_session
from app.store.resume import find_resumable, read_resumable
from app.store.session_index import SessionState
from dsp.stream import Chunk, Frame, Gap, Marker
from tests.app.store.vaults import Wall, agreed, frames_of, opened
from tests.app.store.vaults import recorded as left_open


def clock() -> float:
    return 200.0


def test_a_session_is_recorded_until_the_block_ends_whatever_ends_it(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        with suppress(KeyboardInterrupt), recorded(vault, {"client": code}, clock) as session:
            for frame in frames_of("client"):
                session.recorder.put(frame)
            raise KeyboardInterrupt
        (entry,) = vault.sessions.all()
        assert (entry.state, entry.head.ended_t) == (SessionState.CLOSED, 200.0)
        assert entry.head.sha256 is not None
        assert len(list(open_session(vault, entry.head.session).items())) == 2


def test_without_consent_the_block_never_begins(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        with pytest.raises(AppError) as told, recorded(vault, {"client": vault.clients.add()}, clock):
            pytest.fail("it began")
        assert told.value.fault is Fault.NO_CONSENT


def test_after_a_crash_the_same_session_goes_on_with_its_gap(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        live = left_open(vault, {"client": agreed(vault)}, is_closed=False)
        live._held.let_go()
    wall.now += 60.0
    token = find_resumable(tmp_path, wall())
    assert token is not None
    assert [type(item) for item in read_resumable(tmp_path, token).items()] == [Chunk, Marker]
    with resumed(tmp_path, token.head.session, clock, wall, None) as session:
        assert session is not None
        (gap,) = session.gaps
        assert (gap.person, gap.end_s) == ("client", 200.0)
        session.recorder.put(Frame(gap, gaps=(gap,)))
        for frame in frames_of("client"):
            session.recorder.put(frame)
    with opened(tmp_path, wall) as vault:
        (entry,) = vault.sessions.all()
        assert (entry.head.session, entry.state) == (token.head.session, SessionState.CLOSED)
        items = list(open_session(vault, token.head.session).items())
        assert [type(item) for item in items if isinstance(item, Gap | Marker)] == [Marker, Gap, Marker]


def test_a_session_that_was_ended_does_not_go_on(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        live = left_open(vault, {"client": agreed(vault)})
        with resumed(tmp_path, live.head.session, clock, Wall(), vault) as session:
            assert session is None


def test_a_consent_taken_back_in_a_session_leaves_nothing_of_the_person(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        codes = {"client": agreed(vault), "partner": agreed(vault)}
        with recorded(vault, codes, clock) as session:
            for frame in (*frames_of("client"), *frames_of("partner")):
                session.recorder.put(frame)
            session.take_back("client")
            for frame in (*frames_of("client"), *frames_of("partner")):
                session.recorder.put(frame)
        (entry,) = vault.sessions.all()
        assert entry.head.codes == {"partner": codes["partner"]}
        persons = [item.person for item in open_session(vault, entry.head.session).items() if isinstance(item, Marker)]
        assert persons == ["partner", "partner"]
        assert not list(session.live.folder.glob("client*"))
        assert vault.consents.current(codes["client"]) is None
