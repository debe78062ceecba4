# SPDX-License-Identifier: MIT
"""Those who work with the store: a name and a code each; the audit's rows carry the code."""

from collections.abc import Mapping

from app.store.audit import AuditAction
from app.store.codes import new_code
from app.store.desk import Desk


class Operators:
    """The operators of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> Mapping[str, str]:
        """Give the name of each operator by code."""
        return {str(code): str(name) for code, name in self._desk.database.read("SELECT code, name FROM operators")}

    def named(self, name: str) -> str:
        """Give the code of an operator, a new one where nobody has the name yet."""
        for code, known in self.all().items():
            if known == name:
                return code
        code = new_code("O", self.all())
        self._add(code, name)
        return code

    def know(self, code: str, name: str) -> None:
        """Give the operator who made the store a name, where there is none yet."""
        if code not in self.all():
            self._add(code, name)

    def _add(self, code: str, name: str) -> None:
        with self._desk.database.write() as connection:
            connection.execute("INSERT INTO operators VALUES (?, ?, ?)", (code, name, self._desk.wall()))
            self._desk.audit.note(connection, AuditAction.OPERATOR_ADDED, code)
