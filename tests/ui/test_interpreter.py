# SPDX-License-Identifier: MIT
"""The toolkit does not eat the interpreter (promises.md, traps), and starts without what it need not have."""

import gc
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tests.ui.conftest import Stage

ROOT = Path(__file__).parents[2]
_SPARE = 200  # references that come and go by themselves


class Sender(QObject):
    sent = Signal(object)


def test_none_keeps_its_references_over_500_painted_frames_of_the_session(stage: Stage) -> None:
    stage.window.begin(("demo",))
    stage.live(5.0)
    session = stage.window._screens.session
    assert session is not None
    gc.collect()  # what the tests before left holds None as well
    before = sys.getrefcount(None)
    for _ in range(500):
        stage.backstage.advance(0.2)
        stage.turn()
        session.pacer.repaint()
        session.views.beats.trend.viewport().repaint()
    assert sys.getrefcount(None) > before - _SPARE


def test_none_keeps_its_references_over_2000_signals(qapp: object) -> None:
    sender = Sender()
    heard: list[object] = []
    sender.sent.connect(heard.append)
    before = sys.getrefcount(None)
    for i in range(2000):
        sender.sent.emit(i)
    assert len(heard) == 2000
    assert sys.getrefcount(None) > before - _SPARE


def test_the_first_window_needs_neither_plots_nor_scipy() -> None:
    code = """
import sys
import ui.main_window
from PySide6.QtWidgets import QApplication
from tests.ui.direct_backstage import DirectBackstage
from ui.preferences import Preferences
application = QApplication([])
window = ui.main_window.MainWindow(DirectBackstage(), Preferences(), lambda _: None)
window.show()
application.processEvents()
print(len({"pyqtgraph", "scipy", "bleak", "pylsl", "sqlite3"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "0"
