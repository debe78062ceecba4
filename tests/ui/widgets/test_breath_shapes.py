# SPDX-License-Identifier: MIT
"""Every shape moves with the breath, stands still with less motion, and never flashes: by what is really drawn."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from dsp.plan import BreathPart, BreathShape, PacingPlan, Segment
from ui.breath import Breath
from ui.preferences import STYLES, Preferences
from ui.theme import Look
from ui.widgets.pacer import Pacer

_FASTEST_PER_MIN = 12.0
_FRAMES_PER_S, _SECONDS = 20, 6
_FLASH_STEP = 0.1  # of relative luminance, WCAG 2.3.1; the darker of the two is below 0.8
_AREA = 0.25  # of the shape's field
PLAN = PacingPlan((Segment(0.0, 60.0 / _FASTEST_PER_MIN, BreathShape(1.0, 1.0)),))

pytestmark = pytest.mark.usefixtures("qapp")


class Drawn:
    """A pacer on a clock that a test moves."""

    def __init__(self, style: str, theme: str = "dark", **changes: object) -> None:
        self.t = 0.0
        look = Look(Preferences(theme=theme, **changes))  # type: ignore[arg-type]  # a test knows the fields
        self.pacer = Pacer(
            look,
            self._breath,
            style=lambda: style,
            ahead=lambda offsets: [PLAN.phase_at(self.t + one).depth for one in offsets],
            width_per_radius=3.0,
            height_per_radius=2.0,
        )
        self.pacer.resize(160, 120)
        self.pacer.carry("breathe in")

    def _breath(self) -> Breath:
        phase = PLAN.phase_at(self.t)
        return Breath(phase.part, phase.depth)

    def at(self, t: float) -> NDArray[np.float64]:
        """Give the relative luminance of each pixel at `t`."""
        self.t = t
        if self.pacer._part is not PLAN.phase_at(t).part:
            is_in = PLAN.phase_at(t).part is BreathPart.INHALE
            self.pacer.carry("breathe in" if is_in else "breathe out")
        self.pacer.advance()
        image = self.pacer.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[:, :, 2::-1] / 255.0
        linear = np.where(raw <= 0.04045, raw / 12.92, ((raw + 0.055) / 1.055) ** 2.4)
        return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]), dtype=np.float64)


def flashes_a_second(frames: list[NDArray[np.float64]]) -> float:
    """Count pairs of opposing changes of a pixel's luminance, where a large part of the field changes so."""
    stack = np.stack(frames)
    steps = np.sign(np.diff(stack, axis=0)) * (np.abs(np.diff(stack, axis=0)) >= _FLASH_STEP)
    worst = 0.0
    for kind in (1, -1):
        is_large = (steps == kind).mean(axis=(1, 2)) >= _AREA
        worst = max(worst, float(np.count_nonzero(np.diff(is_large.astype(int)) == 1)) / _SECONDS)
    return worst


def changes_of_a_pixel(frames: list[NDArray[np.float64]]) -> float:
    """Give how often a second the busiest pixel changes to the other side and back."""
    stack = np.stack(frames)
    is_light = stack > (stack.max(axis=0) + stack.min(axis=0)) / 2
    moves = np.ptp(stack, axis=0) >= _FLASH_STEP
    turns = np.abs(np.diff(is_light.astype(int), axis=0)).sum(axis=0) * moves
    return float(turns.max()) / 2 / _SECONDS


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("style", STYLES)
def test_no_shape_flashes_more_than_three_times_a_second(style: str) -> None:
    drawn = Drawn(style)
    frames = [drawn.at(n / _FRAMES_PER_S) for n in range(_FRAMES_PER_S * _SECONDS)]
    assert flashes_a_second(frames) <= 3.0
    assert changes_of_a_pixel(frames) <= 3.0


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("style", ["disc", "wave", "bar"])
def test_a_shape_moves_with_the_breath(style: str, theme: str) -> None:
    drawn = Drawn(style, theme)
    empty, full = drawn.at(5.0), drawn.at(2.5)
    assert np.count_nonzero(np.abs(full - empty) > 0.02) > 100


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("style", STYLES)
def test_with_less_motion_nothing_but_the_word_changes(style: str) -> None:
    drawn = Drawn(style, reduced_motion=True)
    first, later = drawn.at(0.5), drawn.at(2.0)  # of one inhale
    assert np.array_equal(first, later)


@pytest.mark.usefixtures("qapp")
def test_words_alone_change_at_the_turn() -> None:
    drawn = Drawn("words")
    assert np.array_equal(drawn.at(0.5), drawn.at(2.0))
    assert not np.array_equal(drawn.at(2.0), drawn.at(3.0))


@pytest.mark.usefixtures("qapp")
def test_another_shape_is_drawn_as_soon_as_it_is_chosen() -> None:
    style = ["disc"]
    pacer = Pacer(Look(Preferences()), lambda: Breath(BreathPart.REST, 0.0), style=lambda: style[0])
    pacer.resize(160, 120)
    before = pacer.grab().toImage()
    style[0] = "bar"
    seen: list[int] = []
    pacer.restyled.connect(lambda: seen.append(1))
    pacer.advance()
    assert seen
    assert pacer.grab().toImage() != before
