# SPDX-License-Identifier: MIT
"""What all that can be pressed has in common: Enter presses as Space does, and a card lights up under the hand."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from ui.theme import Look

_RADIUS = 12


def is_pressed_by(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button where the key is Enter; tell whether it was."""
    is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    if is_enter:
        button.click()
    return is_enter


def paint_card(painter: QPainter, look: Look, card: QAbstractButton) -> None:
    """Paint the ground of a card that can be chosen: with its border, and lit under the hand or while it is pressed."""
    fill = "sel" if card.isDown() else "raised" if card.underMouse() else "surface"
    painter.setPen(QPen(look.color("edge"), 1))
    painter.setBrush(look.color(fill))
    painter.drawRoundedRect(QRectF(card.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
