# SPDX-License-Identifier: MIT
"""The decoders of heart rate straps, and what may come out of them."""

import numpy as np

from benchmarks.faults.target import Feed, Target, each_alone
from dsp.codes import Modality, Verdict
from dsp.heart.rr import RrVerdicts
from dsp.stream import CLIENT, Chunk, Gap, Item
from sensors.ble.gatt import (
    BodyLocation,
    HeartRateMeasurement,
    decode_battery,
    decode_body_location,
    decode_heart_rate,
    encode_heart_rate,
)
from sensors.ble.packets import HeartRatePackets

_NN_MS = (300.0, 2000.0)
_DROPS = b"\xff"  # a packet that starts so stands for a link that was lost before it

_BEATS = tuple(
    encode_heart_rate(m)
    for m in (
        HeartRateMeasurement(60, rr_1024=(1024,)),
        HeartRateMeasurement(61, contact=True, rr_1024=(1010, 1003)),
        HeartRateMeasurement(72, contact=False),
        HeartRateMeasurement(300, energy_kj=7, rr_1024=(205, 204, 206)),
        HeartRateMeasurement(58, contact=True, energy_kj=0xFFFF, rr_1024=(1060,)),
        HeartRateMeasurement(0),
    )
)


def _check_rate(data: bytes) -> int:
    measurement = decode_heart_rate(data)
    assert decode_heart_rate(encode_heart_rate(measurement)) == measurement
    return 1


def _check_battery(data: bytes) -> int:
    assert 0 <= decode_battery(data) <= 100
    return 1


def _check_location(data: bytes) -> int:
    assert decode_body_location(data) in BodyLocation
    return 1


def _strap() -> Feed:
    """Follow a strap from its packets to the verdicts, through drops of the link."""
    packets, verdicts = HeartRatePackets("ble:strap", CLIENT), RrVerdicts()
    now, newest = 0.0, -np.inf

    def feed(data: bytes) -> int:
        nonlocal now, newest
        if data.startswith(_DROPS):
            packets.drop_link()
        now += data[-1] / 100.0 if data else 1.0  # the last byte says how long the packet was on its way
        items = packets.update(data, now)
        for item in items:
            if isinstance(item, Chunk) and item.modality is Modality.RR:
                assert item.t[0] >= newest, "a beat before the one ahead of it"
                newest = item.t[-1]
            _check_item(item, now)
            _check_verdicts(verdicts, item)
        return len(items)

    return feed


def _check_item(item: Item, now: float) -> None:
    if isinstance(item, Gap):
        assert item.start_s <= item.end_s <= now
    if isinstance(item, Chunk):
        assert np.isfinite(item.values).all()
        assert (item.values > 0).all()
        assert (np.diff(item.t) >= 0).all()
        assert item.t[-1] <= now


def _check_verdicts(verdicts: RrVerdicts, item: Item) -> None:
    for beat in verdicts.update(item):
        assert (beat.nn_ms is not None) == (beat.verdict is Verdict.NORMAL)
        assert beat.nn_ms is None or _NN_MS[0] <= beat.nn_ms <= _NN_MS[1], f"an NN of {beat.nn_ms} ms"


TARGETS = (
    Target("heart rate (0x2A37)", _BEATS, each_alone(_check_rate)),
    Target("battery (0x2A19)", (b"\x64", b"\x00"), each_alone(_check_battery)),
    Target("place on the body (0x2A38)", (b"\x01", b"\x06"), each_alone(_check_location)),
    Target("a strap, from its packets to the verdicts", _BEATS, _strap),
)
