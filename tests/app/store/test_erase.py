# SPDX-License-Identifier: MIT
import shutil
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.store.backup import back_up
from app.store.consent import Terms
from app.store.erase import erase, what_goes
from app.store.moving import move_session
from app.store.reading import open_session
from app.store.retention import delete_due, set_practice_days, what_is_due
from app.store.settling import leave_out_erased
from dsp.stream import Marker
from tests.app.store.vaults import DAY_S, START_UTC_S, Wall, agreed, begun, opened, protect, recorded


def test_erasing_takes_the_person_and_their_sessions_and_leaves_the_others(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        gone, stays = agreed(vault), agreed(vault)
        alone = recorded(vault, {"client": gone})
        shared = recorded(vault, {"client": stays, "partner": gone}, note="of both")
        assert what_goes(vault, gone).shared == [shared.head.session]
        done = erase(vault, gone)
        assert set(done.sessions) == {alone.head.session, shared.head.session}
        assert [one.code for one in vault.clients.all()] == [stays]
        assert not alone.folder.exists()
        left = open_session(vault, shared.head.session)
        assert left.head.codes == {"client": stays}
        assert {item.person for item in left.items() if isinstance(item, Marker)} == {"client"}
        assert set(vault.keys.session_keys(shared.head.session)) == {"common", "client"}
        assert vault.audit.first_fault() is None
        with pytest.raises(AppError) as told:
            erase(vault, gone)
        assert told.value.fault is Fault.UNKNOWN_CODE


def test_a_person_whose_session_is_being_recorded_is_not_erased(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        begun(vault, {"client": code})
        with pytest.raises(AppError) as told:
            erase(vault, code)
        assert told.value.fault is Fault.STORE_BUSY
        vault.keys.client_key(code)


def test_backups_that_were_not_refreshed_are_named(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as vault:
        code, other = agreed(vault), agreed(vault)
        old, new = tmp_path / "old", tmp_path / "new"
        back_up(vault, old)
        back_up(vault, new)
        assert {note.place for note in erase(vault, code).backups} == {str(old), str(new)}
        back_up(vault, new)
        assert {note.place for note in erase(vault, other).backups} == {str(old), str(new)}


def test_an_erasure_that_a_crash_interrupted_is_finished_at_the_next_start(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        live = recorded(vault, {"client": code})
        vault.keys.destroy_client(code)
    with opened(tmp_path) as vault:
        assert vault.clients.all() == ()
        assert vault.sessions.all() == ()
    assert not live.folder.exists()


def test_retention_shows_first_and_deletes_when_told(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        short, long = agreed(vault, Terms(keep_days=10)), agreed(vault)
        first = recorded(vault, {"client": short, "partner": long})
        wall.now += 11 * DAY_S
        recorded(vault, {"client": long})
        assert [(one.session, one.person, one.keep_days) for one in what_is_due(vault)] == [
            (first.head.session, "client", 10)
        ]
        assert len(vault.sessions.all()) == 2
        delete_due(vault)
        assert vault.sessions.entry(first.head.session).head.codes == {"partner": long}
        set_practice_days(vault, 5)
        assert [one.code for one in delete_due(vault)] == [long]
        assert [one.head.codes for one in vault.sessions.all()] == [{"client": long}]
        set_practice_days(vault, None)
        assert not what_is_due(vault)


def test_a_moved_session_is_the_other_persons_from_then_on(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        wrong, right = agreed(vault), agreed(vault)
        live = recorded(vault, {"client": wrong}, note="about right")
        move_session(vault, live.head.session, right, person="client")
        assert [row.action for row in vault.audit.rows()][-1] == "session_moved"
        erase(vault, wrong)
        session = open_session(vault, live.head.session)
        assert session.head.codes == {"client": right}
        assert len(list(session.items())) == 2
        erase(vault, right)
        assert not live.folder.exists()


def test_a_session_stays_where_it_is_after_thirty_days(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        wrong, right = agreed(vault), agreed(vault)
        live = recorded(vault, {"client": wrong})
        wall.now += 31 * DAY_S
        with pytest.raises(AppError) as told:
            move_session(vault, live.head.session, right, person="client")
        assert told.value.fault is Fault.TOO_LATE


def test_a_session_is_only_moved_to_who_agreed_and_is_not_in_it(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        one, two, silent = agreed(vault), agreed(vault), vault.clients.add()
        session = recorded(vault, {"client": one, "partner": two}).head.session
        for code, person, fault in (
            (silent, "client", Fault.NO_CONSENT),
            (two, "client", Fault.GIVEN_TWICE),
            (one, "other", Fault.UNKNOWN_CODE),
        ):
            with pytest.raises(AppError) as told:
                move_session(vault, session, code, person=person)
            assert told.value.fault is fault


def test_a_crash_in_a_move_leaves_it_done(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        wrong, right = agreed(vault), agreed(vault)
        session = recorded(vault, {"client": wrong}).head.session
        vault.keys.move_parts(session, ["client", "notes"], right)
        leave_out_erased(vault)
        assert vault.sessions.entry(session).head.codes == {"client": right}


def test_a_name_is_nowhere_once_its_person_is_erased(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault)
        code = agreed(vault)
        vault.clients.set_name(code, "Ann")
        erase(vault, code)
        rows = vault.database.read("SELECT count(*) FROM identities WHERE code = ?", (code,))
        assert rows == [(0,)]
        assert vault.database.read("SELECT code FROM erasures") == [(code,)]


def test_an_older_key_file_takes_nothing_away(tmp_path: Path) -> None:
    home, older = tmp_path / "home", tmp_path / "older keys"
    with opened(home) as vault:
        code = agreed(vault)
        shutil.copy(home / "keys.attune", older)
        live = recorded(vault, {"client": code})
        recorded(vault, {"client": code}, is_closed=False)._held.let_go()
        other = agreed(vault)
    shutil.copy(home / "keys.attune", tmp_path / "newest keys")
    shutil.copy(older, home / "keys.attune")
    with opened(home, Wall(START_UTC_S + DAY_S)) as vault:
        assert {identity.code for identity in vault.clients.all()} == {code, other}
        with pytest.raises(AppError):
            open_session(vault, live.head.session)
        back_up(vault, tmp_path / "copy")
    shutil.copy(tmp_path / "newest keys", home / "keys.attune")
    with opened(home) as vault:
        assert len(list(open_session(vault, live.head.session).items())) == 2
