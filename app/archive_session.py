# SPDX-License-Identifier: MIT
"""Storing the running session: from its first second once somebody agreed, until they change their mind, or it ends.

The recording itself is that of the command line (`app.recording`).
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.archive_thread import ArchiveThread, code_of
from app.archive_work import decided
from app.bringing_up import HeardSources, Remembered, brought_up
from app.clock import Clock
from app.errors import AppError, Fault
from app.keeping import Keeping
from app.keeps import Decide
from app.known import condition_commands, known_of
from app.live_merge import Roster
from app.recording import Recorded, recorded, resumed
from app.store.audit import AuditAction
from app.store.checklist import Condition
from app.store.resume import find_resumable, read_resumable
from app.store.vault import Vault
from dsp.stream import Command, Recording
from resources.words import gettext as _
from sensors.source import SensorError
from ui.archive.seam import Closed, Decision, Done, RecoveryCode, Refused, Resumed, Storing, Task


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What came of people's decisions: a recording that begins, or keys of those who join the one that goes on.

    `known` is what was known of them before.
    """

    recorded: Recorded | None = None
    joining: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    known: Sequence[Command] = ()


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
    async def keeping(self, roster: Roster, decide: Decide, interrupted: str) -> AsyncIterator[Keeping]:
        """Take in the frames of a session until the block ends; of an interrupted one, go on with it."""
        self._keeping = keeping = Keeping(roster, lambda state: self._say(keeping, state), decide)
        keeping.allow = lambda persons, shares: self._thread.run(
            lambda: self._let_send(keeping, persons, shares=shares)
        )
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
            self._thread.do_apart(
                Task.TAKE_BACK, code, lambda: found.take_back(person), lambda: self._thread.tell(done)
            )

    def note(self, t: float, person: str, text: str) -> None:
        """Keep a clinician's note, at once; what nobody agreed to store is written nowhere."""
        if self._keeping is not None:
            self._keeping.note(t, person, text)

    def hold(self, *, is_held: bool) -> None:
        """Store nothing more until it is let go of; what came meanwhile is stored then, or forgotten with the end."""
        if self._keeping is not None and is_held:
            self._keeping.hold()
        elif self._keeping is not None:
            self._keeping.let_go()

    def save_to(self, folder: str) -> None:
        """Go on storing in another folder: the disk takes nothing any more."""
        if self._keeping is not None and self._keeping.recorded is not None:
            self._keeping.recorded.save_to(Path(folder))

    def _let_send(self, keeping: Keeping, persons: Sequence[str], *, shares: bool) -> None:
        """Put on record that these persons agreed to be sent in this session; of who is not stored there is none."""
        codes = {} if keeping.recorded is None else keeping.recorded.live.head.codes
        vault = self._thread.vault
        for code in (codes[person] for person in persons if person in codes):
            if vault is None or vault.consents.current(code) is None:
                raise AppError(Fault.NO_CONSENT, _("{code} took the consent back.").format(code=code))
            vault.audit.note_alone(AuditAction.SENT_TO_NETWORK if shares else AuditAction.SENT_HERE, code)

    async def _take_up(self, keeping: Keeping, session: str) -> None:
        stop = threading.Event()
        try:
            found = await self._thread.run(lambda: self._found(keeping, session, stop))
        except (AppError, SensorError) as error:
            self._thread.tell(Refused(Task.RESUME, code_of(error), session))
            return
        except asyncio.CancelledError:
            stop.set()
            raise
        if found is None:
            self._thread.tell(Refused(Task.RESUME, Fault.TOO_LATE, session))
        else:
            self._sign(keeping)
            keeping.begin(found)
            self._thread.tell(Resumed(session, tuple(keeping.addresses)))

    def _found(self, keeping: Keeping, session: str, stop: threading.Event) -> Recorded | None:
        """Bring the numbers to where they were, and then take up the recording: the gap ends where that begins."""
        place = self._thread.place
        self._thread.opens_alone()
        token = find_resumable(place.folder, place.wall(), session)
        if token is None:
            return None
        stored, remembered = read_resumable(place.folder, token), Remembered()
        sources = HeardSources(stored.configuration.get("addresses"))
        keeping.pipeline = brought_up(stored, [keeping.findings, sources, remembered], stop)
        keeping.shown, keeping.addresses = remembered.frames, sources.addresses
        going_on = resumed(place.folder, session, self._clock, place.wall, self._thread.vault)
        return keeping.stack.enter_context(going_on)

    def _agree(self, keeping: Keeping, decisions: Sequence[Decision]) -> _Agreed:
        t = self._clock()
        off = [
            command
            for one in decisions
            for command in condition_commands(map(Condition, one.conditions or ()), one.person, t)
        ]
        vault = self._thread.opened() if _writes(decisions) else None
        codes = self._decided(vault, decisions) if vault is not None else {}
        if vault is None or not codes or keeping is not self._keeping:
            return _Agreed(known=off)
        off = [command for command in off if command.person not in codes]  # of the stored ones the record says it
        known = [*off, *known_of(vault, codes, t)]
        if keeping.recorded is not None:
            live = keeping.recorded.live
            return _Agreed(None, {person: (code, live.join(person, code)) for person, code in codes.items()}, known)
        begun = recorded(
            vault,
            codes,
            self._clock,
            configuration=keeping.configuration(),
            is_synthetic=keeping.is_synthetic,
            started_t=keeping.first_t,
        )
        return _Agreed(keeping.stack.enter_context(begun), known=known)

    def _decided(self, vault: Vault, decisions: Sequence[Decision]) -> Mapping[str, str]:
        tell = self._thread.tell
        return decided(vault, self._thread.place.safe, decisions, lambda code: tell(RecoveryCode(code)))

    def _begin(self, keeping: Keeping, agreed: _Agreed) -> None:
        self._sign(keeping)
        if agreed.recorded is not None:
            keeping.begin(agreed.recorded)
        elif keeping.recorded is None:
            keeping.forget()
        else:
            for person, (code, key) in agreed.joining.items():
                keeping.recorded.recorder.add(person, code, key)
        for command in agreed.known:
            keeping.decide(command)
        self._thread.tell(Done(Task.RECORD))

    def _sign(self, keeping: Keeping) -> None:
        """Let notes carry the code of who opened the store."""
        if self._thread.vault is not None:
            keeping.operator = self._thread.vault.keys.operator

    def _close(self, keeping: Keeping) -> None:
        """End the recording, if there is one: nothing that the disk refuses keeps the session from ending."""
        persons = keeping.recorded.recorder.state.persons if keeping.recorded is not None else ()
        try:
            keeping.stack.close()
            if self._thread.vault is not None:  # else they are read from the session's files later
                keeping.keep_findings(self._thread.vault)
        except (AppError, SensorError) as error:
            self._thread.tell(Refused(Task.END, code_of(error)))
        if keeping.recorded is not None:
            head = keeping.recorded.live.head
            codes = tuple((name, code) for name, code in head.codes.items() if name in persons)
            place = keeping.recorded.recorder.place
            elsewhere = str(place) if place.is_dir() and place != keeping.recorded.live.folder else ""
            self._thread.tell(Closed(head.session, codes, elsewhere))

    def _say(self, keeping: Keeping, state: Recording) -> None:
        if keeping.recorded is not None:
            head = keeping.recorded.live.head
            self._thread.tell(Storing(head.session, state, tuple(head.codes.items())))


def _conditions_of(decision: Decision, t: float) -> Sequence[Command]:
    return condition_commands(map(Condition, decision.conditions or ()), decision.person, t)


def _writes(decisions: Sequence[Decision]) -> bool:
    """Tell whether anything has to be put on record: of who is new and stays live only, nothing is."""
    return any(one.code or (one.agreement is not None and one.agreement.stores) for one in decisions)
