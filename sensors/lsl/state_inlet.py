# SPDX-License-Identifier: MIT
"""The state that another Attune sends by LSL, read only: what `attune watch` shows.

Law: nothing is sent but liblsl's own questions, and nothing of it enters a session. A stream that is no state of ours
is passed over; where its sender goes away, it is looked for again.
"""

import asyncio
import math
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from dsp.codes import Zone
from sensors.lsl.facts import StreamFacts
from sensors.lsl.search import Found, Query, searching
from sensors.lsl.wire import Batch, Wire, connected
from sensors.source import SensorError

CHANNELS = 6
_TURN_S = 0.1
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


async def sent_states(query: Query) -> AsyncGenerator[SentState | None, None]:
    """Give each state that comes; None each time that its sender is looked for.

    Parameters
    ----------
    query : Query
        Which stream.

    Raises
    ------
    SensorError
        `LSL_MISSING`.
    """
    while True:
        yield None
        found = await _find(query)
        try:
            async with connected(found.info) as wire:
                async for batch in _pulled(wire):
                    for stamp, row in zip(batch.stamps.tolist(), batch.values.tolist(), strict=True):
                        yield _state(stamp, found.facts.key.name if found.facts else "", row)
        except SensorError:  # its sender is gone
            await asyncio.sleep(_TURN_S)


async def _find(query: Query) -> Found:
    async with searching(query) as look:
        while True:
            for found in await look():
                if found.facts is not None and _is_state(found.facts, query):
                    return found
            await asyncio.sleep(_TURN_S)


def _is_state(facts: StreamFacts, query: Query) -> bool:
    """Tell whether a stream is a state as our outlets send it, which as a sensor is refused (`facts.check`)."""
    is_like_ours = facts.type == "State" and facts.channel_count == CHANNELS and facts.format == "float32"
    return is_like_ours and facts.rate_hz == 0.0 and query.matches(facts)


async def _pulled(wire: Wire) -> AsyncGenerator[Batch, None]:
    """Give what comes, until nothing has come for a while."""
    quiet_s = 0.0
    while quiet_s < _SILENT_S:
        if wire.is_open() and wire.waiting():
            quiet_s = 0.0
            yield wire.pull(wire.waiting())
        await asyncio.sleep(_TURN_S)
        quiet_s += _TURN_S


def _state(stamp: float, stream: str, row: list[float]) -> SentState:
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
    )


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
