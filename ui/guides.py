# SPDX-License-Identifier: MIT
"""The guided screens of a running session: the rest that finds a window, that window, and the pace of a person's own.

Law: each is made when it is first wanted; the session goes on meanwhile. What holds of the window is followed from the
session's first frame on.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dsp.stream import CLIENT, Frame
from ui.archive.flow import ArchiveFlow
from ui.arousal.decisions import WindowDecisions
from ui.arousal.holding import WindowHolding
from ui.arousal.window_screen import WindowScreen
from ui.backstage import Backstage
from ui.calibration.screen import CalibrationScreen
from ui.client.asking import Asking
from ui.client.cards_screen import CardsScreen
from ui.pacing import Pacing
from ui.resonance.screen import ResonanceScreen
from ui.theme import Look

if TYPE_CHECKING:
    from ui.client.session import SessionScreen


class Guides(QObject):
    """The guided screens.

    Parameters
    ----------
    look : Look
        The look they follow.
    backstage : Backstage
        Takes the decisions.
    pacing : Pacing
        The breathing.
    asking : Asking
        What a person may be offered.
    archive : ArchiveFlow
        Knows what is stored; it owns them.
    """

    made = Signal(str, QWidget)  # its name among the screens
    wanted = Signal(str)  # turn to it
    left = Signal()
    names = ("calibration", "window", "resonance", "cards")

    def __init__(self, look: Look, backstage: Backstage, pacing: Pacing, asking: Asking, archive: ArchiveFlow) -> None:
        super().__init__(archive)
        self._look = look
        self._backstage = backstage
        self._pacing = pacing
        self._asking = asking
        self._archive = archive
        self._decisions = WindowDecisions.behind(backstage)
        self._holding = WindowHolding()
        self.window = WindowScreen(look, self._decisions, asking.title_of)
        self.calibration: CalibrationScreen | None = None
        self.resonance: ResonanceScreen | None = None
        self.cards: CardsScreen | None = None
        self.window.left.connect(self.left)
        self.window.rest_wanted.connect(self.ask_for_rest)
        self.window.growth_wanted.connect(self._ask_growth)
        archive.grown.connect(self.window.show_grown)

    def begin(self) -> None:
        """Begin anew with a session."""
        self._holding = WindowHolding()
        self.window.begin(self._backstage.clock())

    def ask_for_rest(self) -> None:
        """Ask how it is now, before a rest."""
        if self.calibration is None:
            self.calibration = CalibrationScreen(self._look, self._pacing, self._backstage.send, self._decisions)
            self._take_in("calibration", self.calibration)
        self.calibration.ask(self._holding)
        self.wanted.emit("calibration")

    def ask_for_pace(self) -> None:
        """Ask which way, before an assessment."""
        if self.resonance is None:
            self.resonance = ResonanceScreen(self._look, self._pacing)
            self._take_in("resonance", self.resonance)
        self.resonance.ask()
        self.wanted.emit("resonance")

    def show_cards(self) -> None:
        """Show the person's own cards."""
        if self.cards is None:
            self.cards = CardsScreen(self._look, self._asking)
            self._take_in("cards", self.cards)
        self.cards.refresh()
        self.wanted.emit("cards")

    def show_window(self) -> None:
        """Show the person's window to the clinician."""
        self.wanted.emit("window")

    def serve(self, session: "SessionScreen") -> None:
        """Turn to these screens from the session's."""
        session.rest_wanted.connect(self.ask_for_rest)
        session.pace_wanted.connect(self.ask_for_pace)
        session.window_wanted.connect(self.show_window)
        session.cards_wanted.connect(self.show_cards)

    def take(self, frame: Frame) -> None:
        """Hand a frame of the session on."""
        self._holding.take(frame)
        self.window.take(frame)
        if self.calibration is not None:
            self.calibration.take(frame)
        if self.resonance is not None:
            self.resonance.take(frame)

    def refresh(self, name: str, t: float) -> None:
        """Renew the screen of this name."""
        if name == "resonance" and self.resonance is not None:
            self.resonance.refresh(t)
        elif name == "window":
            self.window.refresh(t)

    def leave(self, name: str) -> None:
        """Go back to the session from the screen of this name."""
        screens: dict[str, Callable[[], None]] = {}
        if self.calibration is not None:
            screens["calibration"] = self.calibration.leave
        if self.resonance is not None:
            screens["resonance"] = self.resonance.leave
        screens.get(name, self.left.emit)()

    def press(self, name: str, key: str) -> None:
        """Hand a digit or T to the screen of this name."""
        screen = self.calibration if name == "calibration" else self.resonance
        if screen is not None:
            screen.press(key)

    def skip(self) -> None:
        """Go on without the running step of a rest."""
        if self.calibration is not None:
            self.calibration.press_skip()

    def repeat(self) -> None:
        """Begin a step of a rest anew."""
        if self.calibration is not None:
            self.calibration.press_again()

    def _ask_growth(self) -> None:
        """Ask what moved over the client's sessions."""
        self.window.growth.await_answer(is_asked=self._archive.ask_growth(CLIENT))

    def _take_in(self, name: str, screen: CalibrationScreen | ResonanceScreen | CardsScreen) -> None:
        screen.left.connect(self.left)
        self.made.emit(name, screen)
