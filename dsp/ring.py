# SPDX-License-Identifier: MIT
"""The newest samples of one signal, in order, with their times and their gaps, read without a copy.

The buffer is twice as long as what it holds. Samples are written behind one another; when the end is reached the
newest ones move to the front once. So appending costs the same on average however long it goes on, and what is held
lies in one piece at any time.

Law: the views hold what the last `capacity` samples of the input were, however the input was cut.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from dsp.stream import FloatArray

BoolArray = npt.NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class RingView:
    """Samples of a ring, oldest first: read-only windows onto its memory, valid until its next `append`.

    Parameters
    ----------
    t : array, shape (n,)
        Time of each sample, seconds on the session clock.
    values : array, shape (n,) or (n, channels)
        The samples.
    connected : array of bool, shape (n,)
        Whether the sample after this one follows it without a gap: where it is False a plotted line breaks.
    """

    t: FloatArray
    values: FloatArray
    connected: BoolArray


class Ring:
    """A ring buffer of samples with their times.

    Parameters
    ----------
    capacity : int
        How many samples are held, at least 1.
    channels : int or None
        Columns of a sample, at least 1; None for samples that are one number each.

    Raises
    ------
    ValueError
        When `capacity` or `channels` is below 1.
    """

    def __init__(self, capacity: int, channels: int | None = None) -> None:
        if capacity < 1:
            raise ValueError(f"capacity must be at least 1, not {capacity}")
        if channels is not None and channels < 1:
            raise ValueError(f"channels must be at least 1, not {channels}")
        self._capacity = capacity
        self._t = np.zeros(2 * capacity)
        self._values = np.zeros((2 * capacity,) if channels is None else (2 * capacity, channels))
        self._connected = np.ones(2 * capacity, dtype=np.bool_)
        self._all = RingView(_read_only(self._t), _read_only(self._values), _read_only(self._connected))
        self._end = 0
        self._held = 0

    def __len__(self) -> int:
        return self._held

    def append(self, t: FloatArray, values: FloatArray) -> None:
        """Add a block of samples.

        Parameters
        ----------
        t : array, shape (n,)
            Their times, seconds on the session clock, rising.
        values : array, shape (n,) or (n, channels)
            The samples.

        Raises
        ------
        ValueError
            When there are not as many times as samples, or a sample has not the ring's channels.
        """
        if len(t) != len(values) or values.shape[1:] != self._values.shape[1:]:
            raise ValueError(f"there must be one time a sample and the ring's channels, not {t.shape}, {values.shape}")
        t, values = t[-self._capacity :], values[-self._capacity :]
        self._make_room(len(t))
        new = slice(self._end, self._end + len(t))
        self._t[new], self._values[new], self._connected[new] = t, values, True
        self._end = new.stop
        self._held = min(self._held + len(t), self._capacity)

    def push(self, t: float, values: float | tuple[float, ...]) -> None:
        """Add one sample, as `append` does, in a fifth of its time: a heart gives them one by one.

        Parameters
        ----------
        t : float
            Its time, seconds on the session clock, later than that of the newest.
        values : float or tuple of float
            The sample; with channels as many as there are.
        """
        self._make_room(1)
        self._t[self._end], self._values[self._end], self._connected[self._end] = t, values, True
        self._end += 1
        self._held = min(self._held + 1, self._capacity)

    def mark_gap(self) -> None:
        """Remember that data are missing between the newest sample and the next one."""
        if self._held:
            self._connected[self._end - 1] = False

    def newest(self, count: int) -> RingView:
        """Give the newest `count` samples, fewer where the ring holds fewer."""
        return self._window(self._end - min(max(count, 0), self._held), self._end)

    def between(self, after_s: float, until_s: float) -> RingView:
        """Give the held samples with `after_s` < t <= `until_s`."""
        oldest = self._end - self._held
        first, last = self._t[oldest : self._end].searchsorted((after_s, until_s), side="right").tolist()
        return self._window(oldest + first, oldest + max(first, last))

    def _make_room(self, count: int) -> None:
        """Move the newest samples to the front when `count` more do not fit behind them."""
        if self._end + count <= 2 * self._capacity:
            return
        kept = min(self._held, self._capacity - count)
        for column in (self._t, self._values, self._connected):
            column[:kept] = column[self._end - kept : self._end]
        self._end = self._held = kept

    def _window(self, start: int, stop: int) -> RingView:
        rows = slice(start, stop)
        return RingView(self._all.t[rows], self._all.values[rows], self._all.connected[rows])


def _read_only(array: npt.NDArray[T]) -> npt.NDArray[T]:
    view = array.view()
    view.flags.writeable = False
    return view
