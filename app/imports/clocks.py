# SPDX-License-Identifier: MIT
"""The clocks of a recording: each stream has its sender's, and how far that was from the recorder's was measured.

Law: pure; without a measured offset a stream's clock is the recorder's.
"""

from collections.abc import Mapping

import numpy as np

from dsp.codes import Reason
from dsp.stream import FloatArray
from sensors.foreign_text import clean_text
from sensors.lsl.facts import StreamFacts
from sensors.source import SensorError

_MOST_S = 1e10


class Clocks:
    """What is to be added to each stream's stamps.

    Parameters
    ----------
    offsets : mapping of int to array, shape (n, 2)
        Of each stream, when its offset was measured (its own clock) and the offset: recorder's less sender's.
    facts : mapping of int to StreamFacts
        What each stream says of itself.
    chosen : str or None
        The name of a stream, or of a host, whose clock all times shall be on; None for the recorder's.

    Raises
    ------
    SensorError
        `FILE_MALFORMED` where no stream has the chosen name, with those that there are.
    """

    def __init__(
        self, offsets: Mapping[int, FloatArray], facts: Mapping[int, StreamFacts], *, chosen: str | None
    ) -> None:
        self._offsets = {number: _sane(measured) for number, measured in offsets.items()}
        self._reference = None if chosen is None else _find(chosen, facts)

    def offset_s(self, stream: int, stamp: float) -> float:
        """Give what is to be added to a stamp of a stream."""
        own_s = _at(self._offsets.get(stream), stamp)
        if self._reference is None:
            return own_s
        return own_s - _at(self._offsets.get(self._reference), stamp + own_s, is_recorders=True)


def _find(name: str, facts: Mapping[int, StreamFacts]) -> int:
    for number, known in facts.items():
        if name in (known.name, known.hostname):
            return number
    names = {clean_text(text) for known in facts.values() for text in (known.name, known.hostname)} - {""}
    there = ", ".join(sorted(names))
    raise SensorError(Reason.FILE_MALFORMED, f"there is no clock of {clean_text(name)!r}; there are {there}")


def _sane(measured: FloatArray) -> FloatArray:
    return measured[(np.abs(measured) < _MOST_S).all(axis=1)]


def _at(measured: FloatArray | None, t: float, *, is_recorders: bool = False) -> float:
    """Give the offset nearest before `t`, of the sender's clock or of the recorder's; the first one before any."""
    if measured is None or not len(measured):
        return 0.0
    times = measured[:, 0] + measured[:, 1] if is_recorders else measured[:, 0]
    return float(measured[max(int(np.searchsorted(times, t, side="right")) - 1, 0), 1])
