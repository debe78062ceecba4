# SPDX-License-Identifier: MIT
"""Skin conductance as a whole: the law, what is told of a clear signal, and that nothing is told of a bad one."""

import math
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.codes import Modality, Reason
from dsp.skin.artifacts import ARTIFACTS, Site
from dsp.skin.eda import SkinConductance, SkinSecond
from dsp.stream import Chunk, FloatArray, Gap, Item, Tick
from tests.dsp.skin.made import by_seconds, responses_of, skin, still, times, told
from tests.laws import check_cutting_law

DATA = Path(os.environ.get("ATTUNE_DATA") or Path(__file__).parents[4] / "shared" / "data")

_MINUTE = times(60.0, 8.0)


def _has_number(second: SkinSecond) -> bool:
    return second.quality > 0.0 or any(
        measure.value is not None and measure.quality > 0.0 for measure in (second.scl_microsiemens, second.scr_per_min)
    )


def _shaken(t: FloatArray, mg: float) -> FloatArray:
    """Give acceleration whose size has this SD."""
    size = 1000.0 + math.sqrt(2.0) * mg * np.sin(2.0 * np.pi * 2.3 * t)
    return np.stack([size, np.zeros(len(t)), np.zeros(len(t))], axis=1)


@settings(max_examples=8)
@given(
    rate_hz=st.sampled_from([4.0, 10.0, 32.0, 128.0]),
    seed=st.integers(0, 99),
    cuts=st.lists(st.integers(0, 9_000), max_size=8),
)
def test_cutting_chunks_otherwise_changes_nothing(rate_hz: float, seed: int, cuts: list[int]) -> None:
    random = np.random.default_rng(seed)
    t = times(34.0, rate_hz)
    eda = skin(t, [10.0, 19.0, 22.0], random.uniform(0.1, 3.0), level=random.uniform(0.5, 15.0), seed=seed)
    eda[random.integers(0, len(t), 20)] = math.nan
    eda[(t > 32.0) & (t < 32.0 + random.uniform(0.0, 2.0))] *= 0.5
    keep = (t < 28.0) | (t > 28.0 + random.uniform(0.0, 2.0))
    items: list[Item] = list(by_seconds(t[keep], eda[keep], (t[::4], _shaken(t[::4], 80.0))))
    items.insert(85, Gap(28.0, 29.0, Reason.LINK_LOST, "test"))
    check_cutting_law(SkinConductance, items, cuts)


def test_samples_that_come_before_their_tick_wait_for_it() -> None:
    t, eda = times(40.0, 8.0), skin(times(40.0, 8.0), [15.0, 24.0], 0.5, level=4.0)
    at_once, stage = Chunk(Modality.EDA, t, eda, 40.0, "test"), SkinConductance()
    stage.update(at_once)
    ahead = [second for tick in range(1, 41) for second in stage.update(Tick(float(tick)))]
    assert ahead == told(SkinConductance(), t, eda)


@settings(max_examples=40)
@given(
    pieces=st.lists(
        st.tuples(
            st.sampled_from([Modality.EDA, Modality.ACC]),
            st.lists(st.tuples(st.floats(), st.floats() | st.floats(-1.0, 70.0)), max_size=12),
        ),
        max_size=12,
    )
)
def test_no_input_raises_and_none_gives_a_value_that_is_no_number(
    pieces: list[tuple[Modality, list[tuple[float, float]]]],
) -> None:
    stage = SkinConductance()
    for k, (modality, samples) in enumerate(pieces):
        t, values = [s[0] for s in samples], np.array([s[1] for s in samples])
        shaped = np.stack([values] * 3, axis=1) if modality is Modality.ACC else values
        stage.update(Chunk(modality, np.array(t), shaped, 0.0, "test"))
        for second in stage.update(Tick(float(k))):
            assert 0.0 <= second.quality <= 1.0
            assert second.scl_microsiemens.value is None or 0.05 <= second.scl_microsiemens.value <= 60.0
            assert all(math.isfinite(response.amplitude_microsiemens) for response in second.responses)


def test_nothing_is_told_before_the_first_sample() -> None:
    assert SkinConductance().update(Tick(1.0)) == ()


def test_a_clear_signal_has_its_level_its_rate_and_full_quality() -> None:
    t = times(130.0, 8.0)
    last = told(SkinConductance(Site.FINGER), t, skin(t, np.arange(15.0, 130.0, 10.0), 0.5, level=4.0))[-1]
    assert (last.why, last.quality) == (None, 1.0)
    assert last.scl_microsiemens.value == pytest.approx(4.0, abs=0.03)
    assert last.scr_per_min.value == pytest.approx(6.0, abs=1.0)
    assert last.scr_per_min.quality == 1.0


@pytest.mark.parametrize("rate_hz", [4.0, 32.0])
def test_the_level_stays_under_responses_and_is_not_drawn_down_by_noise(rate_hz: float) -> None:
    t = times(120.0, rate_hz)
    eda = skin(t, np.arange(20.0, 115.0, 9.0), 1.0, level=3.0, noise=0.02)
    levels = [s.scl_microsiemens.value for s in told(SkinConductance(Site.FINGER), t, eda)[15:]]
    assert [level for level in levels if level is None or not 2.95 < level < 3.12] == []


def test_a_skin_that_never_answers_in_three_minutes_is_said_by_a_code() -> None:
    t = times(240.0, 4.0)
    seconds = told(SkinConductance(), t, still(t))
    assert seconds[120].scr_per_min.why is None
    assert (seconds[-1].scr_per_min.value, seconds[-1].scr_per_min.quality) == (0.0, 0.0)
    assert seconds[-1].scr_per_min.why is Reason.NO_RESPONSES
    assert seconds[-1].scl_microsiemens.quality == 1.0


def test_a_skin_that_has_answered_once_may_be_silent() -> None:
    t = times(260.0, 4.0)
    last = told(SkinConductance(), t, skin(t, [30.0], 0.4, level=5.0))[-1]
    assert (last.scr_per_min.value, last.scr_per_min.why) == (0.0, None)


def test_noise_lowers_the_quality_before_it_hides_responses() -> None:
    clear, noisy = (
        told(SkinConductance(), _MINUTE, still(_MINUTE, noise=noise))[-1].quality for noise in (0.002, 0.03)
    )
    assert clear == 1.0
    assert 0.2 < noisy < 0.8


_BAD_SIGNALS = {
    "flat": np.full(len(_MINUTE), 5.0),
    "electrode off": still(_MINUTE, level=0.02, noise=0.001),
    "rail": np.full(len(_MINUTE), 60.0),
    "beyond the rail": still(_MINUTE, level=70.0),
    "negative": still(_MINUTE, level=-3.0),
    "noise": np.random.default_rng(0).uniform(0.0, 10.0, len(_MINUTE)),
    "small noise of any size": np.abs(np.random.default_rng(0).normal(0.0, 1.0, len(_MINUTE))) + 0.1,
    "steps": 2.0 + 3.0 * (_MINUTE % 1.0 < 0.5),
    "missing": np.full(len(_MINUTE), math.nan),
    "infinite": np.full(len(_MINUTE), math.inf),
    "huge": np.full(len(_MINUTE), 1e308),
}


@pytest.mark.parametrize("eda", _BAD_SIGNALS.values(), ids=_BAD_SIGNALS.keys())
def test_a_bad_signal_gives_no_number_that_looks_valid(eda: FloatArray) -> None:
    seconds = told(SkinConductance(), _MINUTE, eda)
    assert not [second for second in seconds if _has_number(second) or second.responses]
    assert {second.why for second in seconds} <= {
        *ARTIFACTS,
        *(Reason.SETTLING, Reason.FLAT, Reason.NOISY, Reason.SILENT),
    }


@pytest.mark.parametrize("rate_hz", [1.0, 2.0])
def test_too_few_samples_a_second_are_refused(rate_hz: float) -> None:
    t = times(90.0, rate_hz)
    seconds = told(SkinConductance(), t, skin(t, np.arange(20.0, 80.0, 10.0), 0.5, level=4.0))
    assert not [second for second in seconds if _has_number(second) or second.responses]
    assert seconds[-1].why is Reason.RATE_TOO_LOW


def test_times_that_repeat_or_run_backwards_are_passed_over() -> None:
    t, eda = times(40.0, 8.0), skin(times(40.0, 8.0), [15.0, 24.0], 0.5, level=4.0)
    items: list[Item] = []
    for item in by_seconds(t, eda):
        items += [item, item] if isinstance(item, Chunk) else [item]
    stage = SkinConductance()
    assert [second for item in items for second in stage.update(item)] == told(SkinConductance(), t, eda)


def test_an_electrode_that_comes_off_is_said_at_once_and_the_level_withheld() -> None:
    eda = np.where(_MINUTE > 40.0, 0.01, still(_MINUTE))
    seconds = told(SkinConductance(), _MINUTE, eda)
    assert seconds[39].scl_microsiemens.value is not None
    assert (seconds[40].why, seconds[40].scl_microsiemens.value, seconds[40].quality) == (Reason.NO_CONTACT, None, 0.0)


def test_a_signal_that_sticks_is_said_within_ten_seconds() -> None:
    eda = still(_MINUTE, noise=0.005)
    eda[_MINUTE > 30.0] = eda[_MINUTE > 30.0][0]
    assert {second.why for second in told(SkinConductance(), _MINUTE, eda)[42:]} == {Reason.FLAT}


def test_a_gap_says_why_and_the_level_goes_after_five_seconds() -> None:
    stage = SkinConductance()
    for item in by_seconds(_MINUTE, still(_MINUTE)):
        stage.update(item)
    stage.update(Gap(60.0, 60.0, Reason.LINK_LOST, "test"))
    seconds = [second for tick in range(61, 70) for second in stage.update(Tick(float(tick)))]
    assert {second.why for second in seconds} == {Reason.LINK_LOST}
    qualities = [second.scl_microsiemens.quality for second in seconds]
    assert qualities == sorted(qualities, reverse=True)
    assert [second.scl_microsiemens.value is None for second in seconds] == [False] * 4 + [True] * 5


def test_nothing_reaches_across_a_day_without_data() -> None:
    t = np.concatenate([_MINUTE, _MINUTE + 86_400.0])
    stage = SkinConductance()
    eda = still(t, level=5.0)
    stage.update(Chunk(Modality.EDA, t, eda, 0.0, "test"))
    for tick in range(1, 61):
        stage.update(Tick(float(tick)))
    (after,) = stage.update(Tick(86_402.0))
    assert (after.quality, after.scl_microsiemens.value, after.why) == (0.0, None, Reason.SETTLING)


def test_a_steep_change_counts_as_motion_only_where_there_is_motion() -> None:
    t = times(30.0, 8.0)
    eda = skin(t, [20.0], 3.0, level=1.0)
    for mg, why in ((5.0, None), (200.0, Reason.MOVING)):
        stage = SkinConductance(Site.FINGER)
        acc = (times(30.0, 25.0), _shaken(times(30.0, 25.0), mg))
        seconds = [second for item in by_seconds(t, eda, acc) for second in stage.update(item)]
        assert seconds[20].why is why
        assert seconds[20].motion_mg == pytest.approx(mg, rel=0.1)
        assert len(responses_of(seconds)) == (1 if why is None else 0)


def test_what_is_told_names_its_person() -> None:
    t = times(30.0, 8.0)
    seconds = told(SkinConductance(person="partner"), t, skin(t, [20.0], 0.5, level=4.0))
    assert {second.person for second in seconds} == {"partner"}
    assert [response.person for response in responses_of(seconds)] == ["partner"]


def test_artifacts_of_a_labelled_recording_are_found_as_well_as_experts_agree() -> None:
    path = DATA / "aww_eda" / "2013_06_11_40mins_eat_readnewspaper.npz"
    if not path.exists():
        pytest.skip(f"there is no {path.name}: set ATTUNE_DATA to the folder of recordings")
    with np.load(path) as recording:
        eda, acc, labels = (recording[name] for name in ("eda", "acc", "labels"))
    t = times(len(eda) / 8.0, 8.0)
    stage = SkinConductance(Site.WRIST)
    seconds = [s for item in by_seconds(t, eda, (t, 1000.0 * acc)) for s in stage.update(item)]
    is_found = np.array([s.why in (*ARTIFACTS, Reason.MOVING) for s in seconds])[: 5 * len(labels)]
    found, marked = is_found.reshape(-1, 5).any(axis=1), (labels == 2.0).sum(axis=1) >= 2
    assert 2.0 * np.sum(found & marked) / (np.sum(found) + np.sum(marked)) >= 0.85
