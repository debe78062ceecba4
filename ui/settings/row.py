# SPDX-License-Identifier: MIT
"""One setting: what it is, a sentence about it, and the control that changes it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import Look
from ui.tokens import Type
from ui.widgets.label import safe_label

_NARROW_PX = 720
_CONTROL_SHARE = 0.6
_ONE_LINE_PX = 64  # a control that is higher has unfolded


class SettingRow(QWidget):
    """Words at the left and a control at the right; below each other where it is narrow.

    Parameters
    ----------
    look : Look
        The look it follows.
    title, note : str
        What it is, and a sentence about it; both are found by searching.
    control : QWidget or None
        What changes it; a row without one only tells.
    """

    def __init__(self, look: Look, title: str, note: str = "", control: QWidget | None = None) -> None:
        super().__init__()
        self._look = look
        self._control = control
        self._title = title
        self._is_narrow: bool | None = None
        self.setAccessibleName(title)
        self._note = safe_label(look, tone="text2", wrap=True)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(24, 12, 24, 12)
        self._layout.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(safe_label(look, title, kind=Type.LABEL, wrap=True))
        words.addWidget(self._note)
        self._layout.addLayout(words, 1)
        if control is not None:
            self._layout.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.tell(note)

    def tell(self, note: str) -> None:
        """Say another sentence about it."""
        self._note.say(note)
        self._note.setVisible(bool(note))

    def close_off(self, *, is_closed: bool) -> None:
        """Let its control rest while it would do harm."""
        if self._control is not None:
            self._control.setEnabled(not is_closed)

    def is_found(self, words: str) -> bool:
        """Tell whether all of these words stand in it, in any case."""
        text = f"{self._title} {self._note.text()}".casefold()
        return all(word in text for word in words.casefold().split())

    def focus_target(self) -> QWidget | None:
        """Give the control that Enter and the arrows reach; None in a row that only tells."""
        if self._control is None:
            return None
        inside = (self._control, *self._control.findChildren(QWidget))
        reached = [w for w in inside if isinstance(w, QAbstractButton | QLineEdit) and _is_reached(w)]
        return reached[0] if reached else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the control below the words where it is narrow."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """Turn as well when the control has unfolded."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        hint = QSize() if self._control is None else self._control.sizeHint()
        is_unfolded = hint.height() > self._look.px(_ONE_LINE_PX)
        is_narrow = is_unfolded or self.width() < max(self._look.px(_NARROW_PX), hint.width() / _CONTROL_SHARE)
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(down if is_narrow else right)
        if self._control is not None:
            below = Qt.AlignmentFlag(0) if self._control.hasHeightForWidth() else Qt.AlignmentFlag.AlignLeft
            side = below if is_narrow else Qt.AlignmentFlag.AlignVCenter  # what breaks lines needs the whole width
            self._layout.setAlignment(self._control, side)


def _is_reached(widget: QWidget) -> bool:
    return widget.isEnabled() and not _is_folded(widget) and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus


def _is_folded(widget: QWidget) -> bool:
    """Tell whether it, or something between it and its row, is hidden by itself."""
    here: QWidget | None = widget
    while here is not None and not isinstance(here, SettingRow):
        if here.isHidden():
            return True
        here = here.parentWidget()
    return False
