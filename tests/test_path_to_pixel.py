# SPDX-License-Identifier: MIT
"""The whole path with nothing replaced but the radio: strap, GATT, bleak's client, worker, pipeline, window, pixels."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.address import Address
from app.clock import Clock
from app.conductor import Outside
from app.live import run_live
from app.live_merge import Roster
from app.merge import Feed
from app.worker import Worker
from dsp.codes import Action, Modality, SourceState, Verdict
from dsp.stream import Chunk, Command, Frame, Status
from sensors.ble.scan import scan
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_strap import ADDRESS, VirtualStrap, virtual_strap
from tests.virtual_time import run_virtual
from ui.main_window import MainWindow
from ui.preferences import SIGHTS, Preferences
from ui.theme import Look
from ui.widgets.button import Button
from ui.widgets.heart_rate import HeartRate
from ui.widgets.trend import Trend

PATIENCE_MS = 15_000
_SEEING = Preferences(theme="dark", connect_hint_seen=True, sees=SIGHTS)


class Setup:
    """A window on a worker whose only radio is virtual."""

    def __init__(self, qtbot: QtBot) -> None:
        self.strap = VirtualStrap()
        backend = backend_of(VirtualBluetooth([(ADDRESS, self.strap)]))

        def connect(address: str, clock: Clock) -> Feed:
            read = Address.read(address)
            return Feed(BleSensor(read.rest, clock=clock, person=read.person, backend=backend), read.person)

        outside = Outside(time.monotonic, time.monotonic, connect, lambda clock: scan(clock=clock, backend=backend))
        self.worker = Worker(outside)
        self.window = MainWindow(self.worker, _SEEING, lambda _: None)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.worker.start()

    def button(self, words: str) -> Button | None:
        buttons = self.window.findChildren(Button)
        return next((b for b in buttons if b.isVisible() and b.isEnabled() and b.accessibleName() == words), None)

    def notify(self, rr_1024: list[int]) -> None:
        self.strap.from_outside(self.strap.notify(hr_bpm=75, rr_1024=rr_1024, contact=True)).result(5)


@pytest.fixture
def setup(qtbot: QtBot) -> Iterator[Setup]:
    made = Setup(qtbot)
    yield made
    assert made.worker.close()


def texts_in(widget: QWidget) -> str:
    return " ".join(str(child.text()) for child in widget.findChildren(QWidget) if hasattr(child, "text"))


def has_painted(widget: QWidget, color: QColor) -> bool:
    """Tell whether any pixel of the widget, as it is painted now, has this colour."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32) & 0xFFFFFF
    return bool(np.any(pixels == (color.rgb() & 0xFFFFFF)))


def test_a_notification_of_the_strap_becomes_pixels_in_the_window(setup: Setup, qtbot: QtBot) -> None:
    QTest.keyClick(setup.window, Qt.Key.Key_2)
    press(setup, qtbot, "Connect")
    qtbot.waitUntil(setup.strap.is_subscribed.is_set, timeout=PATIENCE_MS)
    press(setup, qtbot, "client")
    press(setup, qtbot, "Start")
    press(setup, qtbot, "Start, live only")
    setup.notify([])  # a rate without intervals: the strap streams, the tachogram has nothing to show
    rate = visible_rate(setup, qtbot)
    (tachogram, _) = setup.window.findChildren(Trend)
    signal = Look(Preferences(theme="dark"), setup.window).color("signal")
    assert not has_painted(tachogram, signal)

    setup.notify([819, 819, 819])
    setup.notify([820, 818])

    qtbot.waitUntil(lambda: "75" in texts_in(rate), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: has_painted(tachogram, signal), timeout=PATIENCE_MS)


def press(setup: Setup, qtbot: QtBot, words: str) -> None:
    """Press a button as soon as it can be pressed."""
    qtbot.waitUntil(lambda: setup.button(words) is not None, timeout=PATIENCE_MS)
    found = setup.button(words)
    assert found is not None
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def visible_rate(setup: Setup, qtbot: QtBot) -> HeartRate:
    rates = setup.window.findChildren
    qtbot.waitUntil(lambda: any(rate.isVisible() for rate in rates(HeartRate)), timeout=PATIENCE_MS)
    return next(rate for rate in rates(HeartRate) if rate.isVisible())


class Kept:
    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def put(self, frame: Frame) -> None:
        self.frames.append(frame)


def test_the_same_session_runs_without_a_screen() -> None:
    kept = Kept()

    async def session() -> None:
        clock = asyncio.get_running_loop().time
        async with virtual_strap() as (backend, strap):

            async def wear() -> None:
                await strap.subscribed()
                for _ in range(40):
                    await strap.notify(hr_bpm=75, rr_1024=[819], contact=True)
                    await asyncio.sleep(0.8)

            async def nobody_decides() -> AsyncIterator[Command]:
                await asyncio.Event().wait()
                yield Command(0.0, Action.PAUSE, "nobody")

            worn = asyncio.create_task(wear())
            running = asyncio.create_task(
                run_live(
                    Roster([Feed(BleSensor(ADDRESS, clock=clock, backend=backend))]),
                    nobody_decides(),
                    [kept],
                    clock=clock,
                    sleepless=clock,
                )
            )
            await worn
            running.cancel()
            await asyncio.wait({running})

    run_virtual(session())

    rr = [f.item for f in kept.frames if isinstance(f.item, Chunk) and f.item.modality is Modality.RR]
    assert [chunk.values.tolist() for chunk in rr] == [[819 * 1000 / 1024]] * 40
    assert any(isinstance(f.item, Status) and f.item.state is SourceState.STREAMING for f in kept.frames)
    settled = [b for f in kept.frames for b in f.beats if b.confirmed_t is not None]
    assert [b.verdict for b in settled] == [Verdict.NORMAL] * 39
    last = [f.features[0] for f in kept.frames if f.features][-1]
    assert last.hr_bpm.value == pytest.approx(60_000 / (819 * 1000 / 1024))
    assert last.rmssd_ms.value == pytest.approx(0.0, abs=1e-9)
