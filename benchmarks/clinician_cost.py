# SPDX-License-Identifier: MIT
"""What the clinician's window costs the GUI thread beside the client's, and what the pacer keeps of its pace meanwhile.

Both real windows run offscreen on a manual clock with the real pipeline and synthetic people, as in `gui_cost`; a turn
is the 33 ms timer's: everything taken in, drawn and painted. The pacer's frames are painted between the turns: a frame
waits for the turn before it, so a frame's distance to the next is at most its own 16 ms, and the turn's work.
"""

import time
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np
from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QApplication

from benchmarks.figure import Figure, spread
from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, Channel
from dsp.stream import CLIENT, Command
from tests.ui.direct_backstage import DirectBackstage
from ui.clinician.displays import Display
from ui.clinician.window import ClinicianWindow
from ui.mailbox_timer import MailboxTimer
from ui.main_window import MainWindow
from ui.preferences import SIGHTS, Preferences
from ui.widgets.pacer import Pacer

TURNS_A_SECOND = 30
BEFORE_S, SECONDS = 70, 40
FRAME_MS = 16.0


class TwoDisplays(QObject):
    """The client's display, and one beside it."""

    def watch(self, act: Callable[[], None]) -> None:
        """Nothing changes."""

    def all(self) -> Sequence[Display]:
        return [Display("A", "1", QRect(0, 0, 1920, 1080)), Display("B", "2", QRect(1920, 0, 1920, 1080))]


def run() -> list[Figure]:
    return [figure for people, most_ms in ((2, 2.0), (8, 12.0)) for figure in figures_of(people, most_ms)]


def figures_of(people: int, most_ms: float) -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    turns, frames = watched(app, people)
    gaps = [FRAME_MS + turn + frame for turn, frame in zip(turns, frames, strict=True)]
    slowest = float(np.percentile(gaps, 99))
    return [
        Figure(
            f"GUI work per turn with {people} people on the clinician's screen",
            spread(turns, "ms"),
            f"median <= {most_ms:g} ms",
            median(turns) <= most_ms,
        ),
        Figure(
            f"distance of the pacer's frames meanwhile, {people} people",
            f"median {median(gaps):.1f} ms ({1000 / median(gaps):.0f} fps), p99 {slowest:.1f} ms",
            ">= 30 fps, p99 <= 50 ms",
            median(gaps) <= 1000 / 30 and slowest <= 50,
        ),
    ]


def watched(app: QApplication, people: int) -> tuple[list[float], list[float]]:
    """Run a session; give what each turn took, and the pacer's frame after it, in ms of the thread's own time."""
    backstage = DirectBackstage()
    window = MainWindow(backstage, Preferences(sees=SIGHTS), lambda _: None, displays=TwoDisplays())
    for timer in window.findChildren(MailboxTimer):
        timer.stop()
    window.resize(1440, 900)
    window.show()
    names = [CLIENT, *(f"C-{n}" for n in range(1, people))]
    window.begin([f"demo:{n + 1}@{name}" for n, name in enumerate(names)])
    pass_time(app, window, backstage, 2)
    for name in names:
        rest = Baseline(0.0, name, (ChannelRest(Channel.H, 68.0, 4.0, 9.0),), 1.1, -1.1)
        backstage.send(Command(backstage.t, Action.BASELINE, "app", name, rest.to_values()))
    pass_time(app, window, backstage, BEFORE_S)
    assert any(isinstance(shown, ClinicianWindow) and shown.isVisible() for shown in app.topLevelWidgets())
    pacers = [pacer for pacer in window.findChildren(Pacer) if pacer.isVisible()]
    turns: list[float] = []
    frames: list[float] = []
    for _ in range(SECONDS * TURNS_A_SECOND):
        backstage.advance(1.0 / TURNS_A_SECOND)
        turns.append(milliseconds(lambda: turn(app, window, backstage)))
        frames.append(milliseconds(pacers[0].repaint) if pacers else 0.0)
    window.close()
    return turns, frames


def pass_time(app: QApplication, window: MainWindow, backstage: DirectBackstage, seconds: int) -> None:
    for _ in range(seconds):
        backstage.advance(1.0)
        turn(app, window, backstage)


def turn(app: QApplication, window: MainWindow, backstage: DirectBackstage) -> None:
    window.deliver(backstage.drain())
    app.processEvents()


def milliseconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return 1000.0 * (time.thread_time() - started)
