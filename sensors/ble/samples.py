# SPDX-License-Identifier: MIT
"""The samples of one modality of one device, to chunks with their times and to the gaps between them.

Law: samples that follow on lost ones are preceded by a `Gap` that says why; each chunk keeps the device's stamp and,
where they are given, the numbers that it sent.
"""

from collections.abc import Iterator

import numpy.typing as npt

from dsp.codes import Modality, Reason
from dsp.stream import Chunk, Gap, read_only
from sensors.sample_clock import SampleClock


class SampleStream:
    """Makes chunks and gaps, across every reconnect.

    Parameters
    ----------
    modality : Modality
        What is measured.
    clock : SampleClock
        Places the samples.
    source, person : str
        What each item carries.
    """

    def __init__(self, modality: Modality, clock: SampleClock, *, source: str, person: str) -> None:
        self._modality = modality
        self._clock = clock
        self._source = source
        self._person = person
        self._why = Reason.SAMPLES_LOST

    def break_off(self, reason: Reason) -> None:
        """Let the next samples follow on nothing, for that reason."""
        self._clock.start_segment()
        self._why = reason

    def items(
        self, values: npt.ArrayLike, *, arrival: float, stamp: int, raw: npt.ArrayLike | None = None
    ) -> Iterator[Chunk | Gap]:
        """Give the chunk of one frame, after the gap before it if there is one.

        Parameters
        ----------
        values : array, shape (n,) or (n, 3)
            At least one sample, in the modality's unit.
        arrival : float
            When the frame arrived, seconds on the session clock.
        stamp : int
            The device's stamp of the last sample, in ticks of the clock.
        raw : array or None, shape (n,) or (n, k)
            The numbers that were sent, where the values do not give them back.
        """
        samples = read_only(values)
        placed = self._clock.update(arrival=arrival, stamp=stamp, n=len(samples))
        if placed.gap is not None:
            yield Gap(*placed.gap, self._why, self._source, self._person, self._modality)
        self._why = Reason.SAMPLES_LOST
        sent = None if raw is None else read_only(raw)
        yield Chunk(
            self._modality,
            placed.t,
            samples,
            arrival,
            self._source,
            self._person,
            stamp,
            sent,
            rate_hz=self._clock.declared_hz,
        )
