# SPDX-License-Identifier: MIT
"""What the screens cost the GUI thread: per beat, per timer turn, and per painted frame of the pacer.

The real window runs offscreen on a manual clock with the real pipeline and the synthetic person; every paint that a
second brings is done before the next one.
"""

import time
from statistics import median

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.figure import Figure, spread
from dsp.stream import Beat
from tests.ui.direct_backstage import DirectBackstage
from ui.mailbox_timer import MailboxTimer
from ui.main_window import MainWindow
from ui.preferences import SIGHTS, Preferences
from ui.widgets.pacer import Pacer

SECONDS = 180
TURNS_A_SECOND = 30
FRAMES = 400


def run() -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    backstage = DirectBackstage()
    window = MainWindow(backstage, Preferences(sees=SIGHTS), lambda _: None)
    window.resize(QSize(1440, 900))
    window.show()
    window.begin(("demo",), "made up")
    for _ in range(70 * TURNS_A_SECOND):  # the plots are full before anything is measured
        backstage.advance(1.0 / TURNS_A_SECOND)
        _timer_of(window).turn()
    app.processEvents()
    beats, seconds, turns = watched_session(app, window, backstage)
    per_beat_ms = 1000.0 * sum(turns) / beats
    frame_ms, empty_ms = pacer_frames(app, window)
    return [
        Figure(
            "GUI time per beat (thread time)",
            f"{per_beat_ms:.2f} ms ({beats} beats in {seconds} s)",
            "<= 5 ms",
            per_beat_ms <= 5,
        ),
        Figure(
            "GUI work per turn of the 30 Hz timer",
            spread([1000 * turn for turn in turns], "ms"),
            "median <= 2 ms",
            1000 * median(turns) <= 2,
        ),
        Figure(
            "one painted frame of the pacer",
            f"{spread(frame_ms, 'ms')}, empty repaint {spread(empty_ms, 'ms')}",
            "reported",
        ),
    ]


def watched_session(app: QApplication, window: MainWindow, backstage: DirectBackstage) -> tuple[int, int, list[float]]:
    """Run the session on; give its beats, its seconds, and the time that each turn took with all it painted."""
    timer = _timer_of(window)
    beats, turns = 0, []
    for _ in range(SECONDS * TURNS_A_SECOND):
        backstage.advance(1.0 / TURNS_A_SECOND)
        beats += sum(_new_beats(backstage))
        started = time.thread_time()  # what the thread works, whatever else the machine does
        timer.turn()
        app.processEvents()
        turns.append(time.thread_time() - started)
    return beats, SECONDS, turns


def _timer_of(window: MainWindow) -> MailboxTimer:
    (timer,) = window.findChildren(MailboxTimer)
    return timer


def _new_beats(backstage: DirectBackstage) -> list[int]:
    messages = list(backstage.drain())
    backstage.say(*messages)
    beats = [beat for message in messages for beat in getattr(message, "beats", ())]
    return [1 for beat in beats if isinstance(beat, Beat) and beat.confirmed_t is None]


def pacer_frames(app: QApplication, window: MainWindow) -> tuple[list[float], list[float]]:
    (pacer,) = [pacer for pacer in window.findChildren(Pacer) if pacer.isVisible()]
    empty = QWidget()
    empty.resize(pacer.size())
    empty.show()
    app.processEvents()
    painted: dict[QWidget, list[float]] = {pacer: [], empty: []}
    for _ in range(FRAMES):
        for widget, times in painted.items():
            started = time.perf_counter()
            widget.repaint()
            times.append(1000 * (time.perf_counter() - started))
    empty.close()
    return painted[pacer], painted[empty]
