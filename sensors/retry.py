# SPDX-License-Identifier: MIT
"""How long to wait before the next try, and when to look for the device anew.

Law: the waits depend on the failures and the given generator alone; no clock is read.
"""

import numpy as np

_FIRST_S = 0.5
_LONGEST_S = 15.0
_SPREAD = 0.2  # two straps that dropped together do not come back in step
_STEADY_S = 30.0
_RESCAN_AFTER = 3


class Backoff:
    """Waits of 0.5, 1, 2, 4 ... 15 s, each +-20 %.

    Parameters
    ----------
    rng : numpy.random.Generator
        Seeded by the caller.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._failures = 0

    @property
    def is_rescan_due(self) -> bool:
        """Whether so many tries in a row failed that the device must be looked for again."""
        return self._failures >= _RESCAN_AFTER

    def failed(self, *, streamed_s: float = 0.0) -> float:
        """Count one failure and give the seconds to wait.

        Parameters
        ----------
        streamed_s : float
            How long data came before it failed; 30 s make it the first failure again.
        """
        if streamed_s >= _STEADY_S:
            self._failures = 0
        wait_s = min(_FIRST_S * 2.0**self._failures, _LONGEST_S)
        self._failures = min(self._failures + 1, 10)  # more make no difference, and 2.0**n stays small
        return wait_s * float(self._rng.uniform(1 - _SPREAD, 1 + _SPREAD))
