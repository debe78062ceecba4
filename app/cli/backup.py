# SPDX-License-Identifier: MIT
"""`attune backup` and `attune restore`: the whole store, to a folder and back."""

import contextlib
from pathlib import Path

from rich.progress import BarColumn, TextColumn

from app.cli.door import asks_passphrase, open_store
from app.cli.lines import progress, write_line
from app.clock import choose_wall_clock
from app.errors import AppError, Fault
from app.folders import data_folder
from app.log import start_log
from app.store.backup import back_up
from app.store.baselines import Findings
from app.store.codes import read_code
from app.store.elsewhere import bring_back
from app.store.places import session_folder, size_of
from app.store.recovery import finish
from app.store.restore import restore
from app.store.resume_token import remove_token
from app.store.session_index import Ending
from app.store.system_keyring import SystemKeyring
from app.store.vault import hold_is_free
from resources.words import gettext as _
from resources.words import ngettext


def make_backup(target: Path, passphrase_file: Path | None) -> None:
    """Make a backup, or refresh one, and say what is in it."""
    with open_store(passphrase_file) as vault, contextlib.closing(_Bar(_("copying"))) as bar:
        report = back_up(vault, target, bar.tell)
    words = ngettext(
        "{place} holds {sessions} session, each copy opened and checked; files that were new: {copied}.",
        "{place} holds {sessions} sessions, each copy opened and checked; files that were new: {copied}.",
        report.sessions,
    )
    write_line(words.format(place=report.place, sessions=report.sessions, copied=report.copied) + "\n")
    if report.left_open:
        words = _("Being recorded, and so not in it: {sessions}.")
        write_line(words.format(sessions=", ".join(report.left_open)) + "\n")
    if report.is_bound_here:
        write_line(
            _("Only this computer can open it: set a passphrase and print a recovery code (attune protect).") + "\n"
        )


def bring_session_back(place: Path, passphrase_file: Path | None) -> None:
    """Bring a session back into the store that went on in another folder, because the disk took nothing."""
    with open_store(passphrase_file) as vault:
        session = read_code(place.resolve().name, "S")
        folder, keys = session_folder(vault.folder, session), vault.keys.session_keys(session)
        if not hold_is_free(folder):
            words = _("{session} is being recorded; end it first.")
            raise AppError(Fault.STORE_BUSY, words.format(session=session))
        head = bring_back(place, folder, keys)
        findings = Findings()  # of a session that a crash ended; else they were kept at its end
        if head.ended_t is None:
            head = finish(folder, keys, hear=findings.take)
        vault.close_session(session, Ending(head.ended_t, head.sha256, size_of(folder), head.lost_s))
        findings.keep(vault, session)
        remove_token(folder)
    write_line(_("{session} is in the store again.").format(session=session) + "\n")


def restore_backup(source: Path, passphrase_file: Path | None) -> None:
    """Bring the store back from a backup, and say what could not be had."""
    start_log(data_folder())
    with contextlib.closing(_Bar(_("restoring"))) as bar:
        report = restore(
            source,
            data_folder(),
            safe=SystemKeyring(),
            wall=choose_wall_clock(),
            ask=asks_passphrase(passphrase_file),
            told=bar.tell,
        )
    vault = _("the vault came from the backup") if report.has_new_vault else _("the vault was whole and stayed")
    words = ngettext(
        "{sessions} session is there; files that came from the backup: {copied}; {vault}.",
        "{sessions} sessions are there; files that came from the backup: {copied}; {vault}.",
        report.sessions,
    )
    write_line(words.format(sessions=report.sessions, copied=report.copied, vault=vault) + "\n")
    if report.missing:
        words = _("In neither place whole: {sessions}.")
        write_line(words.format(sessions=", ".join(report.missing)) + "\n")


class _Bar:
    """A progress bar that shows when there is something to count: a passphrase may be asked for before."""

    def __init__(self, words: str) -> None:
        self._bar = progress(TextColumn(words), BarColumn())
        self._task = self._bar.add_task("", total=None)

    def tell(self, done: int, total: int) -> None:
        """Show how many sessions are done, and of how many."""
        self._bar.start()
        self._bar.update(self._task, completed=done, total=total)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.stop()
