# SPDX-License-Identifier: MIT

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.contents import SessionContents, Value
from app.store.equality import TOLERANCE, Equality, Outcome, difference, replay_stored
from app.store.recorder import Recorder
from app.store.recovery import take_up
from dsp.codes import Verdict
from dsp.pipeline import Pipeline
from dsp.stream import Beat, Features, Frame, Tick
from tests.app.recorded_session import KeptSession
from tests.app.store.kept_frames import (
    CODES,
    KEYS,
    Clock,
    Noted,
    folder_in,
    frames_of,
    head_of,
    key_of,
    live_items,
    record,
    stored_in,
)
from tests.virtual_time import run_virtual

BOTH = ("client", "partner")


def replayed(contents: SessionContents) -> Equality:
    return run_virtual(replay_stored(contents))


def kept(path: Path, change: dict[str, str] | None = None, beats_off: float = 0.0) -> KeptSession:
    """A stored session as another environment may have made it."""
    stored = stored_in(path)

    def changed(value: Value) -> Value:
        return replace(value, rr_ms=value.rr_ms * (1 + beats_off)) if isinstance(value, Beat) else value

    head = replace(stored.head, versions={**stored.head.versions, **(change or {})})
    if beats_off:
        head = replace(head, sha256="0" * 64)
    return KeptSession(head, tuple(stored.items()), tuple(map(changed, stored.values())))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recorded")
    record(path, frames_of(live_items(12.0, BOTH), BOTH), BOTH)
    return path


def test_a_stored_session_replays_to_the_last_bit(recorded: Path) -> None:
    equality = replayed(stored_in(recorded))
    assert equality.outcome is Outcome.EQUAL
    assert equality.is_same_environment
    assert equality.stored_sha256 == equality.new_sha256 == stored_in(recorded).head.sha256


def test_another_environment_may_be_off_by_less_than_1e_9(recorded: Path) -> None:
    assert replayed(kept(recorded, {"numpy": "1.0"}, 1e-12)).outcome is Outcome.WITHIN_TOLERANCE
    assert replayed(kept(recorded, {"numpy": "1.0"}, 1e-7)).outcome is Outcome.DIFFERENT


def test_the_same_environment_may_not_be_off_at_all(recorded: Path) -> None:
    assert replayed(kept(recorded, {}, 1e-12)).outcome is Outcome.DIFFERENT


def test_another_scorer_is_said_and_not_judged(recorded: Path) -> None:
    assert replayed(kept(recorded, {"scorer": "0"}, 0.1)).outcome is Outcome.OTHER_SCORER


def test_a_missing_value_is_a_difference(recorded: Path) -> None:
    session = kept(recorded, {"numpy": "1.0"})
    fewer = replace(session, head=replace(session.head, sha256="0"), kept_values=session.kept_values[:-5])
    assert replayed(fewer).outcome is Outcome.DIFFERENT


def test_a_person_who_was_recorded_in_part_is_not_judged(tmp_path: Path) -> None:
    frames = frames_of(live_items(12.0, BOTH), BOTH)
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    recorder.start()
    for frame in frames[:50]:
        recorder.put(frame)
    recorder.add("partner", CODES["partner"], key_of("partner"))
    for frame in frames[50:]:
        recorder.put(frame)
    recorder.close(12.0)
    assert replayed(stored_in(tmp_path)).outcome is Outcome.INCOMPLETE


def test_an_interrupted_session_replays_to_the_last_bit(tmp_path: Path) -> None:
    items = live_items(12.0)
    half = len(items) // 2
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    recorder.start()
    for frame in frames_of(items[:half]):
        recorder.put(frame)
    recorder.close(6.0)
    keys = {name: KEYS[name] for name in ("common", "client")}
    interrupted = take_up(tmp_path / head_of().session, keys)
    again = Recorder(interrupted.folder, Clock(), Noted())
    again.start()
    pipeline = Pipeline()
    for item in items[:half]:  # as whoever goes on with a session does
        pipeline.update(item)
    for item in (*interrupted.gaps(7.0), *items[half:]):
        again.put(pipeline.update(item))
    head = again.close(12.0)
    equality = replayed(stored_in(tmp_path))
    assert equality.outcome is Outcome.EQUAL
    assert equality.new_sha256 == head.sha256


@given(st.floats(-1e300, 1e300), st.floats(-9e-10, 9e-10))
def test_numbers_near_each_other_are_within_the_tolerance(number: float, off: float) -> None:
    assert difference(number, number * (1 + off)) <= TOLERANCE


@given(st.one_of(st.floats(), st.text(), st.integers(), st.none()))
def test_a_value_does_not_differ_from_itself(value: object) -> None:
    assert difference((value,), (value,)) == 0.0


def test_codes_and_kinds_must_be_equal() -> None:
    beat = Beat(1.0, 800.0, Verdict.NORMAL, 1.0)
    assert difference(beat, replace(beat, verdict=Verdict.ECTOPIC)) == math.inf
    assert difference(beat, replace(beat, nn_ms=800.0)) == math.inf
    assert difference(Features(1.0), None) == math.inf
    assert difference(Frame(Tick(1.0)), Frame(Tick(2.0))) == 0.5
