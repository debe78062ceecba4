# SPDX-License-Identifier: MIT
"""Draw every screen, in both themes and two sizes, from the real window with the made-up person behind it.

Run as `python docs/make_screenshots.py [OUTDIR]`; without a display it draws offscreen. The clock is moved by hand, so
the pictures are the same each time.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt  # noqa: E402  # the path and the platform come first
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from dsp.codes import Modality, NoticeCode, Reason, SensorKind, SourceState  # noqa: E402
from dsp.stream import CLIENT, NOBODY, Notice, Sighting, Status  # noqa: E402
from sensors.made_up.faults import Faults, Span  # noqa: E402
from tests.ui.direct_backstage import DirectBackstage  # noqa: E402
from ui.connect.row import SensorRow  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.preferences import SIGHTS, Preferences  # noqa: E402
from ui.widgets.button import Button  # noqa: E402

_SIZES = (QSize(1440, 900), QSize(1120, 720))
_THEMES = ("dark", "light")
_H10, _H9, _TICKR = "ble:A0:9E:1A:00:4A:2C", "ble:A0:9E:1A:00:91:D7", "ble:E4:1B:06:00:C3:F1"
_SHIMMER, _RIDDLE = "ble:00:06:66:00:8E:10", "lsl:OpenSignals"
_NEAR = (
    Sighting(_H10, "Polar H10", (Modality.RR, Modality.HR, Modality.ECG, Modality.ACC), -52, 80),
    Sighting(_SHIMMER, "Shimmer3R", (Modality.EDA,), -63, 62, kind=SensorKind.SKIN),
    Sighting(_H9, "Polar H9", (Modality.RR, Modality.HR), -72, 35),
    Sighting(_TICKR, "TICKR", (Modality.RR, Modality.HR), -88),
    Sighting(_RIDDLE, "OpenSignals", (), kind=SensorKind.STREAM, unknown_channels=("nSeq", "A1", "A2", "A3")),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A window with its backstage, and what the pictures do to them."""

    application: QApplication
    backstage: DirectBackstage
    window: MainWindow

    def press(self, key: Qt.Key) -> None:
        """Press a key."""
        QTest.keyClick(self.window, key)
        self.settle(0.0)

    def settle(self, seconds: float) -> None:
        """Let time pass, and everything be drawn."""
        for _ in range(max(round(seconds * 2), 1)):
            self.backstage.advance(seconds and 0.5)
            self.window.deliver(self.backstage.drain())
        QTest.qWait(60)  # real time: the shape's own timer sees the clock that was moved


def start(stage: Stage) -> None:
    """Show the first window."""
    stage.settle(0.0)


def refused(stage: Stage) -> None:
    """Open a file that is no recording."""
    stage.press(Qt.Key.Key_3)
    source = stage.backstage.begun[-1][0]
    fault = Status(stage.backstage.t, source, SourceState.FAILED, reason=Reason.FILE_MALFORMED, detail="line 12: ...")
    stage.backstage.say(fault)
    stage.settle(0.5)


def wearing(stage: Stage) -> None:
    """Show how a strap is worn."""
    stage.press(Qt.Key.Key_2)


def nothing_near(stage: Stage) -> None:
    """Look while nothing is near yet."""
    stage.press(Qt.Key.Key_2)
    stage.settle(12)


def bluetooth_off(stage: Stage) -> None:
    """Look while Bluetooth is switched off."""
    stage.press(Qt.Key.Key_2)
    stage.backstage.say(Status(stage.backstage.t, "scan", SourceState.FAILED, reason=Reason.RADIO_OFF))
    stage.settle(4)


def _list(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    stage.backstage.say(*_NEAR)
    stage.settle(12)


def _click(inside: QWidget, words: str) -> None:
    buttons = inside.findChildren(Button)
    next(b for b in buttons if b.isVisible() and words in {b.accessibleName(), b.accessibleDescription()}).click()


def _connect(stage: Stage, address: str) -> SensorRow:
    row = next(r for r in stage.window.findChildren(SensorRow) if r.address == address)
    _click(row, "Connect")
    stage.backstage.feed(Status(stage.backstage.t, address, SourceState.STREAMING, NOBODY))
    stage.settle(0.5)
    return row


def connect(stage: Stage) -> None:
    """See several sensors near, in several states, worn by two people."""
    _list(stage)
    for address, owner in ((_H10, "client"), (_SHIMMER, "client"), (_H9, "partner")):
        row = _connect(stage, address)
        _click(row, owner)
        row.fold()
    _connect(stage, _TICKR).fold()
    contact = Notice(stage.backstage.t, NoticeCode.CONTACT, _SHIMMER, CLIENT, (("on", False),))
    held = Status(stage.backstage.t, _TICKR, SourceState.SCANNING, NOBODY, Reason.HELD_ELSEWHERE)
    stage.backstage.feed(contact, held)
    stage.settle(1)


def assigning(stage: Stage) -> None:
    """Ask whose a strap is, after one that was tapped."""
    _list(stage)
    _connect(stage, _H10)
    stage.backstage.feed(Notice(stage.backstage.t, NoticeCode.TAPPED_TWICE, _H10, NOBODY))
    stage.settle(1)
    _connect(stage, _H9)


def asking(stage: Stage) -> None:
    """Ask a stream what it measures."""
    _list(stage)
    _click(next(r for r in stage.window.findChildren(SensorRow) if r.address == _RIDDLE), "Say what it is")
    stage.settle(1)


def breathe(stage: Stage) -> None:
    """Breathe without a sensor."""
    stage.press(Qt.Key.Key_1)
    stage.settle(6.5)


def paused(stage: Stage) -> None:
    """Pause the breathing."""
    breathe(stage)
    stage.press(Qt.Key.Key_Space)
    stage.settle(3)


def calm(stage: Stage) -> None:
    """Press the stop key."""
    breathe(stage)
    stage.press(Qt.Key.Key_Escape)
    QTest.qWait(600)  # the fade runs in real time


def _made_up(stage: Stage, seconds: float) -> None:
    stage.window.begin(("demo",))
    stage.settle(1)
    stage.press(Qt.Key.Key_P)
    stage.settle(seconds)


def beginning(stage: Stage) -> None:
    """Show the first seconds of a session."""
    stage.window.begin(("demo",))
    stage.settle(6)


def session(stage: Stage) -> None:
    """Show a session after some minutes."""
    _made_up(stage, 172.5)


def signals(stage: Stage) -> None:
    """Show the raw signals, with a gap, two early beats, and motion."""
    stage.backstage.faults = Faults(ectopic_per_min=3, dropouts=(Span(206, 4),), motion=(Span(190, 3),))
    _made_up(stage, 236)
    stage.press(Qt.Key.Key_G)
    stage.settle(1)


def gap(stage: Stage) -> None:
    """Show beats that do not count, and a gap."""
    stage.backstage.faults = Faults(ectopic_per_min=1.5, dropouts=(Span(128, 7),))
    _made_up(stage, 152.5)


def unreadable(stage: Stage) -> None:
    """Show a strap that cannot be read for 18 s."""
    stage.backstage.faults = Faults(dropouts=(Span(134, 600),))
    _made_up(stage, 151)


_PICTURES: dict[str, Callable[[Stage], None]] = {
    "first-window": start,
    "file-refused": refused,
    "wearing": wearing,
    "connect-empty": nothing_near,
    "connect-bluetooth-off": bluetooth_off,
    "connect": connect,
    "connect-assigning": assigning,
    "connect-asking": asking,
    "breathe": breathe,
    "breathe-paused": paused,
    "breathe-rings": breathe,
    "calm": calm,
    "session-beginning": beginning,
    "session": session,
    "session-signals": signals,
    "session-gap": gap,
    "session-unreadable": unreadable,
}


def draw(application: QApplication, name: str, theme: str, size: QSize) -> QImage:
    """Draw one screen."""
    is_still, is_seen = name == "breathe-rings", name != "wearing"
    preferences = Preferences(
        theme, reduced_motion=is_still, connect_hint_seen=is_seen, looks_for_streams=is_seen, sees=SIGHTS
    )
    backstage = DirectBackstage()
    window = MainWindow(backstage, replace(preferences), lambda _: None, choose_file=_no_recording)
    window.resize(size)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    _PICTURES[name](Stage(application, backstage, window))
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    window.close()
    window.deleteLater()
    return image


def _no_recording(_window: QWidget) -> str:
    return "shopping-list.csv"


def main() -> int:
    """Draw all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    for name in _PICTURES:
        for theme in _THEMES:
            for size in _SIZES:
                path = folder / f"{name}-{theme}-{size.width()}.png"
                draw(application, name, theme, size).save(str(path), quality=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
