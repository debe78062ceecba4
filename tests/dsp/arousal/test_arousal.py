# SPDX-License-Identifier: MIT
"""The estimate on the whole path: a person rests, is aroused, moves, loses the strap."""

import pickle
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.arousal import bad_signal, laws
from benchmarks.arousal.made_up import Life, bounds, command, items, rest, run, states_of
from dsp.baseline import Baseline
from dsp.codes import Action, CalibrationStep, Channel, Modality, Reason, Zone
from dsp.pipeline import Pipeline
from dsp.stream import Chunk, Command, Item, Tick
from tests.dsp.beats import CUTS, HOSTILE_ITEMS
from tests.laws import check_cutting_law, joined

_CALM = laws.still(65.0)
_USUAL = [laws.usual(65.0, age) for age in (9, 8, 7)]

_VALUES = st.dictionaries(
    st.sampled_from(
        ["step", "seconds", "state", "level", "reference", "upper", "lower", "reason", "name", "on", "rating"]
    ),
    st.sampled_from([*CalibrationStep, "usual", "today", "far_away"])
    | st.floats()
    | st.booleans()
    | st.text(max_size=3),
)
_DECISIONS = st.builds(
    Command,
    st.floats(0.0, 200.0),
    st.sampled_from([Action.CALIBRATE, Action.BASELINE, Action.BOUNDS, Action.CONDITION, Action.FELT]),
    st.just("clinician"),
    values=_VALUES.map(lambda values: tuple(values.items())),
)


@given(HOSTILE_ITEMS, st.lists(_DECISIONS, max_size=8), CUTS, st.randoms(use_true_random=False))
def test_no_decision_and_no_data_raise_or_depend_on_how_they_were_cut(
    hostile: list[Item], decisions: list[Command], cuts: list[int], order: object
) -> None:
    mixed: list[Item] = [*_USUAL, *hostile, *decisions]
    order.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random, which the linter keeps out of annotations
    check_cutting_law(Pipeline, mixed, cuts)


@given(st.integers(0, 100), CUTS)
@settings(max_examples=5)
def test_a_calibrated_session_does_not_depend_on_how_it_was_cut(seed: int, cuts: list[int]) -> None:
    life = replace(laws.aroused(140.0), bpm=laws.change(65.0, 15.0, 100.0, 140.0))
    session = list(items(life, 150, [*_USUAL, *rest(0.0, 90.0)], seed=seed))
    check_cutting_law(Pipeline, session, cuts)


def test_the_same_items_and_commands_give_the_same_states_again() -> None:
    session = list(items(laws.aroused(480.0), 360, rest(0.0, laws.REST_S)))
    assert joined(Pipeline(), session) == joined(Pipeline(), session)


def test_before_the_end_of_the_rest_the_state_is_unknown() -> None:
    states = states_of(run(Life(bpm=_CALM), 260, rest(0.0, 200.0)))
    assert {(s.zone, s.why) for s in states if s.t <= 199.0} == {(Zone.UNKNOWN, Reason.NO_BASELINE)}
    assert {s.zone for s in states if s.t > 200.0} == {Zone.WITHIN}


def test_parts_and_band_and_trace_are_told_with_the_level() -> None:
    state = states_of(run(replace(laws.aroused(1e9), bpm=_CALM), 280, rest(0.0, 200.0)))[-1]
    assert state.channels == ("h", "s", "d", "r")
    assert sum(part for _, part in state.parts) == pytest.approx(state.level)
    assert state.band is not None
    assert state.level is not None
    assert state.band[0] < state.level < state.band[1]
    assert state.trace == pytest.approx(state.level, abs=0.5)
    assert state.is_provisional


@pytest.mark.parametrize("name", laws.channel_sets())
def test_15_bpm_held_for_3_min_enters_above_at_any_width(name: str) -> None:
    told = laws.latency(laws.at_width(laws.channel_sets()[name], 1.8, seed=1))
    assert told is not None
    assert told <= 120.0


def test_2_bpm_alone_never_enters_above() -> None:
    life = replace(laws.aroused(480.0, by_bpm=2.0), scl=None)
    assert laws.latency(laws.at_width(life, 0.7, seed=2)) is None


def test_a_silent_skin_does_not_veto_for_good() -> None:
    life = replace(laws.aroused(480.0), scl=laws.still(4.0), scr_per_min=laws.still(1.0))
    assert laws.latency(laws.at_width(life, 1.25, seed=3)) is not None


def test_a_strap_alone_is_known_on_nearly_all_clean_seconds() -> None:
    states = states_of(run(Life(bpm=_CALM, spoiled=0.03), 600, rest(0.0, 200.0)))
    assert laws.known_share(states, 200.0) >= 0.95


def test_a_slow_fall_over_an_hour_is_settling_and_never_below() -> None:
    assert not [state for state in laws.slow_fall(1) if state.zone is Zone.BELOW]


def test_a_quick_fall_is_below_but_too_early_to_say_of_somebody_new() -> None:
    life = Life(bpm=laws.change(70.0, -12.0, 300.0, 1e9), motion_mg=laws.still(5.0))
    known = [laws.usual(70.0, age) for age in (9, 8, 7)]
    assert laws.latency(run(life, 400, [*known, *rest(0.0, 200.0)]), Zone.BELOW) is not None
    state = states_of(run(life, 400, rest(0.0, 200.0)))[-1]
    assert (state.zone, state.why) == (Zone.UNKNOWN, Reason.TOO_EARLY)


def test_fidgeting_with_panic_is_above_within_150_s() -> None:
    life = laws.fidgeting(laws.change(5.0, 195.0, 300.0, 1e9), has_skin=True)
    told = laws.latency(run(life, 460, rest(0.0, 200.0)))
    assert told is not None
    assert told <= 150.0


def test_a_heart_alone_that_moves_is_unknown_and_never_held() -> None:
    states = states_of(run(laws.fidgeting(laws.change(5.0, 195.0, 300.0, 1e9), has_skin=False), 400, rest(0.0, 200.0)))
    assert {(s.zone, s.why) for s in states if s.t > 312.0} == {(Zone.UNKNOWN, Reason.MOVING)}
    assert all(s.is_grey for s in states if s.t > 301.0)


def test_after_a_first_rest_that_was_12_bpm_high_the_third_session_does_not_read_below() -> None:
    assert laws.third_session(1) <= 0.05


def test_a_strap_that_falls_silent_is_unknown_within_10_s() -> None:
    given = [i for i in items(Life(bpm=_CALM), 320, rest(0.0, 200.0)) if not isinstance(i, Chunk) or i.arrival <= 300.0]
    pipeline = Pipeline()
    states = states_of([pipeline.update(item) for item in given])
    assert {s.zone for s in states if 210.0 < s.t <= 300.0} == {Zone.WITHIN}
    assert {(s.zone, s.why) for s in states if s.t > 310.0} == {(Zone.UNKNOWN, Reason.STALE)}


def test_no_state_comes_from_a_bad_signal() -> None:
    count = bad_signal.watch(1500, first_seed=3)
    assert count.shown.total() == 0
    assert count.known >= 0.9 * count.sound


def _states(commands: Sequence[Command], seconds: int = 40) -> list[tuple[Zone, Reason | None]]:
    return [(s.zone, s.why) for s in states_of(run(Life(bpm=_CALM), seconds, commands))]


def test_a_listed_condition_turns_the_index_off_and_may_be_taken_back() -> None:
    pacemaker = {"name": "pacemaker"}
    off = command(1.0, Action.CONDITION, **pacemaker)
    assert _states([*_USUAL, off])[-1] == (Zone.UNKNOWN, Reason.CONDITION)
    back = command(2.0, Action.CONDITION, on=False, **pacemaker)
    assert _states([*_USUAL, off, back])[-1][1] is not Reason.CONDITION
    assert _states([*_USUAL, command(1.0, Action.CONDITION, name="no_breath_cues")])[-1][1] is not Reason.CONDITION


def test_a_session_starts_as_last_time_without_a_new_rest() -> None:
    states = states_of(run(Life(bpm=_CALM), 240, _USUAL))
    first = next(state for state in states if state.zone is Zone.WITHIN)
    assert first.t <= 120.0
    assert not first.is_provisional
    assert first.uncertainty is not None
    assert states[-1].uncertainty is not None
    assert states[-1].uncertainty < first.uncertainty  # the quiet seconds of the arrival


def test_bounds_by_hand_need_a_reason_and_can_be_taken_back() -> None:
    def upper(*more: Command) -> float:
        bound = states_of(run(Life(bpm=_CALM), 40, [*_USUAL, *more]))[-1].bounds
        assert bound is not None
        return bound[1]

    without = command(1.0, Action.BOUNDS, upper=1.5, lower=-1.5)
    assert upper(without) == pytest.approx(0.7)
    assert upper(bounds(1.0, 1.5)) == 1.5
    assert upper(bounds(1.0, 1.5), command(2.0, Action.BOUNDS, revert=True)) == pytest.approx(0.7)


def _unusual(*more: Command) -> tuple[Baseline, float]:
    """Give the baseline and the level of a rest 12 bpm above the usual."""
    frames = run(Life(bpm=laws.still(77.0)), 260, [*_USUAL, *rest(0.0, 200.0), *more])
    (baseline,) = [one for frame in frames for one in frame.baselines]
    level = states_of(frames)[-1].level
    assert level is not None
    return baseline, level


def test_an_unusual_rest_is_held_against_the_usual_until_the_clinician_says_otherwise() -> None:
    baseline, level = _unusual()
    assert baseline.is_unusual
    assert level > 2.0
    today = command(210.0, Action.CALIBRATE, step=CalibrationStep.AGAINST.value, reference="today")
    assert abs(_unusual(today)[1]) < 0.3


def test_while_a_pacer_runs_what_the_breath_drives_is_masked() -> None:
    pace = command(210.0, Action.PACE, breaths_per_min=6.0)
    life = replace(laws.aroused(1e9), bpm=_CALM)
    assert states_of(run(life, 280, [*rest(0.0, 200.0), pace]))[-1].channels == ("h", "s", "d")


def test_excursions_are_told_with_their_return() -> None:
    frames = run(laws.aroused(420.0), 600, rest(0.0, 200.0))
    begun, ended = [one for frame in frames for one in frame.excursions]
    assert (begun.zone, begun.return_s) == (Zone.ABOVE, None)
    assert ended.onset_s == begun.onset_s
    assert ended.return_s is not None
    assert 60.0 < ended.return_s < 240.0
    assert ended.depth > 0.3


def test_a_prompt_is_due_once_after_a_sure_minute_above() -> None:
    states = states_of(run(replace(laws.aroused(1e9), scl=None), 560, rest(0.0, 200.0)))
    prompts = [state.t for state in states if state.prompt is not None]
    onset_s = next(state.t for state in states if state.zone is Zone.ABOVE)
    assert prompts == [onset_s + 60.0]


def test_what_is_held_does_not_grow() -> None:
    pipeline = Pipeline()
    sizes = []
    for item in items(Life(bpm=_CALM, scl=laws.still(4.0)), 1800, rest(0.0, 200.0)):
        pipeline.update(item)
        if isinstance(item, Tick) and item.t in (1200.0, 1800.0):
            sizes.append(len(pickle.dumps(pipeline)))
    assert sizes[1] <= 1.1 * sizes[0]


def test_a_device_that_gives_a_rate_alone_carries_an_estimate() -> None:
    life = Life(bpm=_CALM, sends_beats=False)
    assert states_of(run(life, 260, rest(0.0, 200.0)))[-1].channels == (Channel.H,)
    assert all(i.modality is Modality.HR for i in items(life, 5) if isinstance(i, Chunk))
