# SPDX-License-Identifier: MIT
"""Filling and the grid: real samples stay what and where they are."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.export.filling import Filling
from app.export.grid import grids_of
from app.export.outline import Outline, outline_of
from app.store.contents import SessionHead
from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray
from tests.app.recorded_session import KeptSession

HEAD = SessionHead("S-4TQ9Z", 0.0, 0, 0.0)
RATE_HZ = 25.0
DROPS = st.lists(st.tuples(st.floats(1.0, 100.0), st.floats(0.1, 30.0)), max_size=5)
CUTS = st.lists(st.integers(1, 2500), max_size=8)


def signal(drops: list[tuple[float, float]], cuts: list[int], quartz: float) -> tuple[KeptSession, FloatArray]:
    t = np.arange(2500) / (RATE_HZ * quartz)
    for start_s, length_s in drops:
        t = t[(t < start_s) | (t >= start_s + length_s)]
    borders = sorted({0, len(t), *(cut for cut in cuts if cut < len(t))})
    parts = [t[a:b] for a, b in itertools.pairwise(borders)]
    return KeptSession(HEAD, [Chunk(Modality.RESP, part, part, float(part[-1]), "s") for part in parts]), t


@given(DROPS, CUTS, st.sampled_from([1.0, 1.001, 0.999]))
@settings(max_examples=60, deadline=None)
def test_filled_samples_count_the_time_and_real_ones_stay(
    drops: list[tuple[float, float]], cuts: list[int], quartz: float
) -> None:
    session, t = signal(drops, cuts, quartz)
    (stream,) = outline_of(session).streams
    filling = Filling(stream)
    filled = [filling.update(c.t, c.values[:, None])[:2] for c in session.items() if isinstance(c, Chunk)]
    times, values = (np.concatenate(part) for part in zip(*filled, strict=True))
    is_real = ~np.isnan(values[:, 0])
    np.testing.assert_array_equal(times[is_real], t)
    np.testing.assert_array_equal(values[is_real, 0], t)
    assert (np.diff(times) > 0).all()
    counted = times[0] + np.arange(len(times)) / stream.measured_hz
    assert np.abs(counted - times).max() < 1.5 / RATE_HZ


@given(DROPS, CUTS, st.sampled_from([1.0, 1.001, 0.999]))
@settings(max_examples=60, deadline=None)
def test_every_slot_of_the_grid_is_a_sample_near_it_or_empty(
    drops: list[tuple[float, float]], cuts: list[int], quartz: float
) -> None:
    session, t = signal(drops, cuts, quartz)
    outline = outline_of(session)
    (grid,) = grids_of(session, outline)
    assert grid.rate_hz == RATE_HZ
    slots = np.flatnonzero(~np.isnan(grid.values[:, 0]))
    at = outline.start_t + slots / grid.rate_hz
    assert np.isin(grid.values[slots, 0], t).all()
    assert np.abs(grid.values[slots, 0] - at).max() <= 1.01 / RATE_HZ
    assert len(slots) >= len(t) - 3 - 0.002 * len(t)


def test_the_outline_is_the_same_however_the_samples_were_cut() -> None:
    def without_rate(outline: Outline) -> list[object]:
        return [(s.key, s.count, s.first_t, s.last_t, s.low, s.high, s.declared_hz) for s in outline.streams]

    whole, parts = (outline_of(signal([(10.0, 5.0)], cuts, 1.0)[0]) for cuts in ([], [3, 700, 701, 2000]))
    assert without_rate(whole) == without_rate(parts)
