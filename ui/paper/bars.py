# SPDX-License-Identifier: MIT
"""What a session came to, as bars: shares of the seconds in each zone, ways back, felt beside measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsp.codes import Zone
from resources.words import gettext as _
from ui.paper.axis import TimeAxis
from ui.paper.record import ZONES, Course, Pair, WayBack
from ui.paper.shapes import ZONE_TONES, Anchor, Disc, Figure, Hatch, Rect, Shape, Text, line, zone_shape
from ui.paper.words import (
    felt_words,
    level_words,
    percent_words,
    shares_summary,
    ways_summary,
    zone_word,
)
from ui.tokens import Type
from ui.words import clock_words

_ROW, _BAR = 32.0, 12.0
_NAME, _SHARE = 124.0, 56.0
_WAY_ROW, _WAY_LEFT, _WAY_RIGHT = 27.0, 80.0, 52.0
_PAIR, _PAIR_WORD = 58.0, 104.0


@dataclass(frozen=True, slots=True)
class Shares:
    """Seconds in each of `ZONES` of a part of the session, and what that part is called."""

    name: str
    counts: tuple[int, ...]


def shares_of(course: Course, duration_s: float) -> tuple[Shares, ...]:
    """Count the seconds of a whole session and of its thirds."""
    names = (_("first third"), _("middle third"), _("last third"))
    third = duration_s / len(names)
    parts = [
        Shares(name, course.counts(n * third, (n + 1) * third + (1.0 if n == len(names) - 1 else 0.0)))
        for n, name in enumerate(names)
    ]
    return Shares(_("whole session"), course.counts()), *parts


def share_bars(rows: Sequence[Shares], *, width: float, scale: float = 1.0, has_numbers: bool = True) -> Figure:
    """Draw a bar for each part of a session: the share of the seconds that count, the unknown ones hatched behind.

    Parameters
    ----------
    rows : sequence of Shares
        The first one is the whole.
    width : float
        Of the figure, px.
    scale : float
        The text's size beside 1.
    has_numbers : bool
        Whether the share inside is written.
    """
    shapes: list[Shape] = []
    left, right = _NAME * scale, width - (_SHARE * scale if has_numbers else 0.0)
    for n, row in enumerate(rows):
        middle = (n + 0.5) * _ROW * scale
        kind = Type.STRONG if n == 0 else Type.BODY
        shapes.append(Text(0, middle + 5 * scale, row.name, kind, "text" if n == 0 else "text2"))
        shapes += _bar(row.counts, left, right, middle - _BAR * scale / 2, _BAR * scale)
        if has_numbers:
            words = percent_words(row.counts[0], sum(row.counts[:-1]))
            shapes.append(Text(width, middle + 5 * scale, words, Type.STRONG, "text", Anchor.END))
    height = (len(rows) + 1) * _ROW * scale
    shapes += legend(left=0.0, y=height - 10 * scale, scale=scale)
    told = "; ".join(shares_summary(row.name, row.counts) for row in rows)
    return Figure(width, height, tuple(shapes), told if has_numbers else _("Time in the window"))


def _bar(counts: tuple[int, ...], left: float, right: float, top: float, height: float) -> list[Shape]:
    whole = sum(counts)
    shapes: list[Shape] = []
    if not whole:
        return [Hatch(left, top, right - left, height, step=5.0)]
    x = left
    for zone, n in zip(ZONES, counts, strict=True):
        piece = n / whole * (right - left)
        if n and piece > 0.5:
            width = max(piece - 2.0, 1.0)
            is_known = zone is not Zone.UNKNOWN
            fill = ZONE_TONES.get(zone, "")
            shapes.append(
                Rect(x, top, width, height, fill, radius=2.0) if is_known else Hatch(x, top, width, height, 5.0)
            )
        x += piece
    return shapes


def legend(*, left: float, y: float, scale: float = 1.0, zones: Sequence[Zone] = ZONES) -> list[Shape]:
    """Name the zones beside their shapes, in a row with its baseline at `y`."""
    shapes: list[Shape] = []
    x = left
    for zone in zones:
        shapes.append(zone_shape(zone, x + 5 * scale, y - 5 * scale, 10 * scale))
        word = zone_word(zone)
        shapes.append(Text(x + 18 * scale, y, word, Type.BODY, "text2"))
        x += (18 + 8 * len(word) + 20) * scale
    return shapes


def ways_back(ways: Sequence[WayBack], half_s: float | None, *, width: float, scale: float = 1.0) -> Figure:
    """Draw each way back to the window: from its onset on, as long as it took; one that did not end is an open arrow.

    Parameters
    ----------
    ways : sequence of WayBack
        In order of time; the longest eight are drawn.
    half_s : float or None
        The time by which half had come back, drawn as a dashed line.
    width : float
        Of the figure, px.
    scale : float
        The text's size beside 1.
    """
    shown = sorted(sorted(ways, key=lambda way: -way.seconds)[:8], key=lambda way: way.onset_s)
    height = (len(shown) * _WAY_ROW + 20) * scale
    longest = max((way.seconds for way in shown), default=60.0)
    axis = TimeAxis(0.0, max(longest, 30.0), _WAY_LEFT * scale, width - _WAY_RIGHT * scale, scale)
    shapes: list[Shape] = []
    if half_s is not None and shown and axis.is_in(half_s):
        x = axis.x(half_s)
        shapes.append(line((x, 0), (x, len(shown) * _WAY_ROW * scale), tone="text3", dash=(4.0, 4.0)))
    for n, way in enumerate(shown):
        shapes += _way(way, axis, (n + 0.5) * _WAY_ROW * scale, width)
    if shown:
        shapes += axis.words(height - 4 * scale)
    return Figure(width, height, tuple(shapes), ways_summary(tuple(ways)))


def _way(way: WayBack, axis: TimeAxis, y: float, width: float) -> list[Shape]:
    scale = axis.scale
    baseline, x = y + 5 * scale, axis.x(way.seconds)
    shapes: list[Shape] = [
        Text(0, baseline, clock_words(way.onset_s), Type.FIGURES, "text2"),
        zone_shape(way.zone, 60 * scale, y, 10 * scale),
        line((axis.left, y), (x, y), tone="signal", width=2.0),
    ]
    if way.is_over:
        words = clock_words(way.seconds)
        return [*shapes, Disc(x, y, 5.0, fill="signal"), Text(x + 11, baseline, words, Type.STRONG, "text")]
    arrow = line((x - 6, y - 6), (x, y), (x - 6, y + 6), tone="signal", width=2.0)
    words = _("still out when it ended")
    is_right = x + 10 + 7 * len(words) * scale > width
    place = Text(x - 12 if is_right else x + 10, y - 6 * scale if is_right else baseline, words, Type.AXIS, "text3")
    anchored = Text(place.x, place.y, words, Type.AXIS, "text3", Anchor.END) if is_right else place
    return [*shapes, arrow, anchored]


def felt_rows(pairs: Sequence[Pair], axis: TimeAxis, *, top: float, has_numbers: bool = True) -> list[Shape]:
    """Draw felt above measured at their times; a pair that speaks of two zones has a border and the word.

    Parameters
    ----------
    pairs : sequence of Pair
        In order of time; one that would lie on another is left out, those that differ last.
    axis : TimeAxis
        Where times stand.
    top : float
        The upper edge, px; the rows take 88 px, times the text's size.
    has_numbers : bool
        Whether the level measured is written.
    """
    scale = axis.scale
    upper, lower = top + 21 * scale, top + 52 * scale
    left = axis.left - 95 * scale
    shapes: list[Shape] = [
        Text(left, upper, _("felt, 0–10"), Type.BODY, "text2"),
        Text(left, lower, _("measured"), Type.BODY, "text2"),
        line((axis.left, top + 31 * scale), (axis.right, top + 31 * scale), tone="line"),
    ]
    taken: list[tuple[float, float]] = []
    for pair in sorted(pairs, key=lambda pair: not pair.differs):
        half = _pair_width(pair, scale) / 2
        x = min(max(axis.x(pair.felt.t), axis.left + half), axis.right - half)
        is_free = all(x + half <= left or x - half >= right for left, right in taken)
        if axis.is_in(pair.felt.t) and is_free:
            taken.append((x - half, x + half))
            shapes += _pair(pair, x, (upper, lower), scale, has_numbers=has_numbers)
    return shapes


def _pair(pair: Pair, x: float, baselines: tuple[float, float], scale: float, *, has_numbers: bool) -> list[Shape]:
    upper, lower = baselines
    width = _pair_width(pair, scale)
    left = x - width / 2 + 12 * scale
    kind = Type.STRONG if pair.felt.number is not None else Type.AXIS
    measured = level_words(pair.level) if has_numbers else ""
    shapes: list[Shape] = [Text(left + 12 * scale, upper, felt_words(pair.felt), kind, "text")]
    if pair.felt.zone is not None:
        shapes.append(zone_shape(pair.felt.zone, left, upper - 5 * scale, 10 * scale))
    shapes.append(zone_shape(pair.zone, left, lower - 5 * scale, 10 * scale))
    shapes.append(Text(left + 12 * scale, lower, measured, Type.STRONG, "text"))
    if pair.differs:
        shapes.append(Rect(x - width / 2, upper - 20 * scale, width, 62 * scale, edge="edge", radius=8.0))
        shapes.append(Text(x, lower + 26 * scale, _("differs"), Type.AXIS, "text2", Anchor.MIDDLE))
    return shapes


def _pair_width(pair: Pair, scale: float) -> float:
    """Give the room that a pair takes: a word needs more of it than a number."""
    return (_PAIR if pair.felt.number is not None else _PAIR_WORD) * scale
