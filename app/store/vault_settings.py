# SPDX-License-Identifier: MIT
"""Settings that belong to the practice, or to one person: the strap, the pace and the screen of last time.

A person's are sealed with their key. What can be read without a passphrase is in `app.settings`.
"""

import json
from collections.abc import Mapping
from typing import cast

from app.store.desk import Desk
from app.store.sealing import seal, unseal

PRACTICE = ""
"""The owner of the settings that are nobody's own."""

Setting = str | float | int | bool | None


class VaultSettings:
    """The settings in one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set(self, name: str, value: Setting, owner: str = PRACTICE) -> None:
        """Keep a setting of a person, or of the practice."""
        sealed = seal(self._key(owner), json.dumps(value).encode(), _purpose(name))
        with self._desk.database.write() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", (owner, name, sealed))

    def all(self, owner: str = PRACTICE) -> Mapping[str, Setting]:
        """Give all settings of a person, or of the practice, by name."""
        key = self._key(owner)
        rows = self._desk.database.read("SELECT name, value FROM settings WHERE owner = ? ORDER BY name", (owner,))
        return {str(name): json.loads(unseal(key, cast(bytes, sealed), _purpose(str(name)))) for name, sealed in rows}

    def _key(self, owner: str) -> bytes:
        return self._desk.keys.client_key(owner) if owner else self._desk.keys.for_purpose("settings")


def _purpose(name: str) -> str:
    return f"setting {name}"
