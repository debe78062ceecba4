# SPDX-License-Identifier: MIT
"""What a person is asked or offered, as data: a heading, a line, and a few answers of equal weight.

Law: no answer is preferred, and "no, thanks" or "rather not say" is always among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dsp.codes import CueQuestion, Zone
from resources.words import gettext as _
from ui.cue_words import CueWords, OfferWords

QUESTION = "question"
"""The name under which the question below the window is offered."""

FELT = "felt"
NO = "no"
MORE = "more"

_BREATH_ICON, _BODY_ICON = "wind", "sun"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what it sends, its words, its icon and the key that chooses it."""

    name: str
    title: str
    line: str
    icon: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What stands in the shape's place.

    `about` names it: an offer, `question`, `felt`, a cue's question; `zone` is the shape beside the heading.
    """

    about: str
    heading: str
    line: str
    answers: tuple[Answer, ...]
    zone: Zone | None = None
    foot: str = ""
    has_more: bool = False
    picture: str = ""


def ask_offers(offers: Sequence[OfferWords], words: CueWords, *, zone: Zone, has_more: bool) -> Ask:
    """Hand over a few offers, the one that was handed over first: each is as large as "no, thanks"."""
    heading = {
        Zone.ABOVE: _("More activated than your window"),
        Zone.BELOW: _("Quieter than your usual"),
    }.get(zone, _("Something for now"))
    leaves = _("This leaves by itself if you let it be.")
    cards = [Answer(one.id, one.title, one.text, _icon_of(one), str(n)) for n, one in enumerate(offers, 1)]
    return Ask(
        offers[0].id,
        heading,
        _("Would something help right now? Only if you like."),
        (*cards, Answer(NO, _("No, thanks"), _("stay as I am"), "cross", "0")),
        zone if zone in (Zone.ABOVE, Zone.BELOW) else None,
        f"{words.uneasy_line} {leaves}".strip(),
        has_more,
    )


def ask_below(words: CueWords) -> Ask:
    """Ask what the sensors cannot tell apart."""
    return Ask(
        QUESTION,
        _("Quieter than your usual"),
        f"{words.question} {_('There is no right answer.')}".strip(),
        (
            Answer("calm", _("Calm"), _("quiet and fine"), "leaf", "1"),
            Answer("tired", _("Tired"), _("low on energy"), "moon", "2"),
            Answer("far_away", _("Far away"), _("not quite here"), "cloud", "3"),
            Answer(NO, _("Rather not say"), _("that is an answer too"), "dots", "0"),
        ),
        Zone.BELOW,
        _("The sensors cannot tell these apart. Only you can."),
    )


def ask_felt() -> Ask:
    """Ask how it is now, in four answers or a number."""
    return Ask(
        FELT,
        _("How is it now?"),
        _("0 settled to 9, and T for ten: or one of these."),
        (
            Answer("still_with_it", _("Still with it"), _("it is all right"), "leaf"),
            Answer("nearly_too_much", _("Nearly too much"), _("close to my edge"), "wind"),
            Answer("too_much", _("Too much"), _("beyond my edge"), "drop"),
            Answer("far_away", _("Far away"), _("not quite here"), "cloud"),
        ),
        foot=_("F puts it away without an answer."),
    )


def ask_cue(question: CueQuestion, words: CueWords) -> Ask:
    """Say a cue's own question kindly."""
    leaves = _("This leaves by itself if you let it be.")
    if question is CueQuestion.STAY_HERE:
        return Ask(
            question.value,
            _("Shall we stay here?"),
            _("This pace, or let the breathing rest."),
            (
                Answer("yes", _("Stay here"), _("at this pace"), "wind", "1"),
                Answer(NO, _("No, thanks"), _("let the shape rest"), "cross", "0"),
            ),
            foot=f"{words.standing_line} {leaves}".strip(),
        )
    return Ask(
        question.value,
        _("Shall we drop the shape?"),
        words.uneasy_line,
        (
            Answer("yes", _("Drop it"), _("look slowly round instead"), "sun", "1"),
            Answer(NO, _("No, thanks"), _("keep the shape"), "cross", "0"),
        ),
        foot=leaves,
    )


def show_taken(offer: OfferWords) -> Ask:
    """Leave the words of what was taken up on the screen, as long as they are wanted."""
    return Ask(
        offer.id,
        offer.title,
        offer.text,
        (Answer("done", _("Done"), _("back to the shape"), _icon_of(offer), "1"),),
        picture=offer.picture,
    )


def _icon_of(offer: OfferWords) -> str:
    return offer.icon or (_BREATH_ICON if offer.is_breath else _BODY_ICON)
