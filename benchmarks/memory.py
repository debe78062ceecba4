# SPDX-License-Identifier: MIT
"""What both windows keep of eight hours: resident memory after the first hour and after the last.

The real windows run offscreen on a manual clock with the real pipeline and the synthetic person, once a second; every
five minutes somebody pauses, goes on, quickens, or opens another view. `python -m benchmarks.memory HOURS` writes
a line an hour; with `trace` behind it also where what was kept since the first one was made (slow).
"""

import gc
import sys
import tracemalloc
from collections.abc import Iterator

import psutil
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.clinician_cost import TwoDisplays
from benchmarks.figure import Figure
from tests.ui.direct_backstage import DirectBackstage
from ui.mailbox_timer import MailboxTimer
from ui.main_window import MainWindow
from ui.preferences import SIGHTS, Preferences

HOURS = 8
_STEP_S = 1.0
_HOUR_S = 3600.0
_KEYS = (Qt.Key.Key_G, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down)
_KEY_EVERY_S = 300.0
_SHOWN = 12  # places of allocation


class Day:
    """Two windows, and the hand of time."""

    def __init__(self) -> None:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        self._application = application
        self.backstage = DirectBackstage()
        self.window = MainWindow(
            self.backstage, Preferences(theme="dark", sees=SIGHTS), lambda _saved: None, displays=TwoDisplays()
        )
        (self._timer,) = self.window.findChildren(MailboxTimer)
        self._timer.stop()
        self.window.show()
        self.window.begin(("demo",), "made up")
        self.live(5.0)
        self._press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        self.live(5.0)

    def live(self, seconds: float) -> None:
        """Let so much time pass, with everything drawn."""
        for _ in range(round(seconds / _STEP_S)):
            self.backstage.advance(_STEP_S)
            self._timer.turn()
            self._application.processEvents()

    def hours(self, count: int) -> Iterator[int]:
        """Let so many hours pass; give each that is over."""
        presses = 0
        for hour in range(1, count + 1):
            for _ in range(round(_HOUR_S / _KEY_EVERY_S)):
                self.live(_KEY_EVERY_S)
                self._press(_KEYS[presses % len(_KEYS)])
                presses += 1
            yield hour

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window, key, modifier)


def resident_mb() -> float:
    """Give the resident memory of this process once what is unreachable was let go."""
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 1e6


def run() -> list[Figure]:
    """Measure the eight hours."""
    kept = [resident_mb() for _hour in Day().hours(HOURS)]
    growth = kept[-1] - kept[0]
    said = f"{growth:+.1f} MB ({kept[0]:.0f} MB after 1 h, {kept[-1]:.0f} MB after {HOURS} h)"
    return [Figure(f"memory of both windows, {HOURS} simulated hours against 1", said, "<= 5 MB", growth <= 5.0)]


def watch(hours: int, *, is_traced: bool) -> None:
    """Write how it goes, hour by hour."""
    day = Day()
    first: tracemalloc.Snapshot | None = None
    for hour in day.hours(hours):
        objects = len(day.window.findChildren(QObject))
        print(f"{hour} h: {resident_mb():.1f} MB, {len(gc.get_objects())} objects, {objects} of Qt", flush=True)
        if is_traced and first is None:
            tracemalloc.start()
            first = tracemalloc.take_snapshot()
    if first is not None:
        for place in tracemalloc.take_snapshot().compare_to(first, "lineno")[:_SHOWN]:
            print(place)


if __name__ == "__main__":
    watch(int(sys.argv[1]) if sys.argv[1:] else HOURS, is_traced="trace" in sys.argv)
