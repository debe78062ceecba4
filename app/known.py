# SPDX-License-Identifier: MIT
"""What is known of a person from before, as the commands with which a session starts as last time.

Law: a condition for which there is no arousal index comes before the rests, so that no state is ever made.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from app.store.baselines import AUTHOR
from app.store.checklist import NO_AROUSAL_INDEX, Condition
from app.store.vault import Vault
from app.store.wishes import Wishes
from dsp.codes import Action
from dsp.stream import Command


def known_of(vault: Vault, codes: Mapping[str, str], t: float, began_utc_s: float | None = None) -> Sequence[Command]:
    """Give what the store knows of those who take part: their conditions, and the rests of earlier sessions.

    Parameters
    ----------
    vault : Vault
        The open store.
    codes : mapping of str to str
        The code of each person by the name that the items use.
    t : float
        The session clock's time.
    began_utc_s : float or None
        When the session began, where that is past: what was found since then does not count.
    """
    now_utc_s, before_utc_s = (vault.wall(), math.inf) if began_utc_s is None else (began_utc_s, began_utc_s)
    known: list[Command] = []
    for person, code in codes.items():
        checklist = vault.checklists.current(code)
        known += condition_commands(() if checklist is None else checklist.conditions, person, t)
        known += vault.baselines.commands(code, person, t, now_utc_s, before_utc_s)
        known += Wishes(vault.settings).commands(code, person, t)
    return known


def condition_commands(conditions: Iterable[Condition], person: str, t: float) -> Sequence[Command]:
    """Give a person's conditions for which the arousal index is off; the others are the clinician's own decision."""
    off = sorted(NO_AROUSAL_INDEX & set(conditions))
    return [Command(t, Action.CONDITION, AUTHOR, person, (("name", str(name)), ("on", True))) for name in off]
