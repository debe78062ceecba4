# SPDX-License-Identifier: MIT
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality
from dsp.stream import Chunk, Gap
from sensors.recorded.track import Samples, Track
from tests.sensors.reading import joined, told


@pytest.mark.parametrize("modality", [Modality.EDA, Modality.RR])
@given(
    steps_s=st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 4.0, 9.0]), min_size=1, max_size=40),
    cuts=st.lists(st.integers(0, 40)),
)
def test_cutting_the_samples_otherwise_changes_neither_them_nor_the_gaps(
    modality: Modality, steps_s: list[float], cuts: list[int]
) -> None:
    t = np.cumsum(steps_s)
    whole, parts = _track(modality), _track(modality)
    expected = list(whole.cut(_samples(modality, t)))
    found = [pair for part in np.split(t, sorted(cuts)) if len(part) for pair in parts.cut(_samples(modality, part))]
    assert _gaps(found) == _gaps(expected)
    assert _values(found, modality) == _values(expected, modality)


def test_no_chunk_reaches_over_a_gap() -> None:
    t = np.array([0.7, 0.8, 5.1, 5.2])
    items = [item for _, item in _track(Modality.RR).cut(Samples(Modality.RR, t, np.full(4, 100.0)))]
    assert [type(item) for item in items] == [Chunk, Gap, Chunk]


def _track(modality: Modality) -> Track:
    return Track(modality, source="file:x", person="client")


def _samples(modality: Modality, t: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Samples:
    return Samples(modality, t, np.full(len(t), 500.0))


def _gaps(known: list[tuple[float, Chunk | Gap]]) -> list[str]:
    return told([item for _, item in known if isinstance(item, Gap)])


def _values(known: list[tuple[float, Chunk | Gap]], modality: Modality) -> list[list[float]]:
    return [a.tolist() for a in joined([item for _, item in known], modality)]
