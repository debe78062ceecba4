# SPDX-License-Identifier: MIT
"""10^4 ticks of hostile persons through the pipeline (10^6: `benchmarks/faults/signals.py`), and what they found."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.faults.signals import SESSION, evaluated
from benchmarks.faults.witness import Witness
from dsp.codes import Modality, Reason
from dsp.pipeline import Pipeline
from dsp.stream import Chunk, Features, Frame, Item, Measure, Tick, read_only
from tests.dsp.beats import by_seconds, rr_chunk

_TICKS = 10_000


def _features(items: Sequence[Item]) -> list[Features]:
    pipeline = Pipeline()
    return [features for item in items for features in pipeline.update(item).features]


def _second(modality: Modality, second: int, values: list[float] | list[list[float]]) -> Chunk:
    t = second - 1 + np.arange(1, len(values) + 1) / len(values)
    return Chunk(modality, read_only(t), read_only(values), float(second), "wrist")


def test_no_number_looks_valid_that_is_not() -> None:
    sessions = [evaluated(seed) for seed in range(_TICKS // SESSION)]
    assert {s.seed: s.findings for s in sessions if s.findings} == {}
    for ticks in (sum(s.n_shown for s in sessions), sum(s.n_unfit for s in sessions)):
        assert ticks > _TICKS / 4  # of both kinds, or nothing was tried


def test_a_false_number_does_not_escape_the_witness() -> None:
    right = Features(1.0)
    for wrong, fault in (
        (replace(right, rmssd_ms=Measure(30.0, 1.0, None)), "HRV of an unfit window"),
        (replace(right, hr_bpm=Measure(60.0, 1.0, None)), "a heart rate after 5 s of silence"),
        (replace(right, hr_bpm=Measure(251.0, 1.0, None)), "hr_bpm that cannot be"),
        (replace(right, rmssd_ms=Measure(-1.0, 1.0, None)), "rmssd_ms that cannot be"),
        (replace(right, rhythm=Measure(np.inf, 1.0, None)), "rhythm that cannot be"),
        (replace(right, lf_hf=Measure(None, np.nan, Reason.STALE)), "lf_hf with a quality outside 0 to 1"),
        (replace(right, lf_hf=Measure(None, 0.0, None)), "lf_hf is missing without a reason"),
        (replace(right, heart_t=np.inf), "heart_t that is no number"),
    ):
        assert fault in list(Witness().faults(Frame(Tick(1.0), features=(wrong,))))
    assert list(Witness().faults(Frame(Tick(1.0), features=(right,)))) == []


def test_electrodes_that_are_moved_while_they_settle_have_no_endless_level() -> None:
    items: list[Item] = []
    for second in range(1, 6):
        is_moved = second == 4
        level = 5.0 + 0.04 * second + 0.01 * np.arange(4) + [0.0, 0.0, 3.0 * is_moved, 3.0 * is_moved]
        shaken = [[0.0, 0.0, 1000.0 + 300.0 * is_moved * (-1) ** k] for k in range(8)]
        items += [_second(Modality.EDA, second, level.tolist()), _second(Modality.ACC, second, shaken)]
        items.append(Tick(float(second)))
    assert [features.scl_microsiemens.value for features in _features(items)] == [None] * 5


def test_flagged_beats_are_not_pushed_out_of_the_window_by_crowded_ones() -> None:
    spoiled = rr_chunk([800.0, 5000.0] * 10)
    crowded = Chunk(Modality.RR, read_only(58.1 + 0.002 * np.arange(600)), np.full(600, 800.0), 59.3, "strap")
    features = _features([spoiled, crowded, Tick(60.0)])[-1]
    assert features.rmssd_ms.value is None


def test_a_beat_that_lies_ahead_does_not_hide_silence() -> None:
    ahead = Chunk(Modality.RR, np.array([90.0]), np.array([800.0]), 40.0, "strap")
    items = [*by_seconds([rr_chunk([800.0, 820.0] * 24)], 40), ahead, *(Tick(float(t)) for t in range(41, 50))]
    features = _features(items)
    assert features[-10].rmssd_ms.value is not None
    assert features[-1].hr_bpm.value is None
    assert features[-1].rmssd_ms.why is Reason.STALE
