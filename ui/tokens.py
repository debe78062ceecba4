# SPDX-License-Identifier: MIT
"""Every colour and every size of type, as data: the one place where a screen's look is decided.

Fills that look translucent are mixed beforehand, so pens and brushes stay opaque. Text reaches 4.5:1 and graphics that
carry meaning 3:1 on `bg` and `surface` (WCAG 2.2 AA; held by a test). No red, no green.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as #RRGGBB."""

    bg: str  # page
    surface: str  # cards, top bar, ground of the plots
    raised: str  # rounds behind icons, empty tracks
    sel: str  # chosen row or segment
    line: str  # hairlines, grid: decoration only
    edge: str  # borders of controls, hatch lines
    text: str  # words and values
    text2: str  # second words
    text3: str  # axis labels, times; on bg and surface only
    inside: str  # clear part of a quality lane
    signal: str  # curves, the primary button
    dim: str  # curves that are not chosen
    disc: str  # the breathing disc
    ring: str  # its outer limit
    band: str  # edges of the person's window
    band_fill: str  # the window itself, on surface
    ribbon: str  # the 90 % range of a trace
    above: str  # shape and bars for "above", nothing else
    below: str  # shape and bars for "below", nothing else
    on_primary: str  # words on the primary button


DARK = Tokens(
    bg="#10202B",
    surface="#162A36",
    raised="#1E3542",
    sel="#1F3D4F",
    line="#2A4351",
    edge="#6D8696",
    text="#E6EDF2",
    text2="#B4C3CD",
    text3="#93A8B5",
    inside="#6D8696",
    signal="#56B4E9",
    dim="#448DB7",
    disc="#2D5E7B",
    ring="#367194",
    band="#9FB2BE",
    band_fill="#2B3E49",
    ribbon="#254C64",
    above="#E69F00",
    below="#CC79A7",
    on_primary="#0B1821",
)

LIGHT = Tokens(
    bg="#F7F9FA",
    surface="#FFFFFF",
    raised="#EEF3F6",
    sel="#EBF4F9",
    line="#D6DFE5",
    edge="#778995",
    text="#1B2B34",
    text2="#43555F",
    text3="#5A6C77",
    inside="#7F919C",
    signal="#0072B2",
    dim="#4799C8",
    disc="#A3CBE2",
    ring="#4095C5",
    band="#5F727E",
    band_fill="#E8EAEB",
    ribbon="#C6DEEC",
    above="#A86A00",
    below="#A65483",
    on_primary="#FFFFFF",
)


HUES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = MappingProxyType(
    {
        "amber": ((DARK.above, DARK.below), (LIGHT.above, LIGHT.below)),
        "yellow": (("#F0E442", "#A9A6F2"), ("#7A6A00", "#5A55B8")),
        "grey": (("#E6EDF2", "#B4C3CD"), ("#1B2B34", "#43555F")),
    }
)
"""Above and below, in dark and in light, as a person may choose them; their shapes and words are the same in all."""


def with_hues(tokens: Tokens, hues: str) -> Tokens:
    """Give the tokens with these colours for above and below."""
    dark, light = HUES[hues]
    above, below = light if tokens is LIGHT else dark
    return tokens if above == tokens.above else replace(tokens, above=above, below=below)


class Type(Enum):
    """Size in px, line height in px, weight and whether figures have equal widths, before the person's own text size.

    Equal widths keep a changing number in its place; in running text they would tear hyphens apart.
    """

    AXIS = (12, 16, 400, True)
    BODY = (14, 20, 400, False)
    FIGURES = (14, 20, 400, True)
    BUTTON = (14, 20, 500, False)
    STRONG = (14, 20, 600, False)
    LABEL = (16, 24, 400, False)
    CLIENT_BUTTON = (16, 24, 500, False)
    TITLE = (16, 24, 600, False)
    VALUE = (20, 28, 600, True)
    PAGE = (28, 36, 500, False)
    BRAND = (28, 36, 600, False)
    CHOICE = (20, 28, 500, False)
    RATE = (44, 48, 500, True)
    COUNT = (64, 64, 500, True)

    @property
    def size_px(self) -> int:
        """Height of the type."""
        return self.value[0]

    @property
    def line_px(self) -> int:
        """Height of one line."""
        return self.value[1]

    @property
    def weight(self) -> int:
        """Weight, 400 to 600."""
        return self.value[2]

    @property
    def is_tabular(self) -> bool:
        """Whether all figures are equally wide."""
        return self.value[3]
