# SPDX-License-Identifier: MIT
"""From the stop key to silence and to the first frame of the calm screen, from every state of a client's session.

Real time, the real window offscreen: the key goes in as the system would send it. Silence is when the sound is told to
stop; what a device still holds then is measured by `sound`.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.figure import Figure, spread
from dsp.plan import PacingPlan
from tests.ui.direct_backstage import DirectBackstage
from ui.main_window import MainWindow
from ui.preferences import SIGHTS, Preferences
from ui.sound.seam import SoundNews, SoundState
from ui.widgets.calm import Calm

_DEMAND_MS = 100.0
_TIMES = 8


class _Heard:
    """A sound that notes when it was told to be silent."""

    news = SoundNews(SoundState.READY)

    def __init__(self) -> None:
        self._silent_t = float("inf")

    def listen(self) -> None:
        """Hear anew."""
        self._silent_t = float("inf")

    @property
    def silent_t(self) -> float:
        """When it was told to be silent."""
        return self._silent_t

    def follow(self, plan: PacingPlan | None) -> None:
        if plan is None:
            self._silent_t = time.perf_counter()

    def choose(self, kind: str, volume: float, device: str) -> None:
        """Take whatever is chosen."""

    def look(self) -> None:
        """Find none."""


class _Stage:
    def __init__(self, style: str) -> None:
        self.sound = _Heard()
        self.backstage = DirectBackstage()
        given = Preferences(sees=SIGHTS, sound="tones", style=style)
        self.window = MainWindow(self.backstage, given, lambda _: None, sound=self.sound)
        self.window.resize(QSize(1440, 900))
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def live(self, seconds: float) -> None:
        for _ in range(round(seconds * 2)):
            self.backstage.advance(0.5)
            self.window.deliver(self.backstage.drain())
        QCoreApplication.processEvents()

    def breathe(self) -> None:
        self.press(Qt.Key.Key_1)
        self.live(3.0)

    def session(self) -> None:
        self.window.begin(("demo",))
        self.live(20.0)
        self.press(Qt.Key.Key_P)
        self.live(5.0)


def _words(stage: _Stage) -> None:
    stage.session()
    stage.press(Qt.Key.Key_L)


def _felt(stage: _Stage) -> None:
    stage.session()
    stage.press(Qt.Key.Key_F)
    stage.live(1.0)


def _eyes(stage: _Stage) -> None:
    stage.breathe()
    stage.press(Qt.Key.Key_E)
    QTest.qWait(500)


def _resonance(stage: _Stage) -> None:
    stage.session()
    stage.press(Qt.Key.Key_R)
    stage.press(Qt.Key.Key_1)
    stage.live(3.0)


_STATES: dict[str, tuple[str, Callable[[_Stage], None]]] = {
    "breathing, disc": ("disc", _Stage.breathe),
    "breathing, wave": ("wave", _Stage.breathe),
    "a session with everything on": ("disc", _Stage.session),
    "the word lane": ("disc", _words),
    "a question": ("bar", _felt),
    "closed eyes": ("disc", _eyes),
    "an assessment": ("disc", _resonance),
}


def _measured(way: Callable[[_Stage], None], style: str) -> tuple[float, float]:
    """Give how long it took to silence and to the first painted frame of the calm screen, ms."""
    stage = _Stage(style)
    way(stage)
    stage.sound.listen()
    start = time.perf_counter()
    stage.press(Qt.Key.Key_Escape)
    next(iter(stage.window.findChildren(Calm))).repaint()
    painted = time.perf_counter()
    silent = stage.sound.silent_t
    stage.window.close()
    stage.window.deleteLater()
    QCoreApplication.processEvents()
    return 1000.0 * (silent - start), 1000.0 * (painted - start)


def run() -> list[Figure]:
    """Measure each state several times; what counts is the slowest."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    figures = []
    for name, (style, way) in _STATES.items():
        silent, painted = zip(*(_measured(way, style) for _ in range(_TIMES)), strict=True)
        worst = max(*silent, *painted)
        told = f"silence {spread(list(silent), 'ms')}, calm {spread(list(painted), 'ms')}"
        figures.append(Figure(f"from the stop key, {name}", told, f"<= {_DEMAND_MS:.0f} ms", worst <= _DEMAND_MS))
    return figures
