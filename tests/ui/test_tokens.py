# SPDX-License-Identifier: MIT
"""The tokens keep WCAG 2.2 AA, and no red or green."""

import colorsys
from dataclasses import fields
from itertools import product

import pytest

from ui.tokens import DARK, HUES, LIGHT, Tokens, with_hues

THEMES = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])


def rgb(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def luminance(color: str) -> float:
    """WCAG 2.2, relative luminance."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_words_can_be_read_wherever_they_may_stand(tokens: Tokens) -> None:
    grounds = (tokens.bg, tokens.surface, tokens.raised, tokens.sel)
    assert all(contrast(tokens.text, ground) >= 4.5 for ground in grounds)
    assert all(contrast(tokens.text2, ground) >= 4.5 for ground in grounds)
    assert all(contrast(tokens.text3, ground) >= 4.5 for ground in (tokens.bg, tokens.surface))
    assert contrast(tokens.on_primary, tokens.signal) >= 4.5


@THEMES
def test_what_carries_meaning_can_be_seen(tokens: Tokens) -> None:
    for name, ground in product(
        ("signal", "edge", "inside", "text3", "text", "band", "above", "below"), (tokens.bg, tokens.surface)
    ):
        assert contrast(getattr(tokens, name), ground) >= 3.0, name


@THEMES
@pytest.mark.parametrize("hues", HUES)
def test_whatever_hues_a_person_chooses_can_be_seen_and_are_neither_red_nor_green(tokens: Tokens, hues: str) -> None:
    chosen = with_hues(tokens, hues)
    for color in (chosen.above, chosen.below):
        assert min(contrast(color, chosen.bg), contrast(color, chosen.surface)) >= 3.0
        hue, _, saturation = colorsys.rgb_to_hls(*rgb(color))
        assert saturation < 0.35 or 30 <= hue * 360 <= 60 or 200 <= hue * 360 <= 335
    assert with_hues(tokens, "amber") is tokens


@THEMES
def test_no_token_is_red_or_green(tokens: Tokens) -> None:
    zones = {"above": (30, 50), "below": (310, 335)}  # amber and violet, for the two zones and nothing else
    for field in fields(tokens):
        low, high = zones.get(field.name, (170, 260))
        hue, _, saturation = colorsys.rgb_to_hls(*rgb(getattr(tokens, field.name)))
        is_vivid = saturation > 0.25
        assert not is_vivid or low <= hue * 360 <= high, field.name


def test_the_contrasts_that_the_design_states_hold() -> None:
    assert contrast(DARK.signal, DARK.bg) == pytest.approx(7.2, abs=0.1)
    assert contrast(DARK.text, DARK.bg) == pytest.approx(14.1, abs=0.1)
    assert contrast(LIGHT.signal, LIGHT.bg) == pytest.approx(4.9, abs=0.1)
    assert contrast(LIGHT.text, LIGHT.bg) == pytest.approx(13.8, abs=0.1)
