# SPDX-License-Identifier: MIT
"""What waits to be written: a bounded row of frames between the session and the disk.

Law: putting never waits. Where the disk takes nothing for too long the oldest frames go, and a gap stands for them.
"""

import threading
from collections import deque
from dataclasses import dataclass, replace

from app.merge import time_of
from dsp.codes import Reason
from dsp.stream import Frame, Gap

_KEPT_S = 600.0  # promises.md 5, 6
_MOST_FRAMES = 600_000  # a thousand a second for as long: a flood that is no session


@dataclass(frozen=True, slots=True)
class Waiting:
    """A frame with its number in the session, and whose data may be written of it."""

    order: int
    frame: Frame
    persons: frozenset[str]


class Backlog:
    """The frames that are not on the disk yet.

    Parameters
    ----------
    source : str
        What the gaps of frames that could not be kept name.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._lock = threading.Lock()  # held for moments only, never during input or output
        self._waiting: deque[Waiting] = deque()
        self._dropped: list[Waiting] = []  # the first and the last one
        self._lost_s = 0.0

    @property
    def lost_s(self) -> float:
        """How many seconds could not be kept so far."""
        return self._lost_s

    def put(self, waiting: Waiting) -> None:
        """Take a frame."""
        newest_t = time_of(waiting.frame.item)
        with self._lock:
            self._waiting.append(waiting)
            while len(self._waiting) > _MOST_FRAMES or time_of(self._waiting[0].frame.item) < newest_t - _KEPT_S:
                self._drop(self._waiting.popleft())

    def take(self, most: int) -> list[Waiting]:
        """Give the oldest frames, at most so many; what could not be kept before them comes as gaps."""
        with self._lock:
            taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
            if self._dropped and taken:
                taken = [*self._gaps(), *taken]
                self._dropped = []
        return taken

    def forget(self, person: str) -> None:
        """Let nothing more be written of a person's data that waits."""
        with self._lock:
            self._waiting = deque(_without(waiting, person) for waiting in self._waiting)
            self._dropped = [_without(waiting, person) for waiting in self._dropped]

    def _drop(self, waiting: Waiting) -> None:
        if self._dropped:
            self._lost_s += max(_t(waiting) - _t(self._dropped[-1]), 0.0)
        self._dropped = [*self._dropped[:1], waiting]

    def _gaps(self) -> list[Waiting]:
        first, last = self._dropped[0], self._dropped[-1]
        gaps = [
            Gap(_t(first), max(_t(first), _t(last)), Reason.NOT_RECORDED, self._source, person)
            for person in sorted(last.persons)
        ]
        return [Waiting(last.order, Frame(gap, gaps=(gap,)), last.persons) for gap in gaps]


def _without(waiting: Waiting, person: str) -> Waiting:
    return replace(waiting, persons=waiting.persons - {person})


def _t(waiting: Waiting) -> float:
    return time_of(waiting.frame.item)
