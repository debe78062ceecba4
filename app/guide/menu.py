# SPDX-License-Identifier: MIT
"""The menu of what may help, in words that a clinic can replace.

Law: above the window nobody is slowed below their own pace by force, below it nothing slows the breath at all, and what
is unknown has no menu. What somebody does not want is not on theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, TypeAdapter
from pydantic_core import PydanticCustomError

import resources
from app.guide.texts import visible
from dsp.codes import Zone
from sensors.declared import Declared, only_keys_of
from sensors.source import SensorError

_LONGEST = 200  # characters of one sentence or two
_ID = r"^[a-z][a-z0-9_]{0,63}$"


_Words = Annotated[str, visible("words", most=_LONGEST)]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may help.

    Parameters
    ----------
    id : str
        Its name in commands and records.
    when : str
        The state in which it is on the menu.
    audience : str
        Who is offered it: the client, or the clinician as a reminder.
    title, text : str
        Its words.
    is_breath : bool
        Whether it is about breathing.
    asks_first : bool
        Whether it is offered only after the answer "far away".
    pace : str
        What the pacer does when it is taken up; empty for nothing.
    """

    id: Annotated[str, Field(pattern=_ID)]
    when: Literal["above", "within", "below"]
    audience: Literal["client", "clinician"]
    title: _Words
    text: _Words
    is_breath: bool = False
    asks_first: bool = False
    pace: Literal["", "own_breath"] = ""


def _leads_nowhere_below(offer: Offer) -> Offer:
    if offer.when == "below" and offer.pace:
        raise PydanticCustomError("pace", "must be left out below the window: nothing slows the breath there")
    return offer


_Offer = Annotated[Offer, only_keys_of(Offer), AfterValidator(_leads_nowhere_below)]


@dataclass(frozen=True, slots=True)
class Menu:
    """All offers of one language, and the lines that stand beside them; an empty line is the usual one."""

    cue: Annotated[tuple[_Offer, ...], Field(max_length=200)] = ()
    question: _Words = ""
    standing_line: _Words = ""
    uneasy_line: _Words = ""

    def offers(
        self, zone: Zone, audience: str, *, is_far_away: bool = False, takes_breath: bool = True
    ) -> Sequence[Offer]:
        """Give what is on the menu, in its order.

        Parameters
        ----------
        zone : Zone
            The state; what is unknown has no menu.
        audience : str
            `client` or `clinician`.
        is_far_away : bool
            Whether the person answered so.
        takes_breath : bool
            False for somebody who wants no breath cues.
        """
        return [
            offer
            for offer in self.cue
            if (offer.when, offer.audience) == (zone.value, audience)
            and (is_far_away or not offer.asks_first)
            and (takes_breath or not offer.is_breath)
        ]


MENUS: Final[Declared[Menu]] = Declared("list of cues", TypeAdapter(Annotated[Menu, only_keys_of(Menu)]))


def read_menu(own_folder: Path, language: str) -> tuple[Menu, SensorError | None]:
    """Read the menu that comes with Attune, and the clinic's own over it.

    Parameters
    ----------
    own_folder : Path
        The data folder; its `cues/LANGUAGE.toml` lies over the shipped one, where there is such a file.
    language : str
        `en`, `es`.

    Returns
    -------
    Menu, and SensorError or None
        What is wrong with the clinic's own, if anything; then the shipped one holds alone.
    """
    usual = MENUS.read(Path(resources.__file__ or ".").parent / "cues" / f"{language}.toml")
    path = own_folder / "cues" / f"{language}.toml"
    if not path.exists():
        return usual, None
    try:
        own = MENUS.read(path)
    except SensorError as error:
        return usual, error
    by_id = {offer.id: offer for offer in (*usual.cue, *own.cue)}
    return Menu(
        tuple(by_id.values()),
        own.question or usual.question,
        own.standing_line or usual.standing_line,
        own.uneasy_line or usual.uneasy_line,
    ), None
