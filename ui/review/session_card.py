# SPDX-License-Identifier: MIT
"""The session over time with what steers it: window or signals, nearer or further, play."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from resources.words import gettext as _
from ui.paper.record import PersonRecord
from ui.paper.timeline import timeline_legend
from ui.review.figure_view import FigureView
from ui.review.looking import Looking
from ui.review.timeline_view import TimelineView
from ui.theme import Look
from ui.tokens import Type
from ui.widgets.button import Button, Size
from ui.widgets.card import Card
from ui.widgets.label import safe_label
from ui.widgets.segmented import Segmented
from ui.words import clock_words

_FRAME_MS = 50
_PLAYED_S = 1.0  # of the session in one frame: twenty times as fast as it was


class SessionCard(Card):
    """One person's part of a session over time.

    Parameters
    ----------
    look : Look
        The look it follows.
    """

    turned = Signal(object)  # Looking

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("The session"))
        self._look = look
        self._person: PersonRecord | None = None
        self._looking = Looking(1.0, 0.0, 0.0, 1.0)
        self.view = TimelineView(look)
        self._legend = FigureView(look, _("What the signs mean"))
        self._legend.show_figure(timeline_legend)
        self._what = Segmented(look, _("What is shown"), (_("Window"), _("Signals")))
        self._what.choose(0)
        self._span = safe_label(look, tone="text2", kind=Type.FIGURES)
        self._nearer = Button(look, "", size=Size.NORMAL, icon="plus")
        self._further = Button(look, "", size=Size.NORMAL, icon="minus")
        self._all = Button(look, _("All of it"), size=Size.NORMAL)
        self.play = Button(look, _("Play"), size=Size.NORMAL, icon="play", others=(_("Stop"),))
        self.play.setParent(self.view)
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._shows_signals = False
        self._assemble()
        self._wire()

    @property
    def is_playing(self) -> bool:
        """Whether the playhead goes on by itself."""
        return self._timer.isActive()

    def show_person(self, person: PersonRecord, looking: Looking) -> None:
        """Show a person's part, or another stretch or second of it."""
        self._person, self._looking = person, looking
        self.view.show_person(person, looking, shows_signals=self._shows_signals)
        stretch = _("{start} to {end}").format(start=clock_words(looking.start_s), end=clock_words(looking.end_s))
        self._span.say(_("whole session") if looking.is_whole else stretch)
        self._all.setEnabled(not looking.is_whole)
        self._further.setEnabled(not looking.is_whole)

    def other_view(self) -> None:
        """Show the signals in the window's place, or the window again."""
        self._show_what(0 if self._shows_signals else 1)

    def play_or_stop(self) -> None:
        """Let the playhead go on by itself, or stop it; at the end it begins anew."""
        if self.is_playing:
            self.stop()
            return
        if self._looking.t >= self._looking.duration_s:
            self.turned.emit(self._looking.at(0.0))
        self._timer.start()
        self.play.say(_("Stop"), "pause")

    def stop(self) -> None:
        """Let the playhead stand."""
        self._timer.stop()
        self.play.say(_("Play"), "play")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button beside the lane."""
        super().resizeEvent(event)
        self._place_play()

    def _place_play(self) -> None:
        self.play.resize(self.play.sizeHint())
        lane = self.view.sheet.lane_top
        self.play.move(0, round(lane + 10 * self._look.px(100) / 100 - self.play.height() / 2))

    def _go_on(self) -> None:
        if self._looking.t >= self._looking.duration_s:
            self.stop()
        else:
            self.turned.emit(self._looking.at(self._looking.t + _PLAYED_S))

    def _show_what(self, index: int) -> None:
        self._shows_signals = index == 1
        self._what.choose(index)
        self._legend.setVisible(index == 0)
        if self._person is not None:
            self.show_person(self._person, self._looking)

    def _wire(self) -> None:
        self.view.turned.connect(self.turned)
        self._what.chosen.connect(self._show_what)
        self._nearer.clicked.connect(lambda: self.turned.emit(self._looking.zoomed(2)))
        self._further.clicked.connect(lambda: self.turned.emit(self._looking.zoomed(-2)))
        self._all.clicked.connect(lambda: self.turned.emit(self._looking.whole()))
        self.play.clicked.connect(self.play_or_stop)
        self._timer.timeout.connect(self._go_on)
        self._look.changed.connect(self._place_play)

    def _assemble(self) -> None:
        for button, name in ((self._nearer, _("Nearer")), (self._further, _("Further away"))):
            button.setAccessibleName(name)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(safe_label(self._look, _("The session"), kind=Type.TITLE))
        head.addWidget(self._legend, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._what)
        foot.addStretch(1)
        for part in (self._span, self._further, self._nearer, self._all):
            foot.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)
