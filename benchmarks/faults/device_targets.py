# SPDX-License-Identifier: MIT
"""Whole devices under fire: from what is notified, through their life on the link, to the items that leave them."""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np

import resources
from benchmarks.faults import heart_targets, polar_targets, skin_targets
from benchmarks.faults.target import Feed, Target
from dsp.codes import Modality
from dsp.stream import Chunk, Gap, Item
from sensors.ble import shimmer
from sensors.ble.bitalino_device import Bitalino
from sensors.ble.device import Device
from sensors.ble.life import Life
from sensors.ble.link import Link
from sensors.ble.polar_pmd import Measurement
from sensors.ble.polar_streams import PolarStreams
from sensors.ble.profile import PROFILES
from sensors.ble.profile_device import ProfileDevice
from sensors.ble.radio import Radio
from sensors.ble.shimmer_device import Shimmer
from sensors.ble.strap import Strap

_SOURCE, _PERSON = "ble:device", "client"
_WITHIN = {
    Modality.RR: (0.0, 65_535.0),
    Modality.HR: (0.0, 65_535.0),
    Modality.EDA: (0.0, 1100.0),
}  # that bytes can say
_RATES_HZ = {Measurement.ECG: 130.0, Measurement.ACC: 200.0, Measurement.PPG: 55.0, Measurement.PPI: 1.0}

_ALONE = shimmer.Inquiry(640, (0x1C,))  # a Shimmer with nothing but skin conductance, at 51.2 Hz

Answers = Callable[[bytes], Iterable[bytes]]


class _Wire:
    """The link that a device sees: it answers commands, and hands over what is notified."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.hear: Callable[[bytes], None] = lambda _data: None

    async def write(self, _service: str, _characteristic: str, data: bytes) -> None:
        for answer in self._answers(data):
            self.hear(answer)

    async def subscribe(self, _service: str, _characteristic: str, on_data: Callable[[bytes], None]) -> None:
        self.hear = on_data


def _link(make: Callable[[str, str], Device], answers: Answers) -> Callable[[], Feed]:
    """Connect a device, and give what takes its notifications."""

    def connect() -> Feed:
        items: list[Item] = []
        now = 0.0
        life = Life(
            name=_SOURCE,
            address="device",
            person=_PERSON,
            clock=lambda: now,
            radio=Radio(),
            kinds=(),
            emit=items.append,
        )
        wire = _Wire(answers)
        asyncio.run(make(_SOURCE, _PERSON).begin(cast(Link, wire), life))
        check = _Check()

        def feed(data: bytes) -> int:
            nonlocal now
            now += data[-1] / 100.0 if data else 1.0  # the last byte says how long it was on its way
            items.clear()
            wire.hear(data)
            return check.all_of(items, now)

        return feed

    return connect


class _Check:
    """Whatever leaves a device: in order of time, never later than it arrived, and of a size that can be."""

    def __init__(self) -> None:
        self._newest: dict[Modality, float] = {}

    def all_of(self, items: Iterable[Item], now: float) -> int:
        return sum(self._one(item, now) for item in items)

    def _one(self, item: Item, now: float) -> int:
        if isinstance(item, Gap):
            assert item.start_s <= item.end_s <= now
        if not isinstance(item, Chunk):
            return 0
        assert len(item.t) > 0
        assert np.isfinite(item.t).all()
        assert self._newest.get(item.modality, -np.inf) <= item.t[0]
        assert (np.diff(item.t) >= 0).all()
        assert item.t[-1] <= now == item.arrival
        self._newest[item.modality] = float(item.t[-1])
        low, high = _WITHIN.get(item.modality, (-np.inf, np.inf))
        assert (np.isnan(item.values) | ((low <= item.values) & (item.values <= high))).all()
        return len(item.t)


def _says_nothing(_command: bytes) -> tuple[bytes, ...]:
    return ()


def _as_a_shimmer(command: bytes) -> tuple[bytes, ...]:
    acknowledged = b"\xff"
    if command == shimmer.INQUIRY:
        return (acknowledged, shimmer.encode_inquiry(_ALONE))
    return (acknowledged,)


def _polar_streams() -> Feed:
    """Follow every measurement of a Polar at once."""
    streams, check, now = PolarStreams(_SOURCE, _PERSON), _Check(), 0.0
    for measurement, rate_hz in _RATES_HZ.items():
        streams.start(measurement, rate_hz)

    def feed(data: bytes) -> int:
        nonlocal now
        now += data[-1] / 100.0 if data else 1.0
        return check.all_of(list(streams.update(data, now)), now)

    return feed


def _sent_to(name: str) -> tuple[bytes, ...]:
    """Give what the target of that name is truly sent."""
    known = (*heart_targets.TARGETS, *polar_targets.TARGETS, *skin_targets.TARGETS)
    return next(target.true for target in known if target.name == name)


_DECLARED = {"lines of text": "nordic_uart_eda", "one frame a notification": "own_gatt_eda"}
_SHIPPED = PROFILES.read_folders([Path(resources.__file__ or ".").parent / "devices"]).found

TARGETS = (
    Target("strap, as a device", _sent_to("heart rate (0x2A37)"), _link(Strap, _says_nothing)),
    Target(
        "Polar measurements, as streams",
        _sent_to("Polar data, every layout, on the session clock"),
        _polar_streams,
    ),
    Target("BITalino, as a device", _sent_to("BITalino stream, 1 channel"), _link(Bitalino, _says_nothing)),
    Target("Shimmer, as a device", _sent_to("Shimmer stream, 1 channel"), _link(Shimmer, _as_a_shimmer)),
    *(
        Target(
            f"declared device, {name}, as a device",
            _sent_to(f"declared device, {name}"),
            _link(partial(ProfileDevice, profile=_SHIPPED[profile]), _says_nothing),
            share=1 / len(_DECLARED),
        )
        for name, profile in _DECLARED.items()
    ),
)
