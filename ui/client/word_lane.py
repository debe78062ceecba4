# SPDX-License-Identifier: MIT
"""The word lane: what a person notices of themselves, in words of their own, two taps away and before any graph.

Law: the words are the person's; each can be taken off the list and put on it again, and none is explained or counted.
"""

from collections.abc import Sequence

from dsp.codes import Action
from dsp.stream import CLIENT, Command
from resources.words import gettext as _
from ui.foreign import safe_text

MOST = 16
LONGEST = 24  # characters of a word


def usual_words() -> tuple[str, ...]:
    """Give the words of somebody who has none of their own yet."""
    return (
        _("warm"),
        _("cold"),
        _("heavy"),
        _("light"),
        _("tight"),
        _("soft"),
        _("tingling"),
        _("empty"),
        _("steady"),
        _("restless"),
        _("tired"),
        _("here"),
    )


class WordLane:
    """A person's words, followed through the commands of their session."""

    def __init__(self) -> None:
        self._own: tuple[str, ...] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of now."""
        return usual_words() if self._own is None else self._own

    def take(self, command: Command) -> None:
        """Take a decision; of the words, which there are."""
        if command.action is Action.LANE and command.person == CLIENT:
            said = str(dict(command.values).get("words", ""))
            self._own = washed(said.split("\n")) if said else None

    def with_word(self, word: str) -> tuple[str, ...]:
        """Give the words with one more."""
        return washed([*self.words, word])

    def without(self, word: str) -> tuple[str, ...]:
        """Give the words without one."""
        return tuple(one for one in self.words if one != word)


def washed(words: Sequence[str]) -> tuple[str, ...]:
    """Give words as they may be shown and kept: short, plain, each once."""
    safe = (" ".join(safe_text(word).split())[:LONGEST].strip() for word in words)
    return tuple(dict.fromkeys(filter(None, safe)))[:MOST]
