# SPDX-License-Identifier: MIT
"""The trailing quartile against a sort of the last 91."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.heart.spread import Spread


@given(st.lists(st.floats(0.0, 300.0), min_size=1, max_size=200))
def test_the_quartile_is_that_of_the_last_91_sorted(differences: list[float]) -> None:
    spread = Spread()
    for difference in differences:
        spread.add(difference)
    newest = sorted(differences[-91:])
    assert spread.third_quartile() == newest[(3 * len(newest) - 1) // 4]
    assert np.mean(np.array(newest) <= spread.third_quartile()) >= 0.75
    assert len(spread) == len(newest)


def test_there_is_nothing_before_the_first() -> None:
    assert Spread().third_quartile() == pytest.approx(0.0)
