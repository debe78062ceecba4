# SPDX-License-Identifier: MIT
"""BITalino over Bluetooth Low Energy: commands, frames, and the framing of a byte stream cut into notifications.

A frame holds one sample of each active channel, low bytes first; its last byte is a sequence number (mod 16) and a
CRC of 4 bits. The notifications of 20 bytes cut the frames anywhere.

Law: any bytes parse or raise `SensorError(BAD_PACKET)`; the framer never raises, and gives the same frames however its
input is cut; what the encoder writes, the decoder gives back.

Notes
-----
Checked against PLUX's public Python interface and firmware (r)evolution (frame, CRC, commands) and data sheets: EDA
(r)evolution 0 to 25 microsiemens at 3.3 V; EDA 080115 (2015), R in megohm = 1 - ADC/2^n. Channels 5 and 6 carry the
upper 6 of their 10 bits. The CRC passes 1 of 16 wrong positions, so the framer takes a frame only when its number
follows, or when it is the first of four in a row (by chance: 2^-16); 16 or more frames lost at once count modulo 16.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from dsp.codes import Reason
from dsp.stream import FloatArray
from sensors.ble.framing import FrameFinder
from sensors.source import SensorError

IntArray = npt.NDArray[np.int64]

SERVICE = "c566488a-0882-4e1b-a6d0-0b717e652234"
COMMANDS = "4051eb11-bf0a-4c74-8730-a48f4193fcea"
FRAMES = "40fdba6b-672e-47c4-808a-e529adff3633"

RATES_HZ = (1, 10, 100, 1000)
STOP = b"\x00"
VERSION = b"\x07"

_PORTS = range(1, 7)
_WIDTHS = (10, 10, 10, 10, 6, 6)  # bits of the channels, in the order in which they are active
_IN_A_ROW = 4
_MODULO = 16
_VCC = 3.3  # volt
_EDA_GAIN = 0.132  # volt per microsiemens
_TIMES_X4 = (0, 3, 6, 5, 12, 15, 10, 9, 11, 8, 13, 14, 7, 4, 1, 2)  # nibble x^4 modulo x^4 + x + 1
_VERSION = re.compile(rb"BITalino.{0,2}[vV](\d{1,2})\.(\d{1,2})")


class EdaBoard(StrEnum):
    """Which EDA sensor sits on the board; it decides the transfer function."""

    REVOLUTION = "revolution"
    Y2015 = "2015"


@dataclass(frozen=True, slots=True)
class Frame:
    """One sample of each active channel.

    Parameters
    ----------
    sequence : int
        Running number, 0 to 15.
    digital : int
        The four digital lines I1 I2 O1 O2, the first one highest.
    analog : tuple of int
        The active channels in order of their ports, 10 bits (the fifth and sixth: 6 bits).
    lost : int
        How many frames are missing before this one, as far as the number tells (modulo 16).
    """

    sequence: int
    digital: int
    analog: tuple[int, ...]
    lost: int = 0


def rate_command(rate_hz: int) -> bytes:
    """Write the command that sets the sampling rate: 1, 10, 100 or 1000 Hz."""
    if rate_hz not in RATES_HZ:
        raise ValueError(f"rate_hz must be one of {RATES_HZ}, not {rate_hz}")
    return bytes((RATES_HZ.index(rate_hz) << 6 | 0x03,))


def start_command(ports: Iterable[int], *, is_simulated: bool = False) -> bytes:
    """Write the command that starts the ports A1 to A6 given as 1 to 6."""
    wanted = set(ports)
    if not wanted or not wanted <= set(_PORTS):
        raise ValueError(f"ports must be some of 1 to 6, not {sorted(wanted)}")
    return bytes((sum(1 << port + 1 for port in wanted) | (0x02 if is_simulated else 0x01),))


def decode_start(command: bytes) -> tuple[int, ...]:
    """Read from a start command which ports it starts, as a device does; empty for another command."""
    if len(command) != 1 or command[0] & 0x03 not in (0x01, 0x02):
        return ()
    return tuple(port for port in _PORTS if command[0] >> port + 1 & 1)


def decode_version(reply: bytes) -> tuple[int, int]:
    """Read the firmware's version, as it answers to `VERSION`."""
    match = _VERSION.search(reply)
    if match is None:
        raise _bad(f"a version reads 'BITalino_v5.1', not '{reply[:16].hex()}'")
    return int(match[1]), int(match[2])


def encode_version(major: int, minor: int) -> bytes:
    """Write the answer to `VERSION`."""
    return b"BITalino_v%d.%d\n" % (major, minor)


def frame_bytes(channels: int) -> int:
    """Give the length of a frame of 1 to 6 channels."""
    if channels not in _PORTS:
        raise ValueError(f"channels must be 1 to 6, not {channels}")
    return (12 + sum(_WIDTHS[:channels]) + 7) // 8


def crc4(data: Sequence[int]) -> int:
    """Give the CRC (x^4 + x + 1) of a frame whose own CRC bits count as 0."""
    crc = 0
    for byte in data[:-1]:
        crc = _TIMES_X4[_TIMES_X4[crc] ^ byte >> 4] ^ byte & 0x0F
    return _TIMES_X4[_TIMES_X4[crc] ^ data[-1] >> 4]


def decode_frame(data: bytes, channels: int) -> Frame:
    """Read one whole frame.

    Raises
    ------
    SensorError
        When its length or its CRC is wrong.
    """
    if len(data) != frame_bytes(channels):
        raise _bad(f"a frame of {channels} channels has {frame_bytes(channels)} bytes, not {len(data)}")
    if crc4(data) != data[-1] & 0x0F:
        raise _bad(f"the CRC of the frame '{data.hex()}' is {crc4(data)}, and it says {data[-1] & 0x0F}")
    return _frame(data, channels)


def encode_frame(frame: Frame) -> bytes:
    """Write a frame as a device does (`lost` does not travel).

    Raises
    ------
    ValueError
        When a value does not fit in its bits.
    """
    fields = ((frame.sequence, 4), (0, 4), (frame.digital, 4), *zip(frame.analog, _WIDTHS, strict=False))
    if not all(0 <= value < 1 << width for value, width in fields):
        raise ValueError(f"sequence, digital and analog must fit in their bits, not be {frame}")
    number, size = 0, frame_bytes(len(frame.analog))
    for value, width in fields:
        number = number << width | value
    number <<= 8 * size - sum(width for _, width in fields)
    data = bytearray(number.to_bytes(size, "little"))
    data[-1] |= crc4(data)
    return bytes(data)


class Framer:
    """Finds the frames in the stream: `feed` what arrived, get the frames that it completes.

    Parameters
    ----------
    channels : int
        How many channels were started, 1 to 6.
    """

    def __init__(self, channels: int) -> None:
        self._channels = channels
        self._sequence: int | None = None
        self._finder = FrameFinder(
            frame_bytes(channels),
            in_a_row=_IN_A_ROW,
            is_frame=lambda data: crc4(data) == data[-1] & 0x0F,
            is_next=lambda a, b: (a[-1] >> 4) + 1 & 0x0F == b[-1] >> 4,
            can_follow=lambda a, b: a[-1] >> 4 != b[-1] >> 4,
        )

    def feed(self, data: bytes) -> tuple[Frame, ...]:
        """Take the next bytes of the stream; bytes that belong to no frame are skipped."""
        return tuple(self._counted(frame) for frame in self._finder.feed(data))

    def _counted(self, data: bytes) -> Frame:
        sequence = data[-1] >> 4
        lost = 0 if self._sequence is None else (sequence - self._sequence - 1) % _MODULO
        self._sequence = sequence
        return _frame(data, self._channels, lost)


def microsiemens(adc: npt.ArrayLike, *, bits: int = 10, board: EdaBoard = EdaBoard.REVOLUTION) -> FloatArray:
    """Give the skin conductance of readings of the EDA sensor.

    Parameters
    ----------
    adc : array of int
        Readings, 0 to 2^bits - 1.
    bits : int
        10 on the first four active channels, 6 on the others.
    board : EdaBoard
        Which sensor it is.
    """
    ratio = np.asarray(adc, np.float64) / (1 << bits)
    return ratio * (_VCC / _EDA_GAIN) if board is EdaBoard.REVOLUTION else 1.0 / (1.0 - ratio)


def readings(conductance: npt.ArrayLike, *, bits: int = 10, board: EdaBoard = EdaBoard.REVOLUTION) -> IntArray:
    """Give the readings nearest to a skin conductance in microsiemens, as a device does."""
    values = np.asarray(conductance, np.float64)
    ratio = values * (_EDA_GAIN / _VCC) if board is EdaBoard.REVOLUTION else 1.0 - 1.0 / np.maximum(values, 1.0)
    return np.clip(np.rint(ratio * (1 << bits)), 0, (1 << bits) - 1).astype(np.int64)


def _frame(data: bytes, channels: int, lost: int = 0) -> Frame:
    number, at = int.from_bytes(data, "little"), 8 * len(data) - 12
    digital, analog = number >> at & 0x0F, []
    for width in _WIDTHS[:channels]:
        at -= width
        analog.append(number >> at & (1 << width) - 1)
    return Frame(data[-1] >> 4, digital, tuple(analog), lost)


def _bad(sentence: str) -> SensorError:
    return SensorError(Reason.BAD_PACKET, sentence)
