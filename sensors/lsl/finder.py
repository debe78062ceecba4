# SPDX-License-Identifier: MIT
"""The search for LSL streams nearby, for the connect screen and `attune devices`.

Law: it sends its questions only until it is closed; each stream is looked at once and told once; no inlet is made but
where liblsl alone knows the way to a description.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable

from dsp.codes import Reason, SensorKind, SourceState
from dsp.stream import Sighting, Status
from sensors.lsl.describe import describe
from sensors.lsl.facts import StreamFacts, StreamKey
from sensors.lsl.recognise import NO_CHOICES, Choices, Recognised, Unknown, recognise
from sensors.lsl.search import Found, searching
from sensors.pump import pump
from sensors.source import SensorError

NAME = "lsl"

_TURN_S = 0.25
_AT_ONCE = 16  # descriptions
_KNOWN = 1024  # streams


def find(
    *,
    clock: Callable[[], float],
    choices: Choices = NO_CHOICES,
    ask: Callable[[str, Unknown], None] = lambda _address, _unknown: None,
) -> AsyncGenerator[Sighting | Status, None]:
    """Search for streams until the iterator is closed.

    Parameters
    ----------
    clock : callable
        The session clock, seconds.
    choices : mapping of StreamKey to tuple of Signal
        What people chose for streams that do not say what they are.
    ask : callable
        Is told the address of each stream that must be asked about, and what is to be asked.

    Returns
    -------
    async iterator of Sighting or Status
        A `Sighting` for each stream, with the address `lsl:NAME` (`lsl:source_id=ID` for another one of the same name);
        with `unknown_channels` where it must be asked about. A `Status` of the source `lsl` when the search works
        (SCANNING) and when it cannot (FAILED), and of a stream's address when it is refused (FAILED, `NOT_A_SENSOR`).
    """
    return pump(_Search(clock, choices, ask).run)


class _Search:
    def __init__(self, clock: Callable[[], float], choices: Choices, ask: Callable[[str, Unknown], None]) -> None:
        self._clock = clock
        self._choices = choices
        self._ask = ask
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
            emit(
                self._sighting(address, recognise(await describe(found.facts, found.info), self._choices), found.facts)
            )
        except SensorError as error:
            if error.reason is Reason.LINK_LOST:  # it may come again
                self._seen.pop(found.uid, None)
                return
            emit(Status(self._clock(), address, SourceState.FAILED, reason=error.reason, detail=error.detail))

    def _sighting(self, address: str, known: Recognised | Unknown, facts: StreamFacts) -> Sighting:
        if isinstance(known, Recognised):
            return Sighting(address, facts.key.name, known.gives, kind=SensorKind.STREAM)
        self._ask(address, known)
        return Sighting(address, facts.key.name, (), kind=SensorKind.STREAM, unknown_channels=known.labels)

    def _address_of(self, facts: StreamFacts | None) -> str:
        if facts is None:
            return NAME
        key = facts.key
        first = self._named.setdefault(key.name, key)
        return f"lsl:{key.name}" if first == key or not key.source_id else f"lsl:source_id={key.source_id}"
