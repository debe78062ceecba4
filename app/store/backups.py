# SPDX-License-Identifier: MIT
"""The backups that were made: where and when, and of which generation of the keys.

A backup whose generation is older than an erasure still holds the erased person's key, and is named until it is
refreshed.
"""

from dataclasses import dataclass
from typing import cast

from app.store.audit import AuditAction
from app.store.desk import Desk


@dataclass(frozen=True, slots=True)
class BackupNote:
    """A backup: its folder, when it was made and last refreshed (seconds since 1970 UTC), its keys' generation."""

    place: str
    first_utc_s: float
    refreshed_utc_s: float
    generation: int


class Backups:
    """The backups that one vault knows of."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def note(self, place: str, generation: int) -> None:
        """Put on record that a backup was made or refreshed."""
        now = self._desk.wall()
        with self._desk.database.write() as connection:
            connection.execute(
                """INSERT INTO backups VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
                SET refreshed_utc_s = excluded.refreshed_utc_s, generation = excluded.generation""",
                (place, now, now, generation),
            )
            self._desk.audit.note(connection, AuditAction.BACKUP_MADE)

    def all(self) -> tuple[BackupNote, ...]:
        """Give all backups, the newest first."""
        sql = "SELECT place, first_utc_s, refreshed_utc_s, generation FROM backups ORDER BY refreshed_utc_s DESC"
        return tuple(
            BackupNote(str(place), cast(float, first), cast(float, refreshed), cast(int, generation))
            for place, first, refreshed, generation in self._desk.database.read(sql)
        )

    def older_than(self, generation: int) -> tuple[BackupNote, ...]:
        """Give the backups whose keys are older than a generation."""
        return tuple(note for note in self.all() if note.generation < generation)
