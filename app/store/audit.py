# SPDX-License-Identifier: MIT
"""Who did what, and when: rows that are chained with a key, so that none can be changed unseen.

Law: a row that was edited, removed, put in or moved is found, the newest ones too: their number and chain value are
sealed beside them. A row names an operator, an action and a code, never a name.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from app.clock import Clock
from app.store.cipher import Database
from app.store.vault_mark import Mark, VaultMark

if TYPE_CHECKING:
    from sqlite3 import Connection


class AuditAction(StrEnum):
    """What was done."""

    STORE_MADE = "store_made"
    STORE_OPENED = "store_opened"
    PASSPHRASE_SET = "passphrase_set"  # noqa: S105 - the name of an action
    RECOVERY_CODE_SET = "recovery_code_set"
    OPERATOR_ADDED = "operator_added"
    CLIENT_ADDED = "client_added"
    NAME_SET = "name_set"
    NAME_READ = "name_read"
    CONSENT_GIVEN = "consent_given"
    CONSENT_TAKEN_BACK = "consent_taken_back"
    CHECKLIST_SET = "checklist_set"
    CHECKLIST_READ = "checklist_read"
    SESSION_BEGUN = "session_begun"
    SESSION_JOINED = "session_joined"
    SESSION_RESUMED = "session_resumed"
    SESSION_CLOSED = "session_closed"
    SESSION_READ = "session_read"
    NOTES_READ = "notes_read"
    SESSION_EXPORTED = "session_exported"
    SESSION_MOVED = "session_moved"
    SESSION_DELETED = "session_deleted"
    CLIENT_ERASED = "client_erased"
    CLIENT_DISCLOSED = "client_disclosed"
    SENT_HERE = "sent_here"  # by LSL, to programs on this computer, with this person's consent for the session
    SENT_TO_NETWORK = "sent_to_network"  # to every computer on the network
    RETENTION_RUN = "retention_run"
    BACKUP_MADE = "backup_made"
    RESTORED = "restored"
    ROWS_LOST = "rows_lost"  # of the vault: how many, in place of a code


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row: when (seconds since 1970 UTC), which operator's code, what, and to which code."""

    number: int
    t_utc_s: float
    operator: str
    action: str
    object: str


class Audit:
    """The audit of one vault.

    Parameters
    ----------
    database : Database
        The vault.
    key : bytes, 32
        Chains the rows.
    operator : str
        The code of whoever opened the store.
    wall : Clock
        Wall time, seconds since 1970 UTC.
    mark : VaultMark
        Keeps, apart from the vault, how far it is.
    """

    def __init__(self, database: Database, key: bytes, operator: str, wall: Clock, mark: VaultMark) -> None:
        self._database = database
        self._mark = mark
        self._newest: Mark | None = None
        database.on_commit = self._keep_mark
        self._key = key
        self._operator = operator
        self._wall = wall

    def note(self, connection: "Connection", action: AuditAction, code: str = "") -> None:
        """Add a row within the transaction of what it tells of."""
        newest = connection.execute("SELECT number, chain FROM audit ORDER BY number DESC LIMIT 1").fetchone()
        number, before = newest or (0, b"")
        row = AuditRow(number + 1, self._wall(), self._operator, str(action), code)
        chain = self._chain(row, before)
        connection.execute(
            "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)",
            (row.number, row.t_utc_s, row.operator, row.action, row.object, chain),
        )
        seal = self._seal(row.number, chain)
        connection.execute("INSERT OR REPLACE INTO audit_head VALUES (1, ?, ?)", (row.number, seal))
        self._newest = Mark(row.number, chain)

    def note_alone(self, action: AuditAction, code: str = "") -> None:
        """Add a row of what needs no other transaction: a read, an export. A vault that is only read keeps none."""
        if self._database.may_write:
            with self._database.write() as connection:
                self.note(connection, action, code)

    def rows(self) -> Iterator[AuditRow]:
        """Give all rows, the oldest first."""
        for row, _chain in self._all():
            yield row

    def first_fault(self) -> int | None:
        """Give the number of the first row that is not as it was written, or is missing; None where all are."""
        expected, chain = 1, b""
        for row, found in self._all():
            chain = self._chain(row, chain)
            if row.number != expected or not hmac.compare_digest(chain, found):
                return expected
            expected += 1
        head = self._database.read("SELECT number, seal FROM audit_head")
        if head != ([(expected - 1, self._seal(expected - 1, chain))] if expected > 1 else []):
            return expected
        return None

    def lost_rows(self) -> int:
        """Count the rows that were acknowledged and are not there any more: the vault lost its newest part."""
        mark = self._mark.read()
        if mark is None:
            return 0
        if self._database.read("SELECT chain FROM audit WHERE number = ?", (mark.number,)) == [(mark.chain,)]:
            return 0
        newest = cast(int, self._database.read("SELECT coalesce(max(number), 0) FROM audit")[0][0])
        return max(mark.number - newest, 1)

    def _keep_mark(self) -> None:
        if self._newest is not None:
            self._mark.write(self._newest)
            self._newest = None

    def _all(self) -> Iterator[tuple[AuditRow, bytes]]:
        for number, t, operator, action, code, chain in self._database.read("SELECT * FROM audit ORDER BY number"):
            row = AuditRow(cast(int, number), cast(float, t), str(operator), str(action), str(code))
            yield row, cast(bytes, chain)

    def _chain(self, row: AuditRow, before: bytes) -> bytes:
        text = json.dumps([row.number, row.t_utc_s.hex(), row.operator, row.action, row.object])
        return hmac.new(self._key, text.encode() + before, hashlib.sha256).digest()

    def _seal(self, number: int, chain: bytes) -> bytes:
        return hmac.new(self._key, b"newest %d " % number + chain, hashlib.sha256).digest()
