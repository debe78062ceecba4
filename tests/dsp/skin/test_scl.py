# SPDX-License-Identifier: MIT
"""The envelope against the plain definition: the lowest of the last 8 s."""

from hypothesis import given
from hypothesis import strategies as st

from dsp.skin.scl import Envelope


@given(st.lists(st.tuples(st.floats(0.1, 3.0), st.floats(0.0, 60.0)), min_size=1, max_size=60))
def test_it_is_the_lowest_point_of_the_last_eight_seconds(steps: list[tuple[float, float]]) -> None:
    envelope, t = Envelope(), 0.0
    seen: list[tuple[float, float]] = []
    for spacing_s, level in steps:
        t += spacing_s
        seen.append((t, level))
        envelope.follow(t, level)
        assert envelope.newest == (t, min(v for at, v in seen if at > t - 8.0))


def test_it_is_not_known_before_the_first_point() -> None:
    assert Envelope().newest is None
