# SPDX-License-Identifier: MIT
"""Two devices on one heart agree, however late one of them tells; on two hearts they do not."""

import numpy as np
import pytest

from dsp.heart.agreement import Seen, agreement
from dsp.stream import FloatArray
from tests.dsp.heart.made_ecg import beats


def _seen(beats_s: FloatArray, lag_s: float = 0.0) -> list[Seen]:
    return list(zip((beats_s[1:] + lag_s).tolist(), (1000.0 * np.diff(beats_s)).tolist(), strict=True))


_HEART = beats(seconds=30.0)


@pytest.mark.parametrize("lag_s", [-0.4, 0.0, 0.3, 0.9, 2.1])
def test_the_lag_is_found_and_every_beat_is_borne_out(lag_s: float) -> None:
    together = agreement(_seen(_HEART, lag_s), _seen(_HEART))
    assert together is not None
    assert together.lag_s == pytest.approx(lag_s, abs=1e-6)
    assert together.share == 1.0


def test_a_beat_that_one_missed_is_not_borne_out() -> None:
    missing = np.delete(_HEART, 12)
    together = agreement(_seen(missing, 0.5), _seen(_HEART))
    assert together is not None
    assert together.share == pytest.approx(1.0 - 1.0 / (len(missing) - 1))


def test_the_newest_beat_may_be_the_one_that_was_missed() -> None:
    together = agreement(_seen(_HEART, 0.5), _seen(_HEART[:-1]))
    assert together is not None
    assert together.lag_s == pytest.approx(0.5, abs=1e-6)


def test_two_hearts_do_not_agree() -> None:
    together = agreement(_seen(beats(seconds=30.0, bpm=71.0, seed=9)), _seen(_HEART))
    assert together is not None
    assert together.share < 0.7


def test_eight_beats_are_needed_and_nonsense_is_passed_over() -> None:
    assert agreement(_seen(_HEART[:8]), _seen(_HEART)) is None
    assert agreement([*_seen(_HEART[:8]), (6.0, float("nan")), (7.0, -1.0), (8.0, 1e300)], _seen(_HEART)) is None
    assert agreement([], []) is None


def test_beats_of_other_minutes_are_not_compared() -> None:
    assert agreement(_seen(_HEART, 100.0), _seen(_HEART)) is None
