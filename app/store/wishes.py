# SPDX-License-Identifier: MIT
"""What was decided for a person beyond a session: own cards and words, how they have their screen, bounds set by hand.

It comes from the commands of their sessions and goes back into the next one as commands; no note and no marker. Law:
sealed with the person's own key, so that it goes with it; the newest session counts.
"""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from app.store.vault_settings import VaultSettings
from dsp.codes import Action
from dsp.stream import Command, Values

AUTHOR = "store"
"""Who the commands are from that tell a session what is known from before."""

_SETTING = "wishes"
_MOST_CARDS = 12
NO_BREATH, BOUNDS = "no_breath_cues", "bounds"
LANE, KIND_WORDS, VIEW = "lane", "kind_words", "view"
_ACTIONS = {
    NO_BREATH: Action.CONDITION,
    BOUNDS: Action.BOUNDS,
    LANE: Action.LANE,
    KIND_WORDS: Action.KIND_WORDS,
    VIEW: Action.VIEW,
}  # the others are cards
_NAMES = {action: name for name, action in _ACTIONS.items()}
_SAID = ("words", "reason", "style")  # a wish that says none of these, and is not on, is taken back


class Wishes:
    """What people wish, in one vault.

    Parameters
    ----------
    settings : VaultSettings
        Keeps it among each person's own settings.
    """

    def __init__(self, settings: VaultSettings) -> None:
        self._settings = settings

    def keep(self, code: str, told: Sequence[Command]) -> None:
        """Keep what a person's commands of one session say, in their order."""
        before = self.of(code)
        wishes = dict(before)
        for command in told:
            values = dict(command.values)
            name = _NAMES.get(command.action) or str(values.get("card"))
            wishes.pop(name, None)
            if values.get("on") is True or any(values.get(said) for said in _SAID):
                wishes[name] = command.values
        gone = [name for name in wishes if name not in _ACTIONS][:-_MOST_CARDS]
        kept = [[name, [list(pair) for pair in values]] for name, values in wishes.items() if name not in gone]
        if wishes != before:
            self._settings.set(_SETTING, json.dumps(kept), code)

    def commands(self, code: str, person: str, t: float) -> Sequence[Command]:
        """Give a person's wishes as the commands with which a session begins.

        Parameters
        ----------
        code, person : str
            Whose, and by which name the items use.
        t : float
            The session clock's time.
        """
        return [
            Command(t, _ACTIONS.get(name, Action.CARD), AUTHOR, person, values)
            for name, values in self.of(code).items()
        ]

    def of(self, code: str) -> dict[str, Values]:
        """Give what a person wishes by its name: `NO_BREATH`, `BOUNDS`, `LANE`, `KIND_WORDS`, `VIEW`, or a card."""
        text = self._settings.all(code).get(_SETTING)
        rows = json.loads(text) if isinstance(text, str) else []
        pairs = cast("list[tuple[str, list[tuple[str, str | bool | float]]]]", rows)
        return {name: tuple((key, value) for key, value in values) for name, values in pairs}


class WishesTold:
    """Gathers what a session's commands say of people's wishes."""

    def __init__(self) -> None:
        self._told: dict[str, list[Command]] = {}

    @property
    def told(self) -> Mapping[str, Sequence[Command]]:
        """Each person's commands, in their order."""
        return self._told

    def take(self, command: Command) -> None:
        """Take a command, whatever it says."""
        values = dict(command.values)
        is_wish = {
            Action.CONDITION: values.get("name") == NO_BREATH,
            Action.CARD: bool(values.get("card")),
            Action.BOUNDS: values.get("revert") is True or bool(str(values.get("reason", "")).strip()),
            Action.LANE: True,
            Action.KIND_WORDS: True,
            Action.VIEW: bool(values.get("style")),
        }
        if is_wish.get(command.action, False):
            self._told.setdefault(command.person, []).append(command)

    def revert_bounds(self, person: str, t: float) -> None:
        """Take bounds set by hand back: a new rest has ended them."""
        self.take(Command(t, Action.BOUNDS, AUTHOR, person, (("revert", True),)))
