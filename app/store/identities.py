# SPDX-License-Identifier: MIT
"""The persons: a random code each, and a name in this one table, sealed with the person's own key.

Law: a name stands nowhere else; it is gone when the key is.
"""

from dataclasses import dataclass
from typing import cast

from app.errors import AppError, Fault
from app.store.audit import AuditAction
from app.store.codes import new_code, read_code
from app.store.desk import Desk
from app.store.keys import unknown
from app.store.sealing import seal, unseal
from app.store.unlock import Protection, protection_of
from resources.words import gettext as _

_PURPOSE = "name"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person: the code, since when (seconds since 1970 UTC), and whether there is a name."""

    code: str
    since_utc_s: float
    has_name: bool


class Identities:
    """The persons of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self) -> str:
        """Make a person without a name; give the code."""
        taken = {identity.code for identity in self.all()} | self._desk.keys.book.erased
        code = new_code("C", taken)
        self._desk.keys.add_client(code)
        self.know(code)
        return code

    def know(self, code: str) -> None:
        """Add a person who has a key already."""
        with self._desk.database.write() as connection:
            connection.execute("INSERT INTO identities VALUES (?, ?, NULL)", (code, self._desk.wall()))
            self._desk.audit.note(connection, AuditAction.CLIENT_ADDED, code)

    def all(self) -> tuple[Identity, ...]:
        """Give all persons, in the order of their codes."""
        rows = self._desk.database.read("SELECT code, since_utc_s, name IS NOT NULL FROM identities ORDER BY code")
        return tuple(Identity(str(code), cast(float, since), bool(named)) for code, since, named in rows)

    def find(self, text: str) -> str:
        """Give the code that a person typed, however they wrote it; `UNKNOWN_CODE` where it is nobody's."""
        code = read_code(text, "C")
        if not self._desk.database.read("SELECT 1 FROM identities WHERE code = ?", (code,)):
            raise unknown(code)
        return code

    def set_name(self, code: str, name: str) -> None:
        """Give a person a name.

        Raises
        ------
        AppError
            `NOT_PROTECTED` while neither a passphrase nor a keyring keeps the store; `UNKNOWN_CODE`.
        """
        self.require_protection()
        sealed = seal(self._desk.keys.client_key(self.find(code)), name.strip().encode(), _PURPOSE)
        with self._desk.database.write() as connection:
            connection.execute("UPDATE identities SET name = ? WHERE code = ?", (sealed, code))
            self._desk.audit.note(connection, AuditAction.NAME_SET, code)

    def require_protection(self) -> None:
        """Refuse names with `NOT_PROTECTED` while neither a passphrase nor a keyring keeps the store."""
        if protection_of(self._desk.keys) is Protection.NOT_YET:
            words = _("a name needs a passphrase first: attune protect; without one there are codes alone.")
            raise AppError(Fault.NOT_PROTECTED, words)

    def name(self, code: str) -> str:
        """Give a person's name, empty where there is none; the audit keeps that it was read."""
        rows = self._desk.database.read("SELECT name FROM identities WHERE code = ?", (self.find(code),))
        sealed = cast(bytes | None, rows[0][0])
        if sealed is None:
            return ""
        self._desk.audit.note_alone(AuditAction.NAME_READ, code)
        return unseal(self._desk.keys.client_key(code), sealed, _PURPOSE).decode()
