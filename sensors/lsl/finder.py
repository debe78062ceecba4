# SPDX-License-Identifier: MIT
"""The search for LSL streams nearby, for the connect screen and `attune devices`.

Law: it sends its questions only until it is closed; each stream is looked at once, and told again every 5 s while it
answers; an address that is shown means one stream; no inlet is made but where liblsl alone knows the way to a
description.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from dsp.codes import Reason, SensorKind, SourceState
from dsp.stream import Sighting, Status
from sensors.lsl.describe import describe
from sensors.lsl.facts import StreamFacts, StreamKey
from sensors.lsl.recognise import NO_CHOICES, Choices, Unknown, recognise
from sensors.lsl.search import Found, Query, is_fielded, searching
from sensors.pump import pump
from sensors.source import SensorError

NAME = "lsl"

_TURN_S = 0.25
_AT_ONCE = 16  # descriptions
_KNOWN = 1024  # streams
_RENEW_S = 5.0

Emit = Callable[[Sighting | Status], None]
Note = Callable[[str, StreamFacts], None]


def _forget(_address: str, _facts: StreamFacts) -> None:
    """Note nothing."""


def _nobodys(_source_id: str) -> bool:
    return False


def find(
    *,
    clock: Callable[[], float],
    choices: Choices = NO_CHOICES,
    note: Note = _forget,
    is_own: Callable[[str], bool] = _nobodys,
) -> AsyncGenerator[Sighting | Status, None]:
    """Search for streams until the iterator is closed.

    Parameters
    ----------
    clock : callable
        The session clock, seconds.
    choices : mapping of StreamKey to tuple of Signal
        What people chose for streams that do not say what they are.
    note : callable
        Is told the address of each stream that is shown, and what the stream says of itself: that is what the address
        means, and what a person's answer is about.
    is_own : callable
        Tells by its source id whether a stream is one that this program itself sends: those are not told of.

    Returns
    -------
    async iterator of Sighting or Status
        A `Sighting` for each stream, again every 5 s while it answers, with the address `lsl:NAME`, or one with its
        type and source id where another one has this name or the name would be read as something else. It has
        `unknown_channels` where something is to be asked, or was and may be taken back; a stream of markers gives
        nothing and has none. A `Status` of the source `lsl` when the search works (SCANNING) and when it cannot
        (FAILED), and of a stream's address when it is refused (FAILED, `NOT_A_SENSOR`).
    """
    return pump(_Search(clock, choices, note, is_own).run)


def sighting_of(address: str, facts: StreamFacts, choices: Choices) -> Sighting:
    """Show a stream: what it gives, and what there is to ask.

    Parameters
    ----------
    address : str
        What it is shown as.
    facts : StreamFacts
        What it says of itself, with its description.
    choices : mapping of StreamKey to tuple of Signal
        What people chose.
    """
    known = recognise(facts, choices)
    gives, ask = ((), known) if isinstance(known, Unknown) else (known.gives, known.ask)
    sighting = Sighting(address, facts.key.name, gives, kind=SensorKind.STREAM)
    return sighting if ask is None else replace(sighting, unknown_channels=ask.labels, guess=ask.guess)


class _Search:
    def __init__(self, clock: Callable[[], float], choices: Choices, note: Note, is_own: Callable[[str], bool]) -> None:
        self._is_own = is_own
        self._clock = clock
        self._choices = choices
        self._note = note
        self._seen: dict[str, None] = {}  # uids, the oldest first
        self._told: dict[str, tuple[float, str, StreamFacts]] = {}  # by uid: when, its address and its description
        self._short: dict[str, StreamKey] = {}  # whose the address is that is a name alone

    async def run(self, emit: Emit) -> None:
        try:
            async with searching() as look:
                emit(Status(self._clock(), NAME, SourceState.SCANNING))
                while True:
                    near = [found for found in await look() if not self._is_ours(found)]
                    self._renew({found.uid for found in near}, emit)
                    keys = {found.facts.key for found in near if found.facts is not None}
                    new = [(found, self._address_of(found.facts, keys)) for found in near if self._is_new(found)]
                    for k in range(0, len(new), _AT_ONCE):
                        await asyncio.gather(*(self._tell(*each, emit) for each in new[k : k + _AT_ONCE]))
                    await asyncio.sleep(_TURN_S)
        except SensorError as error:
            emit(Status(self._clock(), NAME, SourceState.FAILED, reason=error.reason, detail=error.detail))

    def _is_ours(self, found: Found) -> bool:
        return found.facts is not None and self._is_own(found.facts.source_id)

    def _is_new(self, found: Found) -> bool:
        if found.uid in self._seen:
            return False
        self._seen[found.uid] = None
        if len(self._seen) > _KNOWN:
            del self._seen[next(iter(self._seen))]
        return True

    async def _tell(self, found: Found, address: str, emit: Emit) -> None:
        try:
            if found.facts is None or found.refusal is not None:
                raise found.refusal or SensorError(Reason.NOT_A_SENSOR, "the stream says nothing of itself")
            facts = await describe(found.facts, found.info)
            self._show(found.uid, address, facts, emit)
        except SensorError as error:
            if error.reason is Reason.LINK_LOST:  # it may come again
                self._seen.pop(found.uid, None)
                return
            emit(Status(self._clock(), address, SourceState.FAILED, reason=error.reason, detail=error.detail))

    def _renew(self, answering: set[str], emit: Emit) -> None:
        """Tell again of the streams that still answer, as they are known by now."""
        now = self._clock()
        self._told = {uid: told for uid, told in self._told.items() if uid in answering}
        for uid, (t, address, facts) in tuple(self._told.items()):
            if now - t >= _RENEW_S:
                self._show(uid, address, facts, emit)

    def _show(self, uid: str, address: str, facts: StreamFacts, emit: Emit) -> None:
        self._told[uid] = self._clock(), address, facts
        self._note(address, facts)
        emit(sighting_of(address, facts, self._choices))

    def _address_of(self, facts: StreamFacts | None, near: AbstractSet[StreamKey]) -> str:
        """Give the name alone where nothing else near is called so; else, or where it would be misread, the key."""
        if facts is None or not facts.key.name:
            return NAME
        key = facts.key
        has_twin = any(other.name == key.name and other != key for other in near)
        if is_fielded(key.name) or "@" in key.name or (has_twin and self._short.get(key.name) != key):
            return f"{NAME}:{Query.of(key).text}"
        self._short[key.name] = key
        if len(self._short) > _KNOWN:
            del self._short[next(iter(self._short))]
        return f"{NAME}:{key.name}"
