# SPDX-License-Identifier: MIT
"""`attune live --lsl`: the session sent by LabStreamingLayer, with consent, and who can read it said plainly."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.cli.door import open_store, tell
from app.cli.record import MADE_UP, Kept, given_codes
from app.clock import Clock
from app.errors import AppError, Fault
from app.folders import data_folder
from app.outlets import sending
from app.session import Sink
from app.store.consent import Terms
from resources.words import gettext as _


@dataclass(frozen=True, slots=True)
class Sending:
    """How a live session is to be sent.

    Parameters
    ----------
    shares : bool
        Whether other computers may read; else it stays on this one, where the system can hold it there.
    consents : sequence of str
        `CODE` or `CODE@PERSON`: the persons who agreed before.
    passphrase_file : Path or None
        Opens a locked store.
    """

    shares: bool = False
    consents: Sequence[str] = ()
    passphrase_file: Path | None = None


def prepare(out: Sending | None) -> None:
    """Set up liblsl for outlets, before it is used for the first time."""
    if out is not None and not out.shares:
        from sensors.lsl.config import use_many_outlets

        use_many_outlets()


@contextmanager
def sent(
    out: Sending | None, sources: Mapping[str, Sequence[str]], clock: Clock, kept: Kept
) -> Iterator[Sequence[Sink]]:
    """Give what sends a session, after it is known that everybody agreed; nothing where nothing is to be sent.

    Parameters
    ----------
    out : Sending or None
        None sends nothing.
    sources : mapping of str to sequence of str
        The names of each person's sources.
    clock : Clock
        The session clock.
    kept : Kept
        How the session is stored: those who are stored have agreed to something.

    Raises
    ------
    SensorError
        `LSL_MISSING`.
    AppError
        `NO_CONSENT`; what opening the store raises.
    """
    if out is None:
        yield ()
        return
    real = [person for person, names in sources.items() if not all(name.startswith(MADE_UP) for name in names)]
    _require_all(out, real, {**kept.terms, **_looked_up(out, tuple(sources))})
    with sending(tuple(sources), clock, data_folder(), shares=out.shares) as outlets:
        tell(
            _("sending by LSL: anyone on this network can read this\n")
            if outlets.is_open_to_network
            else _("sending by LSL: every program on this computer can read this, nobody else\n")
        )
        yield (outlets,)


def _looked_up(out: Sending, persons: Sequence[str]) -> Mapping[str, Terms | None]:
    """Give the terms of those whose codes were given; None where nothing is agreed to any more."""
    if not out.consents:
        return {}
    with open_store(out.passphrase_file) as vault:
        codes = given_codes(vault, persons, out.consents)
        consents = {person: vault.consents.current(code) for person, code in codes.items()}
    return {person: None if consent is None else consent.terms for person, consent in consents.items()}


def _require_all(out: Sending, persons: Sequence[str], terms: Mapping[str, Terms | None]) -> None:
    """Refuse to send what somebody did not agree to.

    On this computer the option itself says, for this one session, that everybody agreed; a code whose consent was taken
    back says the contrary. For another computer the consent must be on record.
    """
    for person in persons:
        agreed = terms.get(person, None if out.shares else Terms())
        if agreed is None or (out.shares and not agreed.network):
            words = _(
                "{person} has not agreed to be shown on another computer, so nothing is sent; ask, then: attune "
                "consent CODE --network, and --consent CODE@{person}"
            )
            if not out.shares:
                words = _("{person} took the consent back, so nothing is sent; leave --lsl out, or ask again.")
            raise AppError(Fault.NO_CONSENT, words.format(person=person))
