# SPDX-License-Identifier: MIT
"""The two people who may wear sensors in one session, as the screens call them."""

from dsp.stream import CLIENT, NOBODY
from resources.words import gettext as _

PARTNER = "partner"
PEOPLE = (CLIENT, PARTNER)
OWNERS = (NOBODY, *PEOPLE)
"""Whose a sensor can be, in the order of the choices."""


def owner_words(person: str) -> str:
    """Say whose a sensor is."""
    return {CLIENT: _("client"), PARTNER: _("partner")}.get(person, _("nobody yet"))


def person_name(person: str) -> str:
    """Name a person where a name stands by itself."""
    return {CLIENT: _("Client"), PARTNER: _("Partner")}.get(person, _("Nobody yet"))


def belongs_words(person: str) -> str:
    """Say in a sentence whose a sensor is."""
    known = {CLIENT: _("This one is the client’s"), PARTNER: _("This one is the partner’s")}
    return known.get(person, _("Whose is it?"))
