# SPDX-License-Identifier: MIT
"""Packets that no device should send: true ones spoiled on their way, and ones made up altogether."""

import random
from collections.abc import Callable, Iterator, Sequence

_LONGEST = 244  # bytes in a notification, at the largest MTU in use
_TELLING = (0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF)  # where counts, signs and lengths turn over


def packets(chance: random.Random, true: Sequence[bytes]) -> Iterator[bytes]:
    """Give packets without end.

    Parameters
    ----------
    chance : Random
        Decides all that is spoiled; the same seed gives the same packets.
    true : sequence of bytes
        What a device sends, at least one.
    """
    turn = 0
    while True:
        turn = (turn + 1) % len(true)  # in their order, so that what counts packets meets the next number
        kind = chance.random()
        if kind < 0.25:
            yield true[turn]
        elif kind < 0.9:
            yield _spoiled(chance, true[turn], chance.choice(true))
        else:
            yield chance.randbytes(chance.randrange(_LONGEST) if chance.random() < 0.3 else chance.randrange(24))


def _spoiled(chance: random.Random, packet: bytes, other: bytes) -> bytes:
    data = bytearray(packet)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        chance.choice(_WAYS)(chance, data, other)
    return bytes(data)


def _flip(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Turn one bit over."""
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _change(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Put another byte in place of one."""
    if data:
        data[chance.randrange(len(data))] = chance.choice((*_TELLING, chance.randrange(256)))


def _cut(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Lose the end, or a piece from within."""
    start = chance.randrange(len(data) + 1)
    del data[start : None if chance.random() < 0.5 else start + chance.randrange(1, 4)]


def _lengthen(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Add bytes somewhere."""
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.randbytes(chance.randrange(1, 20))


def _splice(chance: random.Random, data: bytearray, other: bytes) -> None:
    """Go on with the end of another packet."""
    del data[chance.randrange(len(data) + 1) :]
    data += other[chance.randrange(len(other) + 1) :]


def _repeat(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Say a piece twice."""
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randrange(1, 24)]
    data[start:start] = piece


_Way = Callable[[random.Random, bytearray, bytes], None]
_WAYS: tuple[_Way, ...] = (_flip, _change, _cut, _lengthen, _splice, _repeat)
