# SPDX-License-Identifier: MIT
"""What a person agreed to: who sees what, stored or only live, how long, network or not; in plain words, versioned.

Law: a sink behind a `Gate` gets nothing of a person who did not agree to it, from the moment the consent ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from app.session import Sink
from dsp.stream import Frame, Tick
from resources.words import gettext as _

WORDS_VERSION = 1
"""Grows when a sentence says something else; each consent keeps the words that the person saw."""


class Audience(StrEnum):
    """Who may see the readings; each includes the ones before."""

    CLINICIAN = "clinician"
    PRACTICE = "practice"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed to.

    Parameters
    ----------
    audience : Audience
        Who sees the readings.
    stores : bool
        Whether a session is kept; False is live only.
    keep_days : int or None
        How long a session is kept; None is until the person asks to have it erased.
    network : bool
        Whether readings may go to another computer.
    """

    audience: Audience = Audience.CLINICIAN
    stores: bool = True
    keep_days: int | None = None
    network: bool = False

    def __post_init__(self) -> None:
        if self.keep_days is not None and self.keep_days < 1:
            raise ValueError(f"a session must be kept for at least 1 day, not {self.keep_days}")


LIVE_ONLY = Terms(stores=False)


@dataclass(frozen=True, slots=True)
class Consent:
    """One version of a person's consent; the newest holds until it is taken back.

    Parameters
    ----------
    code : str
        Whose.
    version : int
        From 1.
    t_utc_s : float
        When it was given, seconds since 1970 UTC.
    operator : str
        The code of who wrote it down.
    terms : Terms
        What was agreed to.
    words : str
        The sentences that the person saw.
    taken_back_utc_s : float or None
        When it was taken back.
    """

    code: str
    version: int
    t_utc_s: float
    operator: str
    terms: Terms
    words: str
    taken_back_utc_s: float | None = None


def terms_in_words(terms: Terms) -> tuple[str, ...]:
    """Say in plain sentences what is agreed to."""
    audience = {
        Audience.CLINICIAN: _("You and your clinician see the readings."),
        Audience.PRACTICE: _("You, your clinician and others of this practice see the readings."),
        Audience.RESEARCH: _("You and this practice see the readings; researchers get them without your name."),
    }[terms.audience]
    network = _("They may be shown on another computer.") if terms.network else _("They stay on this computer.")
    return (audience, _kept_in_words(terms), network, _("You can change your mind at any time, also in a session."))


class Gate:
    """A sink that lets through what belongs to those who agreed; time passes for everybody.

    Parameters
    ----------
    sink : Sink
        What stores, or sends.
    persons : iterable of str
        Those who agreed, by the names that the items use.
    """

    def __init__(self, sink: Sink, persons: Iterable[str]) -> None:
        self._sink = sink
        self._persons = frozenset(persons)

    @property
    def persons(self) -> frozenset[str]:
        """Those who agree now."""
        return self._persons

    def stop(self, person: str) -> None:
        """Let nothing of this person through any more; may be called from any thread."""
        self._persons -= {person}

    def put(self, frame: Frame) -> None:
        """Pass on what belongs to those who agreed, if anything does."""
        persons = self._persons
        if persons and (isinstance(frame.item, Tick) or frame.item.person in persons):
            self._sink.put(only_of(frame, persons))


_PARTS = tuple(field.name for field in fields(Frame) if field.name != "item")


def only_of(frame: Frame, persons: frozenset[str]) -> Frame:
    """Give the frame with the values of these persons alone; the item stays."""
    kept = {name: tuple(one for one in getattr(frame, name) if one.person in persons) for name in _PARTS}
    return Frame(frame.item, **kept)


def _kept_in_words(terms: Terms) -> str:
    if not terms.stores:
        return _("Nothing is kept: a session ends without a trace.")
    if terms.keep_days is None:
        return _("Sessions are kept until you ask to have them erased.")
    return _("Sessions are kept for {days} days and then erased.").format(days=terms.keep_days)
