# SPDX-License-Identifier: MIT
"""Small plots as SVG text: bars on a logarithmic axis, and points. No library is needed to draw or to show them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _ROW, _LEFT, _RIGHT, _TOP, _FOOT = 640, 26, 250, 90, 40, 34
_HEIGHT = 320
_INK, _FAINT, _OURS, _OTHERS = "#1B2B34", "#B8C4CC", "#0072B2", "#8A99A3"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, how long it is, and what stands at its end."""

    name: str
    value: float
    words: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Point:
    """One point with its name."""

    name: str
    x: float
    y: float
    is_ours: bool


def bars(title: str, unit: str, rows: Sequence[Bar]) -> str:
    """Draw bars on a logarithmic axis from a power of ten on.

    Parameters
    ----------
    title, unit : str
        What is shown, and what the axis counts.
    rows : sequence of Bar
        At least one, each above 0.
    """
    low = math.floor(math.log10(min(row.value for row in rows)))
    high = math.ceil(math.log10(max(row.value for row in rows)) + 1e-9)
    bottom = _TOP + _ROW * len(rows)

    def x_of(value: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (math.log10(value) - low) / (high - low)

    parts = []
    for power in range(low, high + 1):
        x = x_of(10.0**power)
        parts += [_line(x, _TOP - 4, x, bottom), _text(x, bottom + 16, f"{10.0**power:g}", anchor="middle")]
    for k, row in enumerate(rows):
        y, end = _TOP + _ROW * k, x_of(row.value)
        color = _OURS if row.is_ours else _OTHERS
        parts.append(f'<rect x="{_LEFT}" y="{y + 4}" width="{end - _LEFT:.1f}" height="{_ROW - 8}" fill="{color}"/>')
        parts.append(_text(_LEFT - 8, y + 17, row.name, anchor="end"))
        parts.append(_text(end + 6, y + 17, row.words))
    parts.append(_text(_WIDTH - 4, bottom + 30, unit, anchor="end"))
    return _drawing(title, bottom + _FOOT, parts)


def points(title: str, x_unit: str, y_unit: str, rows: Sequence[Point]) -> str:
    """Draw points on axes that begin at 0.

    Parameters
    ----------
    title, x_unit, y_unit : str
        What is shown, and what the axes count.
    rows : sequence of Point
        At least one, none below 0.
    """
    left, right, bottom = 60, _WIDTH - 20, _HEIGHT - _FOOT
    x_most, y_most = max(row.x for row in rows), 1.1 * max(row.y for row in rows)
    parts = [_line(left, _TOP, left, bottom), _line(left, bottom, right, bottom)]
    for k in range(5):
        x, y = left + (right - left) * k / 4, bottom - (bottom - _TOP) * k / 4
        parts.append(_text(x, bottom + 16, f"{x_most * k / 4:g}", anchor="middle"))
        parts.append(_text(left - 6, y + 4, f"{y_most * k / 4:.1f}", anchor="end"))
    words_y = float(bottom)
    for row in sorted(rows, key=lambda row: row.y):
        x, y = left + (right - left) * row.x / x_most, bottom - (bottom - _TOP) * row.y / y_most
        words_y = min(y + 4, words_y - 13)  # no two names on one line
        is_right = x > _WIDTH / 2
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{_OURS if row.is_ours else _OTHERS}"/>')
        parts.append(_text(x - 9 if is_right else x + 9, words_y, row.name, anchor="end" if is_right else "start"))
    parts += [_text(right, bottom + 30, x_unit, anchor="end"), _text(left - 50, _TOP - 8, y_unit)]
    return _drawing(title, _HEIGHT, parts)


def _drawing(title: str, height: float, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img">'
    style = '<rect width="100%" height="100%" fill="#FFFFFF"/>'
    name = f'<title>{escape(title)}</title><text x="4" y="18" {_font(15)} font-weight="bold">{escape(title)}</text>'
    return "\n".join([head, style, name, *parts, "</svg>", ""])


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {_font(12)}>{escape(words)}</text>'


def _font(size: int) -> str:
    return f'font-family="sans-serif" font-size="{size}" fill="{_INK}"'


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{_FAINT}"/>'
