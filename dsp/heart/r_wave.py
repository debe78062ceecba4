# SPDX-License-Identifier: MIT
"""Where R is in a QRS complex, finer than a sample, whichever way it points.

R is where the smoothed signal bends most over a distance as wide as the R wave of a slow ventricular beat, so that its
notches vanish. Of many candidates few are beats; so what lies around each is kept, and looked at only for a beat.

Law: the answer depends on the samples around the complex alone.
"""

import math
from typing import NamedTuple

from dsp.stream import FloatArray

_UP = 0.07  # log: by how much R is larger than Q or S when it points up
_TINY_MV = 1e-9


class Wave(NamedTuple):
    """What lies around the middle of a complex.

    Parameters
    ----------
    t : array, shape (n + 2,)
        Times of the samples at which R may lie, and of one more on either side, in s.
    smooth_mv : array, shape (n + 2 + 2 k,)
        The smoothed signal there, and `k` more samples on either side: so far the bend reaches.
    favour : array, shape (n,)
        How much each place counts.
    """

    t: FloatArray
    smooth_mv: FloatArray
    favour: FloatArray


class RWave(NamedTuple):
    """An R wave: its time in s, how high it is against what lies before and after it, and whether it points up."""

    t: float
    height_mv: float
    is_up: bool


def find_r(wave: Wave, leaning: float) -> RWave:
    """Find R on the side that is clearly larger, or else on that which it leans to.

    Parameters
    ----------
    wave : Wave
        Around the middle of a complex.
    leaning : float
        What speaks for up (above 0) or down before anything is seen, as a natural logarithm of sizes.
    """
    reach = (len(wave.smooth_mv) - len(wave.t)) // 2
    bend = 2.0 * wave.smooth_mv[reach:-reach] - wave.smooth_mv[: -2 * reach] - wave.smooth_mv[2 * reach :]
    near = bend[1:-1] * wave.favour
    up, down = int(near.argmax()), int(near.argmin())
    upright = math.log(max(float(near[up]), _TINY_MV) / max(-float(near[down]), _TINY_MV))
    is_up = upright + _UP + leaning >= 0.0
    here = slice(at := up if is_up else down, at + 3)
    before, top, after = bend[here].tolist()
    t_before, t, t_after = wave.t[here].tolist()
    return RWave(t + _vertex(before, top, after) * 0.5 * (t_after - t_before), 0.5 * abs(top), is_up)


def _vertex(before: float, top: float, after: float) -> float:
    """Give how many samples after the middle one the parabola through three values has its vertex: at most half."""
    curve = before - 2.0 * top + after
    return min(max(0.5 * (before - after) / curve, -0.5), 0.5) if curve != 0.0 else 0.0
