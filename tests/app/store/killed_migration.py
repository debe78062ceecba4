# SPDX-License-Identifier: MIT
"""Migrates a store to a version that does not exist yet, and kills itself in the middle of it.

python -m tests.app.store.killed_migration FOLDER INSTRUCTIONS
"""

import os
import signal
import sys
from pathlib import Path

from app.store.cipher import Database
from app.store.migrations import STEPS, migrate
from app.store.unlock import VAULT_FILE, open_keys
from tests.app.store.vaults import NoKeyring

NEXT = (
    "ALTER TABLE settings ADD COLUMN since_utc_s REAL",
    "UPDATE settings SET since_utc_s = length(value)",
    "CREATE TABLE settings_too AS SELECT * FROM settings",
    "CREATE INDEX settings_by_time ON settings (since_utc_s)",
    "DROP TABLE settings_too",
)
"""A step such as a later version may have."""

_INSTRUCTIONS = 20  # between two looks at how far it is
_MANY = 10**9


def database_of(folder: Path) -> Database:
    keys = open_keys(folder, NoKeyring())
    return Database(folder / VAULT_FILE, keys.for_purpose("vault"))


def migrate_to_next(folder: Path, kill_after: int = _MANY) -> int:
    """Migrate; give how many looks it took. Kills its own process at the given one."""
    database, looks = database_of(folder), 0

    def look() -> int:
        nonlocal looks
        looks += 1
        if looks == kill_after:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    database._connection.set_progress_handler(look, _INSTRUCTIONS)
    migrate(database, (*STEPS, NEXT))
    database.close()
    return looks


if __name__ == "__main__":
    migrate_to_next(Path(sys.argv[1]), int(sys.argv[2]))
