# SPDX-License-Identifier: MIT
"""What hostile devices and streams send is small and plain before it is kept, so that no screen can stall on it."""

import pytest
from PySide6.QtWidgets import QWidget

from dsp.codes import NoticeCode, SensorKind
from dsp.stream import Notice, Sighting
from tests.ui.conftest import Staging, texts_of
from tests.ui.connect.near import give, look, note, press, row, start
from ui.connect.news import SensorNews
from ui.connect.sensors import Nearby, NearbySensors

LONG = 10_000_000
NAMES = (
    "\u202e<img src='file:///etc/passwd'>" + "A" * LONG,
    "it's <b>bold</b>",
    "\u2066\u200bx\x00\x1b[31m",
    "' or name()='",
    "\n" * LONG,
    "",
)


def kept(sighting: Sighting) -> Nearby | None:
    sensors = NearbySensors()
    sensors.see(sighting, 0.0)
    return next(iter(sensors), None)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_only_a_short_plain_name_is_kept(name: str) -> None:
    nearby = kept(Sighting("lsl:x", name, (), kind=SensorKind.STREAM, unknown_channels=(name,) * 3))
    assert nearby is not None
    for text in (nearby.name, *nearby.unknown_channels):
        assert len(text) <= 64
        assert text.isprintable()


def test_of_a_million_channels_64_are_kept() -> None:
    nearby = kept(Sighting("lsl:x", "x", (), kind=SensorKind.STREAM, unknown_channels=("<b>",) * 1_000_000))
    assert nearby is not None
    assert len(nearby.unknown_channels) == 64


def test_what_has_no_end_is_no_address() -> None:
    assert kept(Sighting("lsl:" + "x" * LONG, "x", ())) is None


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_hostile_name_reaches_a_widget_as_it_came(staging: Staging, name: str) -> None:
    stage = staging(looks_for_streams=True)
    channels = (name, name)
    look(
        stage,
        Sighting("lsl:it's", name, (), kind=SensorKind.STREAM, unknown_channels=channels),
        Sighting("ble:x", name, (), -50),
    )
    press(stage, row(stage, "lsl:it's"), "Say what it is")
    press(stage, row(stage, "ble:x"), "Connect")
    give(stage, "ble:x", "client")
    start(stage)
    note(stage, "ble:x", NoticeCode.BATTERY, "client", percent=3)
    press(stage, stage.window, "Sensors")
    spoken = [w.accessibleName() for w in stage.window.findChildren(QWidget)]
    spoken += [w.accessibleDescription() for w in stage.window.findChildren(QWidget)]
    for text in [*texts_of(stage.window), *spoken]:
        assert len(text) <= 256
        assert "\u202e" not in text
        assert "\x1b" not in text


def test_a_notices_own_text_is_never_said() -> None:
    news = SensorNews()
    for serial in ("<b>one", "<b>two" * LONG):
        words = news.words_on(Notice(1.0, NoticeCode.DEVICE, "ble:x", values=(("serial", serial),)), "Blue 2")
    assert words == "Blue 2 is another device than before: look whose it is."


@pytest.mark.parametrize("percent", ["20", "<b>", True, 3.5])
def test_a_charge_that_is_no_whole_number_is_no_charge(percent: str | float) -> None:
    notice = Notice(1.0, NoticeCode.BATTERY, "ble:x", values=(("percent", percent),))
    sensors = NearbySensors()
    sensors.see(Sighting("ble:x", "x", ()), 0.0)
    assert sensors.note(notice) is None
    assert SensorNews().words_on(notice, "x") == ""
