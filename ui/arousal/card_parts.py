# SPDX-License-Identifier: MIT
"""How a card of the window's page is put together: its parts below each other, its buttons in a row at the end."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def fill(card: QWidget, parts: Sequence[QWidget], buttons: Sequence[QWidget]) -> None:
    """Put the parts and the buttons on a card."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(16, 12, 16, 16)
    layout.setSpacing(8)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    layout.addLayout(row)
