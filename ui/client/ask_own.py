# SPDX-License-Identifier: MIT
"""A person's own cards: people, places, sounds, pictures that they like to have near, first among what may be offered.

Each is a command of the session, so that it is stored with the person where they agreed to be stored, and nowhere
else; what is offered carries its name alone, never its words.

Law: they are the person's words, shown as they were typed; none is offered where nothing is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dsp.codes import Action, Zone
from dsp.stream import Command
from resources.words import gettext as _
from ui.cue_words import CueWords, OfferWords
from ui.foreign import safe_text

KINDS = ("person", "place", "sound", "picture")
MOST = 12
LONGEST = 40  # characters of a card's words
_BELOW = "_below"  # behind the name of the card's twin on the menu below the window


@dataclass(frozen=True, slots=True)
class OwnCard:
    """One card: its id in commands, what kind of thing it is, the person's words for it, and their picture, if any."""

    id: str
    kind: str
    words: str
    picture: str = ""


def card_of(command: Command) -> OwnCard | None:
    """Read a `CARD` command; None for another one, or one that names no card."""
    values = dict(command.values)
    card_id = str(values.get("card", ""))
    if command.action is not Action.CARD or not card_id:
        return None
    kind = str(values.get("kind", ""))
    words = safe_text(str(values.get("words", "")))[:LONGEST].strip()
    return OwnCard(card_id, kind if kind in KINDS else KINDS[0], words, str(values.get("picture", "")))


def with_card(cards: Sequence[OwnCard], card: OwnCard) -> tuple[OwnCard, ...]:
    """Give the cards with this one in its place, or behind the others; a card without words goes."""
    if not card.words:
        return tuple(one for one in cards if one.id != card.id)
    if any(one.id == card.id for one in cards):
        return tuple(card if one.id == card.id else one for one in cards)
    return (*cards, card)[:MOST]


def free_id(cards: Sequence[OwnCard]) -> str:
    """Give an id that no card has."""
    taken = {card.id for card in cards}
    return next(f"own_{n}" for n in range(1, MOST + 2) if f"own_{n}" not in taken)


def kind_words(kind: str) -> str:
    """Name a kind of card."""
    names = dict(zip(KINDS, (_("Somebody"), _("A place"), _("A sound"), _("A picture")), strict=True))
    return names[kind]


def with_own(words: CueWords, cards: Sequence[OwnCard]) -> CueWords:
    """Give the menu with a person's own cards first, above the window and, after "far away", below it."""
    above = [
        OfferWords(card.id, Zone.ABOVE, card.words, _line(card.kind), icon=card.kind, picture=card.picture)
        for card in cards
    ]
    below = [replace(one, id=one.id + _BELOW, zone=Zone.BELOW, asks_first=True) for one in above]
    return replace(words, offers=(*above, *below, *words.offers))


def _line(kind: str) -> str:
    """Say what may be done with a card of a kind."""
    return {
        "person": _("Let them be near for a moment, in your mind."),
        "place": _("Go there for a moment, in your mind."),
        "sound": _("Listen to it, or to how you remember it."),
        "picture": _("Look at it, or at how you remember it."),
    }[kind]
