# SPDX-License-Identifier: MIT
"""A report as PDF: a text document laid out in px of A4 at 96 a inch, its figures drawn as vectors.

Law: the same blocks and the same figures as in the HTML. It needs Qt but no display, and any thread may make it where
an application lives already.
"""

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from app.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Report, Table
from app.report.pdf_outline import Mark, with_outline
from app.words import spoken_language
from resources.words import gettext as _
from ui.paper.page import FIGURE, PLACE, FigureObject, PageInk
from ui.theme import load_fonts
from ui.tokens import Type

_INCH_PX = 96.0
_DPI = 1200
_MARGIN_MM = 16.0
_FOOT_PX = 32.0
_FACTS = [30.0, 70.0]  # per cent: names and values
_SHORTEST, _LONGEST = 5, 48  # characters that a column is made for
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


def pdf_of(report: Report) -> bytes:
    """Write a report as a PDF."""
    _application = QGuiApplication.instance() or QGuiApplication(["attune"])
    load_fonts()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(report.title)
    writer.setCreator("Attune")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins))
    marks = _Pages(report, writer).print_all()
    buffer.close()
    return with_outline(bytes(content.data()), spoken_language() or "en", marks)


class _Pages:
    """Lays a report out and prints its pages."""

    def __init__(self, report: Report, writer: QPdfWriter) -> None:
        self._report = report
        self._writer = writer
        self._ink = PageInk()
        self._scale = _DPI / _INCH_PX
        self._size = QSizeF(writer.width() / self._scale, writer.height() / self._scale - _FOOT_PX)
        self._document = QTextDocument()
        self._document.setDocumentMargin(0.0)
        self._document.setDefaultFont(self._ink.font(Type.BODY))
        self._document.setPageSize(self._size)
        figures = [block.figure for block in report.blocks if isinstance(block, Picture)]
        self._document.documentLayout().registerHandler(FIGURE, FigureObject(figures, self._ink, self._document))
        self._cursor = QTextCursor(self._document)
        self._drawn = 0
        self._heads: list[int] = []  # blocks that stay with the next one
        self._headings: dict[int, str] = {}  # of them, those that name a part of the report

    def print_all(self) -> Sequence[Mark]:
        """Print every page; give the headings with their places."""
        self._line(self._report.title, Type.PAGE, "text", is_first=True)
        self._line(self._report.line, Type.BODY, "text2", above=2)
        for block in self._report.blocks:
            self._write(block)
        self._keep_together()
        painter = QPainter(self._writer)
        painter.scale(self._scale, self._scale)
        pages = self._document.pageCount()
        for page in range(pages):
            if page:
                self._writer.newPage()
            self._print(painter, page, pages)
        painter.end()
        return [self._mark(n, words) for n, words in self._headings.items()]

    def _mark(self, n: int, words: str) -> Mark:
        top = self._document.documentLayout().blockBoundingRect(self._document.findBlockByNumber(n)).top()
        page = int(top // self._size.height())
        margin_pt = _MARGIN_MM / 25.4 * 72.0
        above_pt = (top - page * self._size.height()) * 72.0 / _INCH_PX
        return Mark(words, page, self._writer.pageLayout().fullRectPoints().height() - margin_pt - above_pt)

    def _print(self, painter: QPainter, page: int, pages: int) -> None:
        top = page * self._size.height()
        painter.save()
        painter.translate(0, -top)
        self._document.drawContents(painter, QRectF(0, top, self._size.width(), self._size.height()))
        painter.restore()
        painter.setFont(self._ink.font(Type.AXIS))
        painter.setPen(self._ink.color("text3"))
        words = _("{foot}  Page {page} of {pages}.").format(foot=self._report.foot, page=page + 1, pages=pages)
        painter.drawText(QRectF(0, self._size.height() + 12, self._size.width(), 20), words)

    def _write(self, block: Block) -> None:
        match block:
            case Heading():
                self._line(block.words, Type.TITLE, "text", above=22, keeps=True)
                self._headings[self._heads[-1]] = block.words
            case Paragraph():
                self._line(block.words, Type.BODY, "text2" if block.is_quiet else "text", above=6)
            case Bullets():
                for item in block.items:
                    self._line(f"\N{BULLET}  {item}", Type.BODY, "text", above=4)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)

    def _line(
        self, words: str, kind: Type, tone: str, *, above: int = 0, keeps: bool = False, is_first: bool = False
    ) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setLineHeight(130.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if is_first:
            self._cursor.setBlockFormat(form)
        else:
            self._cursor.insertBlock(form)
        self._cursor.insertText(words, self._format(kind, tone))
        if keeps:
            self._heads.append(self._cursor.block().blockNumber())

    def _keep_together(self) -> None:
        """Begin a page with headings whose next block would stand on it alone."""
        layout = self._document.documentLayout()
        for n in self._heads:
            if n - 1 in self._heads:
                continue  # it goes with the one before it
            last = next(m for m in itertools.count(n + 1) if m not in self._heads)
            blocks = [self._document.findBlockByNumber(m) for m in range(n, last + 1)]
            ends = [layout.blockBoundingRect(block).bottom() for block in blocks if block.isValid()]
            if len({int(y // self._size.height()) for y in ends}) > 1:
                form = QTextBlockFormat()
                form.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(blocks[0]).mergeBlockFormat(form)

    def _picture(self, block: Picture) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(10)
        self._cursor.insertBlock(form)
        figure = QTextCharFormat()
        figure.setObjectType(FIGURE)
        figure.setProperty(PLACE, self._drawn)
        self._drawn += 1
        self._cursor.insertText(_OBJECT, figure)
        self._line(block.caption, Type.AXIS, "text3", above=4)

    def _table(self, block: Table) -> None:
        self._line(block.caption, Type.STRONG, "text", above=14 if block.caption else 0, keeps=bool(block.caption))
        columns = max(len(block.heads), *(len(row) for row in block.rows), 1) if block.rows else len(block.heads)
        if not columns:
            return
        rows = [*([block.heads] if block.heads else []), *block.rows]
        table = self._cursor.insertTable(len(rows), columns, _table_format(block, columns))
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                tone = "text3" if block.heads and r == 0 else "text2" if c == 0 else "text"
                kind = Type.AXIS if block.heads and r == 0 else Type.FIGURES
                table.cellAt(r, c).firstCursorPosition().insertText(words, self._format(kind, tone))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _format(self, kind: Type, tone: str) -> QTextCharFormat:
        form = QTextCharFormat()
        font: QFont = self._ink.font(kind)
        form.setFont(font)
        form.setForeground(self._ink.color(tone))
        return form


def _table_format(block: Table, columns: int) -> QTextTableFormat:
    """Lay a table over the whole width, its heads again on each page; facts have their values one below the other."""
    form = QTextTableFormat()
    form.setBorder(0.0)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    form.setCellPadding(3.0)
    form.setCellSpacing(0.0)
    form.setHeaderRowCount(1 if block.heads else 0)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100.0))
    shares = _shares(block, columns) if block.heads else _FACTS
    if len(shares) == columns:
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
    return form


def _shares(block: Table, columns: int) -> list[float]:
    """Give each column the share of the width that its longest text asks for, in per cent."""
    rows = (block.heads, *block.rows)
    longest = [max(len(row[c]) if c < len(row) else 0 for row in rows) for c in range(columns)]
    wanted = [min(max(n, _SHORTEST), _LONGEST) for n in longest]
    return [100.0 * n / sum(wanted) for n in wanted]
