# SPDX-License-Identifier: MIT
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.arousal.synthetic_people import random_ratings, ratings_of_a_person
from dsp.growth.felt_edge import Felt, FeltEdge, NoEdge, Rating, felt_edge


def test_known_edges_are_found_within_a_third_of_a_level() -> None:
    near = 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        edge = rng.uniform(0.7, 1.8)
        told = felt_edge(ratings_of_a_person(rng, edge=edge), rng)
        near += isinstance(told, FeltEdge) and abs(told.level - edge) <= 0.3
    assert near >= 25


def test_random_ratings_find_no_edge() -> None:
    told = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        told.append(felt_edge(random_ratings(rng), rng))
    assert sum(isinstance(edge, FeltEdge) for edge in told) <= 2


def test_ratings_that_separate_perfectly_have_their_edge_between_them() -> None:
    low = [Rating(f"S-{k % 3}", 0.1 * k, Felt.STILL_WITH_IT) for k in range(8)]
    high = [Rating(f"S-{k % 3}", 1.5 + 0.1 * k, Felt.TOO_MUCH) for k in range(8)]
    told = felt_edge(low + high, np.random.default_rng(1))
    assert isinstance(told, FeltEdge)
    assert 0.7 < told.level < 1.5
    assert told.low <= told.level <= told.high


@pytest.mark.parametrize(
    ("count", "sessions", "reason"),
    [(11, 4, NoEdge.TOO_FEW_RATINGS), (20, 2, NoEdge.TOO_FEW_SESSIONS)],
)
def test_too_little_says_what_is_missing(count: int, sessions: int, reason: NoEdge) -> None:
    rng = np.random.default_rng(1)
    ratings = ratings_of_a_person(rng, edge=1.0, count=count)
    few = [Rating(f"S-{k % sessions}", rating.level, rating.felt) for k, rating in enumerate(ratings)]
    assert felt_edge(few, rng) is reason


def test_answers_of_one_kind_have_no_edge() -> None:
    ratings = [Rating(f"S-{k % 3}", 0.1 * k, Felt.STILL_WITH_IT) for k in range(20)]
    assert felt_edge(ratings, np.random.default_rng(1)) is NoEdge.ONE_SIDED


def test_far_away_and_unknown_levels_are_no_steps_of_the_ladder() -> None:
    rng = np.random.default_rng(3)
    ratings = ratings_of_a_person(rng, edge=1.0)
    others = [Rating("S-9", 2.0, Felt.FAR_AWAY), Rating("S-9", float("nan"), Felt.TOO_MUCH)]
    assert felt_edge(ratings + others, np.random.default_rng(4)) == felt_edge(ratings, np.random.default_rng(4))


@settings(max_examples=10)
@given(st.permutations(range(20)))
def test_the_order_of_the_ratings_does_not_matter(order: list[int]) -> None:
    ratings = ratings_of_a_person(np.random.default_rng(5), edge=1.0)
    shuffled = [ratings[index] for index in order]
    assert felt_edge(shuffled, np.random.default_rng(6)) == felt_edge(ratings, np.random.default_rng(6))
