# SPDX-License-Identifier: MIT
"""The first window, and the connect screen with what may be near."""

from dataclasses import replace

from PySide6.QtCore import Qt

from docs.pictures.scene import RETURNING, Scene
from docs.pictures.stage import Stage
from dsp.codes import Modality, NoticeCode, Reason, SensorKind, SourceState
from dsp.stream import CLIENT, NOBODY, Notice, Sighting, Status
from ui.connect.row import SensorRow

_H10, _H9, _TICKR = "ble:A0:9E:1A:00:4A:2C", "ble:A0:9E:1A:00:91:D7", "ble:E4:1B:06:00:C3:F1"
_SHIMMER, _RIDDLE = "ble:00:06:66:00:8E:10", "lsl:OpenSignals"
NEAR = (
    Sighting(_H10, "Polar H10", (Modality.RR, Modality.HR, Modality.ECG, Modality.ACC), -52, 80),
    Sighting(_SHIMMER, "Shimmer3R", (Modality.EDA,), -63, 62, kind=SensorKind.SKIN),
    Sighting(_H9, "Polar H9", (Modality.RR, Modality.HR), -72, 35),
    Sighting(_TICKR, "TICKR", (Modality.RR, Modality.HR), -88),
    Sighting(_RIDDLE, "OpenSignals", (), kind=SensorKind.STREAM, unknown_channels=("nSeq", "A1", "A2", "A3")),
)


def worn_strap(stage: Stage) -> None:
    """Connect the first strap and say whose it is."""
    _list(stage)
    stage.click("client", _connect(stage, _H10))


def _start(stage: Stage) -> None:
    stage.settle(0.0)


def _refused(stage: Stage) -> None:
    """Open a file that is no recording."""
    stage.press(Qt.Key.Key_3)
    source = stage.backstage.begun[-1][0]
    fault = Status(stage.backstage.t, source, SourceState.FAILED, reason=Reason.FILE_MALFORMED, detail="line 12: ...")
    stage.backstage.say(fault)
    stage.settle(0.5)


def _wearing(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)


def _nothing_near(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    stage.settle(12)


def _bluetooth_off(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    stage.backstage.say(Status(stage.backstage.t, "scan", SourceState.FAILED, reason=Reason.RADIO_OFF))
    stage.settle(4)


def _list(stage: Stage) -> None:
    stage.press(Qt.Key.Key_2)
    stage.backstage.say(*NEAR)
    stage.settle(12)


def _row(stage: Stage, address: str) -> SensorRow:
    return next(row for row in stage.window.findChildren(SensorRow) if row.address == address)


def _connect(stage: Stage, address: str) -> SensorRow:
    row = _row(stage, address)
    stage.click("Connect", row)
    stage.backstage.feed(Status(stage.backstage.t, address, SourceState.STREAMING, NOBODY))
    stage.settle(0.5)
    return row


def _several(stage: Stage) -> None:
    """See several sensors near, in several states, worn by two people."""
    _list(stage)
    for address, owner in ((_H10, "client"), (_SHIMMER, "client"), (_H9, "partner")):
        row = _connect(stage, address)
        stage.click(owner, row)
        row.fold()
    _connect(stage, _TICKR).fold()
    contact = Notice(stage.backstage.t, NoticeCode.CONTACT, _SHIMMER, CLIENT, (("on", False),))
    held = Status(stage.backstage.t, _TICKR, SourceState.SCANNING, NOBODY, Reason.HELD_ELSEWHERE)
    stage.backstage.feed(contact, held)
    stage.settle(1)


def _assigning(stage: Stage) -> None:
    """Ask whose a strap is, after one that was tapped."""
    _list(stage)
    _connect(stage, _H10)
    stage.backstage.feed(Notice(stage.backstage.t, NoticeCode.TAPPED_TWICE, _H10, NOBODY))
    stage.settle(1)
    _connect(stage, _H9)


def _asking(stage: Stage) -> None:
    """Ask a stream what it measures."""
    _list(stage)
    stage.click("Say what it is", _row(stage, _RIDDLE))
    stage.settle(1)


SCENES = {
    "first-window": Scene(_start),
    "file-refused": Scene(_refused),
    "wearing": Scene(_wearing, replace(RETURNING, connect_hint_seen=False)),
    "connect-empty": Scene(_nothing_near),
    "connect-bluetooth-off": Scene(_bluetooth_off),
    "connect": Scene(_several),
    "connect-assigning": Scene(_assigning),
    "connect-asking": Scene(_asking),
}
