# SPDX-License-Identifier: MIT
"""The same figure by QPainter and as SVG: one geometry, both looks, nothing foreign in the markup."""

from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.ui.paper.records import person_of
from ui.paper.painter import paint_figure
from ui.paper.shapes import Anchor, Area, Disc, Figure, Hatch, Line, Rect, Text
from ui.paper.svg import svg, svg_classes, svg_style
from ui.paper.timeline import Sheet, timeline
from ui.preferences import Preferences
from ui.theme import Look
from ui.tokens import DARK, LIGHT

NAMESPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('x')</script>&\"</text>"


def painted(figure: Figure, theme: str) -> QImage:
    look = Look(Preferences(theme=theme))
    image = QImage(round(figure.width), round(figure.height), QImage.Format.Format_RGB32)
    image.fill(look.color("surface"))
    painter = QPainter(image)
    paint_figure(painter, figure, look)
    painter.end()
    return image


@pytest.mark.parametrize(("theme", "tokens"), [("dark", DARK), ("light", LIGHT)])
def test_a_shape_has_the_colour_of_its_tone_on_the_screen(qtbot: QtBot, theme: str, tokens: object) -> None:
    figure = Figure(
        100.0,
        40.0,
        (
            Rect(0, 0, 20, 40, fill="above"),
            Disc(40.0, 20.0, 8.0, fill="inside"),
            Area(np.array([(60.0, 0.0), (80.0, 0.0), (80.0, 40.0), (60.0, 40.0)]), "below"),
            Line(np.array([(90.0, 0.0), (90.0, 40.0)]), "signal", 6.0),
        ),
        "",
    )
    image = painted(figure, theme)
    for x, tone in ((10, "above"), (40, "inside"), (70, "below"), (90, "signal")):
        assert image.pixelColor(x, 20) == QColor(getattr(tokens, tone))


def test_the_hatch_stays_within_its_place(qtbot: QtBot) -> None:
    image = painted(Figure(100.0, 40.0, (Hatch(20.0, 10.0, 50.0, 20.0),), ""), "dark")
    ground = QColor(DARK.surface)
    inside = {image.pixelColor(x, y).name() for x in range(22, 68) for y in range(12, 28)}
    outside = {image.pixelColor(x, y).name() for x in range(100) for y in range(40) if not (19 < x < 71 and 9 < y < 31)}
    assert outside == {ground.name()}
    assert len(inside) > 1


def test_the_svg_has_every_shape_where_the_painter_has_it() -> None:
    figure = timeline(person_of(), person_of().moments, Sheet(680.0, 400.0, 0.0, 600.0))
    root = ElementTree.fromstring(svg(figure, "g1"))  # noqa: S314 - our own text
    drawn = [
        one
        for one in root.iter()
        if one.tag.removeprefix(NAMESPACE) in {"rect", "polyline", "polygon", "circle", "text"}
    ]
    hatches = sum(isinstance(shape, Hatch) for shape in figure.shapes)
    assert len(drawn) == len(figure.shapes) + hatches  # a hatch is a fill and its edges
    lines = [one for one in drawn if one.tag == f"{NAMESPACE}polyline"]
    shapes = [shape for shape in figure.shapes if isinstance(shape, Line)]
    for element, shape in zip(lines, shapes, strict=True):
        points = np.array([[float(n) for n in pair.split(",")] for pair in element.attrib["points"].split()])
        assert np.allclose(points, shape.points, atol=0.051)
    assert root.attrib["viewBox"] == "0 0 680 400"


def test_a_hostile_text_stays_text_in_the_svg() -> None:
    figure = Figure(100.0, 40.0, (Text(0, 10, HOSTILE, anchor=Anchor.END),), HOSTILE)
    written = svg(figure, "g1")
    assert "<script" not in written
    root = ElementTree.fromstring(written)  # noqa: S314 - our own text
    assert [one.text for one in root.iter(f"{NAMESPACE}text")] == [HOSTILE]
    assert root.attrib["aria-label"] == HOSTILE


def test_every_tone_and_type_that_a_figure_names_has_its_class() -> None:
    written = svg(timeline(person_of(), person_of().moments, Sheet(680.0, 400.0, 0.0, 600.0)), "g1")
    named = {name for part in written.split('class="')[1:] for name in part.split('"')[0].split()} - {"n"}
    assert all(f".{name}{{" in svg_classes() for name in named)
    for tokens in (DARK, LIGHT):
        assert f"--signal:{tokens.signal};" in svg_style(tokens)


def test_the_svg_loads_nothing() -> None:
    written = svg(timeline(person_of(), (), Sheet(680.0, 400.0, 0.0, 600.0)), "g1")
    assert "href" not in written
    assert written.count("http") == 1  # its own namespace
