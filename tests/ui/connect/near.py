# SPDX-License-Identifier: MIT
"""Sensors that are near in the tests, and a person's hand on the connect screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dsp.codes import Modality, NoticeCode, Reason, SensorKind, SourceState
from dsp.stream import NOBODY, Notice, Sighting, Status, Value
from resources.words import gettext
from tests.ui.conftest import Stage
from ui.connect.row import SensorRow
from ui.widgets.button import Button

STRAP, OTHER_STRAP, BAND = "ble:A0:9E:1A:00:4A:2C", "ble:E4:1B:06:00:C3:F1", "ble:24:AC:AC:00:22:B0"
FINGERS, STREAM, RIDDLE = "ble:00:06:66:00:8E:10", "lsl:EmotiBit EDA", "lsl:OpenSignals"

H10 = Sighting(STRAP, "Polar H10", (Modality.RR, Modality.HR, Modality.ECG, Modality.ACC), -52, 80)
TICKR = Sighting(OTHER_STRAP, "TICKR", (Modality.RR, Modality.HR), -88)
VERITY = Sighting(BAND, "Verity", (Modality.HR, Modality.RR, Modality.PPG), -63, 91, kind=SensorKind.ARM_BAND)
SHIMMER = Sighting(FINGERS, "Shimmer3R", (Modality.EDA,), -63, 62, kind=SensorKind.SKIN)
EMOTIBIT = Sighting(STREAM, "EmotiBit EDA", (Modality.EDA,), kind=SensorKind.STREAM)
OPEN_SIGNALS = Sighting(RIDDLE, "OpenSignals", (), kind=SensorKind.STREAM, unknown_channels=("nSeq", "A1", "A2"))
ALL = (H10, TICKR, VERITY, SHIMMER, EMOTIBIT, OPEN_SIGNALS)


def look(stage: Stage, *sightings: Sighting) -> None:
    """Go to the list, where these are near."""
    stage.press(Qt.Key.Key_2)
    stage.backstage.say(*sightings)
    stage.live(0.5)


def row(stage: Stage, address: str) -> SensorRow:
    return stage.window._screens.connecting.screen.sensors._rows[address]


def button(inside: QWidget, words: str) -> Button:
    """Give the one button with these words, in the language of now, that can be seen."""
    found = [b for b in inside.findChildren(Button) if b.isVisible() and b.accessibleName() == gettext(words)]
    assert len(found) == 1, (words, [b.accessibleName() for b in inside.findChildren(Button) if b.isVisible()])
    return found[0]


def press(stage: Stage, inside: QWidget, words: str) -> None:
    button(inside, words).click()
    stage.live(0.5)


def connect(stage: Stage, *addresses: str) -> None:
    """Connect these, and let them stream."""
    for address in addresses:
        press(stage, row(stage, address), "Connect")
        hear(stage, address, SourceState.STREAMING)


def hear(stage: Stage, address: str, state: SourceState, reason: Reason | None = None, person: str = NOBODY) -> None:
    stage.backstage.feed(Status(stage.backstage.t, address, state, person, reason))
    stage.live(0.5)


def note(stage: Stage, address: str, code: NoticeCode, person: str = NOBODY, **values: Value) -> None:
    stage.backstage.feed(Notice(stage.backstage.t, code, address, person, tuple(values.items())))
    stage.live(1.0)  # and what the screen decides comes back


def give(stage: Stage, address: str, to: str) -> None:
    """Choose by hand whose a sensor is."""
    asked = gettext("Whose is it?")
    choices = [b for b in row(stage, address).findChildren(Button) if b.accessibleDescription() == asked]
    next(b for b in choices if b.accessibleName() == gettext(to)).click()
    stage.live(0.5)


def start(stage: Stage) -> None:
    """Start the session; whoever is asked about storing chooses live only."""
    press(stage, stage.window, "Start")
    while stage.shown() == "consent":
        press(stage, stage.window, "Start, live only")


def connected_session(stage: Stage, *sightings: Sighting) -> None:
    """Lead to the session of these sensors, all of them the client's."""
    look(stage, *sightings)
    for sighting in sightings:
        connect(stage, sighting.address)
        give(stage, sighting.address, "client")
    start(stage)
