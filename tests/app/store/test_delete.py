# SPDX-License-Identifier: MIT
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.store.delete import delete_from_here_back, delete_session
from app.store.reading import open_session
from dsp.stream import Marker
from tests.app.store.vaults import Wall, agreed, begun, opened, recorded


def test_a_deleted_session_is_gone_and_the_person_stays(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        gone, stays = recorded(vault, {"client": code}), recorded(vault, {"client": code})
        delete_session(vault, gone.head.session)
        assert [entry.head.session for entry in vault.sessions.of(code)] == [stays.head.session]
        assert not gone.folder.exists()
        assert vault.consents.current(code) is not None
        with pytest.raises(AppError) as told:
            open_session(vault, gone.head.session)
        assert told.value.fault is Fault.UNKNOWN_CODE


def test_one_of_two_deletes_an_own_part_alone_and_the_notes_of_both(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        one, two = agreed(vault), agreed(vault)
        live = recorded(vault, {"client": one, "partner": two}, note="of both")
        delete_session(vault, live.head.session, one)
        session = open_session(vault, live.head.session)
        assert session.head.codes == {"partner": two}
        assert {item.person for item in session.items() if isinstance(item, Marker)} == {"partner"}
        assert set(vault.keys.session_keys(live.head.session)) == {"common", "partner"}


def test_from_here_back_takes_this_session_and_those_before(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        one, two = agreed(vault), agreed(vault)
        made = []
        for codes in ({"client": one}, {"client": two, "partner": one}, {"client": one}, {"client": one}):
            wall.now += 86400.0
            made.append(recorded(vault, codes).head.session)
        assert set(delete_from_here_back(vault, made[2], one)) == set(made[:3])
        assert [entry.head.session for entry in vault.sessions.of(one)] == [made[3]]
        assert [entry.head.session for entry in vault.sessions.of(two)] == [made[1]]


def test_a_session_that_is_being_recorded_is_ended_first(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        live = begun(vault, {"client": agreed(vault)})
        with pytest.raises(AppError) as told:
            delete_session(vault, live.head.session)
        assert told.value.fault is Fault.STORE_BUSY
        assert len(vault.sessions.all()) == 1
