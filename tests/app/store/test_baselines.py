# SPDX-License-Identifier: MIT
"""What calibrations found, kept for the next session: given back with its age, and gone with the person."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from app.known import known_of
from app.recording import recorded, resumed
from app.store.backup import back_up
from app.store.baselines import Findings
from app.store.delete import delete_session
from app.store.disclose import disclose
from app.store.erase import erase
from app.store.live_session import LiveSession
from app.store.moving import move_session
from app.store.recorder import Recorder
from app.store.session_folder import SessionFolder
from app.store.vault import Vault
from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, Channel
from dsp.finding import Assessment, Resonance
from dsp.pipeline import Pipeline
from dsp.stream import Command, Frame, Tick, Values
from tests.app.store.vaults import DAY_S, Wall, agreed, begun, everything, frames_of, opened, protect

DECIDED = tuple(
    Command(10.0, action, "client", values=values)
    for action, values in (
        (Action.CARD, (("card", "own_1"), ("kind", "place"), ("words", "the sea"))),
        (Action.RESONANCE, (("way", "chosen"), ("best", 6.0))),
        (Action.BOUNDS, (("lower", -1.0), ("upper", 1.4), ("reason", "the felt edge"))),
    )
)


def decided_for(vault: Vault, code: str) -> list[Action]:
    """Give what the next session begins with."""
    return [command.action for command in known_of(vault, {"client": code}, 1.0)]


def rest(m: float) -> Baseline:
    return Baseline(7.0, "client", (ChannelRest(Channel.H, m, 4.0, 9.0),), 1.2, -1.2, felt_state="settled")


def session_with(vault: Vault, code: str, *told: Baseline | Frame, rate: float | None = None) -> str:
    """Record a session that found these, and give its code."""
    found = (Resonance(9.0, "client", Assessment((), rate, 6.0, 0.9, 0.9)),) if rate else ()
    baselines = tuple(one for one in told if isinstance(one, Baseline))
    frame = Frame(Tick(7.0), baselines=baselines, resonances=found)
    frames = [one for one in told if isinstance(one, Frame)]
    findings = Findings()
    with recorded(vault, {"client": code}, lambda: 200.0) as session:
        for one in (*frames_of("client"), frame, *frames):
            session.recorder.put(one)
            findings.put(one)
        findings.keep(vault, session.live.head.session)
    return session.live.head.session


def test_a_session_starts_with_the_baselines_of_the_earlier_ones_the_oldest_first(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        code = agreed(vault)
        session_with(vault, code, rest(60.0))
        wall.now += 2.5 * DAY_S
        session_with(vault, code, rest(61.0), rest(62.0), rate=5.5)
        wall.now += 10 * DAY_S
    with opened(tmp_path, wall) as vault:
        *commands, rate = vault.baselines.commands(code, "client", 3.0, wall())
        assert (rate.action, dict(rate.values)["best"]) == (Action.RESONANCE, 5.5)
        assert [dict(command.values)["h_m"] for command in commands] == [60.0, 62.0]
        assert [dict(command.values)["age_days"] for command in commands] == [12, 10]
        assert {command.action for command in commands} == {Action.BASELINE}
        back = Baseline.from_values(3.0, "client", commands[1].values)
        assert back is not None
        assert (back.channels, back.upper, back.felt_state) == (rest(62.0).channels, 1.2, "settled")
        assert vault.baselines.best_rate(code) == 5.5


def test_a_pipeline_that_is_given_them_holds_the_level_against_the_earlier_rest(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        session_with(vault, code, rest(60.0))
        pipeline = Pipeline()
        for command in vault.baselines.commands(code, "client", 0.5, vault.wall()):
            pipeline.update(command)
        (state,) = pipeline.update(Tick(1.0)).states
        assert state.bounds is not None


def test_what_is_kept_is_bounded_and_the_newest_stay(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        code = agreed(vault)
        for k in range(14):
            wall.now += DAY_S
            vault.baselines.keep(code, f"S-{k}", wall(), rest(60.0 + k))
        assert [one.values["h_m"] for one in vault.baselines.of(code)] == [62.0 + k for k in range(12)]


def test_nothing_of_a_deleted_session_or_an_erased_person_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        gone, stays = session_with(vault, code, rest(60.0), rate=5.5), session_with(vault, code, rest(70.0))
        delete_session(vault, gone)
        assert [one.session for one in vault.baselines.of(code)] == [stays]
        assert vault.baselines.rates(code) == ()
        erase(vault, code)
        assert vault.database.read("SELECT * FROM settings WHERE owner = ?", (code,)) == []


def test_what_a_session_found_moves_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        wrong, right = agreed(vault), agreed(vault)
        session = session_with(vault, wrong, rest(60.0), rate=5.5)
        move_session(vault, session, right, person="client")
        assert (vault.baselines.of(wrong), vault.baselines.best_rate(wrong)) == ((), None)
        assert [one.session for one in vault.baselines.of(right)] == [session]
        assert vault.baselines.best_rate(right) == 5.5


def test_of_somebody_whose_consent_was_taken_back_nothing_is_kept_at_the_end(tmp_path: Path) -> None:
    findings = Findings()
    with opened(tmp_path) as vault:
        codes = {"client": agreed(vault), "partner": agreed(vault)}
        with recorded(vault, codes, lambda: 200.0) as session:
            session.recorder.put(frames_of("client")[0])
            findings.put(Frame(Tick(7.0), baselines=(rest(60.0),)))
            session.take_back("client")
            findings.keep(vault, session.live.head.session)
        assert vault.baselines.of(codes["client"]) == ()


def test_a_person_is_told_of_them_and_a_backup_holds_them_sealed(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    with opened(home) as vault:
        code = agreed(vault)
        session = session_with(vault, code, rest(60.25), rate=5.5)
        disclose(vault, code, tmp_path / "all.zip")
        with ZipFile(tmp_path / "all.zip") as archive:
            person = json.loads(archive.read("person.json"))
        assert (person["baselines"][0]["session"], person["baselines"][0]["h_m"]) == (session, 60.25)
        assert person["breathing_rates"][0]["best"] == 5.5
        assert person["settings"] == {}
        back_up(vault, away)
    assert b"60.25" not in everything(home) + everything(away)


def test_what_a_session_found_that_a_crash_ended_is_kept_when_it_is_closed_by_itself(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        live = recorded_frames(
            vault, {"client": code}, (*frames_of("client"), Frame(Tick(103.0), baselines=(rest(63.0),)))
        )
        live._held.let_go()  # as the system does for a program that ended
    wall = Wall()
    wall.now += 3600.0
    with opened(tmp_path, wall) as vault:
        assert [kept.values["h_m"] for kept in vault.baselines.of(code)] == [63.0]


def test_what_was_decided_in_a_session_that_a_crash_ended_is_kept_when_it_is_closed_by_itself(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        live = recorded_frames(vault, {"client": code}, (*frames_of("client"), *map(Frame, DECIDED)))
        live._held.let_go()
    wall = Wall()
    wall.now += 3600.0
    with opened(tmp_path, wall) as vault:
        assert decided_for(vault, code) == [Action.RESONANCE, Action.CARD, Action.BOUNDS]
        assert vault.baselines.best_rate(code) == 6.0


def test_bounds_that_a_new_rest_ended_before_a_crash_stay_ended(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        after = Frame(Tick(12.0), baselines=(rest(63.0),))
        live = recorded_frames(vault, {"client": code}, (*frames_of("client"), *map(Frame, DECIDED), after))
        live._held.let_go()
    wall = Wall()
    wall.now += 3600.0
    with opened(tmp_path, wall) as vault:
        assert decided_for(vault, code) == [Action.BASELINE, Action.RESONANCE, Action.CARD]


def test_what_was_decided_in_a_session_that_ended_while_the_store_was_locked_is_kept_when_it_opens(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        protect(vault)
        live = recorded_frames(vault, {"client": code}, frames_of("client"))
        session = live.head.session
        live._held.let_go()
    with resumed(tmp_path, session, lambda: 110.0, Wall(), None) as going_on:
        assert going_on is not None
        for command in DECIDED:
            going_on.recorder.put(Frame(replace(command, t=110.0)))
    with opened(tmp_path, ask=lambda: "correct horse") as vault:
        assert decided_for(vault, code) == [Action.RESONANCE, Action.CARD, Action.BOUNDS]


def test_what_a_session_found_that_ended_while_the_store_was_locked_is_kept_when_it_opens(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        protect(vault)
        live = recorded_frames(vault, {"client": code}, frames_of("client"))
        session = live.head.session
        live._held.let_go()
    with resumed(tmp_path, session, lambda: 110.0, Wall(), None) as going_on:
        assert going_on is not None
        going_on.recorder.put(Frame(Tick(110.0), baselines=(rest(64.0),)))
    with opened(tmp_path, ask=lambda: "correct horse") as vault:
        assert [kept.values["h_m"] for kept in vault.baselines.of(code)] == [64.0]


def test_the_rate_that_a_person_chose_takes_the_place_of_the_one_that_was_found_best(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        told = Frame(Command(9.5, Action.RESONANCE, "client", values=(("way", "chosen"), ("best", 6.0))))
        session_with(vault, code, told, rate=5.5)
        assert vault.baselines.best_rate(code) == 6.0
        (rate,) = vault.baselines.commands(code, "client", 0.0, vault.wall())
        assert (dict(rate.values)["way"], dict(rate.values)["second"]) == ("known", 6.0)


def test_a_calibration_that_was_given_up_for_an_earlier_days_is_not_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        session_with(vault, code, rest(60.0), replace(rest(70.0), age_days=3))
        assert vault.baselines.of(code) == ()


def test_a_persons_wishes_come_back_in_the_next_session_and_go_with_the_person(tmp_path: Path) -> None:
    card = Command(9.0, Action.CARD, "client", values=(("card", "own_1"), ("kind", "place"), ("words", "the sea")))
    other = Command(9.0, Action.CARD, "client", values=(("card", "own_2"), ("kind", "person"), ("words", "Ana")))
    gone = Command(9.5, Action.CARD, "client", values=(("card", "own_2"),))
    no_breath = Command(9.6, Action.CONDITION, "client", values=(("name", "no_breath_cues"), ("on", True)))
    with opened(tmp_path) as vault:
        code = agreed(vault)
        session_with(vault, code, *map(Frame, (card, other, gone, no_breath)))
        told = known_of(vault, {"client": code}, 1.0)
        assert [(one.action, one.values) for one in told] == [
            (Action.CARD, card.values),
            (Action.CONDITION, no_breath.values),
        ]
        assert b"the sea" not in everything(tmp_path)
        session_with(vault, code, Frame(replace(no_breath, values=(("name", "no_breath_cues"), ("on", False)))))
        assert [one.action for one in known_of(vault, {"client": code}, 1.0)] == [Action.CARD]
        erase(vault, code)
        assert vault.database.read("SELECT * FROM settings WHERE owner = ?", (code,)) == []


def test_bounds_set_by_hand_come_back_until_they_are_reverted_or_there_is_a_new_rest(tmp_path: Path) -> None:
    values = (("lower", -1.0), ("upper", 1.4), ("reason", "the felt edge"))
    by_hand = Frame(Command(9.0, Action.BOUNDS, "clinician", values=values))
    reverted = Frame(Command(9.5, Action.BOUNDS, "clinician", values=(("revert", True),)))
    with opened(tmp_path) as vault:
        code = agreed(vault)

        def told() -> list[tuple[Action, Values]]:
            return [(one.action, one.values) for one in known_of(vault, {"client": code}, 1.0)][-1:]

        session_with(vault, code, rest(60.0), by_hand)
        assert told() == [(Action.BOUNDS, values)]
        session_with(vault, code, reverted)
        assert [action for action, _ in told()] == [Action.BASELINE]
        session_with(vault, code, by_hand)
        assert told() == [(Action.BOUNDS, values)]
        session_with(vault, code, rest(66.0))
        assert [action for action, _ in told()] == [Action.BASELINE]


def recorded_frames(vault: Vault, codes: dict[str, str], frames: Sequence[Frame]) -> LiveSession:
    """Record frames, and leave the session as a crash does."""
    live = begun(vault, codes)
    recorder = Recorder(SessionFolder(live.folder, live.head, live.keys), lambda: 103.0, live.note_chain)
    recorder.start()
    for frame in frames:
        recorder.put(frame)
    recorder.close(103.0)
    return live
