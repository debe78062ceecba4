# SPDX-License-Identifier: MIT
"""What every source of data is, and the one error that leaves this package.

A source yields items; among them its `Status` items are its status stream, so that every change of state is recorded,
replayed and shown by the one path that the data take. Opening, reconnecting and closing are the source's business;
closing the iterator (or cancelling the task that reads it) closes the source.
"""

from collections.abc import AsyncIterator
from typing import Protocol

from dsp.codes import Reason
from dsp.stream import Item


class Source(Protocol):
    """Anything that gives items of one or several persons.

    A live source stamps `arrival` and times with the session clock that its constructor was given. A recorded source
    yields in order of the data's time and knows no clock.
    """

    @property
    def name(self) -> str:
        """The source's address, as on the command line (`ble:...`, `file:...`, `demo:7`)."""

    def items(self) -> AsyncIterator[Item]:
        """Open the source and give its items until it ends or the iterator is closed."""


class SensorError(Exception):
    """The one error of `sensors`: a reason, and a detail for the terminal and the log.

    Parameters
    ----------
    reason : Reason
        What happened, as a code.
    detail : str
        One clear sentence with its values (a line number, an address).
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
