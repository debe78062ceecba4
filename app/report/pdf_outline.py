# SPDX-License-Identifier: MIT
"""What Qt leaves out of a PDF and readers ask for: its language, its title in the title bar, headings to jump to.

Law: what Qt wrote stays as it is, byte for byte; the rest is appended as an incremental update (ISO 32000-1, 7.5.6). A
file that is not built as Qt builds them is given back unchanged.

Notes
-----
Qt's writer (6.11) cannot tag what it draws (no structure tree), so the file is no PDF/UA: the text stands in the order
in which it is read, and the HTML report is the one for who listens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s*(\d+)", re.DOTALL)
_TAIL = 4096  # bytes in which the trailer stands


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading: its words, the page from 0, and its top in points above the page's lower edge."""

    words: str
    page: int
    top_pt: float


def with_outline(content: bytes, language: str, marks: Sequence[Mark]) -> bytes:
    """Add language, title bar and headings to a PDF of Qt's.

    Parameters
    ----------
    content : bytes
        The whole file.
    language : str
        The code of the language that it speaks.
    marks : sequence of Mark
        Its headings, in order.
    """
    trailer = _TRAILER.search(content, max(len(content) - _TAIL, 0))
    size, root = (_number(rb"/%s (\d+)" % name, trailer[1] if trailer else b"") for name in (b"Size", b"Root"))
    catalog = re.search(rb"\n%d 0 obj\s*<<(.*?)>>\s*endobj" % (root or 0), content, re.DOTALL)
    kids = re.search(rb"/Kids\s*\[(.*?)\]", content, re.DOTALL)
    if trailer is None or size is None or root is None or catalog is None or kids is None:
        return content
    pages = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]
    more = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n" % language.encode("ascii", "replace")
    outline = _outline([mark for mark in marks if mark.page < len(pages)], pages, size)
    if outline:
        more += b"/Outlines %d 0 R\n" % size
    objects = {root: b"<<" + catalog[1] + more + b">>", **outline}
    return content + _update(len(content), objects, trailer[1], int(trailer[2]))


def _outline(marks: Sequence[Mark], pages: Sequence[int], first: int) -> dict[int, bytes]:
    """Make the objects of an outline of one level, numbered from `first` on."""
    if not marks:
        return {}
    last = first + len(marks)
    objects = {first: b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first + 1, last, len(marks))}
    for number, mark in enumerate(marks, first + 1):
        beside = b"" if number == first + 1 else b"/Prev %d 0 R " % (number - 1)
        beside += b"" if number == last else b"/Next %d 0 R " % (number + 1)
        title = b"<FEFF" + mark.words.encode("utf-16-be").hex().upper().encode("ascii") + b">"
        place = b"[%d 0 R /XYZ null %.1f null]" % (pages[mark.page], mark.top_pt)
        objects[number] = b"<< /Title %s /Parent %d 0 R %s/Dest %s >>" % (title, first, beside, place)
    return objects


def _update(at: int, objects: dict[int, bytes], trailer: bytes, before: int) -> bytes:
    """Write objects behind a file, with the table that finds them and points back at the one before."""
    body, table = b"\n", b"xref\n"
    for number, content in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, at + len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    said = re.sub(rb"/Size \d+", b"/Size %d" % (max(objects) + 1), trailer, count=1)
    end = b"trailer\n<<%s/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (said, before, at + len(body))
    return body + table + end


def _number(pattern: bytes, text: bytes) -> int | None:
    found = re.search(pattern, text)
    return int(found[1]) if found else None
