# SPDX-License-Identifier: MIT
"""liblsl's inlet: opened, pulled and closed so that the event loop never waits for it.

Making and closing it happen off the loop's thread. All else asks liblsl with a time-out of 0, which starts what is to
be started on liblsl's own threads and comes back in microseconds.

Law: whatever liblsl raises leaves as `SensorError(LINK_LOST)`. liblsl's own recovery is off: it loses the first samples
silently, takes any stream with the same source id unchecked, and breaks on an apostrophe.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from dsp.codes import Reason
from dsp.stream import FloatArray
from sensors.lsl.library import loaded_pylsl
from sensors.source import SensorError

T = TypeVar("T")

_HELD_S = 60  # of samples, while the loop is blocked
_NOW = 0.0


class Info(Protocol):
    """What pylsl found of a stream."""

    def uid(self) -> str:
        """Give what no other outlet has."""

    def as_xml(self) -> str:
        """Give all that is known of it."""


class _Inlet(Protocol):
    def open_stream(self, timeout: float) -> None: ...
    def time_correction(self, timeout: float) -> float: ...
    def samples_available(self) -> int: ...
    def info(self, timeout: float) -> Info: ...
    def pull_chunk(
        self, timeout: float, max_samples: int
    ) -> tuple[npt.NDArray[np.generic], npt.NDArray[np.float64]]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Samples pulled at once: `values` (n, channels), numbers or bytes; `stamps` (n,) as sent."""

    values: npt.NDArray[np.generic]
    stamps: FloatArray


class Wire:
    """One inlet; made by `connected`."""

    def __init__(self, pylsl: ModuleType, held: list[_Inlet]) -> None:
        self._pylsl = pylsl
        self._held = held  # the only reference is dropped off the loop's thread

    def now(self) -> float:
        """Give LSL's own time, which stamps with their offset are in."""
        now: float = self._pylsl.local_clock()  # to lay it beside the session clock, whichever that is
        return now

    def is_open(self) -> bool:
        """Tell whether samples can come; the first call begins to open."""
        return self._asked(_opened) is not None

    def offset_s(self) -> float | None:
        """Give LSL's time here less that of the sender; None until it is measured, which takes 0.65 s."""
        return self._asked(lambda inlet: inlet.time_correction(timeout=_NOW))

    def waiting(self) -> int:
        """Count the samples that can be pulled."""
        return self._held[0].samples_available()

    def pull(self, most: int) -> Batch:
        """Take the samples that are there, at most so many."""
        pulled = self._asked(lambda inlet: inlet.pull_chunk(timeout=_NOW, max_samples=most))
        return Batch(np.empty((0, 1)), np.empty(0)) if pulled is None else Batch(*pulled)

    def xml(self) -> str | None:
        """Give the whole description; None until it is there."""
        info = self._asked(lambda inlet: inlet.info(timeout=_NOW))
        return None if info is None else info.as_xml()

    def _asked(self, question: Callable[[_Inlet], T]) -> T | None:
        try:
            return question(self._held[0])
        except self._pylsl.util.TimeoutError:
            return None
        except RuntimeError as fault:
            raise SensorError(Reason.LINK_LOST, "the stream's sender is gone") from fault


def _opened(inlet: _Inlet) -> bool:
    inlet.open_stream(timeout=_NOW)
    return True


@asynccontextmanager
async def connected(info: Info) -> AsyncIterator[Wire]:
    """Make an inlet for as long as the context is open.

    Parameters
    ----------
    info : Info
        What the search found.

    Raises
    ------
    SensorError
        `LSL_MISSING`; `LINK_LOST` when liblsl makes none.
    """
    pylsl = await loaded_pylsl()
    held: list[_Inlet] = []

    def make() -> None:
        held.append(pylsl.StreamInlet(info, max_buflen=_HELD_S, recover=False, as_numpy=True))

    try:
        try:
            await asyncio.to_thread(make)
        except RuntimeError as fault:
            raise SensorError(Reason.LINK_LOST, "no inlet could be made for the stream") from fault
        yield Wire(pylsl, held)
    finally:
        await asyncio.to_thread(held.clear)
