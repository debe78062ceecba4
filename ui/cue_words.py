# SPDX-License-Identifier: MIT
"""The words of what may help, as plain data: a clinic can replace them, and no screen knows where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsp.codes import Zone


@dataclass(frozen=True, slots=True)
class OfferWords:
    """One thing that may be offered to a person.

    Parameters
    ----------
    id : str
        Its name in commands and records.
    zone : Zone
        The state in which it is on the menu.
    title, text : str
        Its words.
    is_breath : bool
        Whether it is about breathing.
    asks_first : bool
        Whether it comes only after the answer "far away".
    leads_breath : bool
        Whether the pacer leads from the person's own rate when it is taken up.
    icon : str
        Of a person's own card; empty for the usual one.
    picture : str
        Of a person's own card (`ui.client.own_picture`); empty for none.
    """

    id: str
    zone: Zone
    title: str
    text: str
    is_breath: bool = False
    asks_first: bool = False
    leads_breath: bool = False
    icon: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class CueWords:
    """All that a person may be offered, in its order, and the lines that stand beside it."""

    offers: tuple[OfferWords, ...] = ()
    question: str = ""
    standing_line: str = ""
    uneasy_line: str = ""

    def find(self, name: str) -> OfferWords | None:
        """Give an offer by its name."""
        return next((offer for offer in self.offers if offer.id == name), None)

    def menu(self, zone: Zone, *, is_far_away: bool = False) -> Sequence[OfferWords]:
        """Give what is on the menu in a state."""
        return [offer for offer in self.offers if offer.zone is zone and (is_far_away or not offer.asks_first)]
