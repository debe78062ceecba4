# SPDX-License-Identifier: MIT
"""What another Attune sends, for a window that looks on: read on a thread of its own, handed over as frames.

Law: nothing is kept and nothing is sent back. Times are laid on the clock here by the quickest arrival, so that a
second which came late stands where it belongs.
"""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing

from app.clock import Clock
from dsp.arousal.estimate import BAND
from dsp.arousal.scale import squash, unsquash
from dsp.baseline import ArousalState
from dsp.codes import Reason, SourceState, Zone
from dsp.stream import CLIENT, Frame, Status, Tick
from sensors.lsl.search import Query
from sensors.lsl.state_inlet import SentState, sent_states
from sensors.source import SensorError

_MOST = 4096  # messages: an hour that nobody looked
_CLOSING_S = 3.0


class Watching:
    """Reads one stream until it is closed (`ui.watch.seam.Watched`).

    Parameters
    ----------
    query : Query
        Which stream.
    clock : Clock
        The clock here.
    """

    def __init__(self, query: Query, clock: Clock) -> None:
        self._query = query
        self.clock = clock
        self._messages: deque[Frame | Status] = deque(maxlen=_MOST)
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="attune-watch", daemon=True)

    @property
    def name(self) -> str:
        """What is looked for."""
        return self._query.wanted[0][1]

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """End the reading, and wait for it a moment."""
        self._loop.call_soon_threadsafe(lambda: self._task.cancel() if self._task is not None else None)
        self._thread.join(_CLOSING_S)

    def drain(self) -> Sequence[Frame | Status]:
        """Take everything that came since the last call, oldest first."""
        return [self._messages.popleft() for _message in range(len(self._messages))]

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._task = asyncio.create_task(self._read())
        await asyncio.wait({self._task})

    async def _read(self) -> None:
        try:
            async with aclosing(sent_states(self._query)) as states:
                async for message in shown(states, self.clock):
                    self._messages.append(message)
        except SensorError as error:
            self._messages.append(Status(self.clock(), self.name, SourceState.FAILED, CLIENT, error.reason))


async def shown(states: AsyncIterator[SentState | None], clock: Clock) -> AsyncIterator[Frame | Status]:
    """Give what may be shown: frames with a state each, and whether the sender is there.

    Parameters
    ----------
    states : async iterator of SentState or None
        As they come; None: its sender is looked for.
    clock : Clock
        The clock here.
    """
    behind_s: float | None = None
    async for sent in states:
        now = clock()
        if sent is None:
            behind_s = None
            yield Status(now, "", SourceState.SCANNING)
            continue
        if behind_s is None:
            yield Status(now, sent.stream, SourceState.STREAMING)
        behind_s = now - sent.t if behind_s is None else min(behind_s, now - sent.t)
        t = sent.t + behind_s
        yield Frame(Tick(t), states=(state_of(sent, t),))


def state_of(sent: SentState, t: float) -> ArousalState:
    """Give a sent second as the state that it was, at `t` on the clock here."""
    band = None
    if sent.level is not None and sent.uncertainty is not None:
        z, half = unsquash(sent.level), BAND * sent.uncertainty
        band = squash(z - half), squash(z + half)
    is_known = sent.zone is not Zone.UNKNOWN
    why = None if is_known else Reason.NO_BASELINE if sent.bounds is None else Reason.NOT_COMPUTED
    return ArousalState(
        t,
        CLIENT,
        sent.zone,
        level=sent.level,
        uncertainty=sent.uncertainty,
        p_above=sent.p_above,
        p_below=sent.p_below,
        why=why,
        trace=sent.level,
        band=band,
        bounds=sent.bounds,
    )
