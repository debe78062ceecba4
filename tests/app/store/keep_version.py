# SPDX-License-Identifier: MIT
"""Makes the store that stands for the newest version of the vault in `kept/`: once, before it is released.

    python -m tests.app.store.keep_version

A kept store is never made again: it stands for those that are out there.
"""

from pathlib import Path

from app.store.checklist import Condition
from app.store.consent import LIVE_ONLY
from app.store.migrations import STEPS
from app.store.unlock import set_recovery_code
from tests.app.store.vaults import agreed, begun, opened

KEPT = Path(__file__).parent / "kept"


def make(folder: Path) -> None:
    """Make a store with something in every table."""
    with opened(folder) as vault:
        set_recovery_code(vault.keys)
        one, two = agreed(vault), agreed(vault)
        vault.consents.give(vault.clients.add(), LIVE_ONLY)
        vault.checklists.set(one, [Condition.PREGNANCY])
        vault.settings.set("keep_days", 365)
        vault.settings.set("pace", 5.5, one)
        vault.backups.note("/nowhere", 1)
        begun(vault, {"client": one, "partner": two}).close(190.0, "ab" * 32)


if __name__ == "__main__":
    make(KEPT / str(len(STEPS)))
