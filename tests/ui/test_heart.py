# SPDX-License-Identifier: MIT
"""A heart rate is shown while it is fresh, dimmed with its age, and then gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Reason, Verdict
from dsp.stream import Beat, Features, Frame, Measure, SignalQuality, Tick
from ui.heart import HeartReading, Signal


def frame(
    t: float, bpm: float | None, *, heart_t: float | None = None, rr: float | None = 1.0, person: str = "client"
) -> Frame:
    measure = Measure(bpm, 1.0, None) if bpm is not None else Measure(why=Reason.STALE)
    features = Features(t, person, heart_t=heart_t, hr_bpm=measure, quality=SignalQuality(rr=rr))
    return Frame(Tick(t), features=(features,))


def reading(*frames: Frame) -> HeartReading:
    known = HeartReading()
    for each in frames:
        known.take(each)
    return known


def test_before_the_first_heartbeat_there_is_no_number_and_no_age() -> None:
    shown = reading(frame(10.0, 60.0)).at(10.0)
    assert (shown.bpm, shown.age_s, shown.signal) == (None, None, Signal.RESTING)


@pytest.mark.parametrize(
    ("age_s", "bpm", "is_dim", "signal"),
    [
        (0.0, 72, False, Signal.CLEAR),
        (1.99, 72, False, Signal.CLEAR),
        (2.0, 72, True, Signal.FAINT),
        (4.99, 72, True, Signal.FAINT),
        (5.0, None, False, Signal.RESTING),
        (3600.0, None, False, Signal.RESTING),
    ],
)
def test_a_value_is_dimmed_after_2_s_and_gone_after_5_s(
    age_s: float, bpm: int | None, is_dim: bool, signal: Signal
) -> None:
    shown = reading(frame(100.0, 72.3, heart_t=100.0)).at(100.0 + age_s)
    assert (shown.bpm, shown.is_dim, shown.signal) == (bpm, is_dim, signal)
    assert shown.age_s == pytest.approx(age_s)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.none() | st.floats(0, 1e6)), max_size=8), st.floats(0, 2e6))
def test_an_unknown_rate_is_never_a_number(given_: list[tuple[float, float | None]], t: float) -> None:
    shown = reading(*(frame(at, None, heart_t=heart_t) for at, heart_t in given_)).at(t)
    assert shown.bpm is None
    assert shown.signal is not Signal.CLEAR


def test_a_beat_is_as_fresh_as_the_tick_that_follows_it() -> None:
    beat = Beat(101.5, 800.0, Verdict.PROVISIONAL, 101.5)
    known = reading(frame(100.0, 75.0, heart_t=100.0), Frame(Tick(101.5), beats=(beat,)))
    assert known.at(103.0).is_dim is False


def test_many_set_aside_beats_make_a_faint_signal() -> None:
    assert reading(frame(10.0, 75.0, heart_t=10.0, rr=0.79)).at(10.0).signal is Signal.FAINT
    assert reading(frame(10.0, 75.0, heart_t=10.0, rr=0.80)).at(10.0).signal is Signal.CLEAR


def test_another_person_is_not_shown() -> None:
    assert reading(frame(10.0, 75.0, heart_t=10.0, person="partner")).at(10.0).bpm is None


def test_an_old_rmssd_is_withheld_with_its_reason() -> None:
    features = Features(10.0, heart_t=10.0, rmssd_ms=Measure(41.0, 1.0, None))
    known = reading(Frame(Tick(10.0), features=(features,)))
    assert known.rmssd_at(12.0).value == 41.0
    assert known.rmssd_at(15.0) == Measure(why=Reason.STALE)
