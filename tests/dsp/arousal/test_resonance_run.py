# SPDX-License-Identifier: MIT
"""The assessment as a person goes through it: a command, a paced quarter of an hour, one finding."""

import numpy as np
import pytest

from benchmarks.arousal.synthetic_people import beats_of_a_resonator
from dsp.codes import Action, Modality
from dsp.finding import Resonance
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Chunk, Command, Item, Tick, Values
from tests.laws import joined

_BEGIN_S = 60.0


def _items(way: Values, stop: Command | None = None) -> list[Item]:
    """Let a heart with its resonance at 5.5/min go through an assessment."""
    from dsp.arousal.resonance_run import plan_of
    from dsp.plan import BreathShape

    command = Command(_BEGIN_S, Action.RESONANCE, "test", CLIENT, way)
    plan = plan_of(command, BreathShape())
    assert plan is not None
    assert plan.end_s is not None
    t, nn_ms = beats_of_a_resonator(np.random.default_rng(1), plan, resonance=5.5, rsa_bpm=10.0)
    items: list[Item] = [] if stop is None else [stop]
    items += [Chunk(Modality.RR, np.array([a]), np.array([b]), a, "made-up") for a, b in zip(t, nn_ms, strict=True)]
    items += [command, *(Tick(float(second)) for second in range(1, int(plan.end_s) + 15))]
    return sorted(items, key=lambda item: item.arrival if isinstance(item, Chunk) else item.t)


def _found(items: list[Item]) -> list[Resonance]:
    pipeline = Pipeline((CLIENT,))
    return [found for item in items for found in pipeline.update(item).resonances]


@pytest.mark.parametrize("way", ["stepped", "sliding", "recheck"])
def test_an_assessment_ends_with_the_rate_at_which_the_heart_answers_most(way: str) -> None:
    (found,) = _found(_items((("way", way), ("about", 5.5), ("seed", 7))))
    assert found.assessment is not None
    assert found.assessment.best == 5.5
    assert found.assessment.is_seen


def test_the_same_items_find_the_same_again() -> None:
    items = _items((("way", "recheck"), ("seed", 7)))
    assert joined(Pipeline((CLIENT,)), items) == joined(Pipeline((CLIENT,)), items)


@pytest.mark.parametrize("action", [Action.STOP_CUES, Action.PAUSE, Action.TOO_SLOW])
def test_an_assessment_that_is_left_finds_nothing(action: Action) -> None:
    assert _found(_items((("way", "recheck"),), Command(_BEGIN_S + 30.0, action, "test"))) == []


def test_after_the_assessment_the_pacer_is_silent() -> None:
    pipeline = Pipeline((CLIENT,))
    frames = [pipeline.update(item) for item in _items((("way", "recheck"),))]
    assert [cue for frame in frames for cue in frame.cues][-1].plan is None


def _slowest(*told: Command, floor: float | None = None) -> float:
    """Give the pace at which a closed loop rests that leads somebody for half an hour."""
    values: Values = (("closed_loop", True), *((("floor", floor),) if floor is not None else ()))
    pipeline = Pipeline((CLIENT,))
    for command in (*told, Command(5.0, Action.PACE, "client", CLIENT, values)):
        pipeline.update(command)
    rates = [cue.breaths_per_min for t in range(6, 1800) for cue in pipeline.update(Tick(float(t))).cues]
    return round(min(rate for rate in rates if rate is not None), 2)


def _told(way: str, best: object) -> Command:
    return Command(1.0, Action.RESONANCE, "store", CLIENT, (("way", way), ("best", best)))  # type: ignore[arg-type]  # also what is no rate


@pytest.mark.parametrize("way", ["known", "chosen"])
@pytest.mark.parametrize(("best", "slowest"), [(4.5, 4.5), (5.5, 5.5), (6.5, 6.5), (3.0, 6.0), ("5", 6.0), (True, 6.0)])
def test_no_pace_is_led_below_the_persons_own_resonance(way: str, best: object, slowest: float) -> None:
    assert _slowest(_told(way, best)) == slowest


def test_a_floor_that_is_asked_for_holds_and_an_unknown_way_tells_nothing() -> None:
    assert _slowest(_told("known", 5.0), floor=7.0) == 7.0
    assert _slowest(_told("somehow", 5.0)) == 6.0


def test_a_rate_that_is_told_starts_no_pace_and_ends_no_assessment() -> None:
    pipeline = Pipeline((CLIENT,))
    assert pipeline.update(_told("known", 5.0)).cues == ()
    (found,) = _found(
        [
            *_items((("way", "recheck"), ("about", 5.5))),
        ]
    )
    assert found.assessment is not None


def test_what_an_assessment_finds_is_the_floor_from_then_on() -> None:
    pipeline = Pipeline((CLIENT,))
    for item in _items((("way", "stepped"), ("seed", 7))):
        pipeline.update(item)
    end_s = item.arrival if isinstance(item, Chunk) else item.t
    pipeline.update(Command(end_s, Action.PACE, "client", CLIENT, (("closed_loop", True), ("breaths_per_min", 12.0))))
    cues = [cue for t in range(1800) for cue in pipeline.update(Tick(end_s + t)).cues]
    assert round(min(cue.breaths_per_min for cue in cues if cue.breaths_per_min), 2) == 5.5


def test_the_scores_range_holds_the_score_and_all_beats_of_a_clean_heart_count() -> None:
    (found,) = _found(_items((("way", "stepped"), ("seed", 7))))
    assert found.assessment is not None
    assert all(score.low <= score.score <= score.high for score in found.assessment.scores)
    assert found.assessment.clean_share > 0.95
