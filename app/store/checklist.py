# SPDX-License-Identifier: MIT
"""What the clinician asks before a first session: conditions that change what Attune may compute or offer.

Some are the clinician's decision; with others the arousal index is off. Kept by version, sealed with the person's key.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from app.store.audit import AuditAction
from app.store.desk import Desk
from app.store.sealing import seal, unseal

_PURPOSE = "checklist"


class Condition(StrEnum):
    """What is asked."""

    HEART_DISEASE = "heart_disease"
    LUNG_DISEASE = "lung_disease"
    KIDNEY_DISEASE = "kidney_disease"
    PREGNANCY = "pregnancy"
    SEIZURES = "seizures"
    LOW_BLOOD_PRESSURE = "low_blood_pressure"
    RECENT_SURGERY = "recent_surgery"
    PACEMAKER = "pacemaker"
    ATRIAL_FIBRILLATION = "atrial_fibrillation"
    FREQUENT_ECTOPY = "frequent_ectopy"
    TRANSPLANT = "transplant"
    BETA_BLOCKERS = "beta_blockers"


NO_AROUSAL_INDEX = frozenset(
    {
        Condition.PACEMAKER,
        Condition.ATRIAL_FIBRILLATION,
        Condition.FREQUENT_ECTOPY,
        Condition.TRANSPLANT,
        Condition.BETA_BLOCKERS,
    }
)
"""With any of these the heart does not follow arousal as in others: the index stays off."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """One version of a person's answers: which conditions hold, when it was asked and by whom."""

    version: int
    t_utc_s: float
    operator: str
    conditions: frozenset[Condition]

    @property
    def is_index_off(self) -> bool:
        """Whether the arousal index stays off."""
        return bool(self.conditions & NO_AROUSAL_INDEX)


class Checklists:
    """The checklists of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set(self, code: str, conditions: Iterable[Condition]) -> None:
        """Keep a person's answers as a new version."""
        text = json.dumps(sorted({str(condition) for condition in conditions}))
        sealed = seal(self._desk.keys.client_key(code), text.encode(), _PURPOSE)
        with self._desk.database.write() as connection:
            (count,) = connection.execute("SELECT count(*) FROM checklists WHERE code = ?", (code,)).fetchone()
            row = (code, count + 1, self._desk.wall(), self._desk.keys.operator, sealed)
            connection.execute("INSERT INTO checklists VALUES (?, ?, ?, ?, ?)", row)
            self._desk.audit.note(connection, AuditAction.CHECKLIST_SET, code)

    def history(self, code: str) -> tuple[Checklist, ...]:
        """Give all versions, the oldest first; the audit keeps that they were read."""
        key = self._desk.keys.client_key(code)
        sql = "SELECT version, t_utc_s, operator, answers FROM checklists WHERE code = ? ORDER BY version"
        rows = self._desk.database.read(sql, (code,))
        if rows:
            self._desk.audit.note_alone(AuditAction.CHECKLIST_READ, code)
        return tuple(
            Checklist(cast(int, version), cast(float, t), str(operator), _conditions(key, cast(bytes, sealed)))
            for version, t, operator, sealed in rows
        )

    def current(self, code: str) -> Checklist | None:
        """Give the newest version, None where nothing was asked yet."""
        return (self.history(code) or (None,))[-1]


def _conditions(key: bytes, sealed: bytes) -> frozenset[Condition]:
    return frozenset(Condition(name) for name in json.loads(unseal(key, sealed, _PURPOSE)))
