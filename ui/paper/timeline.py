# SPDX-License-Identifier: MIT
"""The session on one time axis: trajectory or signals, felt and measured, and the lane of zones."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsp.codes import Zone
from resources.words import gettext as _
from ui.paper.axis import TimeAxis
from ui.paper.bars import felt_rows
from ui.paper.record import Moment, PersonRecord
from ui.paper.shapes import Figure, Rect, Shape, Text, line, zone_shape
from ui.paper.signals import signal_rows, signals_summary
from ui.paper.trajectory import lane, trajectory
from ui.paper.words import course_summary, pairs_summary
from ui.tokens import Type

LEFT, RIGHT = 96.0, 44.0
"""The gutters for words left and right of the axis, px before the text's size."""

_FELT, _LANE, _TICKS, _GAP = 92.0, 20.0, 24.0, 16.0
_PLAIN_RIGHT = 4.0
_LETTER = 7.4  # px, roughly, of the body type


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a timeline is drawn on.

    Parameters
    ----------
    width, height : float
        Its size, px.
    start_s, end_s : float
        The time that it shows.
    scale : float
        The text's size beside 1.
    has_numbers : bool
        Whether bounds and levels are written.
    shows_signals : bool
        Whether the signals stand in the trajectory's place.
    shows_felt : bool
        Whether felt and measured are there.
    """

    width: float
    height: float
    start_s: float
    end_s: float
    scale: float = 1.0
    has_numbers: bool = True
    shows_signals: bool = False
    shows_felt: bool = True

    @property
    def axis(self) -> TimeAxis:
        """The axis that everything on it shares."""
        right = RIGHT * self.scale if self.has_numbers else _PLAIN_RIGHT
        return TimeAxis(self.start_s, self.end_s, LEFT * self.scale, self.width - right, self.scale)

    @property
    def plot_height(self) -> float:
        """The height of the trajectory or the signals, px."""
        below = _LANE + _TICKS + _GAP + (_FELT if self.shows_felt else 0.0)
        return max(self.height - below * self.scale, 40.0)

    @property
    def lane_top(self) -> float:
        """The upper edge of the lane of zones, px."""
        return self.height - (_LANE + _TICKS) * self.scale


def timeline_legend(width: float, scale: float) -> Figure:
    """Say what the trajectory's signs mean, in a row that ends at the right."""
    signs = (_("change from rest, with its 90 % range"), _("your window"), _("unknown"))
    sizes = [(34 + _LETTER * len(words) + 20) * scale for words in signs]
    x, middle = max(width - sum(sizes), 0.0), 10 * scale
    shapes: list[Shape] = []
    for n, (words, size) in enumerate(zip(signs, sizes, strict=True)):
        if x + size <= width + 1:
            shapes += _sign(n, x, middle, scale)
            shapes.append(Text(x + 32 * scale, middle + 5 * scale, words, Type.BODY, "text2"))
        x += size
    return Figure(width, 20 * scale, tuple(shapes), "; ".join(signs))


def _sign(n: int, x: float, middle: float, scale: float) -> list[Shape]:
    """Draw the sign of the line, of the window, or of what is unknown."""
    wide, half = 24 * scale, 6 * scale
    if n == 2:
        return [zone_shape(Zone.UNKNOWN, x + wide - half, middle, 2 * half)]
    if n == 0:
        ribbon = Rect(x, middle - half, wide, 2 * half, fill="ribbon")
        return [ribbon, line((x, middle), (x + wide, middle), tone="signal", width=2.0)]
    edges = [line((x, middle + y), (x + wide, middle + y), tone="band", width=1.5) for y in (-half, half)]
    return [Rect(x, middle - half, wide, 2 * half, fill="band_fill"), *edges]


def timeline(person: PersonRecord, moments: Sequence[Moment], sheet: Sheet, chosen: int | None = None) -> Figure:
    """Draw one person's part of a session on one axis.

    Parameters
    ----------
    person : PersonRecord
        Whose.
    moments : sequence of Moment
        What is tagged.
    sheet : Sheet
        What it is drawn on.
    chosen : int or None
        The place of the moment that is chosen.
    """
    axis, height = sheet.axis, sheet.plot_height
    shapes: list[Shape]
    if sheet.shows_signals:
        shapes = signal_rows(person.signals, axis, top=0.0, height=height)
        summary = signals_summary(person.signals)
    else:
        shapes = trajectory(
            person.course,
            moments,
            axis,
            top=0.0,
            height=height,
            has_numbers=sheet.has_numbers,
            is_provisional=person.resting.is_provisional,
            chosen=chosen,
        )
        summary = course_summary(person.course, tuple(moments), has_numbers=sheet.has_numbers)
    if sheet.shows_felt:
        shapes += felt_rows(person.pairs, axis, top=height + _GAP * sheet.scale / 2, has_numbers=sheet.has_numbers)
        summary = f"{summary} {pairs_summary(person.pairs)}"
    shapes += lane(person.course, axis, top=sheet.lane_top, height=_LANE * sheet.scale)
    shapes += axis.words(sheet.lane_top + (_LANE + 18) * sheet.scale)
    return Figure(sheet.width, sheet.height, tuple(shapes), summary)
