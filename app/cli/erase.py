# SPDX-License-Identifier: MIT
"""`attune erase`: all of one person's data, or one session, after the code was written."""

from pathlib import Path

from app.cli.door import confirm_code, open_store
from app.cli.lines import write_line
from app.store.codes import read_code
from app.store.delete import delete_session
from app.store.erase import Erasure, erase, what_goes
from app.store.vault import Vault
from resources.words import gettext as _
from resources.words import ngettext


def erase_code(text: str, yes: str | None, passphrase_file: Path | None) -> None:
    """Erase a person or a session, once the code was written.

    Parameters
    ----------
    text : str
        The code of a person or of a session.
    yes : str or None
        The code again, from a script.
    passphrase_file : Path or None
        Opens a locked store.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`, `NOT_CONFIRMED`, `STORE_BUSY`; what opening the store raises.
    """
    with open_store(passphrase_file) as vault:
        if text.strip().upper().startswith("S-"):
            _erase_session(vault, read_code(text, "S"), yes)
        else:
            _erase_person(vault, vault.clients.find(text), yes)


def _erase_session(vault: Vault, session: str, yes: str | None) -> None:
    codes = ", ".join(vault.sessions.entry(session).head.codes.values())
    write_line(
        _("Erasing {session} takes what it holds of {codes}, for ever.").format(session=session, codes=codes) + "\n"
    )
    confirm_code(session, yes, lambda written: read_code(written, "S"))
    delete_session(vault, session)
    write_line(_("{code} is erased.").format(code=session) + "\n")


def _erase_person(vault: Vault, code: str, yes: str | None) -> None:
    _tell(what_goes(vault, code))
    confirm_code(code, yes, lambda written: read_code(written, "C"))
    done = erase(vault, code)
    write_line(_("{code} is erased.").format(code=code) + "\n")
    if done.backups:
        write_line(_("These backups still hold the key; refresh or destroy them:") + "\n")
        for backup in done.backups:
            write_line(f"  {backup.place}\n")


def _tell(goes: Erasure) -> None:
    count = len(goes.sessions)
    words = ngettext(
        "Erasing {code} takes {count} session, the name, the consents and the checklist, for ever.",
        "Erasing {code} takes {count} sessions, the name, the consents and the checklist, for ever.",
        count,
    )
    write_line(words.format(code=goes.code, count=count) + "\n")
    if goes.shared:
        words = _("In {sessions} the other person's part stays, without the notes.")
        write_line(words.format(sessions=", ".join(goes.shared)) + "\n")
