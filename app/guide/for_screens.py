# SPDX-License-Identifier: MIT
"""The menu as the screens take it: a person's own part of it, in plain words."""

from app.guide.menu import Menu
from dsp.codes import Zone
from ui.cue_words import CueWords, OfferWords


def words_for_screens(menu: Menu) -> CueWords:
    """Give what a person may be offered; what reminds the clinician is not for this screen."""
    offers = (
        OfferWords(
            offer.id,
            Zone(offer.when),
            offer.title,
            offer.text,
            is_breath=offer.is_breath,
            asks_first=offer.asks_first,
            leads_breath=offer.pace == "own_breath",
        )
        for offer in menu.cue
        if offer.audience == "client"
    )
    return CueWords(tuple(offers), menu.question, menu.standing_line, menu.uneasy_line)
