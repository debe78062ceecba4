# SPDX-License-Identifier: MIT
"""A report's figures on the pages of a text document: vectors in the PDF, not pictures."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QPainter, QPyTextObject, QTextDocument, QTextFormat

from ui.paper.painter import paint_figure
from ui.paper.shapes import Figure
from ui.tokens import LIGHT, Tokens, Type

FIGURE = int(QTextFormat.ObjectTypes.UserObject) + 1
"""The type of the character that stands for a figure."""

PLACE = int(QTextFormat.Property.UserProperty) + 1
"""The property of its format that holds the figure's place in the list."""


class PageInk:
    """Colours and type for paper: always light, and type that is laid out as it is printed.

    Parameters
    ----------
    tokens : Tokens
        The colours.
    """

    def __init__(self, tokens: Tokens = LIGHT) -> None:
        self._tokens = tokens

    def color(self, tone: str) -> QColor:
        """Give a tone as a colour."""
        return QColor(getattr(self._tokens, tone))

    def font(self, kind: Type) -> QFont:
        """Give the font of a kind of text."""
        font = QFont("Inter")
        font.setPixelSize(kind.size_px)
        font.setWeight(QFont.Weight(kind.weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if kind.is_tabular and hasattr(font, "setFeature"):  # Qt 6.7 or newer
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


class FigureObject(QPyTextObject):
    """Draws figures where a document has their characters.

    Parameters
    ----------
    figures : sequence of Figure
        In the order of their places.
    ink : PageInk
        What they are drawn with.
    parent : QObject
        Its owner.
    """

    def __init__(self, figures: Sequence[Figure], ink: PageInk, parent: QObject) -> None:
        super().__init__(parent)
        self._figures = figures
        self._ink = ink

    def intrinsicSize(self, _document: QTextDocument, _place: int, format_: QTextFormat) -> QSizeF:
        """Give a figure's own size."""
        figure = self._figures[int(format_.property(PLACE))]
        return QSizeF(figure.width, figure.height)

    def drawObject(
        self, painter: QPainter, place: QRectF | QRect, _document: QTextDocument, _position: int, format_: QTextFormat
    ) -> None:
        """Draw a figure."""
        painter.save()
        painter.translate(place.topLeft())
        paint_figure(painter, self._figures[int(format_.property(PLACE))], self._ink)
        painter.restore()
