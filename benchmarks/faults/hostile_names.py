# SPDX-License-Identifier: MIT
"""How long the GUI thread stands still for hostile names: a list full of sensors whose names and channels are 10 MB.

The real window runs offscreen with the connect screen open; what each message and its drawing cost the
thread is measured.
"""

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.figure import Figure
from dsp.codes import SensorKind
from dsp.stream import Sighting
from tests.ui.direct_backstage import DirectBackstage
from ui.main_window import MainWindow
from ui.preferences import SIGHTS, Preferences

_LENGTH = 10_000_000
_SENSORS = 32  # as many as the list holds
_MOST_MS = 50.0  # promises.md 23


def run() -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    seeing = Preferences(connect_hint_seen=True, looks_for_streams=True, sees=SIGHTS)
    window = MainWindow(DirectBackstage(), seeing, lambda _: None)
    window.show()
    QTest.keyClick(window, Qt.Key.Key_2)
    app.processEvents()
    longest_ms = max(_stall_ms(app, window, sighting) for sighting in _hostile())
    window.close()
    what = f"GUI stall for a name of 10 MB, {_SENSORS} sensors with 64 such channels each"
    return [Figure(what, f"{longest_ms:.1f} ms", f"<= {_MOST_MS:.0f} ms", longest_ms <= _MOST_MS)]


def _hostile() -> list[Sighting]:
    names = ["\u202e<img src='file:///x'>" + "A" * _LENGTH, "it's" + "\n" * _LENGTH, "\u2066" * _LENGTH]
    return [
        Sighting(f"lsl:{i}", name, (), kind=SensorKind.STREAM, unknown_channels=(name,) * 64)
        for i in range(_SENSORS)
        for name in (names[i % len(names)], names[(i + 1) % len(names)])
    ]


def _stall_ms(app: QApplication, window: MainWindow, sighting: Sighting) -> float:
    """Time one message with all that it draws."""
    start_s = time.thread_time()
    window.deliver([sighting])
    app.processEvents()
    return 1000.0 * (time.thread_time() - start_s)
