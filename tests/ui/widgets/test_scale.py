# SPDX-License-Identifier: MIT
"""The upright axis starts around the data, in whole steps, and never shrinks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.scale import Scale

VALUES = st.lists(st.floats(240, 2200), min_size=1, max_size=20).map(np.array)


@given(VALUES)
def test_an_axis_holds_its_values_in_whole_steps(values: np.ndarray) -> None:
    scale = Scale.around(values, step=50, least=200)
    assert scale.low <= values.min()
    assert scale.high >= values.max()
    assert scale.high - scale.low >= 200
    assert scale.low % 50 == scale.high % 50 == 0


@given(VALUES, VALUES)
def test_an_axis_only_widens(first: np.ndarray, later: np.ndarray) -> None:
    before = Scale.around(first, step=50, least=200)
    after = before.widened(later)
    assert after.low <= min(before.low, later.min())
    assert after.high >= max(before.high, later.max())
    assert after.widened(first) == after


@given(VALUES)
def test_few_labels_stand_inside_the_axis(values: np.ndarray) -> None:
    scale = Scale.around(values, step=5, least=20)
    labels = scale.labels()
    assert 1 <= len(labels) <= 4
    assert scale.low <= labels[0]
    assert labels[-1] <= scale.high


def test_heights_count_from_the_top_and_stay_inside() -> None:
    scale = Scale(0.0, 100.0, 10.0)
    assert scale.heights(np.array([100.0, 50.0, 0.0, -50.0, 500.0]), 120.0).tolist() == pytest.approx(
        [10.0, 60.0, 110.0, 110.0, 10.0]
    )


@given(
    values=st.lists(st.floats(-50.0, 50.0), min_size=1, max_size=20), more=st.lists(st.floats(-50.0, 50.0), min_size=1)
)
def test_a_fitted_axis_holds_its_values_and_moves_only_when_they_leave_it_or_fill_too_little(
    values: list[float], more: list[float]
) -> None:
    before = Scale.around(np.array(values), step=0.5, least=1.5)
    after = before.fitted(np.array(more), step=0.5, least=1.5)
    assert after.low <= min(more) <= max(more) <= after.high
    is_inside = before.low <= min(more) and max(more) <= before.high
    if is_inside and max(more) - min(more) >= (before.high - before.low) / 2:
        assert after == before
    assert after.fitted(np.array(more), step=0.5, least=1.5) == after
