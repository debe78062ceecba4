# SPDX-License-Identifier: MIT
"""The tables of the vault, and how an older vault becomes a newer one.

Law: `PRAGMA user_version` and all of a step are one transaction; a checked copy is made before. A vault that a newer
version wrote is only read. A step that was released never changes.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from app.errors import AppError, Fault
from app.store.cipher import Database
from resources.words import gettext as _

Step = tuple[str, ...]

_FIRST: Step = (
    "CREATE TABLE operators (code TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, since_utc_s REAL NOT NULL) STRICT",
    # the name is sealed with the person's own key: it goes when the key goes
    "CREATE TABLE identities (code TEXT PRIMARY KEY, since_utc_s REAL NOT NULL, name BLOB) STRICT",
    """CREATE TABLE consents (
        code TEXT NOT NULL REFERENCES identities ON DELETE CASCADE, version INTEGER NOT NULL,
        t_utc_s REAL NOT NULL, operator TEXT NOT NULL, audience TEXT NOT NULL, stores INTEGER NOT NULL,
        keep_days INTEGER, network INTEGER NOT NULL, words_version INTEGER NOT NULL, words TEXT NOT NULL,
        taken_back_utc_s REAL, PRIMARY KEY (code, version)) STRICT""",
    """CREATE TABLE checklists (
        code TEXT NOT NULL REFERENCES identities ON DELETE CASCADE, version INTEGER NOT NULL,
        t_utc_s REAL NOT NULL, operator TEXT NOT NULL, answers BLOB NOT NULL, PRIMARY KEY (code, version)) STRICT""",
    # owner: a person's code, whose values are sealed with their key; empty for the practice
    "CREATE TABLE settings (owner TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (owner, name))"
    " STRICT",
    """CREATE TABLE sessions (
        session TEXT PRIMARY KEY, started_utc_s REAL NOT NULL, utc_offset_s INTEGER NOT NULL, started_t REAL NOT NULL,
        ended_t REAL, seen_utc_s REAL NOT NULL, state TEXT NOT NULL, sha256 TEXT, size_bytes INTEGER,
        lost_s REAL NOT NULL, is_synthetic INTEGER NOT NULL, versions TEXT NOT NULL) STRICT""",
    """CREATE TABLE session_persons (
        session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, person TEXT NOT NULL,
        code TEXT NOT NULL, PRIMARY KEY (session, person)) STRICT""",
    """CREATE TABLE chain_notes (
        session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE, person TEXT NOT NULL,
        number INTEGER NOT NULL, value BLOB NOT NULL, t_utc_s REAL NOT NULL, PRIMARY KEY (session, person)) STRICT""",
    """CREATE TABLE backups (
        place TEXT PRIMARY KEY, first_utc_s REAL NOT NULL, refreshed_utc_s REAL NOT NULL, generation INTEGER NOT NULL
        ) STRICT""",
    "CREATE TABLE erasures (code TEXT PRIMARY KEY, t_utc_s REAL NOT NULL, generation INTEGER NOT NULL) STRICT",
    """CREATE TABLE audit (
        number INTEGER PRIMARY KEY, t_utc_s REAL NOT NULL, operator TEXT NOT NULL, action TEXT NOT NULL,
        object TEXT NOT NULL, chain BLOB NOT NULL) STRICT""",
    "CREATE TABLE audit_head (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, seal BLOB NOT NULL)"
    " STRICT",
    "CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END",
    "CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit'); END",
)

STEPS: tuple[Step, ...] = (_FIRST,)
"""How each version is made of the one before; the first of nothing."""


def migrate(database: Database, steps: Sequence[Step] = STEPS) -> None:
    """Bring a vault to the newest version.

    Parameters
    ----------
    database : Database
        The vault; one that is newer is only read from then on.
    steps : sequence of Step
        The statements of each version.

    Raises
    ------
    AppError
        `VAULT_DAMAGED` when a sound copy cannot be made before: nothing is changed then.
    """
    found = version_of(database)
    if found > len(steps):
        database.only_read()
        return
    if 0 < found < len(steps):
        _copy_before(database, found)
    if found < len(steps):
        _take(database, steps)


def version_of(database: Database) -> int:
    """Give the version of a vault, 0 for an empty one."""
    return cast(int, database.read("PRAGMA user_version")[0][0])


def remove_copies(folder: Path) -> None:
    """Remove the copies that earlier migrations made: they hold what was erased since."""
    for path in folder.glob("vault.db.before-*"):
        with contextlib.suppress(OSError):
            path.unlink()


def _take(database: Database, steps: Sequence[Step]) -> None:
    with database.write() as connection:
        done = connection.execute("PRAGMA user_version").fetchone()[0]  # another Attune may have been quicker
        for step in steps[done:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(steps)}")


def _copy_before(database: Database, version: int) -> None:
    path = database.path.with_name(f"{database.path.name}.before-{version + 1}")
    path.unlink(missing_ok=True)  # of a migration that was stopped
    if not database.copy_and_check(path):
        path.unlink(missing_ok=True)
        words = _("{name} is damaged and was left as it is; restore it from a backup.")
        raise AppError(Fault.VAULT_DAMAGED, words.format(name=database.path.name))
