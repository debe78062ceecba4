# SPDX-License-Identifier: MIT
"""What people say of their own session on looking back: how it was all in all, and words for its moments.

Law: sealed with the person's own key among their settings, so that it goes with them; of a session that is deleted
nothing stays. It changes nothing of the record.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from app.store.vault_settings import VaultSettings

_NAME = "looked_back"
_MOST_WORDS = 100
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class SaidLater:
    """What one person said of one session: a rating from 0 to 10, and (seconds since its begin, words)."""

    rating: float | None = None
    words: tuple[tuple[float, str], ...] = ()


class LookingBack:
    """What was said on looking back, in one vault.

    Parameters
    ----------
    settings : VaultSettings
        Keeps it among each person's own settings.
    """

    def __init__(self, settings: VaultSettings) -> None:
        self._settings = settings

    def of(self, code: str, session: str) -> SaidLater:
        """Give what a person said of a session."""
        return self._read(code).get(session, SaidLater())

    def rate(self, code: str, session: str, rating: float) -> None:
        """Keep how it was; what was said first, before anything was seen, stays."""
        said = self.of(code, session)
        if said.rating is None:
            self._write(code, {**self._read(code), session: SaidLater(rating, said.words)})

    def add_words(self, code: str, session: str, t: float, words: str) -> None:
        """Keep words for a moment."""
        said = self.of(code, session)
        kept = sorted({*said.words, (t, words[:_LONGEST])})[:_MOST_WORDS]
        self._write(code, {**self._read(code), session: SaidLater(said.rating, tuple(kept))})

    def forget(self, code: str, session: str) -> None:
        """Keep nothing more of what was said of a session."""
        said = self._read(code)
        if session in said:
            self._write(code, {one: what for one, what in said.items() if one != session})

    def move(self, session: str, before: str, code: str) -> None:
        """Give what was said of a session to the person whose it is."""
        said = self._read(before).get(session)
        if said is not None:
            self._write(code, {**self._read(code), session: said})
            self.forget(before, session)

    def _read(self, code: str) -> Mapping[str, SaidLater]:
        text = self._settings.all(code).get(_NAME)
        kept = json.loads(text) if isinstance(text, str) else {}
        rows = cast("Mapping[str, tuple[float | None, list[tuple[float, str]]]]", kept)
        return {
            session: SaidLater(rating, tuple((t, said) for t, said in words))
            for session, (rating, words) in rows.items()
        }

    def _write(self, code: str, said: Mapping[str, SaidLater]) -> None:
        self._settings.set(_NAME, json.dumps({one: (what.rating, what.words) for one, what in said.items()}), code)
