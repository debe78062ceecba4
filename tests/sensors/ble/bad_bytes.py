# SPDX-License-Identifier: MIT
"""Packets that no device should send, made from ones that it does."""

import random
from collections.abc import Callable, Iterator, Sequence

from dsp.codes import Reason
from sensors.source import SensorError


def mangled(seed: int, frames: Sequence[bytes], count: int = 100) -> Iterator[bytes]:
    """Give packets: cut, lengthened, with bytes changed, or made up altogether."""
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    for _ in range(count):
        data = bytearray(chance.choice(frames))
        for _ in range(chance.randrange(4)):
            if data:
                data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        match chance.randrange(5):
            case 0:
                del data[chance.randrange(len(data) + 1) :]
            case 1:
                data += chance.randbytes(chance.randrange(12))
            case 2:
                data = bytearray(chance.randbytes(chance.randrange(40)))
        yield bytes(data)


READ_OR_REFUSED = (None, Reason.BAD_PACKET)
"""All that may become of a packet, as `refusal_of` tells it."""


def refusal_of(decode: Callable[[bytes], object], data: bytes) -> Reason | None:
    """Give the reason with which a packet is refused, None where it is read; whatever else escapes is raised."""
    try:
        decode(data)
    except SensorError as error:
        return error.reason if error.detail else Reason.NOT_COMPUTED  # without a sentence it is no refusal
    return None
