# SPDX-License-Identifier: MIT
"""The words of "What is my window?": five plain cards, about signals and days, with no claim about brain parts."""

from dataclasses import dataclass

from resources.words import gettext as _


@dataclass(frozen=True, slots=True)
class WindowCard:
    """One card: its title, and a few sentences."""

    title: str
    words: str


def window_cards() -> tuple[WindowCard, ...]:
    """Give the five cards in their order."""
    yours = _(
        "Your window is measured from your own rest: how your heart, and your skin if a sensor is there, are "
        "when you sit easy. Nobody else’s numbers are in it."
    )
    moves = _(
        "A window differs from day to day, with sleep, coffee, weather and company. Leaving it and coming back "
        "is not a mistake: coming back is what grows easier with time."
    )
    return WindowCard(_("It is yours"), yours), *_its_sides(), WindowCard(_("It moves"), moves)


def _its_sides() -> tuple[WindowCard, ...]:
    inside = _(
        "Inside means: about as your body is when it has room. You can feel, think and be in touch with "
        "what is around you. It is wide, and wandering in it is what bodies do."
    )
    above = _(
        "Above means: more activated than your usual. Joy, effort, worry or a memory can all do that. The "
        "signals cannot tell which one it is. You can."
    )
    below = _(
        "Below means: quieter than your usual. It may be rest, tiredness, or being far away. The signals "
        "cannot tell these apart. Only you can."
    )
    titled = ((_("Inside it"), inside), (_("Above it"), above), (_("Below it"), below))
    return tuple(WindowCard(title, words) for title, words in titled)
