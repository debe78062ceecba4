# SPDX-License-Identifier: MIT
"""The state that another Attune sends by LSL, read only: what `attune watch` shows.

Law: nothing is sent but liblsl's own questions, and nothing of it enters a session. A stream that is no state of ours
is passed over; one that its session did not share is refused; where its sender goes away, it is looked for again.
"""

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from dsp.codes import Reason, Zone
from sensors.lsl.describe import describe
from sensors.lsl.facts import StreamFacts
from sensors.lsl.search import Found, Query, searching
from sensors.lsl.wire import Batch, Wire, connected
from sensors.source import SensorError

CHANNELS = 6
SHARED = "network"
"""What an outlet's description says where everybody in its session agreed to be looked on from another computer."""

_TURN_S = 0.1
_BESIDE_S = 2.0  # the bounds of the same Attune answer in this time
_STATE, _WINDOW = "State", "Window"  # the ends of their source ids
_SILENT_S = 5.0  # a state comes each second; then its sender is looked for again
_ZONES = {-1.0: Zone.BELOW, 0.0: Zone.WITHIN, 1.0: Zone.ABOVE}


@dataclass(frozen=True, slots=True)
class SentState:
    """One second of another Attune; numbers are None where they are not known, `t` is on LSL's clock of its sender."""

    t: float
    stream: str
    level: float | None
    uncertainty: float | None
    zone: Zone
    p_above: float | None
    p_below: float | None
    is_paced: bool
    bounds: tuple[float, float] | None = None


async def sent_states(query: Query) -> AsyncGenerator[SentState | None, None]:
    """Give each state that comes; None each time that its sender is looked for.

    Parameters
    ----------
    query : Query
        Which stream.

    Raises
    ------
    SensorError
        `LSL_MISSING`; `NOT_SHARED` for a session in which nobody agreed to be looked on from another computer.
    """
    while True:
        yield None
        found = await _find(query, _is_state)
        try:
            facts = await _require_shared(found)
            async with connected(found.info) as wire, _window_of(facts) as window:
                async for batch in _pulled(wire):
                    bounds = window.newest()
                    for stamp, row in zip(batch.stamps.tolist(), batch.values.tolist(), strict=True):
                        yield _state(stamp, facts.key.name, row, bounds)
        except SensorError as fault:
            if fault.reason is Reason.NOT_SHARED:
                raise
            await asyncio.sleep(_TURN_S)  # its sender is gone


class _Window:
    """The bounds that the same Attune sends beside a state; None where it sends none."""

    def __init__(self, wire: Wire | None) -> None:
        self._wire = wire
        self._bounds: tuple[float, float] | None = None

    def newest(self) -> tuple[float, float] | None:
        """Give what came last."""
        wire = self._wire
        while wire is not None and wire.is_open() and wire.waiting():
            lower, upper = wire.pull(wire.waiting()).values[-1].tolist()
            self._bounds = (lower, upper) if math.isfinite(lower) and math.isfinite(upper) else None
        return self._bounds


@asynccontextmanager
async def _window_of(state: StreamFacts) -> AsyncIterator[_Window]:
    """Read the bounds that go with a state, if they are found in a moment."""
    source_id = state.source_id.removesuffix(_STATE) + _WINDOW
    try:
        async with asyncio.timeout(_BESIDE_S):
            found = await _find(Query((("source_id", source_id),)), _is_window)
    except TimeoutError:
        yield _Window(None)
        return
    async with connected(found.info) as wire:
        yield _Window(wire)


async def _find(query: Query, is_meant: Callable[[StreamFacts], bool]) -> Found:
    async with searching(query) as look:
        while True:
            for found in await look():
                if found.facts is not None and is_meant(found.facts) and query.matches(found.facts):
                    return found
            await asyncio.sleep(_TURN_S)


async def _require_shared(found: Found) -> StreamFacts:
    facts = None if found.facts is None else await describe(found.facts, found.info)
    if facts is None or facts.shared != SHARED:
        raise SensorError(Reason.NOT_SHARED, "nobody in that session agreed to be shown on another computer")
    return facts


def _is_state(facts: StreamFacts) -> bool:
    """Tell whether a stream is a state as our outlets send it, which as a sensor is refused (`facts.check`)."""
    return facts.type == "State" and facts.channel_count == CHANNELS and _is_each_second(facts)


def _is_window(facts: StreamFacts) -> bool:
    return facts.type == "Window" and facts.channel_count == len(("lower", "upper")) and _is_each_second(facts)


def _is_each_second(facts: StreamFacts) -> bool:
    return facts.format == "float32" and facts.rate_hz == 0.0


async def _pulled(wire: Wire) -> AsyncGenerator[Batch, None]:
    """Give what comes, until nothing has come for a while."""
    quiet_s = 0.0
    while quiet_s < _SILENT_S:
        if wire.is_open() and wire.waiting():
            quiet_s = 0.0
            yield wire.pull(wire.waiting())
        await asyncio.sleep(_TURN_S)
        quiet_s += _TURN_S


def _state(stamp: float, stream: str, row: list[float], bounds: tuple[float, float] | None) -> SentState:
    level, uncertainty, zone, above, below, paced = row
    return SentState(
        stamp,
        stream,
        _known(level),
        _known(uncertainty),
        _ZONES.get(zone, Zone.UNKNOWN),
        _known(above),
        _known(below),
        paced == 1.0,
        bounds,
    )


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
