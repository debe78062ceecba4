# SPDX-License-Identifier: MIT
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, Reason
from dsp.stream import Chunk, FloatArray, Gap, Item, Marker
from sensors.lsl.items import StreamItems
from sensors.lsl.recognise import Signal
from sensors.lsl.units import Unit
from sensors.lsl.wire import Batch

EDA = Signal(Modality.EDA, (0,), Unit.KILOOHM)
RR = Signal(Modality.RR, (1,), Unit.SECOND)
ACC = Signal(Modality.ACC, (1, 2, 0), Unit.G)


def stream(*signals: Signal, rate_hz: float = 0.0) -> StreamItems:
    items = StreamItems("lsl:x", "partner")
    items.begin(signals, rate_hz)
    return items


def taken(items: StreamItems, rows: object, stamps: list[float], arrival: float) -> list[Item]:
    batch = Batch(np.array(rows, np.float32), np.array(stamps))
    return list(items.update(batch, offset_s=0.0, arrival=arrival))


def joined(items: list[Item], modality: Modality) -> tuple[FloatArray, FloatArray]:
    chunks = [item for item in items if isinstance(item, Chunk) and item.modality is modality]
    return np.concatenate([c.t for c in chunks]), np.concatenate([c.values for c in chunks])


def test_samples_are_scaled_and_keep_their_raw_stamp() -> None:
    (chunk,) = taken(stream(EDA), [[200.0], [100.0], [0.0]], [5.0, 5.1, 5.2], 5.3)
    assert isinstance(chunk, Chunk)
    assert chunk.values.tolist() == [5.0, 10.0, pytest.approx(np.nan, nan_ok=True)]
    assert (chunk.device_stamp, chunk.arrival) == (5.2, 5.3)
    assert (chunk.source, chunk.person) == ("lsl:x", "partner")


def test_stamps_are_kept_as_they_were_sent_with_the_offset_of_their_clock() -> None:
    batch = Batch(np.array([[200.0], [-1.0], [0.0]], np.float32), np.array([5.0, 5.1, 5.2]))
    (chunk,) = stream(EDA).update(batch, offset_s=95.25, arrival=100.5)
    assert isinstance(chunk, Chunk)
    assert chunk.raw_stamps is not None
    assert chunk.raw_stamps.tolist() == [5.0, 5.1, 5.2]
    assert chunk.clock_offset_s == 95.25
    np.testing.assert_allclose(chunk.t, chunk.raw_stamps + 95.25)


def test_of_a_resistance_the_numbers_are_kept_too() -> None:
    found = taken(stream(EDA, ACC), [[200.0, 1.0, 2.0], [0.0, 1.0, 2.0]], [5.0, 5.1], 5.2)
    raw = {chunk.modality: chunk.raw for chunk in found if isinstance(chunk, Chunk)}
    assert raw[Modality.ACC] is None
    np.testing.assert_array_equal(np.asarray(raw[Modality.EDA]), [200.0, 0.0])


def test_a_stamp_belongs_to_each_beat_and_each_sample_that_is_given() -> None:
    items = stream(EDA, RR)
    found = taken(items, [[100.0, 0.8], [100.0, np.nan], [100.0, 0.8]], [10.0, 10.8, 9.0], 10.9)
    kept = [
        (chunk.modality, stamp)
        for chunk in found
        if isinstance(chunk, Chunk) and chunk.raw_stamps is not None
        for stamp in chunk.raw_stamps.tolist()
    ]
    assert sorted(kept) == [(Modality.EDA, 10.0), (Modality.EDA, 10.8), (Modality.RR, 9.0), (Modality.RR, 10.0)]


def test_one_stream_may_carry_several_signals() -> None:
    found = taken(stream(EDA, ACC), [[500.0, 1.0, 2.0]], [5.0], 5.1)
    assert joined(found, Modality.EDA)[1].tolist() == [2.0]
    assert joined(found, Modality.ACC)[1].tolist() == [[1000.0, 2000.0, 500_000.0]]


def test_beats_that_a_bridge_stamps_when_their_packet_comes_are_placed_by_their_intervals() -> None:
    items, found = stream(RR), []
    for packet in range(40):
        at = 1.6 * packet + 0.01 * (packet % 3)
        found += taken(items, [[0, 0.8], [0, 0.8]], [100 + at, 100 + at], 100 + at)
    t, rr_ms = joined(found, Modality.RR)
    assert rr_ms.tolist() == pytest.approx([800.0] * 80, rel=1e-6)
    np.testing.assert_allclose(np.diff(t), 0.8, atol=0.012)
    assert not [item for item in found if isinstance(item, Gap)]


@pytest.mark.parametrize("nonsense", [np.nan, 0.0, -0.8, np.inf, 1e30])
def test_what_is_no_interval_is_no_beat(nonsense: float) -> None:
    found = taken(stream(RR), [[0, 0.8], [0, nonsense], [0, 0.8]], [10.0, 10.8, 11.6], 11.7)
    assert joined(found, Modality.RR)[1].tolist() == pytest.approx([800.0, 800.0])


def test_a_new_inlet_begins_with_a_gap_in_every_signal() -> None:
    items = stream(EDA, RR)
    taken(items, [[100.0, 0.8]] * 2, [10.0, 10.8], 10.9)
    items.begin((EDA, RR), 0.0)
    gaps = [item for item in taken(items, [[100.0, 0.8]] * 2, [14.0, 14.8], 14.9) if isinstance(item, Gap)]
    assert [(g.modality, g.reason) for g in gaps] == [(Modality.EDA, Reason.LINK_LOST), (Modality.RR, Reason.LINK_LOST)]
    assert (gaps[0].start_s, gaps[0].end_s) == (10.8, 14.0)
    assert gaps[1].end_s == pytest.approx(13.2)


def test_markers_are_short_and_clean() -> None:
    items = stream()
    texts = [b"stimulus", b"", "ä\u202e<b>".encode(), b"\xff\x00x", b"y" * 100_000]
    batch = Batch(np.array([[text] for text in texts], dtype=object), np.arange(10.0, 15.0))
    markers = list(items.update(batch, offset_s=0.0, arrival=15.0))
    assert all(isinstance(marker, Marker) for marker in markers)
    assert [m.type for m in markers if isinstance(m, Marker)] == ["stimulus", "ä<b>", "\ufffdx", "y" * 32]
    assert {(m.author, m.person) for m in markers if isinstance(m, Marker)} == {("lsl:x", "partner")}


numbers = st.floats(width=32, allow_nan=True, allow_infinity=True)
rows = st.tuples(numbers, numbers, numbers, st.one_of(st.floats(-3, 3), st.floats(allow_nan=True, allow_infinity=True)))


@given(
    st.sampled_from([0.0, 4.0, 130.0]),
    st.lists(st.tuples(st.lists(rows, min_size=1, max_size=9), st.floats(0.001, 2), st.booleans()), max_size=25),
)
def test_whatever_is_sent_gives_items_that_keep_the_contract(
    rate_hz: float, batches: list[tuple[list[tuple[float, float, float, float]], float, bool]]
) -> None:
    signals = EDA, RR, ACC
    items, found, arrival = stream(*signals, rate_hz=rate_hz), [], 1000.0
    for batch, wait_s, is_new in batches:
        arrival += wait_s
        if is_new:
            items.begin(signals, rate_hz)
        found += taken(items, [row[:3] for row in batch], [arrival + row[3] for row in batch], arrival)
    for modality in (Modality.EDA, Modality.RR, Modality.ACC):
        of_it = [i for i in found if isinstance(i, Chunk | Gap) and i.modality is modality]
        chunks = [item for item in of_it if isinstance(item, Chunk)]
        t = [t for chunk in chunks for t in chunk.t.tolist()]
        assert all(a < b for a, b in pairwise(t))
        assert all(chunk.arrival >= chunk.t[-1] for chunk in chunks)
        assert all(a.arrival <= b.arrival for a, b in pairwise(chunks))
        assert all(np.all(np.isfinite(chunk.values) | np.isnan(chunk.values)) for chunk in chunks)
        for gap, following in pairwise(of_it):
            if isinstance(gap, Gap):
                assert isinstance(following, Chunk)
                assert gap.start_s <= gap.end_s <= following.t[0]
