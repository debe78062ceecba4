# SPDX-License-Identifier: MIT
"""`attune checklist`: what the clinician asks before a first session, put on record, and what follows from it."""

from collections.abc import Sequence
from pathlib import Path

from app.cli.door import open_store
from app.cli.lines import write_line
from app.errors import AppError, Fault
from app.store.checklist import NO_AROUSAL_INDEX, Checklist, Condition
from resources.words import gettext as _


def checklist(client: str, names: Sequence[str] | None, passphrase_file: Path | None) -> None:
    """Put a person's conditions on record as a new version, and write what holds.

    Parameters
    ----------
    client : str
        The code.
    names : sequence of str or None
        All conditions that hold, an empty one for none; None changes nothing.
    passphrase_file : Path or None
        Opens a locked store.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`; `UNKNOWN_CONDITION`, and then nothing is changed.
    """
    conditions = None if names is None else [_condition(name) for name in names]
    with open_store(passphrase_file) as vault:
        code = vault.clients.find(client)
        if conditions is not None:
            vault.checklists.set(code, conditions)
        write_line(f"{code}\n{_words(vault.checklists.current(code))}\n")


def _condition(name: str) -> Condition:
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted not in list(Condition):
        words = _("there is no condition called {name}; there are {known}.")
        raise AppError(Fault.UNKNOWN_CONDITION, words.format(name=repr(name), known=", ".join(Condition)))
    return Condition(wanted)


def _words(current: Checklist | None) -> str:
    if current is None:
        return _("Nothing was asked yet.")
    said = ", ".join(sorted(current.conditions)) or _("none of the conditions")
    version = _("version {n}: {conditions}").format(n=current.version, conditions=said)
    off = ", ".join(sorted(NO_AROUSAL_INDEX & current.conditions))
    if not off:
        return version
    return version + "\n" + _("The arousal estimate stays off in this person’s sessions: {names}.").format(names=off)
