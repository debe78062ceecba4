# SPDX-License-Identifier: MIT
"""From the worker to the screens: a bounded box of immutable messages.

Law: `put` never waits and never fails. When nobody empties the box, the oldest messages go, and the next `drain` begins
with a gap in their place: a gap of the screen only, never of the session.
"""

from collections import deque
from collections.abc import Sequence
from threading import Lock

from app.merge import time_of
from dsp.codes import Reason
from dsp.stream import Frame, Gap, Tick
from ui.backstage import Arrived

SCREEN_SOURCE = "screen"
"""The source that gaps of a screen which was behind name."""

_MESSAGES = 8192  # over 2 minutes of one person's heartbeat, waveform and movement


class Mailbox:
    """A bounded box between two threads.

    Parameters
    ----------
    capacity : int
        How many messages it holds, at least 1.
    """

    def __init__(self, capacity: int = _MESSAGES) -> None:
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        self._capacity = capacity
        self._lock = Lock()
        self._messages: deque[Arrived] = deque()
        self._lost: dict[str, Gap] = {}

    def put(self, message: Arrived) -> None:
        """Add a message, in place of the oldest one where the box is full."""
        with self._lock:
            if len(self._messages) == self._capacity:
                self._lose(self._messages.popleft())
            self._messages.append(message)

    def drain(self) -> Sequence[Arrived]:
        """Take everything, oldest first."""
        with self._lock:
            messages, self._messages = self._messages, deque()
            lost, self._lost = self._lost, {}
        return [*(Frame(gap, gaps=(gap,)) for gap in lost.values()), *messages]

    def _lose(self, message: Arrived) -> None:
        if not isinstance(message, Frame):
            return
        t = time_of(message.item)
        for person in _persons(message):
            earlier = self._lost.get(person)
            start_s = t if earlier is None else earlier.start_s
            self._lost[person] = Gap(start_s, t, Reason.SCREEN_BEHIND, SCREEN_SOURCE, person)


def _persons(frame: Frame) -> set[str]:
    if isinstance(frame.item, Tick):
        return {features.person for features in frame.features}
    return {frame.item.person}
