# SPDX-License-Identifier: MIT
"""What is fed with spoiled packets: a decoder, what a device truly sends it, and what may come out."""

from collections.abc import Callable
from dataclasses import dataclass

from dsp.codes import Reason
from sensors.source import SensorError

Feed = Callable[[bytes], int]


@dataclass(frozen=True, slots=True)
class Target:
    """A decoder under fire.

    Parameters
    ----------
    name : str
        What it reads.
    true : tuple of bytes
        Packets as a device sends them, in order.
    connect : callable
        Begins anew, and gives what takes packet after packet and says how many values came of each. It checks them
        by assertion.
    refusal : Reason
        With which a packet may be refused.
    share : float
        Of a decoder's packets: less than 1 where it is tried in several setups, or each packet is a whole file.
    """

    name: str
    true: tuple[bytes, ...]
    connect: Callable[[], Feed]
    refusal: Reason = Reason.BAD_PACKET
    share: float = 1.0


def values_of(target: Target, feed: Feed, packet: bytes) -> int:
    """Feed one packet; give how many values came of it, 0 for a refused one. Whatever else escapes is a finding."""
    try:
        return feed(packet)
    except SensorError as refusal:
        _check_refusal(refusal, target.refusal)
        return 0


def each_alone(check: Feed) -> Callable[[], Feed]:
    """Connect to a decoder that keeps nothing from one packet to the next."""
    return lambda: check


def _check_refusal(refusal: SensorError, reason: Reason) -> None:
    assert refusal.reason is reason, f"refused as {refusal.reason}, not {reason}"
    assert refusal.detail, "refused without a sentence"
    assert refusal.detail.isprintable(), f"refused with {refusal.detail!r}, which a terminal would obey"
