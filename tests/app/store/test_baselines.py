# SPDX-License-Identifier: MIT
"""What calibrations found, kept for the next session: given back with its age, and gone with the person."""

import json
from pathlib import Path
from zipfile import ZipFile

from app.recording import recorded
from app.store.backup import back_up
from app.store.baselines import Findings
from app.store.delete import delete_session
from app.store.disclose import disclose
from app.store.erase import erase
from app.store.moving import move_session
from app.store.vault import Vault
from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, Channel
from dsp.finding import Assessment, Resonance
from dsp.pipeline import Pipeline
from dsp.stream import Frame, Tick
from tests.app.store.vaults import DAY_S, Wall, agreed, everything, frames_of, opened


def rest(m: float) -> Baseline:
    return Baseline(7.0, "client", (ChannelRest(Channel.H, m, 4.0, 9.0),), 1.2, -1.2, felt_state="settled")


def session_with(vault: Vault, code: str, *baselines: Baseline, rate: float | None = None) -> str:
    """Record a session that found these, and give its code."""
    found = (Resonance(9.0, "client", Assessment((), rate, 6.0, 0.9, 0.9)),) if rate else ()
    frame = Frame(Tick(7.0), baselines=baselines, resonances=found)
    findings = Findings()
    with recorded(vault, {"client": code}, lambda: 200.0) as session:
        for one in (*frames_of("client"), frame):
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
        commands = vault.baselines.commands(code, "client", 3.0, wall())
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
