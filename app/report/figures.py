# SPDX-License-Identifier: MIT
"""The figures of a report, at the width of a page: the same as on the screen (`ui/paper`)."""

from app.report.blocks import Picture
from resources.words import gettext as _
from ui.paper.bars import share_bars, shares_of, ways_back
from ui.paper.record import PersonRecord, SessionRecord
from ui.paper.timeline import Sheet, timeline

WIDTH = 680.0
"""Of every figure, px: the text's width on a page of A4 and of letter."""

_HEIGHT, _HEIGHT_SIGNALS = 400.0, 400.0
_FELT = 92.0


def course_picture(session: SessionRecord, person: PersonRecord, *, has_numbers: bool = True) -> Picture:
    """Draw the session over the window; without numbers no bounds, no levels and no moments."""
    shows_felt = bool(person.pairs) and has_numbers
    height = _HEIGHT - (0.0 if shows_felt else _FELT)
    sheet = Sheet(WIDTH, height, 0.0, _end_of(session), has_numbers=has_numbers, shows_felt=shows_felt)
    figure = timeline(person, person.moments if has_numbers else (), sheet)
    caption = _("Change from rest over the window, with its 90 % range; hatched is unknown.")
    plain = _("The line over your window; hatched is what could not be read.")
    return Picture(figure, caption if has_numbers else plain)


def signals_picture(session: SessionRecord, person: PersonRecord) -> Picture:
    """Draw heart rate, RMSSD, breath and skin in rows."""
    sheet = Sheet(WIDTH, _HEIGHT_SIGNALS, 0.0, _end_of(session), shows_signals=True, shows_felt=False)
    return Picture(
        timeline(person, (), sheet), _("Heart rate, RMSSD, breath and skin conductance; triangles: responses.")
    )


def shares_picture(session: SessionRecord, person: PersonRecord, *, has_numbers: bool = True) -> Picture:
    """Draw the shares of the whole session and of its thirds."""
    rows = shares_of(person.course, _end_of(session))
    figure = share_bars(rows, width=WIDTH, has_numbers=has_numbers)
    caption = _("Per cent of the seconds that count; the hatched part could not be read.")
    plain = _("The parts of the session; hatched is what could not be read.")
    return Picture(figure, caption if has_numbers else plain)


def ways_picture(person: PersonRecord) -> Picture | None:
    """Draw the ways back; None where there was none."""
    if not person.ways:
        return None
    figure = ways_back(person.ways, person.half_back_s, width=WIDTH)
    return Picture(figure, _("From the begin of each time outside on; an open arrow had not ended."))


def _end_of(session: SessionRecord) -> float:
    return max(session.duration_s, 1.0)
