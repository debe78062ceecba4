# SPDX-License-Identifier: MIT
"""`attune live --record`: whose session it is, and that each of them agreed to have it stored."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.consent import Answers, asked_terms
from app.cli.door import open_store, tell
from app.cli.recording_light import RecordingLight
from app.clock import Clock
from app.errors import AppError, Fault
from app.known import known_of
from app.recording import recorded
from app.session import Sink
from app.store.baselines import Findings
from app.store.consent import Terms
from app.store.vault import Vault
from dsp.stream import Item
from resources.words import gettext as _

if TYPE_CHECKING:
    from dsp.pipeline import Pipeline

MADE_UP = "demo"
"""The names of the synthetic person's sources begin so."""


@dataclass(frozen=True, slots=True)
class Storing:
    """How a live session is to be stored.

    Parameters
    ----------
    consents : sequence of str
        `CODE` or `CODE@PERSON`: the persons who agreed before.
    passphrase_file : Path or None
        Opens a locked store.
    goes_on : bool
        Whether it is the session that a crash interrupted; everything else is known of it then.
    """

    consents: Sequence[str] = ()
    passphrase_file: Path | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What a session that is stored begins with; that of one that is not is empty.

    Parameters
    ----------
    sinks : sequence of Sink
        What stores it, and says so.
    before : sequence of Item
        Its first items: what is known of its people from earlier ones, or the gap of one that goes on.
    pipeline : Pipeline or None
        The one of a session that goes on.
    terms : mapping of str to Terms or None
        What each person agreed to.
    """

    sinks: Sequence[Sink] = ()
    before: Sequence[Item] = ()
    pipeline: "Pipeline | None" = None
    terms: Mapping[str, Terms | None] = field(default_factory=dict)


@contextmanager
def stored(
    storing: Storing | None, sources: Mapping[str, Sequence[str]], clock: Clock, head: Mapping[str, object]
) -> Iterator[Kept]:
    """Give what stores a session, after everybody agreed; nothing where nothing is to be stored.

    Parameters
    ----------
    storing : Storing or None
        None stores nothing.
    sources : mapping of str to sequence of str
        The names of each person's sources.
    clock : Clock
        The session clock.
    head : mapping of str to object
        How the numbers are made.

    Raises
    ------
    AppError
        `NO_CONSENT` of anybody, `UNKNOWN_CODE`; what opening the store raises.
    """
    if storing is None:
        yield Kept()
        return
    made_up = {person for person, names in sources.items() if all(name.startswith(MADE_UP) for name in names)}
    with open_store(storing.passphrase_file) as vault:
        codes, findings = codes_of(vault, tuple(sources), storing.consents, made_up), Findings()
        with recorded(vault, codes, clock, configuration=head, is_synthetic=bool(made_up)) as session:
            tell(_("storing {session}\n").format(session=session.live.head.session))
            light = RecordingLight(lambda: session.recorder.state)
            consents = {person: vault.consents.current(code) for person, code in codes.items()}
            terms = {person: None if consent is None else consent.terms for person, consent in consents.items()}
            yield Kept((session.recorder, light, findings), known_of(vault, codes, clock()), terms=terms)
        findings.keep(vault, session.live.head.session)


def codes_of(vault: Vault, persons: Sequence[str], given: Sequence[str], made_up: set[str]) -> Mapping[str, str]:
    """Give the code of each person: the given ones, one for the made-up, and a new one for whoever agrees now."""
    codes = given_codes(vault, persons, given)
    for person in persons:
        if person in codes:
            vault.consents.require_storing(codes[person])
        elif person in made_up:
            codes[person] = _code_of_made_up(vault, person)
        else:
            codes[person] = _asked(vault, person)
    return codes


def given_codes(vault: Vault, persons: Sequence[str], given: Sequence[str]) -> dict[str, str]:
    """Give the code of each person of whom one was given, as `CODE` or `CODE@PERSON`."""
    codes = {}
    for text in given:
        code, _at, person = text.partition("@")
        person = person or persons[0]
        if person not in persons:
            words = _("there is no {person} in this session; there are {persons}.")
            raise AppError(Fault.UNKNOWN_CODE, words.format(person=person, persons=", ".join(persons)))
        codes[person] = vault.clients.find(code)
    return codes


def _asked(vault: Vault, person: str) -> str:
    tell(_("Consent of {person}:\n").format(person=person))
    terms = asked_terms(Answers())
    if not terms.stores:
        words = _("{person} did not agree to be stored; leave --record out for a session without a trace.")
        raise AppError(Fault.NO_CONSENT, words.format(person=person))
    code = vault.clients.add()
    vault.consents.give(code, terms)
    tell(_("{person} is {code}; next time: --consent {code}\n").format(person=person, code=code))
    return code


def _code_of_made_up(vault: Vault, person: str) -> str:
    """Give the synthetic person's code, the same each time: nobody has to agree to anything."""
    name = f"made_up_{person}"
    code = vault.settings.all().get(name)
    if isinstance(code, str) and code in vault.keys.book.clients:
        return code
    code = vault.clients.add()
    vault.consents.give(code, Terms())
    vault.settings.set(name, code)
    return code
