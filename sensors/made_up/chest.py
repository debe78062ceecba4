# SPDX-License-Identifier: MIT
"""What sensors on the synthetic person's chest feel of the breath.

The accelerometer feels gravity, the breath's small tilt, noise and motion; the belt how full the chest is.
"""

import numpy as np

from dsp.stream import FloatArray

_UPRIGHT_MG = np.array([-40.0, 985.0, 160.0])
_BREATH_MG = np.array([0.0, 1.5, 9.0])  # from empty to full, a strap tilts by about half a degree
_NOISE_MG = 2.5
_MOTION_MG = 260.0  # SD of each axis in a burst: well above fidgeting
_KNOCK_MG = np.array([150.0, -250.0, 1900.0])  # of a finger on the pod, straight at the chest
_BELT_NOISE, _BELT_MOTION = 0.006, 0.12  # shares of a full breath


class Chest:
    """The acceleration of one person's chest, drawn from `rng`."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._is_tapped = False

    def tap(self) -> None:
        """Let a finger knock twice on the sensor, in the next second that is lived."""
        self._is_tapped = True

    def advance(self, depths: list[float], *, moving: bool) -> FloatArray:
        """Give an acceleration for each depth of breath (0 to 1), in mg, shape (n, 3)."""
        shake = self._rng.standard_normal((len(depths), 3)) * (_MOTION_MG if moving else _NOISE_MG)
        felt: FloatArray = _UPRIGHT_MG + np.outer(depths, _BREATH_MG) + shake
        if self._is_tapped and len(depths):
            felt[[len(depths) // 4, len(depths) * 3 // 4]] += _KNOCK_MG
            self._is_tapped = False
        return felt


class Belt:
    """A breathing belt, with noise drawn from `rng`."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng

    def advance(self, depths: list[float], *, moving: bool) -> FloatArray:
        """Give its stretch for each depth of breath (0 to 1), in arbitrary units, shape (n,)."""
        return np.array(depths) + (_BELT_MOTION if moving else _BELT_NOISE) * self._rng.standard_normal(len(depths))
