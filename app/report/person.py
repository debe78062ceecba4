# SPDX-License-Identifier: MIT
"""What a person is given: the report of their own session in plain words, and the one-page hand-out.

Law: no number but times and the pace, no marker of the clinician's, nothing of anybody else.
"""

from collections.abc import Sequence

from app.report.blocks import Block, Bullets, Heading, Paragraph, Table, some
from app.report.figures import course_picture, shares_picture
from app.report.words import (
    before_after_words,
    client_inside_words,
    client_unknown_words,
    client_ways_words,
)
from resources.words import gettext as _
from ui.paper.record import MomentKind, PersonRecord, SessionRecord
from ui.review.cards_words import window_cards

_LONG_ENOUGH_S = 60.0  # a pace that led for less was only passed on the way
_FOLLOWED = 0.5  # of the seconds that could be seen: a pace that the breath did not follow was not comfortable


def client_blocks(session: SessionRecord, person: PersonRecord) -> Sequence[Block]:
    """Give the blocks of a person's own report."""
    has_course = any(person.course.counts()[:-1])
    said = " ".join(filter(None, (client_inside_words(person), client_ways_words(person))))
    unknown, rating = client_unknown_words(person), before_after_words(person)
    pictures = (course_picture(session, person, has_numbers=False), shares_picture(session, person, has_numbers=False))
    return [
        Heading(_("In short")),
        Paragraph(said),
        *some(
            Paragraph(rating) if rating else None,
            Heading(_("The session")) if has_course else None,
            *(pictures if has_course else ()),
            Paragraph(unknown, is_quiet=True) if unknown and has_course else None,
        ),
        *_help(person),
        Paragraph(_limits(), is_quiet=True),
    ]


def handout_blocks(person: PersonRecord) -> Sequence[Block]:
    """Give the blocks of the hand-out: the comfortable pace, what was chosen, the window in plain words; no graph."""
    cards = Table("", tuple((card.title, card.words) for card in window_cards()))
    return [*_help(person), Heading(_("What is my window?")), cards, Paragraph(_limits(), is_quiet=True)]


def comfortable_pace(person: PersonRecord) -> float | None:
    """Give the pace that led longest and was followed, as far as that could be seen; breaths a minute."""
    lasting = [pace for pace in person.paces if pace.seconds >= _LONG_ENOUGH_S]
    fitting = [pace for pace in lasting if not pace.seen_s or pace.followed_s / pace.seen_s >= _FOLLOWED]
    return fitting[0].breaths_per_min if fitting else None


def _help(person: PersonRecord) -> Sequence[Block]:
    pace = comfortable_pace(person)
    chosen = tuple(dict.fromkeys(moment.label for moment in person.moments if moment.kind is MomentKind.CHOSEN))
    words = _(
        "About {rate:g} breaths a minute. If that feels too slow, go a little quicker: your own pace is the right one."
    )
    without = _("No pace was followed for long this time. Your own pace, with a longer breath out, is a fine start.")
    return [
        Heading(_("A comfortable pace")),
        Paragraph(without if pace is None else words.format(rate=pace)),
        *some(Heading(_("What you chose")) if chosen else None, Bullets(chosen) if chosen else None),
    ]


def _limits() -> str:
    return _(
        "Attune is not a medical device and not for emergencies. It describes signals and does not judge a person."
    )
