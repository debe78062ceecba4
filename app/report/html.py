# SPDX-License-Identifier: MIT
"""A report as one HTML file: light, dark and on paper, with nothing that is loaded from anywhere.

Law: every text is escaped by the template engine or by `ui/paper/svg.py`; the page forbids itself scripts and loads.
Its font lies in it: the part of Inter that has the letters of Latin and Greek (resources/fonts/README.md).
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from app.report.blocks import Block, Picture, Report
from app.words import spoken_language
from ui.paper.svg import svg, svg_classes, svg_style
from ui.tokens import DARK, LIGHT

_WEIGHTS = (400, 500, 600)  # of the kinds of text: ui/tokens.py


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A picture as the template takes it."""

    svg: Markup
    caption: str


def html_of(report: Report) -> str:
    """Write a report as a whole page."""
    page = (files("resources") / "report" / "page.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(page).render(
        report=report,
        blocks=list(_for_template(report.blocks)),
        fonts=_css("\n".join(map(_font_face, _WEIGHTS))),
        language=spoken_language() or "en",
        light=_css(svg_style(LIGHT)),
        dark=_css(svg_style(DARK)),
        classes=_css(svg_classes()),
    )


def _for_template(blocks: tuple[Block, ...]) -> Iterator[tuple[str, object]]:
    for n, block in enumerate(blocks):
        if isinstance(block, Picture):
            yield "Picture", _Drawn(Markup(svg(block.figure, f"g{n}")), block.caption)  # noqa: S704 - escaped in `svg`
        else:
            yield type(block).__name__, block


def _font_face(weight: int) -> str:
    content = b64encode((files("resources") / "report" / f"inter-{weight}.woff2").read_bytes()).decode("ascii")
    source = f'url("data:font/woff2;base64,{content}") format("woff2")'
    return f"@font-face{{font-family:Inter;font-weight:{weight};font-style:normal;src:{source}}}"


def _css(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - made of our own tokens
