# SPDX-License-Identifier: MIT
"""A person's own live session: the breathing shape, and of themselves what they wished to see.

Law: in a first session there is the shape, one line of words and three buttons: no digit, no trace, no zone. Every
number comes from a frame; nothing is shown before it is known or after it is old; the breathing goes on whatever
happens to the signal, and nothing jumps when it does.
"""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from dsp.codes import NoticeCode, SensorKind, SourceState
from dsp.stream import CLIENT, Command, Frame, Notice, Recording, Status
from resources.words import gettext as _
from ui.choices import PreferenceKeeper
from ui.client.arrival import ArrivalCard
from ui.client.asking import Asking
from ui.client.breath_page import BreathPage
from ui.client.footer import BreathFooter
from ui.client.quiet import QuietWords
from ui.client.session_words import line_words
from ui.client.source_line import NO_KINDS, SourceLine
from ui.client.source_states import SourceStates
from ui.client.stage_area import StageArea
from ui.client.steps import ProtocolLine
from ui.client.views import Views
from ui.client.word_lane import WordLane
from ui.heart import HeartReading
from ui.pacing import Pacing
from ui.preferences import SIGHTS
from ui.theme import Look
from ui.widgets.heart_rate import HeartRate, SignalBadge
from ui.words import origin_words

_LOW_PX, _SHORT_PX, _NARROW_PX = 560, 640, 1000  # below these, times the text's size, only what is needed stays
_HEAD_PX = 760  # below this the heart stands under the source
_ASKED_PX = 820  # below this a question takes the room of what is shown under it


class SessionScreen(QWidget):
    """The live session of a person.

    Parameters
    ----------
    look : Look
        The look it follows.
    pacing : Pacing
        The breathing.
    keeper : PreferenceKeeper
        Remembers what the person wished to see.
    asking : Asking
        What the person is asked or offered.
    """

    done = Signal()
    sound_wanted = Signal()
    sensors_wanted = Signal()
    taken_back = Signal()
    elsewhere_wanted = Signal()  # another folder for what the disk does not take
    rest_wanted = Signal()
    pace_wanted = Signal()
    window_wanted = Signal()
    cards_wanted = Signal()

    def __init__(self, look: Look, pacing: Pacing, keeper: PreferenceKeeper, asking: Asking) -> None:
        super().__init__()
        self._look = look
        self._pacing = pacing
        self._keeper = keeper
        self._asking = asking
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Session"))
        self._source_line = SourceLine(look)
        self._rate = HeartRate(look)
        self._badge = SignalBadge(look)
        self.views = Views(look)
        self.page = BreathPage(look, pacing, keeper, self.views.choice)
        self.pacer = self.page.pacer
        self._stage = StageArea(look, self.page)
        self.ask_panel, self.words = self._stage.ask_panel, self._stage.words
        self.arrival = ArrivalCard(look)
        self._footer = BreathFooter(look, pacing)
        self._assemble()
        self._wire()
        self._is_recording = False
        self._cramped_size = QSize()
        self.begin("", 0.0)

    def begin(self, name: str, t: float, *, is_recording: bool = False) -> None:
        """Start anew at `t` with a source of this (safe) name; of a recording everything is shown."""
        self._reading = HeartReading()
        self._has_heart = True
        self._sources = SourceStates()
        self._quiet = QuietWords()
        self._stage.begin()
        self.arrival.hide()
        self._steps = ProtocolLine()
        self._is_running = False
        self._is_recording = is_recording
        self._started_t = t
        self._said: object = None  # what the words on the screen were made of
        self.page.begin()
        self._source_line.name_source(name)
        self._asking.begin()
        self.views.begin()
        self.show_sights()
        self.refresh(t)

    def take(self, frame: Frame) -> None:
        """Take in what a frame says of the client; nothing is painted here."""
        self._reading.take(frame)
        self.views.take(frame)
        self._asking.take(frame)
        if isinstance(frame.item, Command):
            self._sources.follow(frame.item)
            self._steps.take(frame.item)
        for notice in frame.notices:
            self._note(notice)

    def hear(self, status: Status) -> None:
        """Take the newest state of a source of the client's; the session's clock runs from when one first streams."""
        is_news = self._sources.hear(status)
        if is_news and not self._is_running and status.state is SourceState.STREAMING:
            self._is_running = True
            self._started_t = status.t

    def name_sensors(self, gives: str, kinds: Mapping[str, SensorKind] = NO_KINDS, *, has_heart: bool) -> None:
        """Say which sensor gives what (safe to show), of what kind each is, and whether one of them gives the heart."""
        self._has_heart = has_heart
        self._said = None
        self._source_line.name_sensors(gives, kinds)

    def show_recording(self, recording: Recording) -> None:
        """Show how the session is stored."""
        self._source_line.show_recording(recording)

    def tell(self, words: str) -> None:
        """Show (safe) quiet words for a while."""
        self._quiet.put(words)

    @property
    def is_recording(self) -> bool:
        """Whether a session of the past is shown."""
        return self._is_recording

    def offer_words(self, lane: WordLane) -> None:
        """Put the word lane in the shape's place, or the shape back in its own."""
        self._stage.offer_words(lane)

    def greet(self, words: str, t: float) -> None:
        """Greet somebody who was here before, at `t`; with their kind sentence, where there is one."""
        self.arrival.greet(words, t)
        self._fold()

    def other_view(self) -> None:
        """Go on to the next of what is shown below the shape."""
        self.views.choice.go_on()

    def turn_sights(self) -> None:
        """Open what the person wishes to see, or close it."""
        self.page.turn_sights()

    def show_sights(self) -> None:
        """Show what the person switched on."""
        sees = SIGHTS if self._is_recording else self._keeper.now.sees
        for part in (self._rate, self._badge):
            part.setVisible("heart" in sees)
        self._hush(is_bare=not sees)
        self.views.see(sees)
        self.page.see_these(sees)
        self._said = None
        self._fold()

    def _hush(self, *, is_bare: bool) -> None:
        """Leave, where nothing was switched on, the shape, its word and three buttons while it breathes."""
        is_hushed = is_bare and self._pacing.is_on and not self._pacing.is_paused
        self._source_line.bare(is_bare=is_bare, is_hushed=is_hushed)
        self.page.hush(is_hushed=is_hushed)

    def follow(self, t: float) -> None:
        """Draw what moves evenly, at `t`, seconds on the session clock."""
        self.views.follow(t)

    def refresh(self, t: float) -> None:
        """Show what may be shown at `t`, seconds on the session clock."""
        self.page.refresh(t)
        heart = self._reading.at(t)
        rmssd, aside = self._reading.rmssd_at(t), self._reading.corrected_percent
        is_paused = self._pacing.is_paused
        is_breathing = self._pacing.is_on and not is_paused
        is_bare = not (self._is_recording or self._keeper.now.sees)
        status, needy = self._sources.spoken_for, self._sources.needy
        quiet = self._quiet.at(t) or self._steps.at(t, is_bare=is_bare)
        origin = self._reading.came_from
        sensors = status, needy, self._sources.off_skin
        known = (heart.to_the_second(), rmssd, aside, origin, sensors, quiet, is_breathing, is_paused)
        if known != self._said:  # words are looked up when something changed, not on every turn
            self._said = known
            self._hush(is_bare=is_bare)
            self._rate.show_heart(heart)
            self._badge.show_heart(heart)
            self._source_line.show_need(self._sources, quiet)
            said = line_words(
                heart,
                status,
                kind=self._source_line.kind_of("" if status is None else status.source),
                is_breathing=is_breathing,
                is_paused=is_paused,
                has_heart=self._has_heart,
                standing=self._asking.words.standing_line,
                is_bare=is_bare,
            )
            self.page.line.say(said)
            self.views.say(rmssd, aside, origin_words(origin))
        self._source_line.show_time(t - self._started_t)
        self.views.refresh(t, self._reading.newest_t)
        self.arrival.refresh(t)
        self._stage.show_ask(self._asking.now())

    def _note(self, notice: Notice) -> None:
        self._sources.note(notice)
        if notice.person == CLIENT and notice.code is NoticeCode.SYNTHETIC:
            self._source_line.mark_made_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what explains, in a window that is small for its text."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        size = self.size().boundedTo(self.window().size())  # a screen may be larger than its window
        is_low = size.height() < self._look.px(_LOW_PX)
        is_narrow = size.width() < self._look.px(_NARROW_PX)
        margin = 24 if is_narrow else 48
        self._ground.setContentsMargins(margin, 16 if is_low else 32, margin, 16 if is_low else 28)
        self.page.fold(is_low=is_low, is_narrow=is_narrow, is_cramped=self._is_cramped())
        self._source_line.fold(is_tight=size.height() < self._look.px(_SHORT_PX))
        self.views.fold(is_tight=is_low or is_narrow)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._head.setDirection(down if is_narrow and size.width() < self._look.px(_HEAD_PX) else right)
        has_room = self.views.has_any and not (is_low and is_narrow)
        self.page.choose_view(is_possible=has_room)
        self.views.setVisible(has_room and not self._is_crowded(size))

    def _is_cramped(self) -> bool:
        """Whether it was too high for a window of this size unfolded: it must not unfold again once it fits."""
        if self.height() > self.window().height():
            self._cramped_size = self.window().size()
        return self._cramped_size == self.window().size()

    def _is_crowded(self, size: QSize) -> bool:
        """Whether a question, or somebody who arrives, needs the room of what stands below it."""
        is_asked = self._stage.is_asking or not self.arrival.isHidden()
        return is_asked and size.height() < self._look.px(_ASKED_PX)

    def _wire(self) -> None:
        self._source_line.sensors_wanted.connect(self.sensors_wanted)
        self._source_line.taken_back.connect(self.taken_back)
        self._source_line.elsewhere_wanted.connect(self.elsewhere_wanted)
        self.views.rest_wanted.connect(self.rest_wanted)
        self.views.window_wanted.connect(self.window_wanted)
        self.page.sights.rest_wanted.connect(self.rest_wanted)
        self.page.sights.cards_wanted.connect(self.cards_wanted)
        self.page.controls.pace_wanted.connect(self.pace_wanted)
        self.page.see.clicked.connect(self.turn_sights)
        self.page.side_turned.connect(self.show_sights)
        self.page.sights.changed.connect(self.show_sights)
        self.ask_panel.answered.connect(self._asking.answer)
        self._asking.changed.connect(lambda: self._stage.show_ask(self._asking.now()))
        self._asking.told.connect(self.tell)
        self._stage.turned.connect(self._fold)
        self.arrival.left.connect(self._fold)
        self._footer.done.connect(self.done)
        self._footer.sound_wanted.connect(self.sound_wanted)
        self._look.changed.connect(self._fold)

    def _assemble(self) -> None:
        """Put head, shape, words, what is shown and buttons below each other."""
        heart = QHBoxLayout()
        heart.setSpacing(32)
        heart.addWidget(self._rate)
        heart.addWidget(self._badge)
        heart.addStretch(0)
        self._head = head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._source_line, 1, Qt.AlignmentFlag.AlignTop)
        head.addLayout(heart)
        self._ground = layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 32, 48, 28)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stage, 62)
        layout.addSpacing(20)
        layout.addWidget(self.arrival)
        layout.addWidget(self.views, 30)
        layout.addSpacing(24)
        layout.addWidget(self._footer)
