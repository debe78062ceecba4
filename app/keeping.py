# SPDX-License-Identifier: MIT
"""The running session on its way to the store: in memory until it is decided, then on the disk from its first second.

Law: nothing leaves memory before somebody agreed; what waits is forgotten as soon as nobody does. `put` never waits.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from app.head import session_head
from app.live_merge import Roster
from app.merge import time_of
from app.recording import Recorded
from app.store.baselines import Findings
from app.store.rows import Note
from dsp.codes import Action
from dsp.stream import NOBODY, Command, Frame, Item, Recording, Tick

if TYPE_CHECKING:
    from app.store.vault import Vault
    from dsp.pipeline import Pipeline

_WAITING_S = 540.0  # less than what a recorder can take at once (app/store/backlog.py)
_MADE_UP = "demo"

Tell = Callable[[Recording], None]


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
    """

    def __init__(self, roster: Roster, tell: Tell, decide: Callable[[Command], None]) -> None:
        self._roster = roster
        self._tell = tell
        self.decide = decide
        self._waiting: deque[Frame] | None = deque()
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
        self.findings.put(frame)
        if isinstance(frame.item, Command) and frame.item.action is Action.ASSIGN:
            values = dict(frame.item.values)
            self._owners[str(values.get("source"))] = str(values.get("to"))
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
            recorded.recorder.note(note)
        self._notes = []
        self._waiting = None
        self._say(recorded.recorder.state, is_due=True)

    def note(self, note: Note) -> None:
        """Keep a clinician's note: with what waits, or at once."""
        if self.recorded is not None:
            self.recorded.recorder.note(note)
        elif self._waiting is not None:
            self._notes.append(note)

    def forget(self) -> None:
        """Nobody agreed: what waited is gone."""
        self._waiting = None
        self._notes = []

    def stop(self, person: str) -> None:
        """Store no further frame of a person."""
        if self.recorded is not None:
            self.recorded.recorder.stop(person)
            self._say(self.recorded.recorder.state, is_due=True)

    def keep_findings(self, vault: "Vault") -> None:
        """Keep what was found of those who are still stored; waits for the disk."""
        if self.recorded is not None and self.recorded.recorder.state.persons:
            self.findings.keep(vault, self.recorded.live.head.session)

    def _say(self, state: Recording, *, is_due: bool) -> None:
        if is_due or state.reason is not self._told.reason or state.persons != self._told.persons:
            self._told = state
            self._tell(state)
