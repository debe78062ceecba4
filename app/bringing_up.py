# SPDX-License-Identifier: MIT
"""Brings a new pipeline to where the one of an interrupted session was: its stored items go through it first.

Law: only then does a replay of the whole session give the numbers of the part that follows.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.merge import merge_items, time_of
from app.session import Sink, run_session
from app.store.contents import SessionContents
from dsp.codes import Action, SourceState
from dsp.stream import Command, Frame, Status

if TYPE_CHECKING:
    from dsp.pipeline import Pipeline

_SHOWN_S = 60.0  # of the past, for the traces of a screen
_SHOWN_FRAMES = 4096  # half of what a mailbox holds


class StoppedError(Exception):
    """Nobody waits for it any more."""


def brought_up(contents: SessionContents, sinks: Sequence[Sink], stop: threading.Event | None = None) -> "Pipeline":
    """Put a session's items through a new pipeline; takes seconds, so not on an event loop.

    Parameters
    ----------
    contents : SessionContents
        What was recorded before.
    sinks : sequence of Sink
        Hear of each frame.
    stop : Event or None
        Ends it from another thread.

    Raises
    ------
    StoppedError
        When `stop` was set.
    AppError, StoreError
        Where it cannot be read.
    """
    from dsp.pipeline import Pipeline

    pipeline = Pipeline(tuple(contents.head.codes))
    asyncio.run(run_session(merge_items(contents.items()), pipeline, [_Watched(stop or threading.Event()), *sinks]))
    return pipeline


@dataclass(frozen=True, slots=True)
class _Watched:
    """A sink that ends a session from another thread."""

    stop: threading.Event

    def put(self, _frame: Frame) -> None:
        if self.stop.is_set():
            raise StoppedError


class HeardSources:
    """A sink that follows which sources a session had at its end, and whose each was.

    Parameters
    ----------
    configured : object
        The addresses that its configuration names, if it names any.
    """

    def __init__(self, configured: object) -> None:
        addresses = configured if isinstance(configured, list) else []
        self._owners = dict(str(address).rpartition("@")[::2] for address in addresses)

    def put(self, frame: Frame) -> None:
        """Note sources that stream, stop, or are given to somebody."""
        if isinstance(frame.item, Command) and frame.item.action is Action.ASSIGN:
            values = dict(frame.item.values)
            self._owners[str(values.get("source"))] = str(values.get("to"))
        for status in frame.statuses:
            if status.state is SourceState.STREAMING:
                self._owners.setdefault(status.source, status.person)
            elif status.state is SourceState.STOPPED:
                self._owners.pop(status.source, None)

    @property
    def addresses(self) -> Sequence[str]:
        """The sources as on the command line."""
        return [f"{source}@{person}" for source, person in self._owners.items()]


class Remembered:
    """A sink that keeps what a screen is shown of the time before: the last minute, and every rest that was found."""

    def __init__(self) -> None:
        self._newest: deque[Frame] = deque(maxlen=_SHOWN_FRAMES)
        self._found: list[Frame] = []

    def put(self, frame: Frame) -> None:
        """Keep a frame as far as it tells of signals: sources, cues and what people decided come anew."""
        if isinstance(frame.item, Status | Command):
            return
        self._newest.append(replace(frame, statuses=(), notices=(), cues=()))
        start_t = time_of(frame.item) - _SHOWN_S
        while time_of(self._newest[0].item) < start_t:
            self._leave(self._newest.popleft())

    @property
    def frames(self) -> Sequence[Frame]:
        """What is shown, the oldest first."""
        return (*self._found, *self._newest)

    def _leave(self, frame: Frame) -> None:
        if frame.baselines or frame.resonances:
            self._found.append(frame)
