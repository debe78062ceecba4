# SPDX-License-Identifier: MIT
"""The list of all sessions, which is read without opening any of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from app.store.audit import AuditAction
from app.store.cipher import Row
from app.store.codes import new_code
from app.store.contents import SessionHead
from app.store.desk import Desk
from app.store.keys import unknown

if TYPE_CHECKING:
    from sqlite3 import Connection

_COLUMNS = (
    "session, started_utc_s, utc_offset_s, started_t, ended_t, seen_utc_s, state, sha256, size_bytes, lost_s, "
    "is_synthetic, versions"
)


class SessionState(StrEnum):
    """How a session stands."""

    OPEN = "open"  # it runs, or a crash left it so
    CLOSED = "closed"
    RECOVERED = "recovered"  # a crash left it open, and it was closed later


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One session of the list.

    Parameters
    ----------
    head : SessionHead
        What is known of it.
    state : SessionState
        How it stands.
    seen_utc_s : float
        When it was last known to run, seconds since 1970 UTC.
    size_bytes : int or None
        Of all its files, once it is closed.
    """

    head: SessionHead
    state: SessionState
    seen_utc_s: float
    size_bytes: int | None

    @property
    def duration_s(self) -> float:
        """How long it was, as far as is known."""
        if self.head.ended_t is not None:
            return self.head.ended_t - self.head.started_t
        return max(self.seen_utc_s - self.head.started_utc_s, 0.0)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a session ended: the session clock's time, the hash of its values, the bytes of its files, seconds lost."""

    ended_t: float | None
    sha256: str | None
    size_bytes: int
    lost_s: float = 0.0
    state: SessionState = SessionState.CLOSED


class SessionIndex:
    """The sessions of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def unused_code(self) -> str:
        """Give a code that no session has."""
        return new_code("S", self._desk.keys.book.sessions)

    def add(self, head: SessionHead) -> None:
        """Add a session that begins."""
        with self._desk.database.write() as connection:
            connection.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, NULL, ?, ?, NULL, NULL, 0.0, ?, ?)",
                (
                    head.session,
                    head.started_utc_s,
                    head.utc_offset_s,
                    head.started_t,
                    head.started_utc_s,
                    str(SessionState.OPEN),
                    head.is_synthetic,
                    json.dumps(dict(head.versions)),
                ),
            )
            rows = [(head.session, person, code) for person, code in head.codes.items()]
            connection.executemany("INSERT INTO session_persons VALUES (?, ?, ?)", rows)
            self._desk.audit.note(connection, AuditAction.SESSION_BEGUN, head.session)

    def join(self, session: str, person: str, code: str) -> None:
        """Put on record that somebody joins a session."""
        with self._desk.database.write() as connection:
            connection.execute("INSERT INTO session_persons VALUES (?, ?, ?)", (session, person, code))
            self._desk.audit.note(connection, AuditAction.SESSION_JOINED, session)

    def close(self, session: str, ending: Ending) -> None:
        """Put on record how a session ended."""
        with self._desk.database.write() as connection:
            connection.execute(
                "UPDATE sessions SET ended_t = ?, sha256 = ?, size_bytes = ?, lost_s = ?, state = ? WHERE session = ?",
                (ending.ended_t, ending.sha256, ending.size_bytes, ending.lost_s, str(ending.state), session),
            )
            self._desk.audit.note(connection, AuditAction.SESSION_CLOSED, session)

    def all(self) -> tuple[SessionEntry, ...]:
        """Give all sessions, the newest first."""
        return self._where("1")

    def entry(self, session: str) -> SessionEntry:
        """Give one session; `UNKNOWN_CODE` where there is none."""
        for entry in self._where("session = ?", session):
            return entry
        raise unknown(session)

    def of(self, code: str) -> tuple[SessionEntry, ...]:
        """Give the sessions that a person took part in, the newest first."""
        return self._where("session IN (SELECT session FROM session_persons WHERE code = ?)", code)

    def unfinished(self) -> tuple[SessionEntry, ...]:
        """Give the sessions that run, or that a crash left open."""
        return self._where("state = ?", str(SessionState.OPEN))

    def move(self, session: str, person: str, code: str, versions: str = "") -> None:
        """Put on record that a part of a session is another person's than was thought, and which versions it has."""
        with self._desk.database.write() as connection:
            connection.execute(
                "UPDATE session_persons SET code = ? WHERE session = ? AND person = ?", (code, session, person)
            )
            self._desk.audit.note(connection, AuditAction.SESSION_MOVED, f"{session} {versions}".rstrip())

    def forget(self, session: str, person: str) -> None:
        """Take one person out of a session, and the session with the last one."""
        with self._desk.database.write() as connection:
            connection.execute("DELETE FROM session_persons WHERE session = ? AND person = ?", (session, person))
            connection.execute("DELETE FROM chain_notes WHERE session = ? AND person = ?", (session, person))
            left = connection.execute("SELECT count(*) FROM session_persons WHERE session = ?", (session,)).fetchone()
            if left == (0,):
                connection.execute("DELETE FROM sessions WHERE session = ?", (session,))
            self._desk.audit.note(connection, AuditAction.SESSION_DELETED, session)

    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """Give the session, the person and the code of each part of every session."""
        rows = self._desk.database.read("SELECT session, person, code FROM session_persons")
        return tuple((str(session), str(person), str(code)) for session, person, code in rows)

    def forget_person(self, connection: "Connection", code: str) -> None:
        """Take a person out of all their sessions, and the sessions with their last one, within a transaction."""
        connection.execute(
            """DELETE FROM chain_notes WHERE EXISTS (SELECT 1 FROM session_persons AS part WHERE part.code = ?
            AND part.session = chain_notes.session AND part.person = chain_notes.person)""",
            (code,),
        )
        connection.execute("DELETE FROM session_persons WHERE code = ?", (code,))
        connection.execute("DELETE FROM sessions WHERE session NOT IN (SELECT session FROM session_persons)")

    def _where(self, condition: str, *values: str) -> tuple[SessionEntry, ...]:
        """Give the sessions for which one of our own conditions holds."""
        persons: dict[str, dict[str, str]] = {}
        sql = f"SELECT * FROM session_persons WHERE session IN (SELECT session FROM sessions WHERE {condition})"  # noqa: S608
        for session, person, code in self._desk.database.read(sql, values):
            persons.setdefault(str(session), {})[str(person)] = str(code)
        sql = f"SELECT {_COLUMNS} FROM sessions WHERE {condition} ORDER BY started_utc_s DESC, session"  # noqa: S608
        return tuple(_entry(row, persons.get(str(row[0]), {})) for row in self._desk.database.read(sql, values))


def local_offset_s(utc_s: float) -> int:
    """Give the local time zone at a moment, seconds east of UTC."""
    offset = datetime.fromtimestamp(utc_s, UTC).astimezone().utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _entry(row: Row, codes: Mapping[str, str]) -> SessionEntry:
    session, started_utc, offset, started, ended, seen, state, sha256, size, lost, is_synthetic, versions = row
    head = SessionHead(
        str(session),
        cast(float, started_utc),
        cast(int, offset),
        cast(float, started),
        cast(float | None, ended),
        codes,
        json.loads(str(versions)),
        cast(str | None, sha256),
        cast(float, lost),
        bool(is_synthetic),
    )
    return SessionEntry(head, SessionState(str(state)), cast(float, seen), cast(int | None, size))
