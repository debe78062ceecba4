# SPDX-License-Identifier: MIT
"""A part of a session that was another person's is judged again for the one whose it is; the old version is kept."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.digest import canonical
from app.errors import AppError, Fault
from app.known import known_of
from app.recording import recorded
from app.store.backup import back_up
from app.store.checklist import Condition
from app.store.contents import Value
from app.store.erase import erase
from app.store.moving import move_session
from app.store.places import session_folder
from app.store.reading import OpenedSession, open_session
from app.store.restore import restore
from app.store.vault import Vault
from app.store.versions import JUDGED
from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, Channel
from dsp.pipeline import Pipeline
from dsp.stream import ArousalState, Command, Item, Tick
from tests.app.recorded_session import synthetic_session
from tests.app.store.vaults import DAY_S, NoKeyring, Wall, agreed, opened, protect

LENGTH_S = 90.0


def rest(m: float) -> Baseline:
    return Baseline(7.0, "client", (ChannelRest(Channel.H, m, 4.0, 9.0),), 1.2, -1.2, felt_state="settled")


def somebody(vault: Vault, m: float) -> str:
    """Give somebody who agreed, and whose rest of an earlier session is known."""
    code = agreed(vault)
    vault.baselines.keep(code, f"S-{code[2:]}2", vault.wall() - DAY_S, rest(m))
    return code


def session_of(vault: Vault, codes: dict[str, str], *, told_to: Sequence[str] = ("client",)) -> str:
    """Record a made-up person who starts as last time."""
    items: list[Item] = [*known_of(vault, {name: codes[name] for name in told_to}, 0.0)]
    items += synthetic_session(LENGTH_S).items()
    pipeline = Pipeline(tuple(codes))
    with recorded(vault, codes, lambda: LENGTH_S, started_t=0.0) as running:
        for item in items:
            running.recorder.put(pipeline.update(item))
        return running.live.head.session


def judged_in(session: OpenedSession) -> list[str]:
    return [canonical(value) for value in session.values() if isinstance(value, JUDGED)]


def levels(values: Sequence[Value]) -> list[float]:
    return [one.level for one in values if isinstance(one, ArousalState) and one.level is not None]


def test_the_states_are_judged_against_the_right_persons_rest(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        wrong, right = somebody(vault, 40.0), somebody(vault, 90.0)
        session, as_if = session_of(vault, {"client": wrong}), session_of(vault, {"client": right})
        before = judged_in(open_session(vault, session))
        move_session(vault, session, right, person="client")
        after = judged_in(open_session(vault, session))
        assert len(after) > LENGTH_S / 2
        assert after == judged_in(open_session(vault, as_if)) != before
        assert judged_in(open_session(vault, session, as_recorded=True)) == before


def test_the_items_that_are_read_give_the_states_that_are_read(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        session = session_of(vault, {"client": somebody(vault, 40.0)})
        move_session(vault, session, somebody(vault, 90.0), person="client")
        again = open_session(vault, session)
        pipeline, made = Pipeline(("client",)), list[ArousalState]()
        for item in again.items():
            made += pipeline.update(item).states
        assert list(map(canonical, made)) == [
            canonical(value) for value in again.values() if isinstance(value, ArousalState)
        ]


def test_what_was_measured_offered_and_marked_stays_as_it_was(tmp_path: Path) -> None:
    def rest_of(session: OpenedSession) -> list[str]:
        return [canonical(value) for value in session.values() if not isinstance(value, JUDGED)]

    with opened(tmp_path) as vault:
        session = session_of(vault, {"client": somebody(vault, 40.0)})
        before = rest_of(open_session(vault, session))
        move_session(vault, session, somebody(vault, 90.0), person="client")
        assert rest_of(open_session(vault, session)) == before


def test_nothing_that_was_known_of_the_wrong_person_is_read_any_more(tmp_path: Path) -> None:
    def told(session: OpenedSession) -> list[float]:
        rests = [item for item in session.decisions() if item.action is Action.BASELINE]
        assert rests == [i for i in session.items() if isinstance(i, Command) and i.action is Action.BASELINE]
        return [float(dict(one.values)["h_m"]) for one in rests]

    with opened(tmp_path) as vault:
        session = session_of(vault, {"client": somebody(vault, 40.0)})
        assert told(open_session(vault, session)) == [40.0]
        move_session(vault, session, somebody(vault, 90.0), person="client")
        assert told(open_session(vault, session)) == [90.0]


def test_a_condition_of_the_right_person_leaves_no_state(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        session, right = session_of(vault, {"client": somebody(vault, 40.0)}), somebody(vault, 90.0)
        vault.checklists.set(right, {Condition.PACEMAKER})
        move_session(vault, session, right, person="client")
        values = list(open_session(vault, session).values())
        assert any(isinstance(value, ArousalState) for value in values)
        assert not levels(values)


def test_a_rest_that_was_found_later_does_not_count(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        session, right = session_of(vault, {"client": somebody(vault, 40.0)}), agreed(vault)
        wall.now += DAY_S
        vault.baselines.keep(right, "S-22222", wall(), rest(90.0))
        move_session(vault, session, right, person="client")
        decisions = open_session(vault, session).decisions()
        assert not [one for one in decisions if one.action is Action.BASELINE]


def test_the_audit_names_the_new_version_and_the_one_that_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        one, two = agreed(vault), agreed(vault)
        session = session_of(vault, {"client": one})
        assert move_session(vault, session, two, person="client") == 2
        assert move_session(vault, session, one, person="client") == 3
        rows = [row.object for row in vault.audit.rows() if row.action == "session_moved"]
        assert rows == [
            f"{session} client: version 2, version 1 kept",
            f"{session} client: version 3, version 2 kept",
        ]
        assert set(vault.keys.session_keys(session)) == {"client", "client@2", "client@3", "common", "notes"}


def test_moved_back_it_says_what_it_said_first(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        one, two = somebody(vault, 40.0), somebody(vault, 90.0)
        session = session_of(vault, {"client": one})
        before = judged_in(open_session(vault, session))
        move_session(vault, session, two, person="client")
        move_session(vault, session, one, person="client")
        assert judged_in(open_session(vault, session)) == before


def test_the_other_person_of_two_is_not_touched(tmp_path: Path) -> None:
    def partners(session: OpenedSession) -> list[str]:
        return [canonical(value) for value in session.values() if value.person == "partner"]

    with opened(tmp_path) as vault:
        codes = {"client": somebody(vault, 40.0), "partner": somebody(vault, 60.0)}
        session = session_of(vault, codes, told_to=("client", "partner"))
        before = partners(open_session(vault, session))
        move_session(vault, session, somebody(vault, 90.0), person="client")
        assert partners(open_session(vault, session)) == before != []


def test_a_backup_holds_every_version_and_an_erasure_takes_every_one(tmp_path: Path) -> None:
    home, copy, other = tmp_path / "home", tmp_path / "copy", tmp_path / "other"
    with opened(home) as vault:
        protect(vault)
        wrong, right = somebody(vault, 40.0), somebody(vault, 90.0)
        session = session_of(vault, {"client": wrong, "partner": agreed(vault)})
        move_session(vault, session, right, person="client")
        after = judged_in(open_session(vault, session))
        back_up(vault, copy)
    restore(copy, other, safe=NoKeyring(), wall=Wall(), ask=lambda: "correct horse")
    with opened(other, ask=lambda: "correct horse") as vault:
        assert judged_in(open_session(vault, session)) == after
        folder = session_folder(other, session)
        assert (folder / "client%402.db").exists()
        erase(vault, right)
        assert {path.name for path in folder.glob("*.db")} == {"common.db", "partner.db"}
        assert set(vault.keys.session_keys(session)) == {"common", "partner"}


def test_a_version_that_is_damaged_gives_no_state_rather_than_the_wrong_persons(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        session = session_of(vault, {"client": somebody(vault, 40.0)})
        move_session(vault, session, somebody(vault, 90.0), person="client")
        path = session_folder(tmp_path, session) / "client%402.db"
        path.write_bytes(bytes(path.stat().st_size))
        again = open_session(vault, session)
        assert not judged_in(again)
        assert again.head.lost_s > 0
        assert any(isinstance(item, Tick) for item in again.items())


def test_a_session_that_runs_is_not_moved(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code, other = agreed(vault), agreed(vault)
        with recorded(vault, {"client": code}, lambda: 1.0, started_t=0.0) as running:
            with pytest.raises(AppError) as told:
                move_session(vault, running.live.head.session, other, person="client")
            assert told.value.fault is Fault.STORE_BUSY
