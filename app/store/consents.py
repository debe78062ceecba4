# SPDX-License-Identifier: MIT
"""The consents on record: every version that a person gave, and when one was taken back."""

from typing import cast

from app.errors import AppError, Fault
from app.store.audit import AuditAction
from app.store.cipher import Row
from app.store.consent import WORDS_VERSION, Audience, Consent, Terms, terms_in_words
from app.store.desk import Desk
from resources.words import gettext as _

_COLUMNS = "code, version, t_utc_s, operator, audience, stores, keep_days, network, words, taken_back_utc_s"


class Consents:
    """The consents of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def give(self, code: str, terms: Terms) -> Consent:
        """Put a consent on record; it takes the place of the one before."""
        self._desk.keys.client_key(code)
        history = self.history(code)
        now, words = self._desk.wall(), "\n".join(terms_in_words(terms))
        consent = Consent(code, len(history) + 1, now, self._desk.keys.operator, terms, words)
        with self._desk.database.write() as connection:
            connection.execute(
                "INSERT INTO consents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                (
                    code,
                    consent.version,
                    now,
                    consent.operator,
                    str(terms.audience),
                    terms.stores,
                    terms.keep_days,
                    terms.network,
                    WORDS_VERSION,
                    words,
                ),
            )
            self._desk.audit.note(connection, AuditAction.CONSENT_GIVEN, code)
        return consent

    def current(self, code: str) -> Consent | None:
        """Give the consent that holds now, None where none was given or it was taken back."""
        newest = self.history(code)[-1:]
        return newest[0] if newest and newest[0].taken_back_utc_s is None else None

    def history(self, code: str) -> tuple[Consent, ...]:
        """Give all versions, the oldest first."""
        sql = f"SELECT {_COLUMNS} FROM consents WHERE code = ? ORDER BY version"  # noqa: S608 - our own columns
        return tuple(_consent(row) for row in self._desk.database.read(sql, (code,)))

    def take_back(self, code: str) -> None:
        """Put on record that the consent that holds is taken back; nothing where none does."""
        consent = self.current(code)
        if consent is None:
            return
        with self._desk.database.write() as connection:
            connection.execute(
                "UPDATE consents SET taken_back_utc_s = ? WHERE code = ? AND version = ?",
                (self._desk.wall(), code, consent.version),
            )
            self._desk.audit.note(connection, AuditAction.CONSENT_TAKEN_BACK, code)

    def require_storing(self, code: str) -> None:
        """Refuse to store anything of a person who did not agree to it.

        Raises
        ------
        AppError
            `NO_CONSENT`.
        """
        consent = self.current(code)
        if consent is None:
            words = _(
                "{code} has not agreed to anything yet, so nothing is stored; ask, and then: attune consent {code}"
            )
            raise AppError(Fault.NO_CONSENT, words.format(code=code))
        if not consent.terms.stores:
            words = _(
                "{code} agreed to live sessions only, so nothing is stored; to change that: attune consent {code}"
            )
            raise AppError(Fault.NO_CONSENT, words.format(code=code))


def _consent(row: Row) -> Consent:
    code, version, t, operator, audience, stores, keep_days, network, words, taken_back = row
    terms = Terms(Audience(str(audience)), bool(stores), cast(int | None, keep_days), bool(network))
    back = cast(float | None, taken_back)
    return Consent(str(code), cast(int, version), cast(float, t), str(operator), terms, str(words), back)
