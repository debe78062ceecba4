# SPDX-License-Identifier: MIT
"""From frames to what goes into which file.

Law: a value or item goes to its own person's file and to no other, and only where that person's data may be written.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import fields

from app.digest import Hashed, hashed_in
from app.store.backlog import Waiting
from app.store.block import Made, Part
from app.store.contents import Value
from app.store.session_folder import COMMON
from dsp.codes import NoticeCode
from dsp.stream import Frame, Tick

_CARRIED = tuple(field.name for field in fields(Frame) if field.name != "item")


def parts_of(taken: Sequence[Waiting], persons: Container[str]) -> dict[str, Part]:
    """Sort what frames hold by file.

    Parameters
    ----------
    taken : sequence of Waiting
        The frames, each with whose data may be written of it.
    persons : container of str
        Who has a file.
    """
    parts: dict[str, Part] = {COMMON: Part()}
    for waiting in taken:
        item = waiting.frame.item
        if isinstance(item, Tick):
            parts[COMMON].items.append((waiting.order, item))
        elif item.person in waiting.persons and item.person in persons:
            parts.setdefault(item.person, Part()).items.append((waiting.order, item))
        for place, value in enumerate(values_of(waiting.frame)):
            if value.person in waiting.persons and value.person in persons:
                parts.setdefault(value.person, Part()).made.append(Made(waiting.order, place, value))
    return parts


def values_of(frame: Frame) -> Iterator[Value]:
    """Give what a frame carries besides its item, in one order."""
    for name in _CARRIED:
        yield from getattr(frame, name)


def hashed_values(taken: Sequence[Waiting]) -> Iterator[Hashed]:
    """Give the values that the session's hash is over."""
    for waiting in taken:
        yield from (value for value in hashed_in(waiting.frame) if value.person in waiting.persons)


def is_of_made_up_person(taken: Sequence[Waiting]) -> bool:
    """Tell whether somebody in these frames is made up."""
    return any(
        notice.code is NoticeCode.SYNTHETIC and notice.person in waiting.persons
        for waiting in taken
        for notice in waiting.frame.notices
    )
