# SPDX-License-Identifier: MIT
"""The signals of a session in rows: heart rate, RMSSD, breath and skin conductance, on the trajectory's own axis.

Law: a row's line never joins across what is missing, and a row without any value says that there was no such signal.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dsp.stream import FloatArray
from resources.words import gettext as _
from resources.words import number
from ui.paper.axis import TimeAxis, runs_of, trace
from ui.paper.record import Signals
from ui.paper.shapes import Anchor, Area, Hatch, Line, Rect, Shape, Text
from ui.tokens import Type

_ROOM = 0.12  # above and below the values
_GAP = 12.0
_PEAK = 6.0


@dataclass(frozen=True, slots=True)
class _Row:
    """One signal: its name, its unit, its values, the least height of its axis, and how its numbers are written."""

    name: str
    unit: str
    values: FloatArray
    least: float
    form: str


def signal_rows(signals: Signals, axis: TimeAxis, *, top: float, height: float) -> list[Shape]:
    """Draw the four rows below each other.

    Parameters
    ----------
    signals : Signals
        The seconds.
    axis : TimeAxis
        Where times stand; names stand in the gutter left of it, the lowest and highest value right of it.
    top, height : float
        The place of all rows together, px.
    """
    rows = _rows(signals)
    each = (height - (len(rows) - 1) * _GAP) / len(rows)
    shapes: list[Shape] = []
    for n, row in enumerate(rows):
        shapes += _drawn(row, signals, axis, top + n * (each + _GAP), each)
    return shapes


def signals_summary(signals: Signals) -> str:
    """Sum up the rows: the lowest and the highest of each."""
    return "; ".join(
        _("{name} {low} to {high} {unit}").format(name=row.name, low=ends[0], high=ends[1], unit=row.unit)
        if (ends := _ends(row)) is not None
        else _("{name}: no such signal").format(name=row.name)
        for row in _rows(signals)
    )


def _rows(signals: Signals) -> tuple[_Row, ...]:
    return (
        _Row(_("heart"), _("bpm"), signals.hr_bpm, 10.0, ".0f"),
        _Row(_("RMSSD"), _("ms"), signals.rmssd_ms, 10.0, ".0f"),
        _Row(_("breath"), _("/min"), signals.breaths_per_min, 4.0, ".0f"),
        _Row(_("skin"), _("µS"), signals.scl_microsiemens, 0.5, ".1f"),
    )


def _ends(row: _Row) -> tuple[str, str] | None:
    known = row.values[~np.isnan(row.values)]
    return (number(known.min(), row.form), number(known.max(), row.form)) if len(known) else None


def _drawn(row: _Row, signals: Signals, axis: TimeAxis, top: float, height: float) -> Iterator[Shape]:
    scale, left = axis.scale, axis.left - 95 * axis.scale
    yield Rect(axis.left, top, axis.width, height, fill="bg", radius=6.0)
    middle = top + height / 2
    yield Text(left, middle, row.name, Type.BODY, "text2")
    yield Text(left, middle + 16 * scale, row.unit)
    ends = _ends(row)
    if ends is None:
        yield Hatch(axis.left, top, axis.width, height)
        return
    low, high = _span(row)
    inside = (signals.t >= axis.start_s) & (signals.t <= axis.end_s)
    x, values = axis.xs(signals.t), top + (high - row.values) / (high - low) * height
    runs = runs_of(inside & ~np.isnan(row.values), signals.t)
    yield from _holes(signals.t, runs, axis, top, height)
    for run in runs:
        yield Line(trace(x[run], values[run]), "signal", 1.5)
    if row.values is signals.scl_microsiemens:
        yield from _peaks(signals.scr_t, axis, top)
    yield Text(axis.right + 8, top + 12 * scale, ends[1])
    yield Text(axis.right + 8, top + height - 3, ends[0], anchor=Anchor.START)


def _span(row: _Row) -> tuple[float, float]:
    known = row.values[~np.isnan(row.values)]
    middle = float(known.max() + known.min()) / 2
    half = max(float(known.max() - known.min()), row.least) * (0.5 + _ROOM)
    return middle - half, middle + half


def _holes(t: FloatArray, runs: list[slice], axis: TimeAxis, top: float, height: float) -> Iterator[Shape]:
    """Hatch what is missing between the first and the last second of the session."""
    edges = [
        axis.start_s,
        *(edge for run in runs for edge in (float(t[run.start]), float(t[run.stop - 1]))),
        axis.end_s,
    ]
    at = -np.inf
    for start_s, end_s in zip(edges[0::2], edges[1::2], strict=True):
        place = axis.clipped(start_s, end_s)
        if place is not None and end_s - start_s > 2.0 and place[1] > at:
            left = max(place[0], at)
            at = left + max(place[1] - left, 2.0)
            yield Hatch(left, top, at - left, height)


def _peaks(scr_t: FloatArray, axis: TimeAxis, top: float) -> Iterator[Shape]:
    """Mark the skin's responses above the row; at most one a column."""
    x = np.unique(np.round(axis.xs(scr_t[(scr_t >= axis.start_s) & (scr_t <= axis.end_s)]) / _PEAK) * _PEAK)
    for middle in x.tolist():
        points = np.array([(middle - 3, top + _PEAK + 2), (middle + 3, top + _PEAK + 2), (middle, top + 2)])
        yield Area(points, "text3")
