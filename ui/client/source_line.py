# SPDX-License-Identifier: MIT
"""Where the signals come from, how long the session runs, and what a sensor needs just now."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import Reason, SensorKind, SourceState
from dsp.stream import Recording, Status
from resources.words import gettext as _
from ui.client.source_states import SourceStates
from ui.connect.condition import fix_for
from ui.consent.light import StoringLine
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.icon import Icon
from ui.widgets.label import safe_label
from ui.words import clock_words

NO_KINDS: Mapping[str, SensorKind] = MappingProxyType({})


class SourceLine(QWidget):
    """The session's clock and source, at the top left.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    sensors_wanted = Signal()
    taken_back = Signal()
    elsewhere_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(_("Session"))
        self._clock = safe_label(look, clock_words(0), kind=Type.VALUE)
        self._name = safe_label(look, tone="text2")
        self._icon = Icon(look, "person", _("made-up person"), size=18)
        self._mark = safe_label(look, _("made-up person, no real heart"), kind=Type.STRONG)
        self._sensors = Button(look, _("Sensors"), size=Size.NORMAL, icon="strap")
        self._sensors.clicked.connect(self.sensors_wanted)
        self._storing = StoringLine(look)
        self._storing.taken_back.connect(self.taken_back)
        self._storing.elsewhere_wanted.connect(self.elsewhere_wanted)
        self._gives = safe_label(look, tone="text2", wrap=True)
        self._need = safe_label(look, tone="text2", wrap=True)
        self._kinds = NO_KINDS
        self._is_tight = self._is_bare = self._is_hushed = False
        self._assemble()
        self.name_source("")

    def name_source(self, name: str) -> None:
        """Name the one source; the name is safe to show."""
        self._name.say(name)
        self._kinds = NO_KINDS
        self._show_parts(is_changing=False)

    def name_sensors(self, gives: str, kinds: Mapping[str, SensorKind]) -> None:
        """Say which sensor gives what (safe to show), in a session that more can join; of what kind each source is."""
        self._gives.say(gives)
        self._kinds = kinds
        self._show_parts(is_changing=True)

    def mark_made_up(self) -> None:
        """Mark that the person is made up."""
        self._icon.show()
        self._mark.show()
        self._name.hide()
        self._storing.hide()  # a made-up person has nothing to agree to

    def show_recording(self, recording: Recording) -> None:
        """Show how the session is stored."""
        self._storing.setVisible(bool(recording.persons) or self._mark.isHidden())
        self._storing.show_recording(recording)
        self._show_gives()
        self._show_room()

    def fold(self, *, is_tight: bool) -> None:
        """Keep the clock and what a sensor needs, where there is little room."""
        self._is_tight = is_tight
        self._show_gives()

    def bare(self, *, is_bare: bool, is_hushed: bool) -> None:
        """Show no digit, neither clock nor names; hushed, of the rest only the light and what is urgent."""
        self._is_bare, self._is_hushed = is_bare, is_hushed
        self._sensors.setVisible(self._is_changing and not is_hushed)
        self._storing.hush(is_hushed=is_hushed)
        self._clock.setVisible(not is_bare)
        self._name.setVisible(not is_bare and not self._is_changing and self._mark.isHidden())
        self._show_gives()

    def show_time(self, seconds: float) -> None:
        """Show how long the session runs."""
        self._clock.say(clock_words(seconds))

    def show_need(self, sources: SourceStates, quiet: str) -> None:
        """Say what a sensor needs, where one needs something; else the quiet words of now."""
        needy = sources.needy
        is_told = needy == sources.spoken_for and needy is not None and needy.state is SourceState.FAILED
        need = self._need_of(None if is_told else needy)  # what speaks for the session is told below the breathing word
        words = need or self._off_skin_fix(sources.off_skin) or quiet
        self._need.say(words)
        self._show_room()

    def _need_of(self, status: Status | None) -> str:
        """Say the one thing that helps a source that needs something."""
        if status is None:
            return ""
        usual = Reason.SILENT if status.state is SourceState.STALE else Reason.LINK_LOST
        return fix_for(self.kind_of(status.source), status.reason or usual)

    def _off_skin_fix(self, source: str) -> str:
        return fix_for(self.kind_of(source), Reason.NO_CONTACT) if source else ""

    def kind_of(self, source: str) -> SensorKind:
        """Tell what kind of sensor a source is; one that was not chosen from the list is told by its address."""
        usual = SensorKind.STREAM if source.startswith("lsl:") else SensorKind.STRAP
        return self._kinds.get(source, usual)

    def _show_parts(self, *, is_changing: bool) -> None:
        """Show one source by its name, or sensors that come and go by what each gives."""
        self._name.setVisible(not is_changing and not self._is_bare)
        self._is_changing = is_changing
        self._sensors.setVisible(is_changing and not self._is_hushed)
        self._show_gives()
        self._icon.hide()
        self._mark.hide()
        self._storing.show()

    def _show_room(self) -> None:
        """Keep one line of room where neither the storing nor a sensor has words."""
        self._need.setVisible(bool(self._need.text()) or self._storing.step.isHidden())

    def _show_gives(self) -> None:
        """Say what gives what, where there is room for it beside what is more urgent."""
        is_free = not (self._is_tight or self._is_bare) and self._storing.elsewhere.isHidden()
        self._gives.setVisible(self._is_changing and is_free)

    def _assemble(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        for widget in (self._clock, self._name, self._icon, self._mark, self._sensors, self._storing):
            first.addWidget(widget)
        first.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addWidget(self._storing.step)
        layout.addWidget(self._gives)
        layout.addWidget(self._need)
