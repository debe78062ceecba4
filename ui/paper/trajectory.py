# SPDX-License-Identifier: MIT
"""A session's trajectory over the window: band, 90 % range, line, hatch where nothing is known, and the moments.

Law: the upright axis holds the window in its middle 44 %, whatever the session does; what goes beyond is drawn at the
edge. The line never joins across what is unknown, and before there is a window there is no band.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dsp.codes import Zone
from dsp.stream import FloatArray
from ui.paper.axis import TimeAxis, columns, runs_of, trace
from ui.paper.record import Course, Moment
from ui.paper.shapes import ZONE_TONES, Anchor, Area, Hatch, Line, Rect, Shape, Text, line, zone_shape
from ui.paper.words import level_words, side_word
from ui.tokens import Type

_WINDOW_SHARE = 0.44
_USUAL = (-1.1, 1.1)  # the bounds by which the axis is laid where no window was ever known
_LINE_PX, _EDGE_PX = 2.0, 1.5
_TAG, _TAG_GAP, _TAG_ROWS = 18.0, 3.0, 3
_LEAST_HATCH_PX = 2.0
_LEAST_APART_PX = 2.0  # of the lines of two moments
_PROVISIONAL = (5.0, 4.0)
_DOTS = (2.0, 3.0)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where levels stand: the axis, the top and height in px, the lowest and highest level."""

    axis: TimeAxis
    top: float
    height: float
    low: float
    high: float

    def y(self, level: float) -> float:
        return float(self.ys(np.array([level]))[0])

    def ys(self, levels: FloatArray) -> FloatArray:
        y = self.top + (self.high - levels) / (self.high - self.low) * self.height
        return np.clip(y, self.top + 1.0, self.top + self.height - 1.0)


def trajectory(
    course: Course,
    moments: Sequence[Moment],
    axis: TimeAxis,
    *,
    top: float,
    height: float,
    has_numbers: bool = True,
    has_sides: bool = True,
    is_provisional: bool = False,
    chosen: int | None = None,
) -> list[Shape]:
    """Draw a trajectory between the axis's ends, its words in the gutters left and right of them.

    Parameters
    ----------
    course : Course
        The seconds.
    moments : sequence of Moment
        What is tagged, by numbers from 1.
    axis : TimeAxis
        Where times stand.
    top, height : float
        The plot's place, px.
    has_numbers : bool
        Whether the window's bounds are written.
    has_sides : bool
        Whether the sides of the window are named.
    is_provisional : bool
        Whether the window is still getting to know the person: its edges are dashed.
    chosen : int or None
        The place of the moment that is chosen.
    """
    plot = _laid(course, axis, top, height)
    windows = list(_windows(course, plot))
    return [
        Rect(axis.left, top, axis.width, height, fill="bg", radius=6.0),
        *(Rect(left, upper, right - left, lower - upper, fill="band_fill") for left, right, upper, lower in windows),
        *_ranges(course, plot),
        *_holes(course, plot),
        *_edges(windows, is_provisional=is_provisional),
        *_lines(course, plot),
        *(_sides(plot) if has_sides else ()),
        *(_bounds(course, plot) if has_numbers else ()),
        *_tags(moments, axis, top, height, chosen),
    ]


def _laid(course: Course, axis: TimeAxis, top: float, height: float) -> _Plot:
    """Lay the upright axis by the last window of the session."""
    known = np.flatnonzero(~np.isnan(course.upper))
    lower, upper = (course.lower[known[-1]], course.upper[known[-1]]) if len(known) else _USUAL
    middle, half = (upper + lower) / 2, (upper - lower) / 2 / _WINDOW_SHARE
    return _Plot(axis, top, height, float(middle - half), float(middle + half))


def _windows(course: Course, plot: _Plot) -> Iterator[tuple[float, float, float, float]]:
    """Give each stretch of equal bounds: left, right, and the heights of both."""
    known = np.flatnonzero(~np.isnan(course.upper))
    if not len(known):
        return
    bounds = np.column_stack((course.lower, course.upper))[known]
    cuts = np.flatnonzero(np.any(np.diff(bounds, axis=0) != 0, axis=1)) + 1
    firsts, lasts = [0, *cuts.tolist()], [*cuts.tolist(), len(known)]
    for first, last in zip(firsts, lasts, strict=True):
        end_s = course.t[known[last]] if last < len(known) else course.t[known[-1]] + 1.0
        place = plot.axis.clipped(float(course.t[known[first]]), float(end_s))
        if place is not None:
            yield *place, plot.y(float(bounds[first, 1])), plot.y(float(bounds[first, 0]))


def _edges(windows: Sequence[tuple[float, float, float, float]], *, is_provisional: bool) -> Iterator[Shape]:
    for left, right, upper, lower in windows:
        for y in (upper, lower):
            dash = _PROVISIONAL if is_provisional else ()
            yield line((left, y), (right, y), tone="band", width=_EDGE_PX, dash=dash)


def _ranges(course: Course, plot: _Plot) -> Iterator[Shape]:
    """Draw the 90 % range of each run."""
    seconds = course.within(plot.axis.start_s, plot.axis.end_s)
    t, high, low = course.t[seconds], course.high[seconds], course.low[seconds]
    for run in runs_of(~np.isnan(low), t):
        x = plot.axis.xs(t[run])
        upper, lower = columns(x, plot.ys(high[run])), columns(x, plot.ys(low[run]))  # the highest has the least y
        there, back = np.column_stack((upper[0], upper[1])), np.column_stack((lower[0], lower[2]))
        yield Area(np.concatenate((there, back[::-1])), "ribbon")


def _lines(course: Course, plot: _Plot) -> Iterator[Shape]:
    seconds = course.within(plot.axis.start_s, plot.axis.end_s)
    t, level = course.t[seconds], course.level[seconds]
    for run in runs_of(~np.isnan(level), t):
        yield Line(trace(plot.axis.xs(t[run]), plot.ys(level[run])), "signal", _LINE_PX)


def _holes(course: Course, plot: _Plot) -> Iterator[Shape]:
    """Hatch each stretch in which no level is known; neighbours in px are one."""
    t = course.t
    runs = runs_of(~np.isnan(course.level), t)
    edges = [float(t[0]) if len(t) else plot.axis.start_s]
    for run in runs:
        edges += [float(t[run.start]), float(t[run.stop - 1]) + 1.0]
    edges.append(float(t[-1]) + 1.0 if len(t) else plot.axis.end_s)
    at = -np.inf
    for start_s, end_s in zip(edges[0::2], edges[1::2], strict=True):
        place = plot.axis.clipped(start_s, end_s)
        if place is not None and end_s - start_s > 0.5 and place[1] > at:
            left = max(place[0], at)
            width = max(place[1] - left, _LEAST_HATCH_PX)
            at = left + width
            yield Hatch(left, plot.top, width, plot.height)


def _sides(plot: _Plot) -> Iterator[Shape]:
    """Name the sides of the window at the left: shape and word."""
    scale = plot.axis.scale
    for zone, share in ((Zone.ABOVE, 0.14), (Zone.WITHIN, 0.5), (Zone.BELOW, 0.86)):
        y = plot.top + share * plot.height
        left = plot.axis.left - 90 * scale
        yield zone_shape(zone, left, y, 10 * scale)
        yield Text(left + 14 * scale, y + 5 * scale, side_word(zone), Type.BODY, "text2")


def _bounds(course: Course, plot: _Plot) -> Iterator[Shape]:
    """Write the bounds that held last, at the right."""
    known = np.flatnonzero(~np.isnan(course.upper))
    if len(known):
        for bound in (course.upper[known[-1]], course.lower[known[-1]]):
            y = plot.y(float(bound)) + 4 * plot.axis.scale
            yield Text(plot.axis.right + 8, y, level_words(float(bound)))


def _tags(moments: Sequence[Moment], axis: TimeAxis, top: float, height: float, chosen: int | None) -> Iterator[Shape]:
    """Tag the moments by number; a tag that would lie on another goes a row down, and below the last row it is left."""
    ends = [-np.inf] * _TAG_ROWS
    size, last = _TAG * axis.scale, -np.inf
    for place, moment in enumerate(moments):
        x, is_chosen = axis.x(moment.t), place == chosen
        if not axis.is_in(moment.t) or (x - last < _LEAST_APART_PX and not is_chosen):
            continue
        last = x
        yield line((x, top), (x, top + height), tone="signal" if is_chosen else "text2", dash=_DOTS)
        row = next((row for row in range(_TAG_ROWS) if ends[row] < x - size / 2 - 1), None)
        if row is None:
            continue
        ends[row] = x + size / 2
        y = top + _TAG_GAP + row * (size + _TAG_GAP)
        yield Rect(x - size / 2, y, size, size, fill="signal" if is_chosen else "text2", radius=4.0)
        tone = "on_primary" if is_chosen else "surface"
        yield Text(x, y + 0.72 * size, str(place + 1), Type.AXIS, tone, Anchor.MIDDLE)


def lane(course: Course, axis: TimeAxis, *, top: float, height: float = 20.0, gap: float = 1.0) -> list[Shape]:
    """Draw the zones as one lane of blocks; what is unknown is hatched.

    Parameters
    ----------
    course : Course
        The seconds.
    axis : TimeAxis
        Where times stand.
    top, height, gap : float
        The lane's place, and the distance between two blocks, px.
    """
    shapes: list[Shape] = []
    zones: Sequence[tuple[Zone, float, float]] = course.runs()
    for zone, start_s, end_s in zones:
        place = axis.clipped(start_s, end_s)
        if place is None:
            continue
        width = max(place[1] - place[0] - gap, 0.7)
        if zone is Zone.UNKNOWN:
            shapes.append(Hatch(place[0], top, width, height, step=5.0))
        else:
            shapes.append(Rect(place[0], top, width, height, fill=ZONE_TONES[zone], radius=2.0 if width > 6 else 0.0))
    return shapes
