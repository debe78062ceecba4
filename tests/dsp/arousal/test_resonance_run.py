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
