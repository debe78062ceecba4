# SPDX-License-Identifier: MIT
"""Where the signals come from, how long the session runs, and what a sensor needs just now."""

from gettext import gettext as _

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import Reason, SourceState
from dsp.stream import Status
from ui.client.source_states import SourceStates
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
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

    sensors_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Session"))
        self._clock = safe_label(look, clock_words(0), kind=Type.VALUE)
        self._name = safe_label(look, tone="text2")
        self._icon = Icon(look, "person", _("made-up person"), size=18)
        self._mark = safe_label(look, _("made-up person, no real heart"), kind=Type.STRONG)
        self._sensors = Button(look, _("Sensors"), size=Size.NORMAL, icon="strap")
        self._sensors.clicked.connect(self.sensors_wanted)
        self._gives = safe_label(look, tone="text2", wrap=True)
        self._need = safe_label(look, tone="text2", wrap=True)
        self._is_tight = False
        self._assemble()
        self.name_source("")

    def name_source(self, name: str) -> None:
        """Name the one source; the name is safe to show."""
        self._name.say(name)
        self._show_parts(is_changing=False)

    def name_sensors(self, gives: str) -> None:
        """Say which sensor gives what (safe to show), in a session that more can join."""
        self._gives.say(gives)
        self._show_parts(is_changing=True)

    def mark_made_up(self) -> None:
        """Mark that the person is made up."""
        self._icon.show()
        self._mark.show()
        self._name.hide()

    def fold(self, *, is_tight: bool) -> None:
        """Keep the clock and what a sensor needs, where there is little room."""
        self._is_tight = is_tight
        self._gives.setVisible(self._is_changing and not is_tight)

    def show_time(self, seconds: float) -> None:
        """Show how long the session runs."""
        self._clock.say(clock_words(seconds))

    def show_need(self, sources: SourceStates, quiet: str) -> None:
        """Say what a sensor needs, where one needs something; else the quiet words of now."""
        need = _need_words(sources.needy) or (advice_on(Reason.NO_CONTACT).step if sources.off_skin else "")
        self._need.say(need or quiet)

    def _show_parts(self, *, is_changing: bool) -> None:
        """Show one source by its name, or sensors that come and go by what each gives."""
        self._name.setVisible(not is_changing)
        self._is_changing = is_changing
        self._sensors.setVisible(is_changing)
        self._gives.setVisible(is_changing and not self._is_tight)
        self._icon.hide()
        self._mark.hide()

    def _assemble(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        for widget in (self._clock, self._name, self._icon, self._mark, self._sensors):
            first.addWidget(widget)
        first.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addWidget(self._gives)
        layout.addWidget(self._need)


def _need_words(status: Status | None) -> str:
    """Say what happens with the source, and the one thing that helps."""
    if status is None or status.state is SourceState.FAILED:  # that one is told below the breathing word
        return ""
    return advice_on(status.reason or Reason.LINK_LOST).step
