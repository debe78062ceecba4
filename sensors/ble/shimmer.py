# SPDX-License-Identifier: MIT
"""Shimmer3R with its skin conductance board: commands, inquiry, packets, and the amplifier's transfer function.

A packet is 00, a clock of 24 bits (32768 Hz), then the channels in the order of the inquiry. The amplifier measures
through one of four resistors; with automatic range each reading says by its two upper bits which one.

Law: any bytes parse or raise `SensorError(BAD_PACKET)`; the framer never raises and gives the same packets however its
input is cut; what the encoders write, the decoders give back.

Notes
-----
Checked against Shimmer's public web SDK and firmware (channel widths, inquiry, transfer function, range switching).
As there, a reading below 683 counts is an open circuit and is given as the least conductance of the highest range, on
whatever range it came. The SDK's clamping to the window of a fixed range is left out: a reading beyond it is still one.
A channel of unknown width is refused, where the SDK guesses 2 bytes and shifts what follows. `TX` indicates (each value
is confirmed); newer modules notify the same bytes on `RX` too, which only matters for streams far faster than this one.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from dsp.codes import Reason
from dsp.stream import FloatArray
from sensors.ble.framing import FrameFinder
from sensors.source import SensorError

SERVICE = "65333333-a115-11e2-9e9a-0800200ca100"
RX = "65333333-a115-11e2-9e9a-0800200ca102"
TX = "65333333-a115-11e2-9e9a-0800200ca101"

INQUIRY = b"\x01"
START = b"\x07"
STOP = b"\x20"
ENABLE_EDA = b"\x08\x04\x00\x00"  # the sensor bitmap, 24 bits
CLOCK_HZ = 32768
CLOCK_WRAP = 1 << 24
AUTO_RANGE = 4

_INQUIRY_REPLY = 0x02
_PACKET = 0x00
_EDA = 0x1C
_HEAD = struct.Struct("<BH7sBB")
_MAX_CHANNELS = 32  # no Shimmer comes close; more is a stray byte
_IN_A_ROW = 3
_MAX_SKIP = 4  # packets lost at once that still count as the same alignment
_TOLERANCE = 0.1  # of the spacing of two packets

# Channel number -> bytes in a packet (Shimmer3R).
_WIDTHS = dict.fromkeys(range(0x27), 2) | dict.fromkeys((0x1D, 0x20), 1)
_WIDTHS |= dict.fromkeys((0x1A, 0x1B, 0x1E, 0x1F, 0x21, 0x22), 3)

_RESISTORS_KOHM = np.array([40.2, 287.0, 1000.0, 3300.0])
_V_PER_COUNT = 3.0 / 4095
_V_REFERENCE = 0.5
_OPEN_BELOW = 683  # counts: the amplifier's output is at its reference
# Where the firmware leaves each range: below the first for the next higher resistor, above the second for the lower.
_STAY = ((1120, 4095), (1490, 3960), (1630, 3700), (0, 3930))


class Reply(IntEnum):
    """How a command is answered before its own reply."""

    NACK = 0xFE
    ACK = 0xFF


@dataclass(frozen=True, slots=True)
class Inquiry:
    """How the device is set up.

    Parameters
    ----------
    ticks : int
        Ticks of its clock from sample to sample, 1 to 65535.
    channels : tuple of int
        Numbers of the channels in a packet, in their order.
    config : bytes
        The seven bytes of its configuration.
    """

    ticks: int
    channels: tuple[int, ...]
    config: bytes = bytes(7)

    def __post_init__(self) -> None:
        if not 1 <= self.ticks <= 0xFFFF:
            raise ValueError(f"ticks must be 1 to 65535, not {self.ticks}")
        if unknown := [f"{c:02x}" for c in self.channels if c not in _WIDTHS]:
            raise ValueError(f"channels must be known ones, not {', '.join(unknown)}")
        if len(self.config) != 7 or len(self.channels) > _MAX_CHANNELS:
            raise ValueError(f"config must have 7 bytes, not {len(self.config)}, and channels be at most 32")

    @property
    def rate_hz(self) -> float:
        """The sampling rate."""
        return CLOCK_HZ / self.ticks

    @property
    def packet_bytes(self) -> int:
        """The length of a packet."""
        return 4 + sum(_WIDTHS[c] for c in self.channels)

    @property
    def eda_at(self) -> int | None:
        """Where the skin conductance lies in a packet; None where it is not sampled."""
        if _EDA not in self.channels:
            return None
        return 4 + sum(_WIDTHS[c] for c in self.channels[: self.channels.index(_EDA)])


@dataclass(frozen=True, slots=True)
class Packet:
    """One sample: the device's clock (24 bits), the raw reading with its range, and packets missing before it."""

    clock: int
    eda_raw: int
    lost: int = 0


def rate_command(rate_hz: float) -> bytes:
    """Write the command that sets the sampling rate, 0.5 to 32768 Hz (as near as the clock's divider comes)."""
    ticks = round(CLOCK_HZ / rate_hz) if rate_hz > 0 else 0
    if not 1 <= ticks <= 0xFFFF:
        raise ValueError(f"rate_hz must be 0.5 to 32768, not {rate_hz}")
    return struct.pack("<BH", 0x05, ticks)


def range_command(setting: int = AUTO_RANGE) -> bytes:
    """Write the command that sets the range: 0 to 3, or 4 for automatic."""
    if not 0 <= setting <= AUTO_RANGE:
        raise ValueError(f"setting must be 0 to 4, not {setting}")
    return bytes((0x21, setting))


def decode_inquiry(data: bytes) -> Inquiry:
    """Read the reply to `INQUIRY`.

    Raises
    ------
    SensorError
        When it breaks off, its rate is 0, or a channel's width is not known.
    """
    if len(data) < _HEAD.size:
        raise _bad(f"the reply to an inquiry has at least {_HEAD.size} bytes, not {len(data)}")
    code, ticks, config, count, _ = _HEAD.unpack_from(data)
    channels = tuple(data[_HEAD.size :])
    if code != _INQUIRY_REPLY or len(channels) != count:
        raise _bad(f"the reply to an inquiry starts with 02 and lists {count} channels, not '{data.hex()}'")
    try:
        return Inquiry(ticks, channels, config)
    except ValueError as error:
        raise _bad(f"the reply to an inquiry makes no sense: {error}") from error


def encode_inquiry(inquiry: Inquiry) -> bytes:
    """Write the reply to `INQUIRY`."""
    head = _HEAD.pack(_INQUIRY_REPLY, inquiry.ticks, inquiry.config, len(inquiry.channels), 1)
    return head + bytes(inquiry.channels)


def encode_packet(packet: Packet, inquiry: Inquiry) -> bytes:
    """Write a packet as a device does; channels other than skin conductance are 0."""
    data = bytearray(inquiry.packet_bytes)
    data[1:4] = packet.clock.to_bytes(3, "little")
    if (at := inquiry.eda_at) is not None:
        data[at : at + 2] = packet.eda_raw.to_bytes(2, "little")
    return bytes(data)


class Replies:
    """Reads what comes before the stream: `feed` what arrived, get the answers that it completes."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> tuple[Reply | Inquiry, ...]:
        """Take the next bytes; those that start no answer are skipped.

        Raises
        ------
        SensorError
            For the reply to an inquiry that cannot be used.
        """
        self._buffer += data
        replies: list[Reply | Inquiry] = []
        while self._buffer and len(self._buffer) >= (size := _reply_bytes(self._buffer)):
            reply, self._buffer = self._buffer[:size], self._buffer[size:]
            if size > 1:
                replies.append(decode_inquiry(reply))
            elif reply[0] >= Reply.NACK:
                replies.append(Reply(reply[0]))
        return tuple(replies)


class Framer:
    """Finds the packets in the stream: `feed` what arrived, get the packets that it completes.

    Parameters
    ----------
    inquiry : Inquiry
        How the device is set up; skin conductance must be among its channels.
    """

    def __init__(self, inquiry: Inquiry) -> None:
        if inquiry.eda_at is None:
            raise ValueError(f"skin conductance (1c) must be among the channels, not only {inquiry.channels}")
        self._ticks = inquiry.ticks
        self._eda_at = inquiry.eda_at
        self._clock: int | None = None
        self._finder = FrameFinder(
            inquiry.packet_bytes,
            in_a_row=_IN_A_ROW,
            is_frame=lambda data: data[0] == _PACKET,
            is_next=self._is_near,
            can_follow=self._is_near,
        )

    def feed(self, data: bytes) -> tuple[Packet, ...]:
        """Take the next bytes of the stream; bytes that belong to no packet are skipped."""
        return tuple(self._counted(packet) for packet in self._finder.feed(data))

    def _is_near(self, before: bytes, after: bytes) -> bool:
        """Tell whether the clocks of two packets lie a few whole spacings apart."""
        spacings = (_clock(after) - _clock(before)) % CLOCK_WRAP / self._ticks
        return 0 < round(spacings) <= _MAX_SKIP and abs(spacings - round(spacings)) <= _TOLERANCE

    def _counted(self, data: bytes) -> Packet:
        clock = _clock(data)
        steps = 1 if self._clock is None else round((clock - self._clock) % CLOCK_WRAP / self._ticks)
        self._clock = clock
        return Packet(clock, int.from_bytes(data[self._eda_at : self._eda_at + 2], "little"), max(steps - 1, 0))


def microsiemens(raw: npt.ArrayLike) -> FloatArray:
    """Give the skin conductance of raw readings (16 bits: the range in the upper two, the counts in the lower 12)."""
    words = np.asarray(raw, np.int64)
    counts = words & 0xFFF
    is_open = counts < _OPEN_BELOW
    resistor_kohm = np.where(is_open, _RESISTORS_KOHM[-1], _RESISTORS_KOHM[words >> 14 & 0x3])
    volt = np.maximum(counts, _OPEN_BELOW) * _V_PER_COUNT
    return np.asarray(1000.0 * (volt / _V_REFERENCE - 1.0) / resistor_kohm)


def reading(conductance: float, resistor: int) -> int:
    """Give the raw reading of a skin conductance in microsiemens through one of the resistors, as a device does."""
    volt = _V_REFERENCE * (1.0 + conductance * float(_RESISTORS_KOHM[resistor]) / 1000.0)
    return resistor << 14 | min(max(round(volt / _V_PER_COUNT), 0), 0xFFF)


def next_resistor(raw: int) -> int:
    """Give the resistor for the next sample, as the firmware's automatic range switches it."""
    resistor, counts = raw >> 14 & 0x3, raw & 0xFFF
    low, high = _STAY[resistor]
    return resistor + 1 if counts < low else resistor - 1 if counts > high else resistor


def _reply_bytes(buffer: bytes) -> int:
    """Give the length of the answer that starts here; 1 for a byte that stands alone or is to be skipped."""
    if buffer[0] != _INQUIRY_REPLY:
        return 1
    if len(buffer) < _HEAD.size:
        return _HEAD.size
    count = buffer[_HEAD.size - 2]
    return _HEAD.size + count if count <= _MAX_CHANNELS else 1


def _clock(packet: bytes) -> int:
    return int.from_bytes(packet[1:4], "little")


def _bad(sentence: str) -> SensorError:
    return SensorError(Reason.BAD_PACKET, sentence)
