# SPDX-License-Identifier: MIT
"""The last minute as points: each beat once, the line whole only where the data are."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, Reason, Verdict
from dsp.stream import Beat, Features, Frame, Gap, Measure, Tick
from ui.tachogram import RateTrend, Tachogram


def beat(t: float, rr_ms: float = 900.0, verdict: Verdict = Verdict.NORMAL, person: str = "client") -> Beat:
    return Beat(t, rr_ms, verdict, t, person)


def tachogram(*beats: Beat, gaps: tuple[Gap, ...] = ()) -> Tachogram:
    known = Tachogram()
    known.take(Frame(Tick(0.0), gaps=gaps))
    for each in beats:
        known.take(Frame(Tick(each.t), beats=(each,)))
    return known


def segments(x: np.ndarray, y: np.ndarray) -> list[list[float]]:
    """The times of each unbroken piece of a line."""
    pieces: list[list[float]] = [[]]
    for at, value in zip(x, y, strict=True):
        if np.isnan(value):
            pieces.append([])
        else:
            pieces[-1].append(round(float(at), 6))
    return [piece for piece in pieces if piece]


def test_a_beat_is_shown_once_by_its_newest_verdict() -> None:
    shown = tachogram(beat(10.0, verdict=Verdict.PROVISIONAL), beat(10.0), beat(11.0, verdict=Verdict.PROVISIONAL))
    beats = shown.at(11.0)
    assert beats.counted.x.tolist() == [-1.0]
    assert beats.waiting.x.tolist() == [0.0]


def test_the_line_never_joins_across_a_beat_that_does_not_count() -> None:
    beats = tachogram(beat(1), beat(2), beat(3, 400.0, Verdict.ECTOPIC), beat(4), beat(5)).at(5.0)
    assert segments(beats.line.x, beats.line.y) == [[-4, -3], [-1, 0]]
    assert beats.set_aside.y.tolist() == [400.0]


def test_the_line_never_joins_across_a_gap() -> None:
    gap = Gap(2.1, 6.0, Reason.LINK_LOST, "ble:x")
    shown = tachogram(beat(1), beat(2), beat(7), beat(8), gaps=(gap,))
    beats = shown.at(8.0)
    assert segments(beats.line.x, beats.line.y) == [[-7, -6], [-1, 0]]
    assert np.allclose(shown.gaps_at(8.0), [(-5.9, -2.0)])


@given(
    st.lists(
        st.tuples(st.floats(0.3, 2.0), st.sampled_from(list(Verdict))),
        min_size=2,
        max_size=40,
    ),
    st.lists(st.tuples(st.floats(0, 60), st.floats(0.1, 5)), max_size=4),
)
def test_every_joined_pair_is_neighbours_that_count(
    steps: list[tuple[float, Verdict]], holes: list[tuple[float, float]]
) -> None:
    times = np.cumsum([step for step, _ in steps])
    beats = [beat(float(t), verdict=verdict) for t, (_, verdict) in zip(times, steps, strict=True)]
    gaps = tuple(Gap(start, start + length, Reason.LINK_LOST, "x") for start, length in holes)
    now = float(times[-1])
    line = tachogram(*beats, gaps=gaps).at(now).line
    order = {round(b.t - now, 6): i for i, b in enumerate(beats)}
    for piece in segments(line.x, line.y):
        for left, right in itertools.pairwise(piece):
            assert order[right] - order[left] == 1
            assert not any(g.start_s - now < right - 1e-6 and g.end_s - now > left + 1e-6 for g in gaps)  # rounding


def test_the_gap_of_another_signal_or_person_is_not_drawn() -> None:
    gaps = (
        Gap(1, 5, Reason.LINK_LOST, "x", modality=Modality.EDA),
        Gap(1, 5, Reason.LINK_LOST, "x", "partner"),
    )
    assert tachogram(beat(6), gaps=gaps).gaps_at(6.0) == ()


def test_what_left_the_axis_is_let_go() -> None:
    known = tachogram(*(beat(t) for t in np.arange(0.0, 1000.0, 0.5)))
    assert len(known._beats) <= 122
    assert known.at(999.5).counted.x.min() >= -60.0


def rate(t: float, bpm: float | None, heart_t: float | None) -> Frame:
    measure = Measure(bpm, 1.0, None) if bpm is not None else Measure(why=Reason.STALE)
    return Frame(Tick(t), features=(Features(t, heart_t=heart_t, hr_bpm=measure),))


def test_a_rate_stands_where_its_newest_heartbeat_is() -> None:
    trend = RateTrend()
    for t in range(1, 4):
        trend.take(rate(t, 60.0 + t, t - 0.25))
    points = trend.at(3.0)
    assert points.x.tolist() == [-2.25, -1.25, -0.25]
    assert points.y.tolist() == [61.0, 62.0, 63.0]


def test_a_repeated_old_rate_adds_nothing_and_a_silence_breaks_the_line() -> None:
    trend = RateTrend()
    trend.take(rate(1, 60.0, 1.0))
    trend.take(rate(2, 60.0, 1.0))
    trend.take(rate(3, None, 1.0))
    trend.take(rate(9, 70.0, 9.0))
    points = trend.at(9.0)
    assert segments(points.x, points.y) == [[-8.0], [0.0]]


def test_each_beat_that_is_set_aside_keeps_its_verdict() -> None:
    beats = tachogram(beat(1), beat(2, verdict=Verdict.MISSED), beat(3, verdict=Verdict.EXTRA), beat(4)).at(5.0)
    assert beats.verdicts == (Verdict.MISSED, Verdict.EXTRA)
    assert len(beats.set_aside.x) == 2
