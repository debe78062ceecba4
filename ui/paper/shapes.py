# SPDX-License-Identifier: MIT
"""What figures are made of: plain shapes in px, each in a tone of the tokens, with no painter and no markup in them.

Law: a figure is data. The screen, the PDF and the HTML draw the same shapes (`ui/paper/painter.py`,
`ui/paper/svg.py`), so a figure looks the same wherever it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dsp.codes import Zone
from dsp.stream import FloatArray
from ui.tokens import Type

ZONE_TONES = {Zone.ABOVE: "above", Zone.WITHIN: "inside", Zone.BELOW: "below"}
"""The tone of each zone's shape and bar; unknown is hatched."""


class Anchor(StrEnum):
    """Which end of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; an empty tone leaves fill or edge out."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    edge: str = ""
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Hatch:
    """A hatched rectangle on its ground, closed by edges: always and only unknown, not counted or gap."""

    x: float
    y: float
    width: float
    height: float
    step: float = 7.0


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line through points, (n, 2) in px; `dash` gives the lengths drawn and left out."""

    points: FloatArray
    tone: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A filled area within points, (n, 2) in px."""

    points: FloatArray
    tone: str


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc; an empty tone leaves fill or edge out."""

    x: float
    y: float
    radius: float
    fill: str = ""
    edge: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words; `y` is its baseline."""

    x: float
    y: float
    words: str
    kind: Type = Type.AXIS
    tone: str = "text3"
    anchor: Anchor = Anchor.START


Shape = Rect | Hatch | Line | Area | Disc | Text


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A drawing of a size in px, and what it shows in words for somebody who does not see it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    summary: str


def line(*points: tuple[float, float], tone: str, width: float = 1.0, dash: tuple[float, ...] = ()) -> Line:
    """Make a line through these points."""
    return Line(np.array(points, dtype=np.float64), tone, width, dash)


def zone_shape(zone: Zone, x: float, y: float, size: float) -> Shape:
    """Give a zone's own shape around a middle: triangle up, disc, triangle down, hatched square."""
    half = size / 2
    if zone is Zone.UNKNOWN:
        return Hatch(x - half, y - half, size, size, step=4.0)
    if zone is Zone.WITHIN:
        return Disc(x, y, half, fill=ZONE_TONES[zone])
    base, tip = (y + half, y - half) if zone is Zone.ABOVE else (y - half, y + half)
    return Area(np.array([(x - half, base), (x + half, base), (x, tip)]), ZONE_TONES[zone])


def texts_of(shapes: Sequence[Shape]) -> list[str]:
    """Give the words in a drawing, in the order in which they are drawn."""
    return [shape.words for shape in shapes if isinstance(shape, Text)]
