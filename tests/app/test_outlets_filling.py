# SPDX-License-Identifier: MIT
"""Regular streams as they are sent: a rate from the first second, dropouts filled to their length."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outlets_filling import LiveFilling, RateSeen
from dsp.stream import FloatArray


def steps(hz: float, n: int, start_s: float = 0.0) -> FloatArray:
    return start_s + np.arange(n) / hz


def column(t: FloatArray) -> FloatArray:
    return np.ones((len(t), 1))


@pytest.mark.parametrize(("hz", "declared"), [(130.0, 130.0), (129.9, 130.0), (51.2, 51.2), (4.0, 4.0), (1.0, 1.0)])
def test_the_rate_shows_within_the_first_samples_and_is_declared_as_makers_do(hz: float, declared: float) -> None:
    seen, found = RateSeen(), None
    for t in steps(hz, 200):
        found = seen.update(np.array([t]), np.ones((1, 1)))
        if found is not None:
            break
    assert found == pytest.approx(hz, rel=1e-6)
    assert LiveFilling(found or 0.0, 1).declared_hz == declared


def test_no_sample_of_the_first_second_is_lost() -> None:
    seen = RateSeen()
    for chunk in np.split(steps(10.0, 12), 4):
        seen.update(chunk, column(chunk))
    assert np.array_equal(seen.kept()[0], steps(10.0, 12))


@pytest.mark.parametrize("lost_s", [0.5, 3.0, 10.0, 60.0])
def test_a_dropout_is_filled_with_missing_samples_at_the_rate(lost_s: float) -> None:
    filling = LiveFilling(130.0, 1)
    before = steps(130.0, 260)
    filling.update(before, column(before))
    after = steps(130.0, 130, start_s=float(before[-1]) + 1 / 130 + lost_s)
    t, values = filling.update(after, column(after))
    missing = np.isnan(values).ravel()
    assert missing.sum() == round(lost_s * 130)
    assert np.allclose(np.diff(np.concatenate([before[-1:], t])), 1 / 130, atol=0.5 / 130 / missing.sum() + 1e-9)


@given(st.lists(st.floats(0.02, 5.0), min_size=1, max_size=40), st.floats(0.997, 1.003), st.integers(0, 2**32 - 1))
def test_many_dropouts_do_not_add_up(lost: list[float], quartz: float, seed: int) -> None:
    rng, filling, end_s, count = np.random.Generator(np.random.PCG64(seed)), LiveFilling(130.0, 1), 0.0, 0
    first = steps(130.0 * quartz, 1300)
    sent = [filling.update(first, column(first))[0]]
    for lost_s in lost:
        end_s = float(sent[-1][-1])
        t = end_s + 1 / (130 * quartz) + lost_s + steps(130.0 * quartz, int(rng.integers(1, 60)))
        sent.append(filling.update(t, column(t))[0])
    count = sum(map(len, sent))
    due = sent[-1][-1] * 130 * quartz + 1
    assert abs(count - due) <= 1.0


def test_real_samples_and_their_times_are_never_changed() -> None:
    filling = LiveFilling(4.0, 3)
    t = np.array([0.0, 0.25, 0.5, 2.0, 2.26, 9.0])
    values = np.arange(18.0).reshape(6, 3)
    sent_t, sent = filling.update(t, values)
    is_real = ~np.isnan(sent).any(axis=1)
    assert np.array_equal(sent_t[is_real], t)
    assert np.array_equal(sent[is_real], values)
    assert np.all(np.diff(sent_t) > 0)


def test_while_the_link_is_lost_missing_samples_come_as_time_passes_and_once() -> None:
    filling = LiveFilling(10.0, 1)
    t = steps(10.0, 20)
    filling.update(t, column(t))
    first, values = filling.lost_until(3.0)
    second, _ = filling.lost_until(4.0)
    after = steps(10.0, 5, start_s=5.0)
    third, _ = filling.update(after, column(after))
    assert np.isnan(values).all()
    assert np.allclose(np.concatenate([t, first, second, third]), np.arange(55) / 10)


def test_nothing_is_missing_before_the_first_sample_or_over_hours() -> None:
    filling = LiveFilling(10.0, 1)
    assert not len(filling.lost_until(100.0)[0])
    t = steps(10.0, 20)
    filling.update(t, column(t))
    late = t + 7200.0
    assert np.array_equal(filling.update(late, column(late))[0], late)


def test_a_rate_that_nothing_shows_is_waited_for() -> None:
    seen = RateSeen()
    assert seen.update(np.array([0.0, 0.0]), np.full((2, 1), math.nan)) is None
