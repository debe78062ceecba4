# SPDX-License-Identifier: MIT
"""The researcher's window from opening to hiding, fed by the one mailbox; and the banner of every window.

Law: there is no second path: all that is shown came through the mailbox. One part is shown anew in one turn, all of
them at most once a second, and none while nobody sees the window.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from dsp.stream import CLIENT, Chunk, Frame, Marker, Recording
from resources.words import gettext as _
from ui.archive.seam import Closed, Storing
from ui.backstage import Arrived, Backstage, Message
from ui.choices import PreferenceKeeper
from ui.clinician.flow import ClinicianFlow
from ui.clinician.marker_words import MARK
from ui.consent.words import storing_words
from ui.key_table import Act
from ui.keys import Keymap, Keys
from ui.research.banner import SharingBanner
from ui.research.log import EventLog
from ui.research.seam import OutletSeen, Reach, SendWish, Sent, SessionSeen
from ui.research.words import Cells, outlet_cells, sent_words, stream_cells
from ui.screens import Screens
from ui.theme import Look
from ui.words import clock_words

if TYPE_CHECKING:
    from ui.bump.window import BumpWindow
    from ui.research.window import ResearchWindow

_EVERY_S = 1.0
_OUTLET_OF = {"ecg": "ECG", "rr": "RR", "eda": "GSR", "acc": "ACC", "resp": "RESP", "ppg": "PPG"}
"""Which type of outlet sends a modality on: sensors.md, section 6."""

RESEARCHER = "researcher"
"""Who decides in this window: the author of its markers."""


class ResearchFlow(QObject):
    """The third window.

    Parameters
    ----------
    look : Look
        The look it follows.
    backstage : Backstage
        Takes what is asked for, and has the clock.
    keeper : PreferenceKeeper
        What sensors are called here.
    keymap : Keymap
        Which key does what.
    client : QWidget
        The client's window.
    """

    stilled = Signal()

    def __init__(
        self, look: Look, backstage: Backstage, keeper: PreferenceKeeper, *, keymap: Keymap, client: QWidget
    ) -> None:
        super().__init__(client)
        self._keymap = keymap
        self._client = client
        self._look = look
        self._backstage = backstage
        self._keeper = keeper
        self._banners: list[SharingBanner] = []
        self._parts: list[Callable[[float], bool]] = []
        self.window: ResearchWindow | None = None
        self.bump: BumpWindow | None = None
        self._shown_t = float("-inf")
        self.begin()

    @property
    def is_open(self) -> bool:
        """Whether the window can be seen."""
        return self.window is not None and self.window.isVisible() and not self.window.isMinimized()

    def begin(self) -> None:
        """Forget the session: another one begins."""
        self._began_t = self._backstage.clock()
        self._seen: SessionSeen | None = None
        self._sent = Sent()
        self._recording = Recording()
        self._log, self._logged = EventLog(), 0
        self._parts = []
        self._say_banner()
        if self.window is not None:
            self.window.streams.clear()
            self.window.log.clear()
            self.window.sending.show_sent(self._sent)
            self.window.show_running(is_running=False)

    def stand_beside(
        self, screens: Screens, clinician: ClinicianFlow, calm: QWidget, *, still: Callable[[], None]
    ) -> None:
        """Know the other windows: the banner stands in each, and over the calm page."""
        screens.turned.connect(self._follow_screen)
        screens.start.research_wanted.connect(self.toggle)
        clinician.made.connect(self.watch_over)
        self.stilled.connect(still)
        self._over = self.watch_over(self._client)
        calm.installEventFilter(self)
        self._client.installEventFilter(self)
        keys = Keys(self._client, self._keymap)
        keys.bind(Act.RESEARCH, self.toggle)
        keys.listen_on(RESEARCHER)

    def take(self, messages: Sequence[Arrived]) -> Iterator[Message]:
        """Take in what arrived; give what the other windows take. Nothing is painted here."""
        for message in messages:
            match message:
                case SessionSeen():
                    self._seen = message if message.t >= self._began_t else self._seen
                case Sent():
                    self._hear(message)
                case _:
                    self._overhear(message)
                    yield message

    def _overhear(self, message: Message) -> None:
        if isinstance(message, Storing | Closed):
            self._recording = message.recording if isinstance(message, Storing) else Recording()
        elif isinstance(message, Frame):
            item = message.item
            if (item.arrival if isinstance(item, Chunk) else item.t) >= self._began_t:
                self._log.take(message)
                if self.bump is not None:
                    self.bump.take(message)

    def _follow_screen(self, name: str) -> None:  # a slot of Qt's
        """Follow the client's window to another screen."""
        if name == "start":
            self.begin()

    def turn(self, t: float) -> None:
        """Show one part more, all of them once a second; nothing while nobody can see it."""
        if not self.is_open or self.window is None:
            return
        if not self._parts and t - self._shown_t >= _EVERY_S:
            self._shown_t = t
            self._plan(self.window)
        while self._parts:  # until one had something to show
            if self._parts[0](t):
                return
            self._parts.pop(0)

    def toggle(self) -> None:
        """Hide the window, or show it."""
        if self.window is not None and self.is_open:
            self.window.hide()
            return
        if self.window is None:
            from ui.research.window import ResearchWindow

            self.window = ResearchWindow(self._look)
            self._wire(self.window)
        self.window.show()
        self.window.activateWindow()
        self.window.setFocus()  # no ring anywhere until Tab is pressed
        self._shown_t = float("-inf")

    def close(self) -> None:
        """Close what was opened, with the client's window."""
        for window in (self.window, self.bump):
            if window is not None:
                window.close()

    def watch_over(self, window: QWidget) -> SharingBanner:
        """Put the banner at the top of a window."""
        banner = SharingBanner(self._look)
        layout = window.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, banner)
        self._know(banner)
        return banner

    def _know(self, banner: SharingBanner) -> None:
        banner.stopped.connect(self._stop_sending)
        self._banners.append(banner)
        self._say_banner()

    def _hear(self, sent: Sent) -> None:
        is_news = sent.is_exposed is not self._sent.is_exposed
        self._sent = sent
        if is_news:
            self._say_banner()
        if self.window is not None:
            self.window.sending.show_sent(sent)

    def _say_banner(self) -> None:
        words = sent_words(self._sent) if self._sent.is_exposed else ""
        for banner in self._banners:
            banner.say(words, can_stop=True)

    def _stop_sending(self) -> None:
        self._backstage.send_streams(SendWish(Reach.OFF))

    def _plan(self, window: "ResearchWindow") -> None:
        """Have every part shown, one after the other."""
        seen = self._seen
        if seen is None:
            return
        window.show_running(is_running=True)
        window.bar.clock.say(clock_words(seen.t - seen.started_t))
        window.bar.storing.say(storing_words(self._recording).sentence)
        cells = self._cells(seen)
        window.streams.show_streams(cells, frozenset(key for key in cells if not key.startswith("out ")))
        window.streams.summary.say(_("{n} streams").format(n=len(cells)))
        self._parts = [
            window.streams.show_next,
            lambda _t: self._once(lambda: window.delays.show_session(seen)),
            lambda _t: self._once(lambda: window.recorder.show_session(seen, self._recording)),
            lambda _t: self._once(lambda: window.sending.show_persons(seen.persons)),
            lambda _t: self._once(lambda: self._show_log(window, seen.started_t)),
        ]

    def _once(self, show: Callable[[], None]) -> bool:
        """Show a part, and have done with it."""
        self._parts.pop(0)
        show()
        return True

    def _show_log(self, window: "ResearchWindow", started_t: float) -> None:
        window.log.add(self._log.since(self._logged), started_t)
        self._logged = self._log.count

    def _cells(self, seen: SessionSeen) -> dict[str, Cells]:
        """Write every stream, by what its row is known by."""
        outlets = {(outlet.type, outlet.person): outlet for outlet in reversed(self._sent.outlets)}
        rows: dict[str, Cells] = {}
        for stream in seen.streams:
            reader: OutletSeen | None = outlets.get((_OUTLET_OF.get(stream.modality, ""), stream.person))
            label = self._keeper.label_of(stream.source)
            rows[f"{stream.source} {stream.modality}"] = stream_cells(stream, label, reader)
        rows |= {f"out {outlet.name}": outlet_cells(outlet) for outlet in self._sent.outlets}
        return rows

    def _switch(self, key: str, is_on: bool) -> None:  # a slot of Qt's
        """Take a row's source out of the session, or back in."""
        streams = () if self._seen is None else self._seen.streams
        for stream in streams:
            if f"{stream.source} {stream.modality}" == key:
                if is_on:
                    self._backstage.join(stream.address)
                else:
                    self._backstage.leave(stream.source)

    def _mark(self) -> None:
        self._backstage.mark(Marker(self._backstage.clock(), MARK, RESEARCHER, CLIENT))

    def _open_bump(self) -> None:
        from ui.bump.window import BumpWindow

        if self.bump is None:
            self.bump = BumpWindow(self._look, self._backstage)
        persons = [] if self._seen is None else [person for person, _is_made_up in self._seen.persons]
        self.bump.begin(persons)
        self.bump.show()
        self.bump.activateWindow()

    def _wire(self, window: "ResearchWindow") -> None:
        keys = Keys(window, self._keymap)
        for key, act in ((Act.MARK, self._mark), (Act.RESEARCH, self.toggle), ("Esc", self.stilled.emit)):
            keys.bind(key, act)
        self._keymap.label(window.bar.mark, Act.MARK)
        self._keymap.label(window.bar.hide_button, Act.RESEARCH)
        keys.listen_on(RESEARCHER)
        self._know(window.banner)
        window.streams.switched.connect(self._switch)
        window.sending.wished.connect(self._backstage.send_streams)
        window.sending.show_sent(self._sent)
        window.bar.mark.clicked.connect(self._mark)
        window.bar.bump.clicked.connect(self._open_bump)
        window.bar.hide_button.clicked.connect(self.toggle)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what holds now as soon as it can be seen again; keep the banner over all; close with the client."""
        kind = event.type()
        if watched is self.window and kind in (QEvent.Type.Show, QEvent.Type.WindowStateChange):
            self._shown_t = float("-inf")
        elif watched is self._client and kind is QEvent.Type.Close:
            self.close()
        elif watched is not self.window and kind in (QEvent.Type.Show, QEvent.Type.ZOrderChange):
            self._over.raise_()
        return False
