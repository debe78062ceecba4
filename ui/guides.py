# SPDX-License-Identifier: MIT
"""The guided screens of a running session: the rest that finds a window, and the assessment that finds a pace.

Law: each is made when it is first wanted; the session goes on meanwhile, and a screen that is not there hears nothing.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dsp.stream import Frame
from ui.backstage import Backstage
from ui.calibration.screen import CalibrationScreen
from ui.pacing import Pacing
from ui.resonance.screen import ResonanceScreen
from ui.theme import Look


class Guides(QObject):
    """Both guided screens.

    Parameters
    ----------
    look : Look
        The look they follow.
    backstage : Backstage
        Takes the decisions.
    pacing : Pacing
        The breathing.
    parent : QObject
        Its owner.
    """

    made = Signal(str, QWidget)  # its name among the screens
    wanted = Signal(str)  # turn to it
    left = Signal()

    def __init__(self, look: Look, backstage: Backstage, pacing: Pacing, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._backstage = backstage
        self._pacing = pacing
        self.calibration: CalibrationScreen | None = None
        self.resonance: ResonanceScreen | None = None

    def ask_for_rest(self) -> None:
        """Ask how it is now, before a rest."""
        if self.calibration is None:
            self.calibration = CalibrationScreen(self._look, self._pacing, self._backstage.send)
            self.calibration.left.connect(self.left)
            self.made.emit("calibration", self.calibration)
        self.calibration.ask(has_window=self.calibration.progress.baseline is not None)
        self.wanted.emit("calibration")

    def ask_for_pace(self) -> None:
        """Ask which way, before an assessment."""
        if self.resonance is None:
            self.resonance = ResonanceScreen(self._look, self._pacing)
            self.resonance.left.connect(self.left)
            self.made.emit("resonance", self.resonance)
        self.resonance.ask()
        self.wanted.emit("resonance")

    def take(self, frame: Frame) -> None:
        """Hand a frame of the session on."""
        if self.calibration is not None:
            self.calibration.take(frame)
        if self.resonance is not None:
            self.resonance.take(frame)

    def refresh(self, name: str, t: float) -> None:
        """Renew the screen of this name."""
        if name == "resonance" and self.resonance is not None:
            self.resonance.refresh(t)

    def leave(self, name: str) -> None:
        """Go back to the session from the screen of this name."""
        screen = self.calibration if name == "calibration" else self.resonance
        if screen is not None:
            screen.leave()

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
