# SPDX-License-Identifier: MIT
"""What every part of the vault works with: the open database, the keys, the audit and wall time."""

from dataclasses import dataclass

from app.clock import Clock
from app.store.audit import Audit
from app.store.cipher import Database
from app.store.keys import Keys


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of the vault works with; `wall` is seconds since 1970 UTC."""

    database: Database
    keys: Keys
    audit: Audit
    wall: Clock
