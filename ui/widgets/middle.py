# SPDX-License-Identifier: MIT
"""Something of limited width, in the middle of a wider room."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

_ALL = 1000  # of the room, before anything is left for the sides


def in_middle(widget: QWidget, width: int) -> QHBoxLayout:
    """Put a widget into the middle of a row, at most so many px wide."""
    widget.setMaximumWidth(width)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(widget, _ALL)
    row.addStretch(1)
    return row
