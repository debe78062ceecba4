# SPDX-License-Identifier: MIT
"""What the keys mean: one table for the whole application, with the usual key of each act.

Law (screens.md, Keys): no key means two things; Esc always stops every cue, and digits (with T for ten) always mark and
answer, so neither can be given away. While a text field has the focus, only F-keys, Ctrl and Esc act.
"""

import re
from collections.abc import Iterable
from enum import StrEnum


class Act(StrEnum):
    """What a key does."""

    PAUSE = "pause"
    MARK = "mark"
    FELT = "felt"
    NOTE = "note"
    PACER = "pacer"
    QUICKER = "quicker"
    SLOWER = "slower"
    TOO_SLOW = "too_slow"
    OFFER = "offer"
    VEIL = "veil"
    BADLY = "badly"
    REST = "rest"
    HIDE = "hide"
    FULL_SCREEN = "full_screen"
    SECOND_SCREEN = "second_screen"
    RESEARCH = "research"
    THEME = "theme"
    SOUND = "sound"
    VIEW = "view"
    SIGHTS = "sights"
    WORDS = "words"
    EYES = "eyes"
    RESONANCE = "resonance"
    WINDOW = "window"


_USUAL = {
    Act.PAUSE: "Space",
    Act.MARK: "M",
    Act.FELT: "F",
    Act.NOTE: "N",
    Act.PACER: "P",
    Act.QUICKER: "Up",
    Act.SLOWER: "Down",
    Act.TOO_SLOW: "S",
    Act.OFFER: "C",
    Act.VEIL: "V",
    Act.BADLY: "!",
    Act.REST: "B",
    Act.HIDE: "Ctrl+L",
    Act.FULL_SCREEN: "F11",
    Act.SECOND_SCREEN: "Ctrl+2",
    Act.RESEARCH: "Ctrl+3",
    Act.THEME: "Ctrl+T",
    Act.SOUND: "A",
    Act.VIEW: "G",
    Act.SIGHTS: "W",
    Act.WORDS: "L",
    Act.EYES: "E",
    Act.RESONANCE: "R",
    Act.WINDOW: "K",
}
_MEANT_ALREADY = frozenset({*"0123456789T", "Ctrl+,", "Ctrl+F", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z"})
_LAYOUT_FREE = frozenset({"Space", "Up", "Down", "PgUp", "PgDown", "Home", "End"})
_F_KEY = re.compile(r"F([1-9]|1[0-2])")
_WITH_CTRL = re.compile(r"Ctrl\+(Shift\+)?[A-Z0-9]")


def usual_key(act: Act) -> str:
    """Give the key that an act has until somebody chooses another."""
    return _USUAL[act]


def is_for_fields(key: str) -> bool:
    """Whether a key means the same while a text field has the focus: F-keys, Ctrl and Esc."""
    return key == "Esc" or "Ctrl+" in key or _F_KEY.fullmatch(key) is not None


def may_be_given(key: str) -> bool:
    """Tell whether a key can be given to an act: a letter or sign, Space, an arrow, an F-key, or one with Ctrl."""
    if key in _MEANT_ALREADY:
        return False
    is_sign = len(key) == 1 and key.isprintable() and not key.isspace() and not key.islower()
    return is_sign or key in _LAYOUT_FREE or bool(_F_KEY.fullmatch(key) or _WITH_CTRL.fullmatch(key))


def clean_keys(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Give chosen keys as they may hold: known acts, keys that can be given, none twice, the usual ones left out."""
    chosen: dict[Act, str] = {}
    for name, key in pairs:
        if name in set(Act) and may_be_given(key):
            chosen[Act(name)] = key
    held = {act: chosen.get(act, usual) for act, usual in _USUAL.items()}
    if len(set(held.values())) < len(held):  # two acts with one key: nobody can tell which was meant
        return ()
    return tuple((act.value, key) for act, key in held.items() if key != _USUAL[act])


def key_of(act: Act, chosen: Iterable[tuple[str, str]]) -> str:
    """Give the key that an act has."""
    return dict(chosen).get(act.value, _USUAL[act])


def act_of(key: str, chosen: Iterable[tuple[str, str]]) -> Act | None:
    """Give the act that a key does; None where it does nothing yet."""
    pairs = tuple(chosen)
    return next((act for act in Act if key_of(act, pairs) == key), None)
