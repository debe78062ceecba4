# SPDX-License-Identifier: MIT
"""From a position in the sound to the session clock: when will this sample be heard.

Law: between two observations the time goes on evenly with the samples; an observation moves it by a part of what it is
off, so that a late callback is not heard. Only where it is off by more than a quarter second (the machine slept, the
device stood still) it jumps.

Notes
-----
- A callback is asked for samples when there is room for them: they are heard after what is still buffered.
- The average over some seconds also follows a device whose clock runs at another speed: it lags by 1 ms at 200 ppm.
"""

_SETTLES_S = 5.0
_JUMPS_FROM_S = 0.25


class StreamClock:
    """The session time of each sample of one stream.

    Parameters
    ----------
    rate_hz : int
        Samples a second.
    buffered_s : float
        How long a sample waits in the device before it is heard, seconds.
    """

    def __init__(self, rate_hz: int, buffered_s: float = 0.0) -> None:
        self._rate_hz = rate_hz
        self._buffered_s = buffered_s
        self._offset_s: float | None = None
        self._seen = 0
        self._last = 0

    def observe(self, position: int, t: float) -> None:
        """Learn that the sample at `position` was asked for at `t`, seconds on the session clock."""
        found_s = t + self._buffered_s - position / self._rate_hz
        if self._offset_s is None or abs(found_s - self._offset_s) > _JUMPS_FROM_S:
            self._offset_s, self._seen = found_s, 0
        self._seen += 1
        passed_s = (position - self._last) / self._rate_hz
        self._last = position
        self._offset_s += (found_s - self._offset_s) * max(passed_s / (_SETTLES_S + passed_s), 1.0 / self._seen)

    def time_of(self, position: int) -> float:
        """Give the session time at which the sample at `position` is heard; 0 before the first observation."""
        return (self._offset_s or 0.0) + position / self._rate_hz
