# SPDX-License-Identifier: MIT
"""The window's own card: its bounds by drag, with a reason, and the way to a new rest.

Law: a changed window holds only once a reason stands; Revert brings back what was measured.
"""

from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.arousal.reading import WindowHeld
from ui.arousal.words import window_words
from ui.clinician.window_slider import WindowSlider
from ui.clinician.words import level_words
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import safe_label

_LONGEST_REASON = 120


class WindowCard(Card):
    """The bounds of the chosen person's window.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    bounded = Signal(float, float, str)
    reverted = Signal()
    rest_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Window"))
        self._title = safe_label(look, _("Window"), kind=Type.TITLE)
        self.since = safe_label(look, kind=Type.AXIS, tone="text2")
        self.slider = WindowSlider(look)
        self._lower = safe_label(look, kind=Type.FIGURES, tone="text2")
        self._upper = safe_label(look, kind=Type.FIGURES, tone="text2")
        self._ask = safe_label(look, kind=Type.AXIS, tone="text2", wrap=True)
        self.reason = Field(look, _("Why it is moved"), longest=_LONGEST_REASON)
        self.reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reason.setMinimumWidth(look.px(120))
        self.revert = Button(look, _("Revert"), size=Size.NORMAL)
        self.rest = Button(look, _("New rest"), size=Size.NORMAL, key="B")
        self._assemble()
        self.slider.moved.connect(self._show_asked)
        self.reason.kept.connect(self._keep)
        self.revert.clicked.connect(self._revert)
        self.rest.clicked.connect(self.rest_wanted)
        self.show_window(None, None)

    def show_window(self, window: WindowHeld | None, level: float | None) -> None:
        """Show the window that holds; without one there is nothing to move."""
        has_window = window is not None
        self.slider.setEnabled(has_window)
        self.revert.setEnabled(self.slider.is_moved or (window is not None and window.is_by_hand))
        self.since.say("" if window is None else window_words(window))
        if window is None:
            self._ask.say(_("There is no window yet: it comes with a rest."))
        else:
            self.slider.show_window(window.lower, window.upper, level)
        is_asked = has_window and self.slider.is_moved
        if is_asked:
            self._ask.say(_("Why? It holds once you say so; Enter keeps it."))
        elif has_window:
            self._ask.say(_("Drag a handle to move a bound."))
        self.reason.setEnabled(is_asked)
        lower, upper = self.slider.bounds
        self._lower.say(_("lower {level}").format(level=level_words(lower)) if has_window else "")
        self._upper.say(_("upper {level}").format(level=level_words(upper)) if has_window else "")

    def forget(self) -> None:
        """Leave what was being moved."""
        self.slider.release()
        self.reason.clear()

    def _show_asked(self) -> None:
        self.reason.setEnabled(True)
        self.revert.setEnabled(True)
        self._ask.say(_("Why? It holds once you say so; Enter keeps it."))

    def _keep(self, reason: str) -> None:
        if reason.strip() and self.slider.is_moved:
            self.bounded.emit(*self.slider.bounds, reason)
            self.slider.release()
        self.reason.show_text("")
        self.reason.clear()

    def _revert(self) -> None:
        self.forget()
        self.reverted.emit()

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head, ends, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.since)
        ends.addWidget(self._lower)
        ends.addStretch(1)
        ends.addWidget(self._upper)
        foot.setSpacing(8)
        foot.addWidget(self.revert)
        foot.addWidget(self.rest, 1)
        layout.addLayout(head)
        layout.addWidget(self.slider)
        layout.addLayout(ends)
        layout.addWidget(self._ask)
        layout.addWidget(self.reason)
        layout.addStretch(1)
        layout.addLayout(foot)
