# SPDX-License-Identifier: MIT
"""The path from items to frames: what each item adds, whole or cut, for a minute or a day."""

import os
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.codes import Action, CueKind, Modality, NoticeCode, Reason, SourceState, Verdict, Zone
from dsp.pipeline import Pipeline
from dsp.stream import (
    ABSENT,
    ArousalState,
    Chunk,
    Command,
    Cue,
    Features,
    FloatArray,
    Frame,
    Gap,
    Item,
    Marker,
    Notice,
    SignalQuality,
    Status,
    Tick,
)
from tests.dsp.beats import CUTS, HOSTILE_ITEMS, by_seconds, gap, rates, rr_chunk
from tests.laws import check_cutting_law, joined


def _frames(items: Sequence[Item]) -> list[Frame]:
    pipeline = Pipeline()
    return [pipeline.update(item) for item in items]


def _features_at(t: float, items: Sequence[Item]) -> Features:
    return _frames([*items, Tick(t)])[-1].features[0]


def _session(seed: int, seconds: int) -> list[Item]:
    """Give a resting heart with missed beats, a gap, a pacer and a device's own rate, a tick each second."""
    rng = np.random.default_rng(seed)
    rr_ms = 850.0 + 50.0 * np.sin(np.arange(seconds * 1.2) / 4.0) + rng.normal(0.0, 20.0, int(seconds * 1.2))
    rr_ms[rng.random(len(rr_ms)) < 0.02] *= 2.0
    items: list[Item] = list(by_seconds([rr_chunk(rr_ms), rates([70.0] * seconds)], seconds))
    items.insert(len(items) // 2, gap(0.0, 0.0))
    items.insert(5, Command(2.0, Action.PACE, "client"))
    return items


def test_before_any_data_a_tick_gives_each_person_all_there_is_to_say() -> None:
    frame = Pipeline(("client", "partner")).update(Tick(1.0))
    assert frame == Frame(
        Tick(1.0),
        features=(Features(1.0, "client"), Features(1.0, "partner")),
        states=(ArousalState(1.0, "client"), ArousalState(1.0, "partner")),
        cues=(Cue(1.0, "client"), Cue(1.0, "partner")),
    )
    assert frame.states[0].zone is Zone.UNKNOWN
    assert frame.states[0].why is Reason.NO_BASELINE


def test_a_person_joins_with_the_first_item_that_names_them() -> None:
    pipeline = Pipeline()
    pipeline.update(Marker(0.5, "trigger", "clinician", person="partner"))
    assert [features.person for features in pipeline.update(Tick(1.0)).features] == ["client", "partner"]


def test_the_beats_of_one_person_are_not_those_of_another() -> None:
    pipeline = Pipeline(("client", "partner"))
    chunk = rr_chunk([800.0] * 5)
    pipeline.update(Chunk(chunk.modality, chunk.t, chunk.values, 4.0, "strap 2", "partner"))
    client, partner = pipeline.update(Tick(4.0)).features
    assert client.hr_bpm == ABSENT
    assert partner.hr_bpm.value == pytest.approx(75.0)


_GAP = Gap(1.0, 2.0, Reason.LINK_LOST, "strap")
_NOTICE = Notice(1.0, NoticeCode.BATTERY, "strap", values=(("percent", 80),))
_STATUS = Status(1.0, "strap", SourceState.STREAMING)
_MARKER = Marker(1.0, "trigger", "clinician")


@pytest.mark.parametrize(
    ("item", "frame"),
    [
        (_GAP, Frame(_GAP, gaps=(_GAP,))),
        (_NOTICE, Frame(_NOTICE, notices=(_NOTICE,))),
        (_STATUS, Frame(_STATUS, statuses=(_STATUS,))),
        (_MARKER, Frame(_MARKER, markers=(_MARKER,))),
    ],
)
def test_what_is_no_data_is_passed_on_as_it_is(item: Item, frame: Frame) -> None:
    assert Pipeline().update(item) == frame


def test_intervals_become_beats_and_a_gap_settles_the_last() -> None:
    first, second = _frames([rr_chunk([800.0, 810.0]), gap(1.61, 5.0)])
    assert [beat.verdict for beat in first.beats] == [Verdict.PROVISIONAL, Verdict.NORMAL, Verdict.PROVISIONAL]
    assert [(beat.verdict, beat.confirmed_t) for beat in second.beats] == [(Verdict.NORMAL, 5.0)]


def test_only_ticks_make_what_comes_once_a_second() -> None:
    for frame in _frames([*_session(1, 20), Command(20.0, Action.PAUSE, "client")]):
        is_tick = isinstance(frame.item, Tick)
        assert (len(frame.features), len(frame.states)) == ((1, 1) if is_tick else (0, 0))


def test_a_command_gives_its_cue_at_once() -> None:
    frames = _frames([Command(0.5, Action.PACE, "client"), Tick(1.0), Command(1.5, Action.PAUSE, "client"), Tick(2.0)])
    kinds = [[cue.kind for cue in frame.cues] for frame in frames]
    assert kinds == [[CueKind.BREATH], [CueKind.BREATH], [CueKind.PAUSED], [CueKind.PAUSED]]


def test_a_pause_changes_nothing_but_the_cue() -> None:
    plain, paused = Pipeline(), Pipeline()
    paused.update(Command(0.5, Action.PACE, "client"))
    paused.update(Command(0.8, Action.PAUSE, "client"))
    for item in _session(2, 30)[6:]:
        expected, frame = plain.update(item), paused.update(item)
        assert (frame.beats, frame.features, frame.states) == (expected.beats, expected.features, expected.states)


def test_an_assignment_changes_nothing() -> None:
    command = Command(1.0, Action.ASSIGN, "clinician", values=(("source", "ble:1"), ("to", "partner")))
    assert Pipeline().update(command) == Frame(command)


def test_features_carry_the_time_of_the_newest_heart_data() -> None:
    assert _features_at(9.0, []).heart_t is None
    assert _features_at(9.0, [rr_chunk([800.0] * 5)]).heart_t == pytest.approx(4.0)
    assert _features_at(9.0, [rr_chunk([800.0] * 5), rates([75.0] * 6)]).heart_t == 6.0
    missing = Chunk(Modality.HR, np.array([1.0, 2.0, np.inf]), np.array([75.0, np.nan, 75.0]), 2.0, "strap")
    assert _features_at(9.0, [missing]).heart_t == 1.0


def test_a_signal_that_is_not_clear_says_why() -> None:
    steady = [800.0 + 20.0 * (k % 3) for k in range(60)]
    flagged = [rr if k % 4 else 300.0 for k, rr in enumerate(steady)]
    assert _features_at(49.5, [rr_chunk(steady)]).quality.rr_why is None
    assert _features_at(41.5, [rr_chunk(flagged)]).quality.rr_why is Reason.TOO_MANY_FLAGGED
    assert _features_at(60.0, [rr_chunk(steady)]).quality.rr_why is Reason.STALE
    t = np.arange(40.0, step=0.25)
    off_skin = Chunk(Modality.EDA, t, np.full(len(t), 0.01), 40.0, "electrodes")
    assert _features_at(40.0, [off_skin]).quality.eda_why is Reason.NO_CONTACT


def test_the_quality_of_the_intervals_is_their_accepted_share() -> None:
    assert _features_at(5.0, [rates([75.0] * 4)]).quality == SignalQuality()
    rr_ms = [800.0] * 10 + [1600.0] + [800.0] * 10
    assert _features_at(18.0, [rr_chunk(rr_ms)]).quality.rr == pytest.approx(19 / 20)


def test_a_silent_source_still_gives_its_seconds_stale_and_then_unknown() -> None:
    features = [frame.features[0] for frame in _frames([rr_chunk([800.0] * 50), *map(Tick, range(40, 60))])[1:]]
    assert [f.hr_bpm.why for f in features] == [None] * 6 + [Reason.STALE] * 14
    assert [f.hr_bpm.quality <= 0.5 for f in features] == [False] * 2 + [True] * 18


@given(HOSTILE_ITEMS, CUTS)
def test_frames_do_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(Pipeline, items, cuts)


@given(st.integers(0, 1000), CUTS)
@settings(max_examples=15)
def test_a_plain_session_does_not_depend_on_how_it_was_cut(seed: int, cuts: list[int]) -> None:
    check_cutting_law(Pipeline, _session(seed, 60), cuts)


def test_the_same_items_give_the_same_frames_again() -> None:
    items = _session(5, 120)
    assert joined(Pipeline(), items) == joined(Pipeline(), items)


def _rest_recording() -> FloatArray:
    folder = Path(os.environ.get("ATTUNE_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = folder / "rr" / "hrv_rest_rri.txt"
    if not path.is_file():
        pytest.skip(f"the recording {path} is not here")
    return np.loadtxt(path)


def test_a_real_recording_gives_what_numpy_gives_over_each_window() -> None:
    heart = rr_chunk(_rest_recording())
    frames = _frames(list(by_seconds([heart], int(heart.t[-1]))))
    beats = [beat for frame in frames for beat in frame.beats if beat.confirmed_t is not None]
    shown = 0
    for features in (features for frame in frames for features in frame.features):
        t = features.t
        known = [beat for beat in beats if t - 60.0 < beat.t <= t and beat.confirmed_t and beat.confirmed_t <= t]
        nn_ms = np.array([np.nan if beat.nn_ms is None else beat.nn_ms for beat in known])
        if features.rmssd_ms.value is None:
            assert np.sum(~np.isnan(nn_ms)) < 20 or np.mean(np.isnan(nn_ms)) > 0.05
        else:
            shown += 1
            assert features.rmssd_ms.value == pytest.approx(np.sqrt(np.nanmean(np.diff(nn_ms) ** 2)), rel=1e-9)
            assert features.sdnn_ms.value == pytest.approx(np.nanstd(nn_ms, ddof=1), rel=1e-9)
    assert shown > 0.9 * (heart.t[-1] - 30.0)


def _day(hours: int) -> Iterator[Chunk]:
    """Give a day of beats, a minute at a time, with beats missed."""
    rng = np.random.default_rng(24)
    start_s = 0.0
    for _ in range(hours * 60):
        rr_ms = rng.normal(860.0, 30.0, 70)
        rr_ms[rng.random(70) < 0.02] *= 2.0
        chunk = rr_chunk(rr_ms, start_s=start_s)
        start_s = chunk.arrival
        yield chunk


def test_a_day_of_beats_leaves_the_memory_as_an_hour_did() -> None:
    pipeline = Pipeline()
    pipeline.update(Command(0.0, Action.PACE, "client"))
    sizes = []
    for minute, chunk in enumerate(_day(24)):
        pipeline.update(chunk)
        pipeline.update(Command(chunk.arrival, Action.PACE, "client", values=(("breaths_per_min", 5.0 + minute % 3),)))
        pipeline.update(Tick(float(np.ceil(chunk.arrival))))
        if minute in (59, 24 * 60 - 1):
            sizes.append(len(pickle.dumps(pipeline)))
    assert sizes[1] <= 1.1 * sizes[0]  # whole numbers take a byte more or less
