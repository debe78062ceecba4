# SPDX-License-Identifier: MIT
"""A session with what somebody just said of it: shown at once, while the store keeps it."""

from dataclasses import replace

from ui.foreign import safe_text
from ui.paper.record import Felt, Moment, MomentKind, PersonRecord, SessionRecord


def with_rating(session: SessionRecord, place: int, rating: float) -> SessionRecord:
    """Add how it was, all in all, as the person at a place says it."""
    return _with(session, place, replace(session.persons[place], looked_back=Felt(0.0, rating)))


def with_words(session: SessionRecord, place: int, t: float, words: str) -> SessionRecord:
    """Add the words that the person at a place has for a second."""
    person = session.persons[place]
    moments = sorted((*person.moments, Moment(t, MomentKind.WORDS, safe_text(words))), key=lambda one: one.t)
    return _with(session, place, replace(person, moments=tuple(moments)))


def _with(session: SessionRecord, place: int, person: PersonRecord) -> SessionRecord:
    return replace(session, persons=(*session.persons[:place], person, *session.persons[place + 1 :]))
