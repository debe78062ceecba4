# SPDX-License-Identifier: MIT
"""How far each file of a session is known to be whole: the newest running number and chain value of its rows.

Noted at most every 30 s and at the close, apart from the files: one that ends before its note has lost something.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from app.clock import Clock
from app.store.cipher import Database


@dataclass(frozen=True, slots=True)
class ChainNote:
    """A running number, and the keyed chain value of the rows up to it."""

    number: int
    value: bytes


class ChainNotes:
    """The notes in one vault.

    Parameters
    ----------
    database : Database
        The vault, by a connection of its own: the writer's thread never waits for a screen, nor a screen for it.
    wall : Clock
        Wall time, seconds since 1970 UTC.
    """

    def __init__(self, database: Database, wall: Clock) -> None:
        self._database = database
        self._wall = wall

    def note(self, session: str, person: str, note: ChainNote) -> None:
        """Note how far one file is; an older note than there is changes nothing."""
        now = self._wall()
        with self._database.write() as connection:
            connection.execute(
                """INSERT INTO chain_notes SELECT ?, ?, ?, ?, ? WHERE EXISTS
                    (SELECT 1 FROM session_persons WHERE session = ?)
                ON CONFLICT DO UPDATE SET number = excluded.number, value = excluded.value, t_utc_s = excluded.t_utc_s
                WHERE excluded.number >= number""",
                (session, person, note.number, note.value, now, session),
            )
            connection.execute("UPDATE sessions SET seen_utc_s = ? WHERE session = ?", (now, session))

    def newest(self, session: str) -> Mapping[str, ChainNote]:
        """Give the newest note of each file of a session, by its name."""
        rows = self._database.read("SELECT person, number, value FROM chain_notes WHERE session = ?", (session,))
        return {str(person): ChainNote(cast(int, number), cast(bytes, value)) for person, number, value in rows}
