# SPDX-License-Identifier: MIT
"""Beats too uneven for variability: said in time, withheld, given back, and never said of breathing or a lone beat."""

import itertools
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Reason, Verdict
from dsp.heart.hrv import TimeDomain, Variability
from dsp.heart.rate import HeartRate
from dsp.heart.rr import RrVerdicts
from dsp.heart.unevenness import Unevenness, is_borne_out
from dsp.stream import Beat, FloatArray, Item, Measure, Tick
from tests.dsp.beats import by_seconds, confirmed, gap, rr_chunk
from tests.dsp.heart.made import breathing, resting, spoil, without_order

_N, _X = Verdict.NORMAL, Verdict.ECTOPIC


@dataclass(frozen=True)
class _Second:
    t: float
    hr_bpm: Measure
    variability: Variability

    @property
    def why(self) -> Reason | None:
        return self.variability.rmssd_ms.why


def _seconds(rr_ms: FloatArray) -> list[_Second]:
    """Give what is known each second of some intervals, by the stages of the heart alone."""
    verdicts, rate, time_domain = RrVerdicts(), HeartRate(), TimeDomain()
    heart, seconds = rr_chunk(rr_ms), []
    for item in by_seconds([heart], int(heart.t[-1])):
        for beat in verdicts.update(item):
            rate.update(beat)
            time_domain.update(beat)
        if isinstance(item, Tick):
            seconds.append(_Second(item.t, rate.measure_at(item.t), time_domain.measures_at(item.t)))
    return seconds


def _uneven(items: Sequence[Item]) -> list[bool]:
    unevenness = Unevenness()
    return [unevenness.update(beat) for beat in confirmed(items)]


def _beats(rr_ms: Sequence[float], verdicts: Sequence[Verdict]) -> Iterator[Beat]:
    for t, (rr, verdict) in enumerate(zip(rr_ms, verdicts, strict=True)):
        yield Beat(float(t), rr, verdict, float(t), nn_ms=rr if verdict is _N else None, confirmed_t=t + 1.0)


@pytest.mark.parametrize("spread", [0.2, 0.25])
@pytest.mark.parametrize("mean_ms", [500.0, 650.0])
def test_variability_is_withheld_within_10_seconds_of_uneven_beats(mean_ms: float, spread: float) -> None:
    in_time = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        rest = resting(rng, 150)
        begin_s = float(np.sum(rest)) / 1000.0
        seconds = _seconds(np.concatenate([rest, without_order(rng, 60, mean_ms=mean_ms, spread=spread)]))
        why = {s.t: s.why for s in seconds}
        assert why[math.floor(begin_s)] is None
        in_time.append(why[math.floor(begin_s) + 10] is Reason.UNEVEN_BEATS)
    assert np.mean(in_time) >= 0.9


def test_a_heart_that_swings_much_at_any_time_is_not_silenced_by_a_few_uneven_places() -> None:
    shown, withheld = [], 0
    for seed in range(4):
        rr_ms = 1000.0 + np.random.default_rng(seed).normal(0.0, 70.0, 300)
        places = [s.variability for s in _seconds(rr_ms) if s.t > 60.0 and s.variability.is_uneven]
        shown += [v.rmssd_ms.value for v in places if v.rmssd_ms.value is not None]
        withheld += sum(v.rmssd_ms.why is Reason.UNEVEN_BEATS for v in places)
    assert len(shown) > withheld
    assert np.array(shown) == pytest.approx(70.0 * math.sqrt(2.0), rel=0.3)


@pytest.mark.parametrize(("within_ms", "is_borne"), [(40.0, True), (43.0, True), (37.0, True), (90.0, False)])
def test_a_place_that_changes_what_rmssd_is_takes_it_away(within_ms: float, *, is_borne: bool) -> None:
    swing = [within_ms if 30 <= k < 39 else 40.0 for k in range(60)]
    beats = [(800.0 + (-1) ** k * ms, k == 38) for k, ms in enumerate(swing)]
    assert is_borne_out(beats, 20) is is_borne


def test_hardly_anything_outside_uneven_places_bears_nothing_out() -> None:
    beats = [(800.0 + 40.0 * (-1) ** k, k in {20, 29, 38}) for k in range(60)]
    assert not is_borne_out(beats, 20)
    assert not is_borne_out(beats[39:], 22)
    assert not is_borne_out([], 0)


def test_it_stays_withheld_while_they_last_and_is_back_60_seconds_after() -> None:
    rng = np.random.default_rng(5)
    rest, uneven = resting(rng, 150), without_order(rng, 300)
    begin_s, end_s = np.cumsum([np.sum(rest), np.sum(uneven)]) / 1000.0
    seconds = _seconds(np.concatenate([rest, uneven, resting(rng, 120)]))
    during = [s.why for s in seconds if begin_s + 15.0 < s.t < end_s]
    assert set(during) == {Reason.UNEVEN_BEATS}
    assert all(s.why is None for s in seconds if s.t > end_s + 75.0)


def test_the_mean_rate_stays_right() -> None:
    rr_ms = without_order(np.random.default_rng(2), 400)
    seconds = [s for s in _seconds(rr_ms) if s.t > 10.0]
    shown = [s.hr_bpm.value for s in seconds if s.hr_bpm.value is not None]
    assert len(shown) == len(seconds)
    assert np.mean([60_000.0 / bpm for bpm in shown]) == pytest.approx(np.mean(rr_ms), rel=0.03)


@pytest.mark.parametrize(
    ("peak_to_trough_bpm", "breaths_per_min"),
    [*itertools.product((5, 25, 45), (4.5, 5.0, 6.0)), *itertools.product((5, 12, 20), (6.0, 9.0, 12.0, 15.0))],
)
def test_breathing_is_never_uneven(peak_to_trough_bpm: float, breaths_per_min: float) -> None:
    for lowest_bpm, phase in itertools.product((45.0, 60.0), (0.0, 2.0)):
        rr_ms = breathing(lowest_bpm, peak_to_trough_bpm, breaths_per_min, seconds=120.0, phase=phase)
        assert not any(_uneven([rr_chunk(rr_ms)]))


def test_lone_early_beats_are_not_uneven() -> None:
    rng = np.random.default_rng(4)
    rr_ms = resting(rng, 600)
    for i in range(20, 590, 20):
        early_ms = rng.uniform(0.2, 0.4) * rr_ms[i]
        rr_ms[i], rr_ms[i + 1] = rr_ms[i] - early_ms, rr_ms[i + 1] + early_ms
    assert not any(_uneven([rr_chunk(rr_ms)]))


def test_two_percent_spoiled_beats_seldom_make_it_uneven() -> None:
    rng = np.random.default_rng(9)
    rr_ms, _ = spoil(resting(rng, 3000), rng)
    assert np.mean(_uneven([rr_chunk(rr_ms)])) <= 0.01


def test_a_rate_that_steps_is_not_uneven() -> None:
    assert not any(_uneven([rr_chunk([750.0] * 40 + [500.0] * 40 + [1000.0] * 40)]))


def test_five_flagged_of_nine_are_uneven_whatever_their_lengths() -> None:
    verdicts = [_N, _X, _X, _N, _X, _X, _N, _X, _N]
    unevenness = Unevenness()
    assert [unevenness.update(beat) for beat in _beats([800.0] * 9, verdicts)] == [False] * 8 + [True]


def test_a_gap_begins_the_count_again() -> None:
    rng = np.random.default_rng(1)
    before, after = rr_chunk(without_order(rng, 60)), rr_chunk(without_order(rng, 12), start_s=100.0)
    told = _uneven([before, gap(99.0, 100.0), after])
    assert any(told[:60])
    assert not any(told[60:68])


def test_implausible_intervals_are_passed_over() -> None:
    unevenness = Unevenness()
    beats = _beats([250.0] * 20, [Verdict.IMPLAUSIBLE] * 20)
    assert [unevenness.update(beat) for beat in beats] == [False] * 20


@given(st.lists(st.tuples(st.floats(), st.sampled_from(Verdict)), max_size=60))
def test_whatever_the_beats_it_answers(beats: list[tuple[float, Verdict]]) -> None:
    unevenness = Unevenness()
    for beat in _beats([rr for rr, _ in beats], [verdict for _, verdict in beats]):
        assert unevenness.update(beat) in {True, False}
    assert len(unevenness._intervals) <= 9


_UNEVEN_RECORDS = ("201", "202", "203", "210", "217", "221")
_BEATS = "NLRBAaJSVrFejnE/fQ?"


def _record(name: str) -> tuple[FloatArray, list[str]]:
    """Give the times of a record's annotated beats and the rhythm at each."""
    folder = Path(os.environ.get("ATTUNE_DATA", Path(__file__).parents[4] / "shared" / "data"))
    path = folder / "mitdb" / f"{name}.npz"
    if not path.is_file():
        pytest.skip(f"the recording {path} is not here")
    with np.load(path) as record:
        symbols, notes, samples = record["ann_symbol"].tolist(), record["ann_aux"].tolist(), record["ann_sample"]
    rhythms: list[str] = list(itertools.accumulate(notes, lambda last, note: note or last))
    is_beat = [symbol in _BEATS for symbol in symbols]
    return samples[is_beat] / 360.0, list(itertools.compress(rhythms, is_beat))


@pytest.mark.parametrize("name", _UNEVEN_RECORDS)
def test_real_uneven_beats_have_no_variability(name: str) -> None:
    t, rhythms = _record(name)
    seconds = {s.t: s.variability.rmssd_ms for s in _seconds(np.diff(t) * 1000.0)}
    uneven_s = [
        float(second)
        for second in range(int(t[-1] - t[0]))
        if set(itertools.compress(rhythms, (t - t[0] > second - 20.0) & (t - t[0] <= second))) == {"(AFIB"}
    ]
    withheld = [seconds[s].value is None for s in uneven_s if s in seconds and s > 30.0]
    assert len(withheld) > 20
    assert np.mean(withheld) >= 0.98


@pytest.mark.parametrize("name", ["100", "103", "112", "115", "117"])
def test_real_even_beats_have_variability(name: str) -> None:
    t, _ = _record(name)
    values = [s.variability.rmssd_ms for s in _seconds(np.diff(t) * 1000.0) if s.t > 30.0]
    assert np.mean([measure.why is Reason.UNEVEN_BEATS for measure in values]) <= 0.05


def test_the_share_of_flagged_beats_is_still_told() -> None:
    variability = _seconds(without_order(np.random.default_rng(3), 200))[-1].variability
    assert variability.rmssd_ms.why is Reason.UNEVEN_BEATS
    assert variability.corrected_percent.value is not None
