# SPDX-License-Identifier: MIT
"""Random codes in place of names: `C-7F3K` a person, `S-4TQ9Z` a session, `O-2M8R` an operator.

No letter can be taken for another one or for a digit, so that a code can be read out and written down.
"""

import re
import secrets
from collections.abc import Callable, Container

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 and O, 1, I and L, and U
_LENGTHS = {"C": 4, "S": 5, "O": 4, "V": 8, "X": 6}

Choose = Callable[[str], str]
"""Chooses one of the letters; `secrets.choice` outside the tests."""


def new_code(kind: str, taken: Container[str] = (), choose: Choose = secrets.choice) -> str:
    """Make a code that is not `taken`.

    Parameters
    ----------
    kind : str
        C a person, S a session, O an operator, V a store, X an export.
    taken : container of str
        Codes that are in use, or were.
    choose : callable
        Chooses one of the letters.
    """
    while (code := f"{kind}-{''.join(choose(_LETTERS) for _ in range(_LENGTHS[kind]))}") in taken:
        pass
    return code


def is_code(text: str, kind: str) -> bool:
    """Tell whether a text can be a code of this kind."""
    return re.fullmatch(f"{kind}-[{_LETTERS}]{{{_LENGTHS[kind]}}}", text) is not None


def read_code(text: str, kind: str) -> str:
    """Read a code as a person types it: small letters, without the dash, with spaces; else give it back as it is."""
    bare = re.sub(r"[\s-]", "", text).upper()
    code = f"{kind}-{bare.removeprefix(kind) if len(bare) > _LENGTHS[kind] else bare}"
    return code if is_code(code, kind) else text
