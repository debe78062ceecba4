# SPDX-License-Identifier: MIT
"""Refuses a source that is given twice: one sensor is on one body, and joined with itself its samples mean nothing."""

from collections.abc import Iterable

from app.errors import AppError, Fault
from resources.words import gettext as _


def refuse_twice(sources: Iterable[tuple[str, str]]) -> None:
    """Refuse the first source that comes twice.

    Parameters
    ----------
    sources : iterable of (str, str)
        Each source's name and its person.

    Raises
    ------
    AppError
        `GIVEN_TWICE`, with for whom.
    """
    owners: dict[str, str] = {}
    for name, person in sources:
        if name in owners:
            raise AppError(Fault.GIVEN_TWICE, _sentence(name, owners[name], person))
        owners[name] = person


def _sentence(name: str, person: str, other: str) -> str:
    if person == other:
        return _("{name} is given twice for {person}; leave one out").format(name=name, person=person)
    words = _("{name} is given for {person} and for {other}; a source is one person's: leave one out")
    return words.format(name=name, person=person, other=other)
