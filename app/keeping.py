# SPDX-License-Identifier: MIT
"""The running session on its way to the store: in memory until it is decided, then on the disk from its first second.

Law: nothing leaves memory before somebody agreed; what waits is forgotten as soon as nobody does. `put` never waits.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.head import session_head
from app.live_merge import Roster
from app.merge import time_of
from app.recording import Recorded
from app.store.baselines import Findings
from app.store.rows import Note
from app.store.stored_session import RECORDING_SOURCE
from dsp.codes import Action, Reason
from dsp.stream import NOBODY, Command, Frame, Gap, Item, Recording, Tick

if TYPE_CHECKING:
    from app.store.vault import Vault
    from dsp.pipeline import Pipeline

_WAITING_S = 540.0  # less than what a recorder can take at once (app/store/backlog.py)
_MADE_UP = "demo"

Tell = Callable[[Recording], None]
Allow = Callable[[Sequence[str], bool], Awaitable[None]]


async def _let(_persons: Sequence[str], _shares: bool) -> None:
    """Let what they said stand."""


class Keeping:
    """Takes the frames of one session.

    Parameters
    ----------
    roster : Roster
        The session's sources.
    tell : callable
        Hears how far the session is on the disk: each second, and at once when the disk takes nothing any more.
    decide : callable
        Puts a command into the session.

    Attributes
    ----------
    before : sequence of Item
        The first items of a session that goes on: its gap.
    addresses : sequence of str
        The sources that it had.
    pipeline : Pipeline or None
        Its pipeline, brought to where it was.
    shown : sequence of Frame
        What the screens are shown of the time before.
    allow : callable
        Puts on record who agreed to be sent.
    operator : str
        The code of who opened the store, which signs the notes.
    """

    def __init__(self, roster: Roster, tell: Tell, decide: Callable[[Command], None]) -> None:
        self._roster = roster
        self._tell = tell
        self.decide = decide
        self._waiting: deque[Frame] | None = deque()
        self._held: deque[Frame] | None = None  # while nobody has said whether the storing goes on
        self._notes: list[Note] = []
        self._owners: dict[str, str] = {}  # of the sources that were assigned
        self._told = Recording()
        self.stack = ExitStack()
        self.recorded: Recorded | None = None
        self.findings = Findings()
        self.before: Sequence[Item] = ()
        self.addresses: Sequence[str] = ()
        self.pipeline: Pipeline | None = None
        self.shown: Sequence[Frame] = ()
        self.allow: Allow = _let
        self.operator = "clinician"  # until a store is open

    @property
    def first_t(self) -> float | None:
        """The time of the oldest frame that waits; None where none does."""
        return time_of(self._waiting[0].item) if self._waiting else None

    @property
    def is_synthetic(self) -> bool:
        """Whether a made-up person takes part."""
        return any(feed.source.name.startswith(_MADE_UP) for feed in self._roster)

    def configuration(self) -> Mapping[str, object]:
        """Say how the numbers are made, and from what: a session that goes on begins with these sources."""
        owners = {feed.source.name: self._owners.get(feed.source.name, feed.person) for feed in self._roster}
        persons = [person for person in dict.fromkeys(owners.values()) if person != NOBODY]
        addresses = [f"{feed.source.name}{feed.options}@{owners[feed.source.name]}" for feed in self._roster]
        return {**session_head(list(owners), persons), "addresses": addresses}

    def put(self, frame: Frame) -> None:
        """Take a frame."""
        if isinstance(frame.item, Command) and frame.item.action is Action.ASSIGN:
            values = dict(frame.item.values)
            self._owners[str(values.get("source"))] = str(values.get("to"))
        if self._held is not None:
            self._hold_on_to(self._held, frame)
            return
        self.findings.put(frame)
        if self.recorded is not None:
            self.recorded.recorder.put(frame)
            self._say(self.recorded.recorder.state, is_due=isinstance(frame.item, Tick))
        elif self._waiting is not None:
            self._waiting.append(frame)
            while time_of(self._waiting[0].item) < time_of(frame.item) - _WAITING_S:
                self._waiting.popleft()

    def begin(self, recorded: Recorded) -> None:
        """Store from now on, and what waited before."""
        self.recorded = recorded
        self.before = recorded.gaps
        for frame in self._waiting or ():
            recorded.recorder.put(frame)
        for note in self._notes:
            recorded.recorder.note(replace(note, author=self.operator))
        self._notes = []
        self._waiting = None
        self._say(recorded.recorder.state, is_due=True)

    def note(self, t: float, person: str, text: str) -> None:
        """Keep a clinician's note, signed by who opened the store: with what waits, or at once."""
        note = Note(t, self.operator, person, text)
        if self.recorded is not None:
            self.recorded.recorder.note(note)
        elif self._waiting is not None:
            self._notes.append(note)

    def hold(self) -> None:
        """Keep what comes in memory: a session that ends before `let_go` is stored up to here alone."""
        if self.recorded is not None and self._held is None:
            self._held = deque()

    def let_go(self) -> None:
        """Store what was held, and go on storing."""
        held, self._held = self._held, None
        for frame in held or ():
            self.put(frame)

    def forget(self) -> None:
        """Nobody agreed: what waited, or was held, is gone; but what the person said on leaving is theirs to keep."""
        self._waiting = None
        if self._held is not None:
            held, self._held = self._held, None
            for frame in held:
                if _is_said_on_leaving(frame.item):
                    self.put(frame)
            self._held = deque()
        self._notes = []

    def place(self) -> Path | None:
        """Give the folder that the session is stored in; None where it is not."""
        return None if self.recorded is None else self.recorded.recorder.place

    async def let_send(self, persons: Sequence[str], *, shares: bool) -> None:
        """Put on record that these persons agreed to be sent by LSL; of those who are not stored there is no record.

        Raises
        ------
        AppError
            `NO_CONSENT` where what is on record says the contrary.
        """
        await self.allow(persons, shares)

    def stop(self, person: str) -> None:
        """Store no further frame of a person."""
        if self.recorded is not None:
            self.recorded.recorder.stop(person)
            self._say(self.recorded.recorder.state, is_due=True)

    def keep_findings(self, vault: "Vault") -> None:
        """Keep what was found of those who are still stored; waits for the disk."""
        if self.recorded is not None and self.recorded.recorder.state.persons:
            self.findings.keep(vault, self.recorded.live.head.session)

    def _hold_on_to(self, held: deque[Frame], frame: Frame) -> None:
        """Hold a frame; what nobody decided about for too long is let go of, and leaves a gap."""
        held.append(frame)
        start_t, end_t = time_of(held[0].item), time_of(frame.item)
        if end_t - start_t > _WAITING_S and self.recorded is not None:
            held.clear()
            for person in self.recorded.recorder.state.persons:
                gap = Gap(start_t, end_t, Reason.NOT_RECORDED, RECORDING_SOURCE, person)
                held.append(Frame(gap, gaps=(gap,)))
        if self.recorded is not None:
            self._say(self.recorded.recorder.state, is_due=isinstance(frame.item, Tick))

    def _say(self, state: Recording, *, is_due: bool) -> None:
        if is_due or state.reason is not self._told.reason or state.persons != self._told.persons:
            self._told = state
            self._tell(state)


def _is_said_on_leaving(item: Item) -> bool:
    """Whether an item is what a person said at the end of a session, after they were done: it changes no number."""
    if not isinstance(item, Command):
        return False
    is_after = item.action is Action.FELT and ("when", "after") in item.values
    return is_after or item.action in (Action.SENSED, Action.KIND_WORDS, Action.VIEW)
