# SPDX-License-Identifier: MIT
"""The bar at the top of a screen: the application, the screen, and what the screen puts at its end."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import Look
from ui.tokens import Type
from ui.widgets.card import Bar, Hairline
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label

_HEIGHT = 48


class TopBar(Bar):
    """A bar that is as high as its text asks for.

    Parameters
    ----------
    look : Look
        The look it follows.
    title : str
        What the screen is.
    *controls : QWidget
        What stands at its end.
    """

    def __init__(self, look: Look, title: str, *controls: QWidget) -> None:
        super().__init__(look, title)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(Icon(look, "logo", "", size=20, tone="signal"))
        row.addWidget(safe_label(look, "Attune", kind=Type.TITLE))
        row.addSpacing(8)
        row.addWidget(Hairline(look, is_upright=True))
        row.addSpacing(8)
        row.addWidget(safe_label(look, title, kind=Type.LABEL))
        row.addStretch(1)
        for control in controls:
            row.addWidget(control)
        look.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._look.px(_HEIGHT))
