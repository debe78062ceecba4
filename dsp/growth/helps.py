# SPDX-License-Identifier: MIT
"""What helps a person: which offer was followed by the way back, how often, and how fast, beside doing nothing.

An offer counts for the first time outside the window in which it was taken up; what was offered and left, and a time in
which nothing was offered, count as doing nothing. Beside each other they say what followed, not what caused it.

Law: each time outside counts once, and the order in which sessions are given does not matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dsp.codes import Zone
from dsp.growth.survival import Wait, median_wait

NOTHING = "nothing"
"""Stands for a time outside the window in which no offer was taken up."""


@dataclass(frozen=True, slots=True)
class Outside:
    """One time outside the window, and the offer that was taken up in it.

    `seconds` run from the taking up (or, with nothing, from the onset) to the way back, or to where the record of it
    ends without one.
    """

    zone: Zone
    seconds: float
    came_back: bool
    offer: str = NOTHING


@dataclass(frozen=True, slots=True)
class Help:
    """What followed one offer: how often it was taken up, how often a way back followed, and after how long.

    `median_s` is that of Kaplan and Meier; None where fewer than half came back while it was watched.
    """

    offer: str
    count: int
    came_back: int
    median_s: float | None


def what_helps(times: Sequence[Outside], zone: Zone) -> tuple[Help, ...]:
    """Compare the offers that were taken up on one side of the window.

    Parameters
    ----------
    times : sequence of Outside
        Of one person, over all sessions.
    zone : Zone
        Above or below.

    Returns
    -------
    tuple of Help
        The quickest way back first, those that are not known to lead back last.
    """
    by_offer: dict[str, list[Outside]] = {}
    for time in times:
        if time.zone is zone:
            by_offer.setdefault(time.offer, []).append(time)
    return tuple(sorted(_helps(by_offer), key=_quickest_first))


def _helps(by_offer: Mapping[str, Sequence[Outside]]) -> list[Help]:
    return [
        Help(
            offer,
            len(times),
            sum(time.came_back for time in times),
            median_wait([Wait(time.seconds, is_over=time.came_back) for time in times]),
        )
        for offer, times in by_offer.items()
    ]


def _quickest_first(help_: Help) -> tuple[bool, float, str]:
    return help_.median_s is None, help_.median_s or 0.0, help_.offer
