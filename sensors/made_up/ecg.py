# SPDX-License-Identifier: MIT
"""The synthetic person's electrocardiogram: P, Q, R, S and T as a sum of Gaussians around each beat.

The R wave stands at the beat to the millisecond. T follows it by a share of the root of the interval before (Bazett's
rule); the other waves keep their distance. A premature beat from elsewhere has no P, and is wide, tall and turned over
at its end. The breath moves the baseline and the size of all waves a little, as electrodes on a chest see it.

Law: what the strap counts (missed or imagined intervals) changes nothing here.

References
----------
McSharry et al. 2003, doi 10.1109/TBME.2003.808805. Unlike there the Gaussians lie in time, not on the phase of a
cycle: the beats are given, and a QRS is not wider when the heart is slower. Heights and widths are a chest lead's.
"""

from collections.abc import Sequence

import numpy as np

from dsp.stream import FloatArray
from sensors.made_up.heart import Kind, Pulse

_USUAL = np.array(  # seconds after R, width (SD) in seconds, millivolt
    [
        (-0.165, 0.022, 0.12),
        (-0.028, 0.009, -0.11),
        (0.0, 0.011, 1.15),
        (0.030, 0.010, -0.24),
        (0.270, 0.045, 0.27),
    ]
)
_EARLY = np.array(
    [
        (-0.045, 0.014, -0.12),
        (0.0, 0.030, 1.45),
        (0.080, 0.032, -0.50),
        (0.150, 0.030, -0.12),
        (0.330, 0.055, -0.36),
    ]
)
_T_WAVE = -1  # the last of each
_REMEMBERED = 4  # beats whose T may not be over when a second begins, at any rate
_FIRST_RR_S = 0.9  # before the first beat that is known
_BASELINE_MV = 0.10  # from empty to full
_SHRINK = 0.14  # of all waves, from empty to full
_NOISE_MV = 0.010
_MOTION_NOISE_MV = 0.12  # muscles, and electrodes that slide
_OFF_NOISE_MV = 0.25  # electrodes that touch nothing
_DIGITS = 3  # a strap sends whole microvolts


class Ecg:
    """One chest lead of one person, with noise drawn from `rng`."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._last: list[Pulse] = []

    def advance(
        self, t: FloatArray, depths: FloatArray, beats: Sequence[Pulse], *, moving: bool, touching: bool
    ) -> FloatArray:
        """Go on to the times `t`.

        Parameters
        ----------
        t : array, shape (n,)
            When it is sampled, seconds.
        depths : array, shape (n,)
            How full the chest is then, 0 to 1.
        beats : sequence of Pulse
            The beats since the last call, and the one that comes next: its P may begin before it is there.
        moving, touching : bool
            Whether the body moves, and whether the electrodes touch the skin.

        Returns
        -------
        array, shape (n,)
            Millivolt.
        """
        real = [*self._last, *(pulse for pulse in beats if pulse.is_real)]
        self._last = real[:-1][-_REMEMBERED:]  # the coming one may still move a little
        noise = self._rng.standard_normal(len(t))
        if not touching:
            return np.round(_OFF_NOISE_MV * noise, _DIGITS)
        breath = depths - 0.5
        clean = _waves(t, real) * (1.0 - _SHRINK * breath) + _BASELINE_MV * breath
        return np.round(clean + (_MOTION_NOISE_MV if moving else _NOISE_MV) * noise, _DIGITS)


def _waves(t: FloatArray, beats: Sequence[Pulse]) -> FloatArray:
    """Add up the waves of the beats at the times `t`, in millivolt."""
    times = np.array([pulse.t for pulse in beats])
    shapes = np.array([_EARLY if pulse.kind is Kind.EARLY else _USUAL for pulse in beats])
    stretch = np.sqrt(np.diff(times, prepend=times[0] - _FIRST_RR_S))
    shapes[:, _T_WAVE, :2] *= stretch[:, np.newaxis]
    middle = (times[:, np.newaxis] + shapes[:, :, 0]).reshape(-1, 1)
    width, height = shapes[:, :, 1].reshape(-1, 1), shapes[:, :, 2].reshape(-1)
    total: FloatArray = height @ np.exp(-0.5 * ((t - middle) / width) ** 2)
    return total
