# SPDX-License-Identifier: MIT
import pytest

from dsp.arousal.adherence import BreathFollowing
from dsp.codes import Adherence
from dsp.stream import BreathLocking, Features, Measure


def _second(t: float, *, plv: float, share: float, breath: Measure | None = None, half_bpm: float = 4.0) -> Features:
    locking = BreathLocking(
        Measure(half_bpm, 1.0, None), Measure(0.2, 1.0, None), Measure(plv, 1.0, None), Measure(share, 1.0, None), t
    )
    return Features(t, breath_locking=locking, breaths_per_min=breath or Measure(), rsa_bpm=Measure(8.0, 1.0, None))


@pytest.mark.parametrize(
    ("plv", "share", "adherence"),
    [(0.8, 0.3, Adherence.FOLLOWING), (0.79, 0.9, Adherence.CANNOT_SEE), (0.99, 0.29, Adherence.CANNOT_SEE)],
)
def test_both_locking_and_share_make_following(plv: float, share: float, adherence: Adherence) -> None:
    assert BreathFollowing().adherence(_second(60.0, plv=plv, share=share), 6.0) is adherence


@pytest.mark.parametrize(("rate", "adherence"), [(6.3, Adherence.FOLLOWING), (14.0, Adherence.CANNOT_SEE)])
def test_a_measured_breath_at_the_pace_counts(rate: float, adherence: Adherence) -> None:
    second = _second(60.0, plv=0.1, share=0.1, breath=Measure(rate, 0.9, None))
    assert BreathFollowing().adherence(second, 6.0) is adherence


def test_a_swing_that_would_be_seen_and_is_elsewhere_is_not_following() -> None:
    following = BreathFollowing()
    for second in range(60):
        following.adherence(_second(float(second), plv=0.0, share=0.0), None)
    told = [
        following.adherence(
            _second(60.0 + 10.0 * breath, plv=0.1, share=0.1, breath=Measure(14.0, 0.9, None), half_bpm=0.5), 6.0
        )
        for breath in range(7)
    ]
    assert told[0] is Adherence.CANNOT_SEE  # too few breaths to say
    assert told[-1] is Adherence.NOT_FOLLOWING


def test_a_heart_that_does_not_answer_the_breath_is_never_judged() -> None:
    second = _second(60.0, plv=1.0, share=1.0)
    assert BreathFollowing().adherence(second, 6.0, can_be_seen=False) is Adherence.CANNOT_SEE


def test_nobody_leads_nobody_follows() -> None:
    assert BreathFollowing().adherence(_second(1.0, plv=1.0, share=1.0), None) is None
