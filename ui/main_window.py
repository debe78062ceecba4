# SPDX-License-Identifier: MIT
"""The window: it holds the screens, empties the mailbox for them, and hears the keys.

Law: every number and state shown comes from the mailbox; every decision leaves through the backstage; no call waits.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.announcer import Announcer, speaker_of
from ui.appearance import Appearance
from ui.archive.presence import Presence
from ui.backstage import Arrived, Backstage
from ui.choices import PreferenceKeeper
from ui.client.asking import Asking
from ui.client.eyes import EyesClosed
from ui.client.flow import ClientFlow
from ui.clinician.displays import Displays
from ui.clinician.flow import ClinicianFlow
from ui.clinician.together import Together
from ui.cue_words import CueWords
from ui.key_table import Act
from ui.keys import Keymap, Keys
from ui.mailbox_timer import MailboxTimer
from ui.pacing import Pacing
from ui.preferences import Preferences
from ui.research.flow import ResearchFlow
from ui.screens import Screens
from ui.settings.flow import OPENED_FROM, SettingsFlow
from ui.settings.seam import Surroundings
from ui.sound.seam import NoSound, Sound
from ui.sound.sounding import Sounding
from ui.start.files import ask_for_recording
from ui.theme import Look
from ui.widgets.calm import Calm
from ui.widgets.focus_ring import FocusRing
from ui.widgets.roomy import Roomy

_SIZE = QSize(1440, 900)
_LEAST_SIZE = QSize(640, 480)
_REFRESH_EVERY_S = 0.1
_DIGITS = (*"0123456789", "T")  # T is ten
_NO_OFFERS = CueWords()
_NO_SOUND = NoSound()
_NOWHERE = Surroundings()


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
    words : CueWords
        What a person may be offered, in words.
    sound : Sound
        Plays the breathing.
    around : Surroundings
        Places and languages, for the settings.
    choose_file : callable
        Asks for a recording; gives its path, or an empty text.
    displays : Displays or None
        The displays; those of the system by default.
    """

    def __init__(
        self,
        backstage: Backstage,
        preferences: Preferences,
        save: Callable[[Preferences], None],
        *,
        words: CueWords = _NO_OFFERS,
        sound: Sound = _NO_SOUND,
        around: Surroundings = _NOWHERE,
        choose_file: Callable[[QWidget], str] = ask_for_recording,
        displays: Displays | None = None,
    ) -> None:
        super().__init__()
        self._backstage = backstage
        self._choose_file = choose_file
        self._keeper = PreferenceKeeper(preferences, save)
        self._look = Look(preferences, self)
        self._keymap = Keymap(self._keeper, self)
        self._appearance = Appearance(self._look, self._keeper, self)
        self._pacing = Pacing(backstage, self._keeper, self)
        self._sounding = Sounding(sound, self._keeper, self._pacing, self)
        self._asking = Asking(backstage, self._keeper, self._pacing, words, self)
        announcer = Announcer(speaker_of(self))
        self._screens = Screens(
            self._look, backstage, self._keeper, self._pacing, asking=self._asking, announcer=announcer
        )
        self._settings = SettingsFlow(
            self._look,
            self._keeper,
            self._screens,
            backstage.archive,
            appearance=self._appearance,
            sounding=self._sounding,
            keymap=self._keymap,
            around=around,
        )
        self._clinician = ClinicianFlow(
            self._look, backstage, self._keeper, cues=words, keymap=self._keymap, client=self, displays=displays
        )
        self._research = ResearchFlow(self._look, backstage, self._keeper, keymap=self._keymap, client=self)
        self._calm = Calm(self._look, self)
        self._client = ClientFlow(
            self._look,
            backstage,
            self._keeper,
            self._screens,
            pacing=self._pacing,
            sounding=self._sounding,
            asking=self._asking,
            eyes=EyesClosed(self._pacing, self._sounding, self._calm, self._still, self),
        )
        self._ring = FocusRing(self._look, self)
        self._presence = Presence(self._screens, backstage, is_apart=self._clinician.owns)
        self._keys = Keys(self, self._keymap)
        self._refreshed_t = float("-inf")
        self._assemble()
        self._wire()
        self._bind_keys()
        self._screens.turn_to("start")
        self._mailbox = MailboxTimer(backstage.drain, self.deliver, self)
        self._mailbox.start()

    def begin(self, sources: Sequence[str], name: str = "") -> None:
        """Start a session on these sources (as on the command line) and show it as soon as the first one streams."""
        self._screens.begin(sources, name)

    def deliver(self, messages: Sequence[Arrived]) -> None:
        """Take in what arrived, and renew the screen that shows a few times a second."""
        for message in self._research.take(messages):
            self._screens.take(message)
            self._client.take(message)
            self._clinician.take(message)
        t = self._backstage.clock()
        if t - self._refreshed_t >= _REFRESH_EVERY_S:
            self._refreshed_t = t
            self._screens.refresh(t)
            self._client.refresh(t)
            self._sounding.refresh()
        self._screens.follow(t)
        self._clinician.turn(t)
        self._research.turn(t)

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
        self._screens.close_all()
        self._clinician.close()
        super().closeEvent(event)

    def _open_recording(self) -> None:
        self._screens.open_recording(lambda: self._choose_file(self))

    def _still(self) -> None:
        """Stop every cue at once, and cover the screen softly."""
        self._pacing.stop()
        self._keys.listen_on("")
        self._calm.come()

    def _leave_settings(self) -> None:
        """Go back; where something sounds or moves behind the settings, stop that first."""
        if self._pacing.is_on:
            self._still()
        else:
            self._settings.leave()

    def _return(self) -> None:
        """Come back from the calm page."""
        self._pacing.settle()
        self._screens.show()
        self._screens.turn_to(self._screens.shown)

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _assemble(self) -> None:
        self.setWindowTitle("Attune")
        self.setAccessibleName("Attune")
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Roomy(self._look, self._screens))
        self._screens.start.show_preferences(self._keeper.now)

    def _wire(self) -> None:
        start = self._screens.start
        start.open_wanted.connect(self._open_recording)
        start.settings_wanted.connect(self._settings.open)
        start.theme_wanted.connect(self._appearance.next_theme)
        start.text_size_wanted.connect(self._appearance.next_text_size)
        start.motion_wanted.connect(self._appearance.other_motion)
        self._clinician.theme_wanted.connect(self._appearance.next_theme)
        self._appearance.changed.connect(start.show_preferences)
        self._sounding.told.connect(self._screens.tell)
        for asking in (self._screens, self._screens.breathe):
            asking.sound_wanted.connect(self._sounding.next)
        self._screens.turned.connect(self._keys.listen_on)
        Together(
            self._clinician,
            self._screens,
            self._calm,
            pacing=self._pacing,
            keys=self._keys,
            still=self._still,
            end=self._client.end,
        )
        self._research.stand_beside(self._screens, self._clinician, self._calm, still=self._still)
        self._calm.covered.connect(self._screens.hide)
        self._calm.left.connect(self._return)

    def _bind_keys(self) -> None:
        paced = ("breathe", "session")
        bind, screens = self._keys.bind, self._screens
        for key, act in (
            ("1", screens.start_breathing),
            ("2", screens.start_connecting),
            ("3", self._open_recording),
            ("4", screens.archive.open_list),
        ):
            bind(key, act, ("start",))
        for key in ("Backspace", "Alt+Left", "Esc"):
            bind(key, screens.leave_connecting, ("connect",))
            bind(key, screens.leave_consent, ("consent",))
            bind(key, screens.go_back, ("sessions", "end"))
        for key, act in screens.review.keys().items():
            bind(key, act, ("review",), is_repeated=True)
        bind(Act.PAUSE, self._pacing.pause_or_go_on, paced)
        bind(Act.TOO_SLOW, self._pacing.too_slow, paced)
        bind(Act.PACER, self._pacing.toggle, paced)
        bind(Act.QUICKER, self._pacing.quicker, paced, is_repeated=True)
        bind(Act.SLOWER, self._pacing.slower, paced, is_repeated=True)
        bind(Act.SOUND, self._sounding.next, paced)
        bind(Act.OFFER, self._asking.offer, ("session",))
        bind(Act.FELT, self._asking.feel, ("session",))
        for key in _DIGITS:
            bind(key, partial(self._asking.press, key), ("session",))
        bind(Act.REST, screens.guides.ask_for_rest, ("session",))
        bind(Act.RESONANCE, screens.guides.ask_for_pace, ("session",))
        bind(Act.WINDOW, screens.guides.show_window, ("session",))
        bind(Act.REST, screens.guides.ask_for_rest, ("window",))
        bind(Act.WINDOW, partial(screens.guides.leave, "window"), ("window",))
        self._bind_guides()
        self._client.bind(self._keys)
        bind("Esc", self._still, (*paced, "ending"))
        self._bind_settings()
        bind(Act.FULL_SCREEN, self._toggle_full_screen)
        bind(Act.SECOND_SCREEN, self._clinician.open)
        bind(Act.HIDE, self._clinician.toggle)
        bind(Act.THEME, self._appearance.next_theme)

    def _bind_settings(self) -> None:
        settings, bind = self._settings, self._keys.bind
        bind("Ctrl+,", settings.open, OPENED_FROM)
        bind("Ctrl+F", settings.search, ("settings",))
        bind("Ctrl+Z", settings.undo, ("settings",))
        bind("Down", partial(settings.step, 1), ("settings",), is_repeated=True)
        bind("Up", partial(settings.step, -1), ("settings",), is_repeated=True)
        bind("Alt+Left", settings.leave, ("settings",))
        bind("Esc", self._leave_settings, ("settings",))

    def _bind_guides(self) -> None:
        guides, bind = self._screens.guides, self._keys.bind
        for name in ("calibration", "resonance", "window", "cards"):
            for key in ("Backspace", "Alt+Left"):
                bind(key, partial(guides.leave, name), (name,))
        for name in ("calibration", "resonance"):
            for key in _DIGITS:
                bind(key, partial(guides.press, name, key), (name,))
        bind("Esc", partial(guides.leave, "calibration"), ("calibration",))
        bind("Esc", self._still, ("resonance", "window", "cards"))
        bind(Act.TOO_SLOW, guides.skip, ("calibration",))
        bind(Act.RESONANCE, guides.repeat, ("calibration",))
        bind(Act.TOO_SLOW, self._pacing.too_slow, ("resonance",))
