# SPDX-License-Identifier: MIT
"""From the start of the process to the first painted window, as a ratio to a bare pyqtgraph window.

Both are started in turns in fresh processes, offscreen, so that the machine's noise meets both alike.
"""

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

from benchmarks.figure import Figure, spread

ROUNDS = 9
_WATCH = """
import time
from PySide6.QtCore import QEvent, QObject, QTimer
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.monotonic(), flush=True)
            watched.removeEventFilter(self)
            QTimer.singleShot(0, app.quit)
        return False
watcher = FirstPaint()
"""
_BARE = (
    """
from PySide6.QtWidgets import QApplication
import pyqtgraph
app = QApplication([])
window = pyqtgraph.PlotWidget()
window.plot([1, 2, 3])
"""
    + _WATCH
    + """
window.viewport().installEventFilter(watcher)
window.show()
app.exec()
"""
)
_OURS = (
    """
from app.window import run_window
from ui.start.screen import StartScreen
from ui.main_window import MainWindow
from PySide6.QtWidgets import QApplication
"""
    + _WATCH
    + """
plain_show = MainWindow.show
def show(window):
    global app
    app = QApplication.instance()
    window.findChild(StartScreen).installEventFilter(watcher)
    plain_show(window)
MainWindow.show = show
run_window(is_demo=False)
"""
)


def seconds_to_first_paint(code: str, home: str) -> float:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "ATTUNE_HOME": home},
    )
    return float(done.stdout.split()[-1]) - started


def run() -> list[Figure]:
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as home:
        for code in (_BARE, _OURS):  # the first start of each reads cold files
            seconds_to_first_paint(code, home)
        for _ in range(ROUNDS):
            bare.append(seconds_to_first_paint(_BARE, home))
            ours.append(seconds_to_first_paint(_OURS, home))
    ratio = median(ours) / median(bare)
    return [
        Figure(
            "first window, seconds", f"{spread(ours, 's')}, bare {spread(bare, 's')}", "<= 1.5 s", median(ours) <= 1.5
        ),
        Figure("first window, ratio to a bare pyqtgraph window", f"{ratio:.2f}", "<= 1.6", ratio <= 1.6),
    ]
