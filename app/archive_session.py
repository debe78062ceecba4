# SPDX-License-Identifier: MIT
"""Storing the running session: from its first second once somebody agreed, until they change their mind, or it ends.

The recording itself is that of the command line (`app.recording`).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.archive_thread import ArchiveThread, code_of
from app.archive_work import decided, sources_of
from app.clock import Clock
from app.errors import AppError, Fault
from app.keeping import Keeping
from app.live_merge import Roster
from app.recording import Recorded, recorded, resumed
from dsp.stream import Recording
from sensors.source import SensorError
from ui.archive.seam import Closed, Decision, Done, Refused, Storing, Task


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What came of people's decisions: a recording that begins, or keys of those who join the one that goes on."""

    recorded: Recorded | None = None
    joining: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


class SessionStoring:
    """Stores one session at a time; belongs to the worker's loop.

    Parameters
    ----------
    thread : ArchiveThread
        Works with the store.
    clock : Clock
        The session clock.
    """

    def __init__(self, thread: ArchiveThread, clock: Clock) -> None:
        self._thread = thread
        self._clock = clock
        self._keeping: Keeping | None = None

    @property
    def is_running(self) -> bool:
        """Whether a session runs, stored or not."""
        return self._keeping is not None

    @asynccontextmanager
    async def keeping(self, roster: Roster, interrupted: str) -> AsyncIterator[Keeping]:
        """Take in the frames of a session until the block ends; of an interrupted one, go on with it."""
        self._keeping = keeping = Keeping(roster, lambda state: self._say(keeping, state))
        try:
            if interrupted:
                await self._take_up(keeping, interrupted)
            yield keeping
        finally:
            keeping.forget()
            self._keeping = None
            await self._thread.run(lambda: self._close(keeping))

    def record(self, decisions: Sequence[Decision]) -> None:
        """Store the session of those who agree, from its first second."""
        keeping = self._keeping
        if keeping is not None:
            self._thread.do(
                Task.RECORD, "", lambda: self._agree(keeping, decisions), lambda agreed: self._begin(keeping, agreed)
            )

    def take_back(self, person: str) -> None:
        """Store nothing more of a person at once, and destroy what this session stored of them."""
        if self._keeping is not None and self._keeping.recorded is not None:
            found = self._keeping.recorded
            code = found.live.head.codes.get(person, "")
            self._keeping.stop(person)
            done = Done(Task.TAKE_BACK, code)
            self._thread.do(
                Task.TAKE_BACK, code, lambda: found.take_back(person), lambda _gone: self._thread.tell(done)
            )

    async def _take_up(self, keeping: Keeping, session: str) -> None:
        try:
            found = await self._thread.run(lambda: self._found(keeping, session))
        except (AppError, SensorError) as error:
            self._thread.tell(Refused(Task.RESUME, code_of(error), session))
            return
        if found is None:
            self._thread.tell(Refused(Task.RESUME, Fault.TOO_LATE, session))
        else:
            keeping.begin(found)

    def _found(self, keeping: Keeping, session: str) -> Recorded | None:
        place = self._thread.place
        self._thread.opens_alone()
        going_on = resumed(place.folder, session, self._clock, place.wall, self._thread.vault)
        found = keeping.stack.enter_context(going_on)
        if found is not None:
            keeping.addresses = sources_of(found)
        return found

    def _agree(self, keeping: Keeping, decisions: Sequence[Decision]) -> _Agreed:
        vault = self._thread.opened() if _writes(decisions) else None
        codes = decided(vault, self._thread.place.safe, decisions) if vault is not None else {}
        if vault is None or not codes or keeping is not self._keeping:
            return _Agreed()
        if keeping.recorded is not None:
            live = keeping.recorded.live
            return _Agreed(joining={person: (code, live.join(person, code)) for person, code in codes.items()})
        return _Agreed(
            keeping.stack.enter_context(
                recorded(
                    vault,
                    codes,
                    self._clock,
                    configuration=keeping.configuration(),
                    is_synthetic=keeping.is_synthetic,
                    started_t=keeping.first_t,
                )
            )
        )

    def _begin(self, keeping: Keeping, agreed: _Agreed) -> None:
        if agreed.recorded is not None:
            keeping.begin(agreed.recorded)
        elif keeping.recorded is None:
            keeping.forget()
        else:
            for person, (code, key) in agreed.joining.items():
                keeping.recorded.recorder.add(person, code, key)
        self._thread.tell(Done(Task.RECORD))

    def _close(self, keeping: Keeping) -> None:
        """End the recording, if there is one: nothing that the disk refuses keeps the session from ending."""
        persons = keeping.recorded.recorder.state.persons if keeping.recorded is not None else ()
        try:
            keeping.stack.close()
        except (AppError, SensorError) as error:
            self._thread.tell(Refused(Task.END, code_of(error)))
        if keeping.recorded is not None:
            head = keeping.recorded.live.head
            codes = tuple((name, code) for name, code in head.codes.items() if name in persons)
            self._thread.tell(Closed(head.session, codes))

    def _say(self, keeping: Keeping, state: Recording) -> None:
        if keeping.recorded is not None:
            head = keeping.recorded.live.head
            self._thread.tell(Storing(head.session, state, tuple(head.codes.items())))


def _writes(decisions: Sequence[Decision]) -> bool:
    """Tell whether anything has to be put on record: of who is new and stays live only, nothing is."""
    return any(one.code or (one.agreement is not None and one.agreement.stores) for one in decisions)
