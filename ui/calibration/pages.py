# SPDX-License-Identifier: MIT
"""How a page of the guided rest is put together: its parts below each other, a little above the middle."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget


def fill(page: QWidget, *parts: QWidget | QLayout | int) -> None:
    """Put widgets, rows and distances in px below each other on a page."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addStretch(2)
    for part in parts:
        if isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    layout.addStretch(3)


def in_the_middle(*widgets: QWidget, spacing: int = 16) -> QHBoxLayout:
    """Put widgets side by side in the middle."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
