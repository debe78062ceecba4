# SPDX-License-Identifier: MIT
from base64 import b64encode
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.store.reading import open_session
from app.store.resume import find_resumable, resume
from app.store.resume_token import RESUMABLE_S
from app.store.session_index import SessionState
from dsp.stream import Marker
from tests.app.store.vaults import Wall, agreed, begun, opened, protect, recorded


def crashed(folder: Path, wall: Wall) -> tuple[str, str]:
    """Leave a session of a protected store as a crash does; give its code and the person's."""
    with opened(folder, wall) as vault:
        code = agreed(vault)
        live = recorded(vault, {"client": code}, is_closed=False)
        protect(vault)
        live._held.let_go()  # as the system does for a program that ended
        return live.head.session, code


def test_a_stored_session_is_read_back_and_the_audit_knows(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        codes = {"client": agreed(vault), "partner": agreed(vault)}
        live = recorded(vault, codes)
        session = open_session(vault, live.head.session)
        assert session.head.codes == codes
        assert [item.person for item in session.items() if isinstance(item, Marker)] == ["client", "partner"]
        assert [row.action for row in vault.audit.rows()][-1] == "session_read"


def test_after_a_crash_the_session_goes_on_before_any_passphrase(tmp_path: Path) -> None:
    wall = Wall()
    session, code = crashed(tmp_path, wall)
    wall.now += RESUMABLE_S - 1.0
    token = find_resumable(tmp_path, wall())
    assert token is not None
    assert (token.head.session, dict(token.head.codes)) == (session, {"client": code})
    live = resume(tmp_path, session, wall, None)
    assert live is not None
    live.note_chain("client", 99, b"later")
    live.close(500.0, "cd" * 32)
    with opened(tmp_path, wall, ask=lambda: "correct horse") as vault:
        entry = vault.sessions.entry(session)
        assert (entry.state, entry.head.ended_t, entry.head.sha256) == (SessionState.CLOSED, 500.0, "cd" * 32)
        assert vault.chain_notes.newest(session)["client"].number == 99
    assert not list(live.folder.glob("resume*"))


def test_what_lets_a_session_go_on_opens_no_other(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        past = recorded(vault, {"client": code})
        live = begun(vault, {"client": code})
        token = (live.folder / "resume.attune").read_bytes().decode()
        for key in (*past.keys.values(), vault.keys.client_key(code), vault.keys.opened.master):
            assert b64encode(key).decode() not in token


def test_after_thirty_minutes_it_is_closed_by_itself_instead(tmp_path: Path) -> None:
    wall = Wall()
    session, _code = crashed(tmp_path, wall)
    wall.now += RESUMABLE_S + 1.0
    assert find_resumable(tmp_path, wall()) is None
    assert resume(tmp_path, session, wall, None) is None
    with opened(tmp_path, wall, ask=lambda: "correct horse") as vault:
        entry = vault.sessions.entry(session)
        assert (entry.state, entry.head.ended_t, entry.head.lost_s) == (SessionState.RECOVERED, 103.0, 0.0)
        assert len(list(open_session(vault, session).items())) == 2
    assert not list((tmp_path / "sessions" / session).glob("resume*"))


def test_a_session_that_is_recorded_is_neither_closed_nor_offered(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        live = begun(vault, {"client": agreed(vault)})
        wall.now += 10 * RESUMABLE_S
        with opened(tmp_path, wall) as other:
            assert other.sessions.entry(live.head.session).state is SessionState.OPEN
        assert find_resumable(tmp_path, wall()) is None


def test_a_consent_taken_back_destroys_the_part_and_leaves_the_others(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        codes = {"client": agreed(vault), "partner": agreed(vault)}
        live = recorded(vault, codes, is_closed=False)
        live.take_back("client")
        assert set(live.keys) == {"common", "notes", "partner"}
        live.note_chain("client", 99, b"late")
        live.close(103.0, None)
        assert vault.consents.current(codes["client"]) is None
        session = open_session(vault, live.head.session)
        assert session.head.codes == {"partner": codes["partner"]}
        assert {item.person for item in session.items() if isinstance(item, Marker)} == {"partner"}
    assert not list(live.folder.glob("client*"))


def test_the_only_person_who_takes_it_back_leaves_no_session(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        live = recorded(vault, {"client": agreed(vault)}, is_closed=False)
        live.take_back("client")
        live.close(103.0, None)
        assert vault.sessions.all() == ()
        assert live.head.session not in vault.keys.book.sessions
    assert not live.folder.exists()


def test_a_consent_taken_back_while_locked_destroys_the_key_when_it_can(tmp_path: Path) -> None:
    wall = Wall()
    session, code = crashed(tmp_path, wall)
    live = resume(tmp_path, session, wall, None)
    assert live is not None
    live.take_back("client")
    live.close(500.0, None)
    with opened(tmp_path, wall, ask=lambda: "correct horse") as vault:
        assert vault.sessions.all() == ()
        assert vault.consents.current(code) is None
        with pytest.raises(AppError):
            vault.keys.session_keys(session)
    assert not live.folder.exists()


def test_a_crash_between_the_token_and_its_row_loses_nothing(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        live = recorded(vault, {"client": agreed(vault)}, is_closed=False)
        with vault.database.write() as connection:
            connection.execute("DELETE FROM sessions")
        live._held.let_go()
    wall.now += 2 * RESUMABLE_S
    with opened(tmp_path, wall) as vault:
        assert vault.sessions.entry(live.head.session).state is SessionState.RECOVERED


def test_somebody_who_agreed_may_join_a_running_session(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        one, two, silent = agreed(vault), agreed(vault), vault.clients.add()
        live = begun(vault, {"client": one})
        key = live.join("partner", two)
        assert live.keys["partner"] == key == vault.keys.session_keys(live.head.session)["partner"]
        assert vault.sessions.entry(live.head.session).head.codes == live.head.codes == {"client": one, "partner": two}
        with pytest.raises(AppError) as told:
            live.join("third", silent)
        assert told.value.fault is Fault.NO_CONSENT


def test_nobody_joins_while_the_store_is_locked(tmp_path: Path) -> None:
    wall = Wall()
    session, _code = crashed(tmp_path, wall)
    live = resume(tmp_path, session, wall, None)
    assert live is not None
    with pytest.raises(AppError) as told:
        live.join("partner", "C-2222")
    assert told.value.fault is Fault.LOCKED
