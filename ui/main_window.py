# SPDX-License-Identifier: MIT
"""The window: it leads from screen to screen, hands on what arrives, and hears the keys.

Law: every number and state shown comes from the mailbox; every decision leaves through the backstage; no call waits.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dsp.codes import SourceState
from dsp.stream import Frame, Sighting, Status
from ui.appearance import Appearance
from ui.awaited import Awaited
from ui.backstage import Backstage, Message
from ui.choices import PreferenceKeeper
from ui.client.breathe import BreatheScreen
from ui.connect.screen import ConnectScreen
from ui.foreign import safe_text
from ui.keys import Keys
from ui.mailbox_timer import MailboxTimer
from ui.pacing import Pacing
from ui.preferences import Preferences
from ui.start.files import ask_for_recording
from ui.start.screen import StartScreen
from ui.theme import Look
from ui.widgets.calm import Calm
from ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from ui.client.session import SessionScreen

_SIZE = QSize(1440, 900)
_LEAST_SIZE = QSize(1120, 720)
_REFRESH_EVERY_S = 0.1
_MADE_UP = "demo"


class MainWindow(QWidget):
    """Attune's window.

    Parameters
    ----------
    backstage : Backstage
        The worker behind the screens.
    preferences : Preferences
        As they were at the last start.
    save : callable
        Remembers changed preferences.
    choose_file : callable
        Asks for a recording; gives its path, or an empty text.
    """

    def __init__(
        self,
        backstage: Backstage,
        preferences: Preferences,
        save: Callable[[Preferences], None],
        *,
        choose_file: Callable[[QWidget], str] = ask_for_recording,
    ) -> None:
        super().__init__()
        self._backstage = backstage
        self._choose_file = choose_file
        self._keeper = PreferenceKeeper(preferences, save)
        self._look = Look(preferences, self)
        self._appearance = Appearance(self._look, self._keeper, self)
        self._pacing = Pacing(backstage, self._keeper, self)
        self._start = StartScreen(self._look)
        self._connect = ConnectScreen(self._look)
        self._breathe = BreatheScreen(self._look, self._pacing)
        self._session: SessionScreen | None = None
        self._stack = QStackedWidget()
        self._calm = Calm(self._look, self)
        self._ring = FocusRing(self._look, self)
        self._keys = Keys(self)
        self._awaited = Awaited()
        self._refreshed_t = float("-inf")
        self._assemble()
        self._wire()
        self._show("start")
        self._mailbox = MailboxTimer(backstage.drain, self.deliver, self)
        self._mailbox.start()

    def begin(self, sources: Sequence[str], name: str = "") -> None:
        """Start a session on these sources (as on the command line) and show it as soon as the first one streams."""
        self._begin(sources)
        self._session_screen().begin(safe_text(name or sources[0]), self._backstage.clock())

    def deliver(self, messages: Sequence[Message]) -> None:
        """Take in what arrived, and renew the screen that shows a few times a second."""
        for message in messages:
            if isinstance(message, Frame):
                self._take(message)
            elif isinstance(message, Sighting):
                self._connect.see(message)
            else:
                self._hear(message)
        t = self._backstage.clock()
        if t - self._refreshed_t >= _REFRESH_EVERY_S:
            self._refreshed_t = t
            self._refresh(t)
        if self._session is not None and self._shown == "session":
            self._session.follow(t)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the calm page over everything."""
        super().resizeEvent(event)
        self._calm.setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        """Hear the keys from the start, with or without a window manager."""
        super().showEvent(event)
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the session with the window."""
        self._mailbox.stop()
        self._backstage.look_for_sensors(on=False)
        self._backstage.finish()
        super().closeEvent(event)

    def _take(self, frame: Frame) -> None:
        if self._awaited.is_old(frame):
            return
        for cue in frame.cues:
            self._pacing.take(cue)
        if self._session is not None:
            self._session.take(frame)
        for status in frame.statuses:
            self._hear(status)

    def _hear(self, status: Status) -> None:
        self._connect.hear(status)
        if self._session is not None and status.source != "scan":
            self._session.hear(status)
        if self._awaited.is_answered_by(status):
            self._follow(status)

    def _follow(self, status: Status) -> None:
        """Go on to the session when the awaited source streams; tell when a file cannot be opened."""
        if status.state is SourceState.STREAMING:
            self._awaited.forget()
            self._show("session")
        elif status.state is SourceState.FAILED:
            is_file = self._awaited.is_file
            self._awaited.forget()
            self._backstage.finish()
            if is_file:
                self._start.notice.refuse(status)
            elif self._shown == "connect":
                self._backstage.look_for_sensors(on=True)

    def _begin(self, sources: Sequence[str]) -> None:
        self._awaited.begin(sources[0] if sources else "", self._backstage.clock())
        self._pacing.forget()
        self._backstage.look_for_sensors(on=False)
        self._backstage.begin(sources)

    def _start_breathing(self) -> None:
        self._begin(())
        self._pacing.start()
        self._show("breathe")

    def _start_connecting(self) -> None:
        self._connect.begin(self._backstage.clock(), wearing_seen=self._keeper.now.connect_hint_seen)
        self._backstage.look_for_sensors(on=True)
        self._show("connect")

    def _look_again(self) -> None:
        self._backstage.look_for_sensors(on=False)
        self._backstage.look_for_sensors(on=True)
        self._connect.begin(self._backstage.clock(), wearing_seen=True)

    def _open_recording(self) -> None:
        path = self._choose_file(self)
        if path:
            self._start.notice.opening(safe_text(Path(path).name))
            self.begin((f"file:{path}",), Path(path).name)

    def _connect_sensor(self, address: str) -> None:
        self.begin((f"ble:{address}",), self._connect.name_of(address))

    def _stop_connecting(self, address: str) -> None:
        self._awaited.forget()
        self._backstage.finish()
        self._connect.rest(address)
        self._backstage.look_for_sensors(on=True)

    def _go_back(self) -> None:
        """Leave whatever was going on for the first window."""
        self._awaited.forget()
        self._backstage.look_for_sensors(on=False)
        self._backstage.finish()
        self._pacing.forget()
        self._start.notice.clear()
        self._show("start")

    def _still(self) -> None:
        """Stop every cue at once, and cover the screen softly."""
        self._pacing.stop()
        self._keys.listen_on("")
        self._calm.come()

    def _return(self) -> None:
        """Come back from the calm page."""
        self._pacing.settle()
        self._stack.show()
        self._show(self._shown)

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _screens(self) -> dict[str, QWidget]:
        known: dict[str, QWidget] = {"start": self._start, "connect": self._connect, "breathe": self._breathe}
        return known if self._session is None else {**known, "session": self._session}

    def _session_screen(self) -> "SessionScreen":
        """Give the session's screen; it is made, and pyqtgraph imported, when it is first needed."""
        if self._session is None:
            from ui.client.session import SessionScreen

            self._session = SessionScreen(self._look, self._pacing)
            self._session.done.connect(self._go_back)
            self._stack.addWidget(self._session)
        return self._session

    def _show(self, name: str) -> None:
        self._shown = name
        screen = self._screens()[name]
        self._stack.setCurrentWidget(screen)
        screen.setFocus()  # no ring anywhere until Tab is pressed
        self._keys.listen_on(name)
        self._refresh(self._backstage.clock())

    def _refresh(self, t: float) -> None:
        if self._shown == "connect":
            self._connect.refresh(t)
        elif self._session is not None and self._shown == "session":
            self._session.refresh(t)

    def _assemble(self) -> None:
        self.setWindowTitle("Attune")
        self.setAccessibleName("Attune")
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._stack.setAccessibleName("Attune")
        for screen in self._screens().values():
            self._stack.addWidget(screen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._start.show_preferences(self._keeper.now)

    def _wire(self) -> None:
        start, connect = self._start, self._connect
        start.breathe_wanted.connect(self._start_breathing)
        start.connect_wanted.connect(self._start_connecting)
        start.open_wanted.connect(self._open_recording)
        start.theme_wanted.connect(self._appearance.next_theme)
        start.text_size_wanted.connect(self._appearance.next_text_size)
        start.motion_wanted.connect(self._appearance.other_motion)
        self._appearance.changed.connect(start.show_preferences)
        connect.left.connect(self._go_back)
        connect.wearing_seen.connect(lambda: self._keeper.keep(replace(self._keeper.now, connect_hint_seen=True)))
        connect.search_again.connect(self._look_again)
        connect.sensor_wanted.connect(self._connect_sensor)
        connect.sensor_stopped.connect(self._stop_connecting)
        connect.made_up_wanted.connect(lambda: self.begin((_MADE_UP,), _("a made-up person")))
        connect.pacer_wanted.connect(self._start_breathing)
        self._breathe.done.connect(self._go_back)
        self._calm.covered.connect(self._stack.hide)
        self._calm.left.connect(self._return)
        self._bind_keys()

    def _bind_keys(self) -> None:
        paced = ("breathe", "session")
        bind = self._keys.bind
        for key, act in (("1", self._start_breathing), ("2", self._start_connecting), ("3", self._open_recording)):
            bind(key, act, ("start",))
        for key in ("Backspace", "Alt+Left", "Esc"):
            bind(key, self._go_back, ("connect",))
        bind("Space", self._pacing.pause_or_go_on, paced)
        bind("S", self._pacing.too_slow, paced)
        bind("P", self._pacing.toggle, paced)
        bind("Up", self._pacing.quicker, paced, is_repeated=True)
        bind("Down", self._pacing.slower, paced, is_repeated=True)
        bind("G", lambda: self._session_screen().other_view(), ("session",))
        bind("Esc", self._still, paced)
        bind("F11", self._toggle_full_screen)
        bind("Ctrl+T", self._appearance.next_theme)
