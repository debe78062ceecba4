# SPDX-License-Identifier: MIT
"""A page that scrolls when the window is too small for it, with a bar as quiet as the rest."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from shiboken6 import isValid

from ui.theme import Look

_MARGIN = 16


class Scroll(QScrollArea):
    """Shows a widget of any height; its width follows.

    Parameters
    ----------
    look : Look
        The look it follows.
    inside : QWidget
        What is shown; its accessible name becomes that of the area.
    """

    def __init__(self, look: Look, inside: QWidget) -> None:
        super().__init__()
        self._look = look
        self._grown: QWidget | None = None
        self.setAccessibleName(inside.accessibleName())
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._follow)
        look.changed.connect(self._dress)
        self._dress()

    def show_grown(self, widget: QWidget) -> None:
        """Bring the whole of a widget into view that is about to grow."""
        self._grown = widget
        self.ensureWidgetVisible(widget, 0, _MARGIN)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Bring the control that gets the focus into view."""
        has_moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused, 0, _MARGIN)
        return has_moved

    def _follow(self) -> None:
        """Go along when the page has grown, once."""
        widget, self._grown = self._grown, None
        if widget is not None and isValid(widget):
            self.ensureWidgetVisible(widget, 0, _MARGIN)

    def _dress(self) -> None:
        self.verticalScrollBar().setStyleSheet(bar_style(self._look))


def bar_style(look: Look) -> str:
    """Give the style of a quiet bar, upright or lying."""
    edge = look.tokens.edge
    return (
        "QScrollBar:vertical { background: transparent; width: 14px; margin: 4px; border: none; }"
        f"QScrollBar::handle:vertical {{ background: {edge}; border-radius: 3px; min-height: 32px; }}"
        "QScrollBar:horizontal { background: transparent; height: 14px; margin: 4px; border: none; }"
        f"QScrollBar::handle:horizontal {{ background: {edge}; border-radius: 3px; min-width: 32px; }}"
        "QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page"
        " { background: transparent; height: 0; width: 0; }"
    )
