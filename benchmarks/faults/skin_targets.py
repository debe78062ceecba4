# SPDX-License-Identifier: MIT
"""The decoders of skin conductance devices, and what may come out of them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.faults.target import Feed, Target, each_alone
from dsp.codes import Modality
from sensors.ble import bitalino, shimmer
from sensors.ble.profile import PROFILES
from sensors.ble.profile_frames import ProfileFrame, decode_frame, encode_frame, lost_between, splitter
from sensors.ble.profile_model import DeviceProfile

_EDA = 0x1C
_SETUPS = (  # of a Shimmer: alone at 51.2 Hz, and among channels of every width at 128 Hz
    shimmer.Inquiry(640, (_EDA,)),
    shimmer.Inquiry(256, (0x00, 0x1D, _EDA, 0x1A)),
)
_NOTIFIED = 20  # bytes

_SHIPPED = PROFILES.read_folders([Path(__file__).parents[2] / "resources" / "devices"]).found
_DECLARED = """
name = "test"
match = { service = "ffe0" }
link = { notify = "ffe1" }
FRAMING
[[signal]]
modality = "eda"
unit = "kohm"
rate_hz = 10
range = [0, 100]
FIELDS
"""


def _cut_anywhere(
    open_framer: Callable[[], Callable[[bytes], Sequence[object]]], check: Callable[[object], None]
) -> Feed:
    """Feed two framers, one of them in two halves: both must find the same."""
    whole, halved = open_framer(), open_framer()

    def feed(data: bytes) -> int:
        found = whole(data)
        assert [*found] == [*halved(data[: len(data) // 2]), *halved(data[len(data) // 2 :])]
        for frame in found:
            check(frame)
        return len(found)

    return feed


def _check_bitalino(frame: object) -> None:
    assert isinstance(frame, bitalino.Frame)
    assert bitalino.decode_frame(bitalino.encode_frame(frame), len(frame.analog)).analog == frame.analog
    assert 0 <= frame.lost < 16
    for board in bitalino.EdaBoard:
        conductance = bitalino.microsiemens(frame.analog[0], board=board)
        assert 0.0 <= conductance < 1100.0


def _bitalino(channels: int) -> Target:
    frames = [bitalino.Frame(k % 16, k % 16, tuple(range(k % 64, k % 64 + channels))) for k in range(48)]
    stream = b"".join(map(bitalino.encode_frame, frames))
    name = f"BITalino stream, {channels} channel{'s' * (channels > 1)}"
    framer = partial(bitalino.Framer, channels)
    return Target(name, _cut(stream), lambda: _cut_anywhere(lambda: framer().feed, _check_bitalino), share=1 / 6)


def _check_bitalino_frame(data: bytes) -> int:
    return len(bitalino.decode_frame(data, 2).analog)


def _check_version(data: bytes) -> int:
    return len(bitalino.decode_version(data))


def _check_shimmer(packet: object) -> None:
    assert isinstance(packet, shimmer.Packet)
    assert packet.lost >= 0
    assert 0 <= packet.clock < shimmer.CLOCK_WRAP
    conductance = shimmer.microsiemens(packet.eda_raw)
    assert np.isfinite(conductance)
    assert conductance > 0


def _shimmer(setup: shimmer.Inquiry) -> Target:
    clocks = [k * setup.ticks % shimmer.CLOCK_WRAP for k in range(60)]
    stream = b"".join(shimmer.encode_packet(shimmer.Packet(clock, clock % 65536), setup) for clock in clocks)
    name = f"Shimmer stream, {len(setup.channels)} channel{'s' * (len(setup.channels) > 1)}"
    framer = partial(shimmer.Framer, setup)
    return Target(name, _cut(stream), lambda: _cut_anywhere(lambda: framer().feed, _check_shimmer), share=1 / 2)


def _check_inquiry(data: bytes) -> int:
    inquiry = shimmer.decode_inquiry(data)
    assert shimmer.decode_inquiry(shimmer.encode_inquiry(inquiry)) == inquiry
    assert 0.5 <= inquiry.rate_hz <= shimmer.CLOCK_HZ
    return 1


def _replies() -> Feed:
    replies = shimmer.Replies()
    return lambda data: len(replies.feed(data))


def _profile_link(profile: DeviceProfile) -> Feed:
    """Cut the notifications of a declared device into frames, and read each."""
    split, before = splitter(profile), None

    def feed(data: bytes) -> int:
        nonlocal before
        frames = split(data)
        for frame in frames:
            read = decode_frame(profile, frame)
            _check_values(profile, read)
            assert before is None or lost_between(profile, before, read) >= 0
            before = read
        return len(frames)

    return feed


def _check_values(profile: DeviceProfile, frame: ProfileFrame) -> None:
    for signal, samples in zip(profile.signal, frame.samples, strict=True):
        low, high = signal.range
        values = samples.values
        assert len(values) == len(samples.raw) == signal.samples
        assert (np.isnan(values) | ((low <= values) & (values <= high))).all(), f"{values} outside {signal.range}"


def _profile(name: str, profile: DeviceProfile) -> Target:
    signals = {Modality(signal.modality): signal for signal in profile.signal}
    true = [
        encode_frame(
            profile,
            {m: np.full((s.samples, len(s.fields)), 2.0 + k) for m, s in signals.items()},
            sequence=k,
            timestamp=1000 * k,
        )
        for k in range(40)
    ]
    return Target(f"declared device, {name}", tuple(true), partial(_profile_link, profile), share=1 / 5)


def _declared(framing: str, fields: str) -> DeviceProfile:
    return PROFILES.parse(_DECLARED.replace("FRAMING", framing).replace("FIELDS", fields).encode(), "test.toml")


def _cut(stream: bytes) -> tuple[bytes, ...]:
    return tuple(stream[at : at + _NOTIFIED] for at in range(0, len(stream), _NOTIFIED))


_PROFILES = {
    "lines of text": _SHIPPED["nordic_uart_eda"],
    "one frame a notification": _SHIPPED["own_gatt_eda"],
    "fixed length with a sequence": _declared(
        'framing = { kind = "fixed", length = 4 }\nsequence = { offset = 0, type = "u8" }',
        'fields = [{ offset = 1, type = "u16" }]',
    ),
    "floats up to a delimiter": _declared(
        'framing = { kind = "delimiter", delimiter = "0d0a" }', 'fields = [{ offset = 0, type = "f32" }]'
    ),
    "a divider of big-endian counts": _declared(
        "",
        'fields = [{ offset = 0, type = "i24", endian = "big" }]\n'
        'divider = { full_scale = 8388607, reference_kohm = 100, skin = "lower" }',
    ),
}

TARGETS = (
    *map(_bitalino, range(1, 7)),
    Target(
        "BITalino frame", (bitalino.encode_frame(bitalino.Frame(3, 5, (512, 7))),), each_alone(_check_bitalino_frame)
    ),
    Target("BITalino version", (bitalino.encode_version(5, 1),), each_alone(_check_version)),
    *map(_shimmer, _SETUPS),
    Target("Shimmer inquiry", tuple(map(shimmer.encode_inquiry, _SETUPS)), each_alone(_check_inquiry)),
    Target("Shimmer replies", (b"\xff", *map(shimmer.encode_inquiry, _SETUPS), b"\xfe"), _replies),
    *(_profile(name, profile) for name, profile in _PROFILES.items()),
)
