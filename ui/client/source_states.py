# SPDX-License-Identifier: MIT
"""The states of a session's sources: which one speaks for the session, and which one needs something.

Law: one sensor that rests says nothing about the others: while any of them streams, the session goes on.
"""

from dsp.codes import Action, NoticeCode, SourceState
from dsp.stream import CLIENT, Command, Notice, Status

_NEEDY = (SourceState.FAILED, SourceState.RECONNECTING, SourceState.STALE)


class SourceStates:
    """Keeps the newest state of each of the client's sources."""

    def __init__(self) -> None:
        self._newest: Status | None = None
        self._states: dict[str, Status] = {}
        self._off_skin: set[str] = set()

    @property
    def spoken_for(self) -> Status | None:
        """The state that speaks for the session: of a source that streams, else the newest one."""
        streaming = (s for s in self._states.values() if s.state is SourceState.STREAMING)
        return next(streaming, self._newest)

    @property
    def needy(self) -> Status | None:
        """The state of a source that needs something; None while all go well."""
        return next((s for state in _NEEDY for s in self._states.values() if s.state is state), None)

    @property
    def off_skin(self) -> str:
        """A source that streams without touching the skin; empty where there is none."""
        return min(self._off_skin, default="")

    def hear(self, status: Status) -> bool:
        """Take a state; False where it is not the client's, or tells nothing new after what went wrong."""
        earlier = self._states.get(status.source)
        has_told_why = earlier is not None and earlier.state is SourceState.FAILED
        if status.person != CLIENT:
            self.forget(status.source)
            return False
        if has_told_why and status.state is SourceState.STOPPED:
            return False
        self._newest = self._states[status.source] = status
        if status.state is not SourceState.STREAMING:
            self._off_skin.discard(status.source)
        return True

    def follow(self, command: Command) -> None:
        """Forget a source that was given to somebody else."""
        values = dict(command.values)
        if command.action is Action.ASSIGN and values.get("to") != CLIENT:
            self.forget(str(values.get("source")))

    def forget(self, source: str) -> None:
        """Take a source as none of the client's."""
        self._states.pop(source, None)
        self._off_skin.discard(source)

    def note(self, notice: Notice) -> None:
        """Take whether a source touches the skin."""
        if notice.code is not NoticeCode.CONTACT or notice.person != CLIENT:
            return
        if dict(notice.values).get("on", True):
            self._off_skin.discard(notice.source)
        else:
            self._off_skin.add(notice.source)
