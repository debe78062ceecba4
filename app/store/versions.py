# SPDX-License-Identifier: MIT
"""What a person's part of a session was judged to be once it was another person's: versions, and which of them counts.

A version is a file of its own beside the one of the recording, named after the person and a number from 2. It holds
what the store tells of the right person in place of what it told of the wrong one, and the values that are judged by
that. All else stays with the recording, which is never changed: what was measured, offered, marked and said.

Law: who reads a session sees the newest version; the recording itself is what a replay is held against.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from app.store.wishes import AUTHOR
from dsp.baseline import Baseline, Calibration, Excursion
from dsp.stream import ArousalState, Command

T = TypeVar("T")

JUDGED = (ArousalState, Calibration, Baseline, Excursion)
"""The values that depend on whose window they are held against."""

_SIGN = "@"  # no person's name has it: it parts a source from its person in an address
_NAME = re.compile(r"(.+)@([1-9][0-9]*)", re.DOTALL)


def is_version(name: str) -> bool:
    """Tell whether a file of a session is a version of a person's part."""
    return _NAME.fullmatch(name) is not None


def person_of(name: str) -> str:
    """Give whose file it is, by the name that the items use."""
    found = _NAME.fullmatch(name)
    return found[1] if found else name


def versions_of(names: Iterable[str], person: str) -> list[str]:
    """Give the versions of a person's part among the files of a session, the oldest first."""
    return sorted((name for name in names if is_version(name) and person_of(name) == person), key=number_of)


def number_of(name: str) -> int:
    """Give a file's version: 1 is the recording."""
    found = _NAME.fullmatch(name)
    return int(found[2]) if found else 1


def next_version(names: Iterable[str], person: str) -> str:
    """Give the name of a person's next version."""
    return f"{person}{_SIGN}{max(map(number_of, versions_of(names, person)), default=1) + 1}"


def that_count(keys: Mapping[str, T], *, as_recorded: bool) -> Mapping[str, T]:
    """Leave out the versions that do not count: all but the newest, or all of them."""
    newest = {person_of(name): name for name in sorted(filter(is_version, keys), key=number_of)}
    counted = frozenset() if as_recorded else frozenset(newest.values())
    return {name: key for name, key in keys.items() if not is_version(name) or name in counted}


def is_told_by_store(item: object, person: str) -> bool:
    """Tell whether an item is what the store knew of a person from before."""
    return isinstance(item, Command) and (item.author, item.person) == (AUTHOR, person)
