# SPDX-License-Identifier: MIT
"""The search for LSL streams nearby, for the connect screen and `attune devices`.

Law: it sends its questions only until it is closed; each stream is looked at once and told once; no inlet is made but
where liblsl alone knows the way to a description.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import Sighting, Status
from sensors.ble.pump import pump
from sensors.lsl.describe import describe
from sensors.lsl.facts import StreamFacts, StreamKey
from sensors.lsl.recognise import NO_CHOICES, Choices, Unknown, recognise
from sensors.lsl.search import Found, searching
from sensors.source import SensorError

NAME = "lsl"

_TURN_S = 0.25
_AT_ONCE = 16  # descriptions
_KNOWN = 1024  # streams


def find(*, clock: Callable[[], float], choices: Choices = NO_CHOICES) -> AsyncGenerator[Sighting | Status, None]:
    """Search for streams until the iterator is closed.

    Parameters
    ----------
    clock : callable
        The session clock, seconds.
    choices : mapping of StreamKey to tuple of Signal
        What people chose for streams that do not say what they are.

    Returns
    -------
    async iterator of Sighting or Status
        A `Sighting` for each stream, with the address `lsl:NAME` (`lsl:source_id=ID` for another one of the same name).
        A `Status` of the source `lsl` when the search works (SCANNING) and when it cannot (FAILED), and of a stream's
        address when it is refused or must be asked about (FAILED, `NOT_A_SENSOR` or `STREAM_UNKNOWN`).
    """
    return pump(_Search(clock, choices).run)


class _Search:
    def __init__(self, clock: Callable[[], float], choices: Choices) -> None:
        self._clock = clock
        self._choices = choices
        self._seen: dict[str, None] = {}  # uids, the oldest first
        self._named: dict[str, StreamKey] = {}

    async def run(self, emit: Callable[[Sighting | Status], None]) -> None:
        try:
            async with searching() as look:
                emit(Status(self._clock(), NAME, SourceState.SCANNING))
                while True:
                    new = [found for found in await look() if self._is_new(found)]
                    for k in range(0, len(new), _AT_ONCE):
                        await asyncio.gather(*(self._tell(found, emit) for found in new[k : k + _AT_ONCE]))
                    await asyncio.sleep(_TURN_S)
        except SensorError as error:
            emit(Status(self._clock(), NAME, SourceState.FAILED, reason=error.reason, detail=error.detail))

    def _is_new(self, found: Found) -> bool:
        if found.uid in self._seen:
            return False
        self._seen[found.uid] = None
        if len(self._seen) > _KNOWN:
            del self._seen[next(iter(self._seen))]
        return True

    async def _tell(self, found: Found, emit: Callable[[Sighting | Status], None]) -> None:
        address = self._address_of(found.facts)
        try:
            if found.facts is None or found.refusal is not None:
                raise found.refusal or SensorError(Reason.NOT_A_SENSOR, "the stream says nothing of itself")
            emit(Sighting(address, found.facts.key.name, await self._gives(found, found.facts)))
        except SensorError as error:
            if error.reason is Reason.LINK_LOST:  # it may come again
                self._seen.pop(found.uid, None)
                return
            emit(Status(self._clock(), address, SourceState.FAILED, reason=error.reason, detail=error.detail))

    async def _gives(self, found: Found, facts: StreamFacts) -> tuple[Modality, ...]:
        recognised = recognise(await describe(facts, found.info), self._choices)
        if isinstance(recognised, Unknown):
            raise SensorError(Reason.STREAM_UNKNOWN, recognised.sentence)
        return recognised.gives

    def _address_of(self, facts: StreamFacts | None) -> str:
        if facts is None:
            return NAME
        key = facts.key
        first = self._named.setdefault(key.name, key)
        return f"lsl:{key.name}" if first == key or not key.source_id else f"lsl:source_id={key.source_id}"
