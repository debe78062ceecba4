# SPDX-License-Identifier: MIT
"""Where the heartbeats come from, how long the session runs, and what the source needs just now."""

from gettext import gettext as _

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import Reason, SourceState
from dsp.stream import Status
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.words import advice_on, clock_words


class SourceLine(QWidget):
    """The session's clock and source, at the top left.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Session"))
        self._clock = safe_label(look, clock_words(0), kind=Type.VALUE)
        self._name = safe_label(look, tone="text2")
        self._icon = Icon(look, "person", _("made-up person"), size=18)
        self._mark = safe_label(look, _("made-up person, no real heart"), kind=Type.STRONG)
        self._need = safe_label(look, tone="text2")
        self._assemble()
        self.mark_made_up(is_made_up=False)

    def name_source(self, name: str) -> None:
        """Name the source; the name is safe to show."""
        self._name.say(name)

    def mark_made_up(self, *, is_made_up: bool) -> None:
        """Mark that the person is made up."""
        self._icon.setVisible(is_made_up)
        self._mark.setVisible(is_made_up)
        self._name.setVisible(not is_made_up)

    def show_time(self, seconds: float) -> None:
        """Show how long the session runs."""
        self._clock.say(clock_words(seconds))

    def show_need(self, status: Status | None, *, has_contact: bool) -> None:
        """Say what the source needs, where it needs something."""
        self._need.say(_need_words(status) or ("" if has_contact else advice_on(Reason.NO_CONTACT).step))

    def _assemble(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        for widget in (self._clock, self._name, self._icon, self._mark):
            first.addWidget(widget)
        first.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addWidget(self._need)


def _need_words(status: Status | None) -> str:
    """Say what happens with the source, and the one thing that helps."""
    if status is None or status.state not in {SourceState.STALE, SourceState.RECONNECTING}:
        return ""
    return advice_on(status.reason or Reason.LINK_LOST).step
