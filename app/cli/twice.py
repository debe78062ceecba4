# SPDX-License-Identifier: MIT
"""Refuses a source that is given twice for one person: joined into one signal, its samples would mean nothing."""

from collections import Counter
from collections.abc import Iterable
from gettext import gettext as _

from app.errors import AppError, Fault


def refuse_twice(sources: Iterable[tuple[str, str]]) -> None:
    """Refuse the first source that comes twice.

    Parameters
    ----------
    sources : iterable of (str, str)
        Each source's name and its person.

    Raises
    ------
    AppError
        `GIVEN_TWICE`, with how to say whose a source is.
    """
    for (name, person), count in Counter(sources).items():
        if count > 1:
            words = _(
                "{name} is given twice for {person}; leave one out, or say whose it is: attune live {name}@PERSON"
            )
            raise AppError(Fault.GIVEN_TWICE, words.format(name=name, person=person))
