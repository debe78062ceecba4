# SPDX-License-Identifier: MIT
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, NoticeCode, Reason
from dsp.stream import Chunk, Gap, Item, Notice
from sensors.ble.gatt import HeartRateMeasurement, encode_heart_rate
from sensors.ble.packets import HeartRatePackets


def packets() -> HeartRatePackets:
    return HeartRatePackets("ble:test", "client")


def packet(hr_bpm: int = 60, rr_1024: tuple[int, ...] = (), contact: bool | None = None) -> bytes:
    return encode_heart_rate(HeartRateMeasurement(hr_bpm, contact, None, rr_1024))


def chunks(items: tuple[Item, ...], modality: Modality) -> list[Chunk]:
    return [i for i in items if isinstance(i, Chunk) and i.modality is modality]


def notices(items: tuple[Item, ...]) -> list[Notice]:
    return [i for i in items if isinstance(i, Notice)]


def gaps(items: tuple[Item, ...]) -> list[Gap]:
    return [i for i in items if isinstance(i, Gap)]


def test_a_packet_is_a_rate_and_its_intervals_unrounded() -> None:
    hr, rr = packets().update(packet(61, (1003, 999)), 10.0)
    assert isinstance(hr, Chunk)
    assert isinstance(rr, Chunk)
    assert (hr.modality, list(hr.t), list(hr.values), hr.arrival) == (Modality.HR, [10.0], [61.0], 10.0)
    assert (rr.modality, list(rr.values)) == (Modality.RR, [1003 * 1000 / 1024, 999 * 1000 / 1024])
    assert list(rr.t) == [10.0 - 999 / 1024, 10.0]
    assert {i.source for i in (hr, rr)} == {"ble:test"}
    assert {i.person for i in (hr, rr)} == {"client"}


def test_packets_are_numbered_also_when_they_are_bad() -> None:
    strap = packets()
    stamps = [chunks(strap.update(data, t), Modality.HR) for t, data in enumerate((packet(), b"", packet(61)))]
    assert [[c.device_stamp for c in found] for found in stamps] == [[1], [], [3]]


def test_a_rate_of_zero_and_an_interval_of_zero_are_no_samples() -> None:
    assert packets().update(packet(0, (0, 0)), 1.0) == ()
    items = packets().update(packet(60, (0, 1024)), 1.0)
    assert [list(c.values) for c in chunks(items, Modality.RR)] == [[1000.0]]


def test_the_same_bytes_within_20_ms_are_one_packet_and_later_they_are_two() -> None:
    strap = packets()
    data = packet(60, (1024,))
    assert len(strap.update(data, 1.0)) == 2
    assert strap.update(data, 1.001) == ()
    assert strap.update(data, 1.019) == ()
    assert len(strap.update(data, 2.0)) == 2


def test_two_packets_at_once_with_other_bytes_are_both_taken() -> None:
    strap = packets()
    strap.update(packet(60, (1024,)), 1.0)
    assert len(chunks(strap.update(packet(60, (1025,)), 1.001), Modality.RR)) == 1


def test_contact_is_told_when_it_changes() -> None:
    strap = packets()
    seen = [
        [dict(n.values) for n in notices(strap.update(packet(60 + t, contact=contact), t))]
        for t, contact in enumerate((True, True, False, False, True, None))
    ]
    assert seen == [[{"on": True}], [], [{"on": False}], [], [{"on": True}], []]


def test_beats_after_lost_skin_follow_a_gap_that_says_so() -> None:
    strap = packets()
    strap.update(packet(60, (1024,), contact=True), 1.0)
    strap.update(packet(0, contact=False), 2.0)
    items = strap.update(packet(60, (512,), contact=True), 3.0)
    assert gaps(items) == [
        Gap(1.0, 3.0, Reason.NO_CONTACT, "ble:test", "client", Modality.HR),
        Gap(1.0, 2.5, Reason.NO_CONTACT, "ble:test", "client", Modality.RR),
    ]


def test_a_rate_that_is_repeated_off_the_skin_is_no_reading_and_leaves_a_gap() -> None:
    strap = packets()
    strap.update(packet(60, (1024,), contact=True), 1.0)
    off = [item for t in (2.0, 3.0) for item in strap.update(packet(60, contact=False), t)]
    assert [item for item in off if isinstance(item, Chunk)] == []
    (rate_gap,) = [g for g in gaps(strap.update(packet(60, contact=True), 4.0)) if g.modality is Modality.HR]
    assert (rate_gap.start_s, rate_gap.end_s, rate_gap.reason) == (1.0, 4.0, Reason.NO_CONTACT)


def test_intervals_that_come_without_contact_are_kept_and_break_nothing() -> None:
    strap = packets()
    strap.update(packet(60, (1024,), contact=True), 1.0)
    items = strap.update(packet(60, (1024,), contact=False), 2.0)
    assert len(chunks(items, Modality.RR)) == 1
    assert gaps(strap.update(packet(60, (1024,), contact=True), 3.0)) == []


def test_lost_beats_are_a_gap() -> None:
    strap = packets()
    for k in range(1, 6):
        strap.update(packet(60, (1024,)), float(k))
    assert gaps(strap.update(packet(60, (1024,)), 9.0)) == [
        Gap(5.0, 8.0, Reason.BEATS_LOST, "ble:test", "client", Modality.RR)
    ]


def test_a_dropped_link_is_a_gap_of_rate_and_of_intervals() -> None:
    strap = packets()
    strap.update(packet(60, (1024,)), 1.0)
    strap.update(packet(60), 2.0)
    strap.drop_link()
    first, second = strap.update(packet(60), 5.0), strap.update(packet(60, (1024,)), 6.0)
    assert gaps(first) == [Gap(2.0, 5.0, Reason.LINK_LOST, "ble:test", "client", Modality.HR)]
    assert gaps(second) == [Gap(1.0, 5.0, Reason.LINK_LOST, "ble:test", "client", Modality.RR)]


def test_nothing_is_missing_before_the_first_packet() -> None:
    strap = packets()
    strap.drop_link()
    assert gaps(strap.update(packet(60, (1024,)), 1.0)) == []


def test_bad_packets_are_told_once_a_run() -> None:
    strap = packets()
    told = [notices(strap.update(data, float(t))) for t, data in enumerate((b"", b"\x01", packet(), b"\x08\x3c"))]
    assert [[(n.code, dict(n.values)) for n in found] for found in told] == [
        [(NoticeCode.BAD_PACKET, {"hex": ""})],
        [],
        [],
        [(NoticeCode.BAD_PACKET, {"hex": "083c"})],
    ]


def test_a_strap_that_sends_no_intervals_is_told_after_ten_seconds_and_once() -> None:
    strap = packets()
    told = [t for t in range(40) if notices(strap.update(packet(60 + t % 2), float(t)))]
    assert told == [10]


def test_a_strap_with_a_slow_heart_is_not_taken_for_one_without_intervals() -> None:
    strap = packets()
    items = [strap.update(packet(30 + t % 2, (2048,) if t % 2 else ()), float(t)) for t in range(40)]
    assert not any(notices(found) for found in items)


wire = st.binary(max_size=24) | st.builds(
    packet, st.integers(0, 300), st.lists(st.integers(0, 0xFFFF), max_size=4).map(tuple), st.none() | st.booleans()
)


@given(st.lists(st.tuples(st.floats(0, 20), wire, st.booleans()), max_size=40))
def test_any_bytes_give_ordered_finite_items_and_never_raise(feed: list[tuple[float, bytes, bool]]) -> None:
    strap, arrival, before = packets(), 0.0, -math.inf
    for wait_s, data, is_dropped in feed:
        if is_dropped:
            strap.drop_link()
        arrival += wait_s
        for chunk in (i for i in strap.update(data, arrival) if isinstance(i, Chunk)):
            assert np.all(np.isfinite(chunk.values))
            assert np.all(chunk.values > 0)
            if chunk.modality is Modality.RR:
                assert before <= chunk.t[0]
                assert np.all(np.diff(chunk.t) >= 0)
                assert chunk.t[-1] <= arrival
                before = float(chunk.t[-1])
