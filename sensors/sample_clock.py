# SPDX-License-Identifier: MIT
"""When each sample was taken: frames stamped by a device's clock, laid on the session clock.

Within a frame the samples lie in equal steps between the stamp of the frame before and its own. The two clocks are
tied by the delay e = arrival - device time: the least e of the last while belongs to the frame that waited least, so a
stamp's session time is the stamp plus min(e). The window forgets, so a drift of the device's clock is followed.

Law: sample times never go backwards and never lie after the arrival that brought them; no clock is read; the work per
frame is constant.

Notes
-----
The first frame of a segment is laid backwards from its arrival by the declared rate. A fall of the envelope is followed
at once (a sample cannot be younger than its arrival), a rise by at most 1 ms a second, so that the intervals between
heartbeats in an ECG stay true. The spacing of the samples is learned, since declared rates are rounded or wrong (Polar
Verity Sense says 135 Hz for its 55 Hz PPG): a frame is taken to follow on lost ones by the learned spacing.
"""

from collections import deque
from statistics import median

import numpy as np

from dsp.stream import FloatArray, read_only
from sensors.envelope import LowerEnvelope
from sensors.stamps import Placed

_WINDOW_S = 90.0  # long enough to meet a frame that hardly waited, short against the drift of two quartz clocks
_RISE = 1e-3  # quartz clocks differ by less than 1e-4
_FAR_S = (
    10.0  # beyond the longest silence before the link is given up: the device's clock was set, or its count wrapped
)
_RECENT_S = 3.0
_SLIP_S = 0.1  # more than a crowded radio delays every frame for 3 s: stamps were lost count of
_LEARN_FROM = 5  # frames


class SampleClock:
    """Places the samples of one stream on the session clock, frame by frame.

    Parameters
    ----------
    rate_hz : float
        The declared sampling rate, above 0.
    ticks_per_s : float
        Ticks of the device's stamps in a second, above 0 (1e9 for ns; the rate itself for a count of samples).
    wrap_ticks : int or None
        Where the stamps start again at 0; None: nowhere.
    """

    def __init__(self, *, rate_hz: float, ticks_per_s: float, wrap_ticks: int | None = None) -> None:
        if not (rate_hz > 0 and ticks_per_s > 0):
            raise ValueError(f"rate_hz and ticks_per_s must be above 0, not {rate_hz} and {ticks_per_s}")
        self._declared_s = 1.0 / rate_hz
        self._tick_s = 1.0 / ticks_per_s
        self._wrap_ticks = wrap_ticks
        self._delays = LowerEnvelope(_WINDOW_S)
        self._recent = LowerEnvelope(_RECENT_S)
        self._spacings: deque[float] = deque(maxlen=15)
        self._stamp: int | None = None
        self._device_s = 0.0  # since the segment's first stamp
        self._offset_s = 0.0  # session time less device time
        self._last_t: float | None = None

    @property
    def declared_hz(self) -> float:
        """The declared sampling rate."""
        return 1.0 / self._declared_s

    def start_segment(self) -> None:
        """Let the next frame follow on nothing: the link dropped, or the stream was started anew."""
        self._stamp = None

    def update(self, *, arrival: float, stamp: int, n: int) -> Placed:
        """Place the samples of one frame.

        Parameters
        ----------
        arrival : float
            When the frame arrived, seconds on the session clock; not before the frame ahead of it.
        stamp : int
            The device's stamp of the frame's last sample, ticks.
        n : int
            Number of samples, at least 1.

        Returns
        -------
        Placed
            As many times as samples. A gap (from the last sample before to the first one of this frame) where samples
            are missing, or the device's clock jumped.
        """
        step_s = self._step_s(stamp)
        self._stamp = stamp
        delay_s = arrival - self._device_s - step_s
        if step_s <= 0 or abs(delay_s - self._offset_s) > _FAR_S:
            self._anchor(arrival)
            return self._place(arrival, n, is_whole=False)
        is_whole = self._is_next(step_s, n)
        self._device_s += step_s
        is_whole = self._follow(arrival, delay_s, step_s) and is_whole
        return self._place(min(self._device_s + self._offset_s, arrival), n, is_whole=is_whole)

    def _step_s(self, stamp: int) -> float:
        """Give the device's time since the frame before; 0 where there is none."""
        if self._stamp is None:
            return 0.0
        ticks = stamp - self._stamp
        return (ticks % self._wrap_ticks if self._wrap_ticks else ticks) * self._tick_s

    def _anchor(self, arrival: float) -> None:
        self._delays.clear()
        self._recent.clear()
        self._device_s = 0.0
        self._offset_s = arrival
        self._delays.update(arrival, arrival)
        self._recent.update(arrival, arrival)

    def _is_next(self, step_s: float, n: int) -> bool:
        """Tell whether this frame's samples fill the time since the frame before; learn their spacing."""
        spacing_s = self._spacing_s()
        self._spacings.append(step_s / n)
        slack_s = max(0.25 * n * spacing_s, 0.6 * spacing_s, 2 * self._tick_s)  # a lost frame is about n samples long
        return step_s <= n * spacing_s + slack_s

    def _spacing_s(self) -> float:
        return median(self._spacings) if len(self._spacings) >= _LEARN_FROM else self._declared_s

    def _follow(self, arrival: float, delay_s: float, step_s: float) -> bool:
        """Let the offset follow the envelope; False when it had to jump ahead."""
        least_s = self._delays.update(arrival, delay_s)
        recent_s = self._recent.update(arrival, delay_s)
        if recent_s - self._offset_s > _SLIP_S:
            self._delays.clear()
            self._delays.update(arrival, recent_s)
            self._offset_s = recent_s
            return False
        self._offset_s = min(least_s, self._offset_s + _RISE * step_s)
        return True

    def _place(self, newest: float, n: int, *, is_whole: bool) -> Placed:
        before = self._last_t
        if before is None:
            self._last_t = newest
            return Placed(self._backwards(newest, n))
        newest = self._last_t = max(newest, before)
        if is_whole:
            return Placed(_in_steps(before, newest, n))
        t = self._backwards(newest, n)
        if t[0] <= before:
            t = _in_steps(before, newest, n)
        return Placed(t, (before, float(t[0])))

    def _backwards(self, newest: float, n: int) -> FloatArray:
        return read_only(newest - self._spacing_s() * np.arange(n - 1, -1, -1))


def _in_steps(before: float, newest: float, n: int) -> FloatArray:
    t = before + (newest - before) * np.arange(1, n + 1) / n
    t[-1] = newest  # rounding must not carry it past the arrival
    return read_only(t)
