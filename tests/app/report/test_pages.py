# SPDX-License-Identifier: MIT
"""The page and the PDF: whole, self-contained, for every session and every variant, and quick."""

import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from time import perf_counter

import pytest
from pytestqt.qtbot import QtBot

from app.report.blocks import Heading, Paragraph, Report, Table, Variant
from app.report.content import report_of
from app.report.html import html_of
from app.report.pdf import pdf_of
from app.report.pdf_outline import Mark, with_outline
from tests.app.report.test_content import SESSIONS
from tests.ui.paper.records import course_of, person_of, session_of
from ui.paper.record import Moment, MomentKind, SessionRecord

HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=alert(2)>&quot;{{ 7*7 }}"
LOADING = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "video", "audio", "source", "use"}


class Page(HTMLParser):
    """What a browser would see: tags, attributes, and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data


def hostile_session() -> SessionRecord:
    person = person_of()
    moments = (*person.moments, Moment(300.0, MomentKind.MARKER, HOSTILE), Moment(310.0, MomentKind.CHOSEN, HOSTILE))
    notes = (Moment(60.0, MomentKind.NOTE, HOSTILE),)
    versions = (("attune", HOSTILE), (HOSTILE, "1"))
    return replace(session_of(replace(person, moments=moments)), notes=notes, versions=versions)


@pytest.mark.parametrize("variant", Variant)
def test_hostile_texts_stay_texts_and_nothing_is_loaded(variant: Variant) -> None:
    text = html_of(report_of(hostile_session(), variant))
    page = Page(text)
    assert not {tag for tag, _ in page.tags} & LOADING
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "src"]
    assert "49" not in page.words
    if variant is not Variant.HANDOUT:
        assert HOSTILE in page.words
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", text)) - {"http://www.w3.org/2000/svg"}
    assert not addresses
    assert not re.findall(r"url\((?!#|\"data:font/woff2;base64,)", text)


def test_the_page_forbids_itself_scripts_and_loads() -> None:
    page = Page(html_of(report_of(session_of(), Variant.CLINICIAN)))
    (policy,) = [a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; font-src data:"


def test_the_font_lies_in_the_page_with_its_licence() -> None:
    text = html_of(report_of(session_of(), Variant.HANDOUT))
    fonts = re.findall(r"font-weight:(\d+);[^}]*base64,([A-Za-z0-9+/=]+)", text)
    assert [weight for weight, _font in fonts] == ["400", "500", "600"]
    for _weight, font in fonts:
        content = b64decode(font)
        assert content.startswith(b"wOF2")
        assert int.from_bytes(content[8:12], "big") == len(content)
    licence = (files("resources") / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence


def test_every_figure_has_a_summary_and_every_table_its_heads() -> None:
    page = Page(html_of(report_of(session_of(), Variant.CLINICIAN)))
    figures = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert len(figures) == 4
    assert all(one["role"] == "img" and one["aria-label"] for one in figures)
    tables = [attributes for tag, attributes in page.tags if tag == "table"]
    rows = [attributes for tag, attributes in page.tags if tag == "th" and attributes.get("scope") == "row"]
    assert tables
    assert len(rows) >= len(tables)
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_page_follows_light_and_dark_and_is_light_on_paper() -> None:
    text = html_of(report_of(session_of(), Variant.CLIENT))
    assert "@media (prefers-color-scheme: dark)" in text
    assert "@media print" in text
    assert "var(--signal)" in text
    assert 'lang="en"' in text


@pytest.mark.parametrize("name", SESSIONS)
@pytest.mark.parametrize("variant", Variant)
def test_every_session_becomes_a_whole_pdf(qtbot: QtBot, name: str, variant: Variant) -> None:
    content = pdf_of(report_of(SESSIONS[name], variant))
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert b"/JavaScript" not in content
    assert b"/URI" not in content


def pages_of(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


def test_the_handout_is_one_page(qtbot: QtBot) -> None:
    assert pages_of(pdf_of(report_of(session_of(), Variant.HANDOUT))) == 1


def test_figures_are_vectors_in_the_pdf(qtbot: QtBot) -> None:
    assert b"/Subtype /Image" not in pdf_of(report_of(session_of(), Variant.CLINICIAN))


def test_a_heading_is_never_the_last_of_its_page(qtbot: QtBot) -> None:
    lines = tuple(Paragraph("a line") for _ in range(29))
    table = Table("rows", tuple(("name", "value") for _ in range(3)))
    for n in range(20, 29):
        report = Report("title", "line", (*lines[:n], Heading("heading"), table), "foot")
        assert pages_of(pdf_of(report)) in {1, 2}


def test_the_pdf_says_its_language_and_leads_to_its_headings(qtbot: QtBot) -> None:
    report = report_of(session_of(), Variant.CLINICIAN)
    content = pdf_of(report)
    assert b"/Lang (en)" in content
    assert b"/DisplayDocTitle true" in content
    headings = [block.words for block in report.blocks if isinstance(block, Heading)]
    titles = re.findall(rb"/Title <FEFF([0-9A-F]+)>", content)
    assert [bytes.fromhex(title.decode()).decode("utf-16-be") for title in titles] == headings
    tops = [(int(page), -float(top)) for page, top in re.findall(rb"/Dest \[(\d+) 0 R /XYZ null ([0-9.]+)", content)]
    assert tops == sorted(tops)


def test_each_object_of_the_update_stands_where_its_table_says(qtbot: QtBot) -> None:
    content = pdf_of(report_of(session_of(), Variant.CLIENT))
    at = int(content.rstrip().splitlines()[-2])
    table = content[at : content.index(b"trailer", at)]
    places = re.findall(rb"(\d+) 1\n(\d{10}) 00000 n", table)
    assert len(places) > 3
    assert all(content.startswith(b"%d 0 obj" % int(number), int(place)) for number, place in places)


def test_a_pdf_that_is_built_otherwise_is_left_as_it_is() -> None:
    assert with_outline(b"%PDF-1.7\nanother\n%%EOF", "en", [Mark("a", 0, 1.0)]) == b"%PDF-1.7\nanother\n%%EOF"


def test_a_report_of_eight_hours_takes_moments(qtbot: QtBot) -> None:
    person = person_of(course=course_of(28_800, unknown=tuple((n, n + 5) for n in range(0, 28_800, 300))))
    report = report_of(replace(session_of(person), duration_s=28_800.0), Variant.CLINICIAN)
    began = perf_counter()
    assert len(html_of(report)) < 1_000_000
    assert len(pdf_of(report)) < 2_000_000
    assert perf_counter() - began < 5.0  # 0.5 s alone on a core
