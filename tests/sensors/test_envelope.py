# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensors.envelope import LowerEnvelope

steps = st.lists(st.tuples(st.floats(0, 5), st.floats(-1e3, 1e3)), max_size=60)


@given(steps, st.floats(0.1, 20))
def test_it_gives_the_least_value_that_is_not_older_than_the_window(
    steps: list[tuple[float, float]], window_s: float
) -> None:
    envelope, seen, at = LowerEnvelope(window_s), [], 0.0
    for step_s, value in steps:
        at += step_s
        seen.append((at, value))
        assert envelope.update(at, value) == min(v for t, v in seen if t >= at - window_s)


def test_it_forgets_everything_when_cleared() -> None:
    envelope = LowerEnvelope(10)
    envelope.update(0, -5)
    envelope.clear()
    assert envelope.update(1, 3) == 3


def test_a_window_has_a_length() -> None:
    with pytest.raises(ValueError, match="window_s must be above 0, not 0"):
        LowerEnvelope(0)
