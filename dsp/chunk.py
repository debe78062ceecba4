# SPDX-License-Identifier: MIT
"""Samples as they arrived, and what their device itself sent: a part of the vocabulary (`dsp/stream.py`).

Law: arrays are float64, copied in and read-only. What the device sent is kept and never computed with: no number
depends on it, and no export holds it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dsp.codes import Modality

FloatArray = npt.NDArray[np.float64]


def read_only(values: npt.ArrayLike) -> FloatArray:
    """Copy `values` into a float64 array that nobody can change."""
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Samples of one modality, as they arrived.

    Parameters
    ----------
    modality : Modality
        What is measured, and thereby the unit.
    t : array, shape (n,)
        Time of each sample, seconds on the session clock. For RR: of the beat that ends the interval.
    values : array, shape (n,) or (n, 3) for ACC
        The samples in the modality's unit; NaN is a missing sample.
    arrival : float
        When the chunk arrived, seconds on the session clock.
    device_stamp : float, int or None
        The sender's own stamp (raw device ticks, raw LSL stamp, packet number), kept so that a better mapping can be
        computed later.
    source, person : str
        Who sent it and whose it is.
    raw : array or None, shape (n,) or (n, k)
        The numbers as the device sent them, before any scale, range or reason to leave one out; float64 holds each of
        them exactly. None where the values are these numbers already, or give them back.
    raw_stamps : array or None, shape (n,)
        The sender's own stamp of each sample, seconds on its clock; None where it stamps none.
    clock_offset_s : float or None
        Session clock less sender's clock as it was last measured; None where nobody measures it.
    rate_hz : float or None
        How many samples a second the sender says that it sends; None where it says none or sends when something
        happens. For who looks on: it is not stored.

    Raises
    ------
    ValueError
        When there are not as many times as samples, an ACC sample has not three axes, or what the device sent is of
        another length.
    """

    modality: Modality
    t: FloatArray
    values: FloatArray
    arrival: float
    source: str
    person: str = "client"
    device_stamp: float | int | None = None
    raw: FloatArray | None = None
    raw_stamps: FloatArray | None = None
    clock_offset_s: float | None = None
    rate_hz: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "t", read_only(self.t))
        object.__setattr__(self, "values", read_only(self.values))
        if self.t.ndim != 1 or len(self.t) != len(self.values):
            raise ValueError(f"there must be one time a sample, not {self.t.shape} for {self.values.shape}")
        if self.values.shape[1:] != ((3,) if self.modality is Modality.ACC else ()):
            raise ValueError(f"{self.modality} samples have another shape than {self.values.shape}")
        if self.raw is not None:
            object.__setattr__(self, "raw", self._as_sent(self.raw, most_dimensions=2))
        if self.raw_stamps is not None:
            object.__setattr__(self, "raw_stamps", self._as_sent(self.raw_stamps, most_dimensions=1))

    def _as_sent(self, numbers: FloatArray, *, most_dimensions: int) -> FloatArray:
        kept = read_only(numbers)
        if not 1 <= kept.ndim <= most_dimensions or len(kept) != len(self.t):
            raise ValueError(f"there must be as many numbers sent as samples, not {kept.shape} for {self.t.shape}")
        return kept
