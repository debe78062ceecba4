# SPDX-License-Identifier: MIT
"""Samples that wait for the tick after them.

Law: what a tick takes is every sample that came before it up to the first one that lies after it, however they were
cut.
"""

import math
from collections import deque
from collections.abc import Iterable, Iterator

Sample = tuple[float, float]  # seconds on the session clock, value


class Waiting:
    """A queue of samples; one whose time is no number is passed over."""

    def __init__(self) -> None:
        self._samples: deque[Sample] = deque()

    def put(self, t: Iterable[float], values: Iterable[float]) -> None:
        """Let samples wait: as many times as values."""
        self._samples.extend(sample for sample in zip(t, values, strict=True) if sample[0] < math.inf)

    def take(self, until_s: float) -> Iterator[Sample]:
        """Take the samples before the first one that lies after `until_s`, one by one."""
        samples = self._samples
        while samples and samples[0][0] <= until_s:
            yield samples.popleft()
