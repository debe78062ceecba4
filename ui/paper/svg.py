# SPDX-License-Identifier: MIT
"""Figures as SVG within a page: tones are classes, so that the page's own light or dark look colours them.

Law: every text is escaped; nothing in it loads anything.
"""

from collections.abc import Iterable
from html import escape

from dsp.stream import FloatArray
from ui.paper.shapes import Area, Disc, Figure, Hatch, Line, Rect, Shape, Text
from ui.tokens import Tokens, Type

_HATCH_LINE = 1.4


def svg(figure: Figure, name: str) -> str:
    """Write a figure as an SVG element.

    Parameters
    ----------
    figure : Figure
        What is drawn.
    name : str
        A word that no other figure of the page has, of letters and digits.
    """
    steps = sorted({shape.step for shape in figure.shapes if isinstance(shape, Hatch)})
    patterns = "".join(_pattern(name, step) for step in steps)
    shapes = "".join(_written(shape, name) for shape in figure.shapes)
    summary = escape(figure.summary)
    return (
        f'<svg role="img" aria-label="{summary}" viewBox="0 0 {_n(figure.width)} {_n(figure.height)}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{summary}</title>'
        f"<defs>{patterns}</defs>{shapes}</svg>"
    )


def svg_style(tokens: Tokens) -> str:
    """Give the custom properties of a look, for the page's style sheet."""
    return "".join(f"--{tone}:{getattr(tokens, tone)};" for tone in _tones())


def svg_classes() -> str:
    """Give the classes that figures name, for the page's style sheet."""
    fills = "".join(f".f-{tone}{{fill:var(--{tone})}}.s-{tone}{{stroke:var(--{tone})}}" for tone in _tones())
    types = "".join(
        f".t-{kind.name.lower()}{{font-size:{kind.size_px}px;font-weight:{kind.weight}"
        f"{';font-variant-numeric:tabular-nums' if kind.is_tabular else ''}}}"
        for kind in Type
    )
    return f"svg .n{{fill:none}}{fills}{types}"


def _tones() -> Iterable[str]:
    return Tokens.__slots__  # in the order of the tokens


def _written(shape: Shape, name: str) -> str:
    match shape:
        case Rect():
            inset = 0.5 if shape.edge else 0.0
            radius = f' rx="{_n(shape.radius)}"' if shape.radius else ""
            return f"<rect {_box(shape, inset)}{radius}{_classes(shape.fill, shape.edge)}/>"
        case Hatch():
            return (
                f'<rect {_box(shape, 0.0)} fill="url(#{name}-{_n(shape.step)})"/>'
                f"<rect {_box(shape, 0.5)}{_classes('', 'edge')}/>"
            )
        case Line():
            dash = f' stroke-dasharray="{" ".join(map(_n, shape.dash))}"' if shape.dash else ""
            join = "" if shape.dash else ' stroke-linejoin="round" stroke-linecap="round"'
            return (
                f'<polyline points="{_points(shape.points)}" stroke-width="{_n(shape.width)}"'
                f"{dash}{join}{_classes('', shape.tone)}/>"
            )
        case Area():
            return f'<polygon points="{_points(shape.points)}"{_classes(shape.tone, "")}/>'
        case Disc():
            place = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
            return f'<circle {place} stroke-width="{_n(shape.width)}"{_classes(shape.fill, shape.edge)}/>'
        case Text():
            return (
                f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" text-anchor="{shape.anchor}" '
                f'class="f-{shape.tone} t-{shape.kind.name.lower()}">{escape(shape.words)}</text>'
            )


def _pattern(name: str, step: float) -> str:
    return (
        f'<pattern id="{name}-{_n(step)}" width="{_n(step)}" height="{_n(step)}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="{_n(step)}" '
        f'stroke-width="{2 * _HATCH_LINE}" class="s-edge"/></pattern>'
    )


def _box(shape: Rect | Hatch, inset: float) -> str:
    width, height = max(shape.width - 2 * inset, 0.0), max(shape.height - 2 * inset, 0.0)
    return f'x="{_n(shape.x + inset)}" y="{_n(shape.y + inset)}" width="{_n(width)}" height="{_n(height)}"'


def _classes(fill: str, edge: str) -> str:
    return f' class="{f"f-{fill}" if fill else "n"}{f" s-{edge}" if edge else ""}"'


def _points(points: FloatArray) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points.tolist())


def _n(number: float) -> str:
    """Write a length with at most one place behind the point: a tenth of a px is finer than any screen."""
    return f"{number:.1f}".removesuffix(".0")
