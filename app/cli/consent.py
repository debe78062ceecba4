# SPDX-License-Identifier: MIT
"""`attune consent`: what a person agrees to, asked in plain words on the terminal, or given by a script."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from app.cli.door import ask_line, is_agreed, open_store, tell
from app.cli.lines import write_line
from app.errors import AppError, Fault
from app.store.consent import Audience, Terms, terms_in_words
from app.store.vault import Vault
from resources.words import gettext as _


@dataclass(frozen=True, slots=True)
class Answers:
    """What a script answers; None is still to be asked."""

    stores: bool | None = None
    audience: Audience | None = None
    keep_days: int | None = None
    network: bool | None = None

    @property
    def are_complete(self) -> bool:
        """Whether nothing has to be asked."""
        return self.stores is not None


def consent(
    client: str | None, answers: Answers, passphrase_file: Path | None, *, name: str | None, take_back: bool, show: bool
) -> None:
    """Put a consent on record for a person, a new one where no code is given.

    Parameters
    ----------
    client : str or None
        The code.
    answers : Answers
        What need not be asked.
    passphrase_file : Path or None
        Opens a locked store.
    name : str or None
        The person's name.
    take_back, show : bool
        Take the consent back, or write what holds, and change nothing else.
    """
    with open_store(passphrase_file) as vault:
        if take_back or show:
            code = vault.clients.find(_whose(client))
            if take_back:
                vault.consents.take_back(code)
            _tell(vault, code)
            return
        terms = asked_terms(answers)
        if name is not None:
            vault.clients.require_protection()
        code = vault.clients.add() if client is None else vault.clients.find(client)
        if name is not None:
            vault.clients.set_name(code, name)
        vault.consents.give(code, terms)
        _tell(vault, code)


def _whose(client: str | None) -> str:
    if client is None:
        words = _("whose consent? Say the person's code; attune sessions lists the sessions and their persons.")
        raise AppError(Fault.UNKNOWN_CODE, words)
    return client


def asked_terms(answers: Answers) -> Terms:
    """Ask what was not answered yet, show the whole in words, and ask whether it is agreed to.

    Raises
    ------
    AppError
        `NO_CONSENT` when it is not, or nobody is there to ask.
    """
    if answers.are_complete:
        return _filled(answers)
    if not sys.stdin.isatty():
        words = _("there is nobody to ask; say --stored or --live-only, and what else is agreed to.")
        raise AppError(Fault.NO_CONSENT, words)
    stores = is_agreed(_("May the sessions be stored? [y/N] "))
    answers = replace(answers, stores=stores)
    if stores and answers.keep_days is None:
        days = ask_line(_("For how many days? [until you ask to have them erased] "))
        answers = replace(answers, keep_days=int(days) if days.isdigit() and int(days) else None)
    if answers.network is None:
        answers = replace(answers, network=is_agreed(_("May the readings go to another computer? [y/N] ")))
    terms = _filled(answers)
    tell("\n".join(terms_in_words(terms)) + "\n")
    if not is_agreed(_("Does the person agree? [y/N] ")):
        raise AppError(Fault.NO_CONSENT, _("nothing was agreed to, and nothing is stored."))
    return terms


def _filled(answers: Answers) -> Terms:
    return Terms(
        audience=answers.audience or Audience.CLINICIAN,
        stores=bool(answers.stores),
        keep_days=answers.keep_days,
        network=bool(answers.network),
    )


def _tell(vault: Vault, code: str) -> None:
    current = vault.consents.current(code)
    write_line(f"{code}\n")
    write_line((_("No consent holds; nothing is stored.") if current is None else current.words) + "\n")
