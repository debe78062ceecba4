# SPDX-License-Identifier: MIT
"""What stands before every decoder of notifications: repetitions are dropped, what cannot be read is told.

Law: any bytes give items and never raise; of a run of unreadable ones the first is told.
"""

from collections.abc import Callable, Iterable

from dsp.codes import NoticeCode
from dsp.stream import Item, Notice
from sensors.source import SensorError

_TWIN_S = 0.02  # BlueZ repeats a notification for each client it forgot to drop (bleak issue 2002)
_SHOWN_BYTES = 32


class Guard:
    """Guards the notifications of one characteristic.

    Parameters
    ----------
    source, person : str
        What its notices carry.
    drops_twins : bool
        Whether a notification equal to one just before it is the same one; not where equal ones are usual.
    """

    def __init__(self, source: str, person: str, *, drops_twins: bool = True) -> None:
        self._source = source
        self._person = person
        self._drops_twins = drops_twins
        self._last: tuple[bytes, float] | None = None
        self._is_bad_run = False

    def update(self, decode: Callable[[bytes, float], Iterable[Item]], data: bytes, arrival: float) -> tuple[Item, ...]:
        """Give what `decode` makes of a notification that arrived then (seconds on the session clock)."""
        if self._drops_twins and self._is_twin(data, arrival):
            return ()
        self._last = (data, arrival)
        try:
            items = tuple(decode(data, arrival))
        except SensorError:
            is_told, self._is_bad_run = self._is_bad_run, True
            return () if is_told else (self._bad(data, arrival),)
        self._is_bad_run = False
        return items

    def _is_twin(self, data: bytes, arrival: float) -> bool:
        return self._last is not None and self._last[0] == data and arrival - self._last[1] < _TWIN_S

    def _bad(self, data: bytes, arrival: float) -> Notice:
        shown = (("hex", data[:_SHOWN_BYTES].hex()),)
        return Notice(arrival, NoticeCode.BAD_PACKET, self._source, self._person, shown)
