# SPDX-License-Identifier: MIT
"""Filters of finite length that do not care how their input was cut.

Law: each value that comes out is made of the same values by the same operations in the same order, wherever the array
begins and ends; sums by `np.convolve` or `lfilter` are not, to the last bit. No output is made at the edges: a window
of n takes n - 1 values off.
"""

import numpy as np

from dsp.stream import FloatArray

_MAINS_HZ = (50.0, 60.0)


def moving_sum(values: FloatArray, count: int) -> FloatArray:
    """Sum each `count` neighbours: from pairs to pairs of pairs, so that a window of 64 costs six additions.

    Parameters
    ----------
    values : array, shape (n,)
    count : int
        At least 1.

    Returns
    -------
    array, shape (n - count + 1,), empty where there are fewer values than `count`
        The first is the sum of the first `count` values.
    """
    length, begin, span, block = len(values) - count + 1, 0, 1, values
    if length <= 0:
        return values[:0]
    total = np.zeros(length)
    while True:
        if count & span:
            total = total + block[begin : begin + length]
            begin += span
        if 2 * span > count:
            return total
        block = block[:-span] + block[span:]
        span *= 2


def moving_max(values: FloatArray, count: int) -> FloatArray:
    """Give the largest of each `count` neighbours; the rest as in `moving_sum`."""
    length, span, block = len(values) - count + 1, 1, values
    if length <= 0:
        return values[:0]
    while 2 * span <= count:
        block = np.maximum(block[:-span], block[span:])
        span *= 2
    last = block[count - span :]  # laid over the first where `count` is no power of two
    highest: FloatArray = np.maximum(block[:length], last[:length])
    return highest


def symmetric_sum(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Weigh and sum neighbours with weights that are the same on both sides.

    Parameters
    ----------
    values : array, shape (n,)
    weights : array, shape (k + 1,)
        Of the middle and of the neighbours 1 to k steps away.

    Returns
    -------
    array, shape (n - 2 k,), empty where there are too few values
    """
    reach = len(weights) - 1
    length = len(values) - 2 * reach
    if length <= 0:
        return values[:0]
    total: FloatArray = weights[0] * values[reach : reach + length]
    for k in range(1, reach + 1):
        pair = values[reach - k : reach - k + length] + values[reach + k : reach + k + length]
        total = total + weights[k] * pair
    return total


def smoothing_without_mains(rate_hz: float, reach_s: float) -> FloatArray:
    """Give the weights (for `symmetric_sum`) of a short smoothing that passes no mains of 50 or 60 Hz.

    They are those of a Hann window, changed as little as it takes (least squares) for a constant to pass unchanged and
    for both mains frequencies not to pass at all.
    """
    reach = max(2, round(reach_s * rate_hz))
    steps = np.arange(-reach, reach + 1)
    hann = np.hanning(2 * reach + 3)[1:-1]
    hann = hann / hann.sum()
    demands = np.array([np.cos(2.0 * np.pi * hz * steps / rate_hz) for hz in (0.0, *_MAINS_HZ)])
    weights: FloatArray = hann + np.linalg.pinv(demands) @ (np.array([1.0, 0.0, 0.0]) - demands @ hann)
    return weights[reach:]
