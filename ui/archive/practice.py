# SPDX-License-Identifier: MIT
"""What the settings show and change of the store: what keeps it, and what is on record of one person.

Law: values alone; no name and no passphrase ever comes back to a screen.
"""

from dataclasses import dataclass
from enum import StrEnum


class Guard(StrEnum):
    """What keeps the store from whoever has the computer."""

    NO_STORE = "no_store"  # nothing is stored yet
    FILE = "file"  # its key lies beside it
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind


@dataclass(frozen=True, slots=True)
class KeyState:
    """How the store is kept: by what, and whether a recovery code opens it as well."""

    guard: Guard
    has_recovery_code: bool = False
    operators: int = 0


@dataclass(frozen=True, slots=True)
class KeyWish:
    """What is to become of the keys.

    Parameters
    ----------
    passphrase : str
        The new one; empty asks for a new recovery code alone.
    current : str
        The passphrase or the recovery code that holds now, where there is a passphrase.
    operator : str
        The name of somebody who is to have an own passphrase; empty: whoever's `current` is.
    """

    passphrase: str = ""
    current: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What holds for a person from one session to the next.

    Parameters
    ----------
    code : str
        Whose.
    conditions : tuple of str or None
        What was marked of the checklist; None where nothing was asked yet.
    takes_breath : bool
        Whether breathing is among what they are offered.
    has_own_bounds : bool
        Whether the edges of their window were moved by hand.
    cards : tuple of str
        Their own cards, in their words.
    """

    code: str
    conditions: tuple[str, ...] | None = None
    takes_breath: bool = True
    has_own_bounds: bool = False
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonWish:
    """What is to hold for a person from their next session on; None changes nothing."""

    code: str
    conditions: tuple[str, ...] | None = None
    takes_breath: bool | None = None
    drops_bounds: bool = False


PracticeMessage = KeyState | PersonRecord
