# SPDX-License-Identifier: MIT
"""The sensors of a session as the clinician sees them: whose each is, how it goes, and how much battery it has left.

Law: a source that is given to somebody else keeps what is known of it.
"""

from dataclasses import dataclass, replace

from dsp.codes import Action, NoticeCode, SourceState
from dsp.stream import NOBODY, Command, Frame, Notice, Status


@dataclass(frozen=True, slots=True)
class SensorSeen:
    """One source: its newest state, its battery (None where it does not say), and whether it touches the skin."""

    source: str
    person: str
    status: Status | None = None
    battery_percent: int | None = None
    is_on_skin: bool = True


class Sensors:
    """All sources of a session."""

    def __init__(self) -> None:
        self._seen: dict[str, SensorSeen] = {}

    def of(self, person: str) -> tuple[SensorSeen, ...]:
        """Give a person's sensors, in the order in which they came; those that were taken out are left out."""
        return tuple(seen for seen in self._seen.values() if seen.person == person and not _is_gone(seen))

    def battery_of(self, person: str) -> int | None:
        """Give the lowest battery of a person's sensors, None where none says."""
        return min((s.battery_percent for s in self.of(person) if s.battery_percent is not None), default=None)

    def take(self, frame: Frame) -> None:
        """Take what a frame says of the sources."""
        if isinstance(frame.item, Command) and frame.item.action is Action.ASSIGN:
            self._assign(frame.item)
        for status in frame.statuses:
            self._renew(status.source, status.person, status=status)
        for notice in frame.notices:
            self._note(notice)

    def _assign(self, command: Command) -> None:
        values = dict(command.values)
        source, to = values.get("source"), values.get("to")
        if isinstance(source, str) and isinstance(to, str):
            self._renew(source, to)

    def _note(self, notice: Notice) -> None:
        values = dict(notice.values)
        if notice.code is NoticeCode.CONTACT:
            self._renew(notice.source, notice.person, is_on_skin=values.get("on") is not False)
        percent = values.get("percent")
        if notice.code is NoticeCode.BATTERY and isinstance(percent, int | float):
            self._renew(notice.source, notice.person, battery_percent=min(max(round(percent), 0), 100))

    def _renew(self, source: str, person: str, **changes: object) -> None:
        seen = self._seen.get(source) or SensorSeen(source, person or NOBODY)
        self._seen[source] = replace(seen, person=person, **changes)  # type: ignore[arg-type]  # fields by their name


def _is_gone(seen: SensorSeen) -> bool:
    return seen.status is not None and seen.status.state is SourceState.STOPPED
