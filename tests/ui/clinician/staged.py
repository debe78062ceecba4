# SPDX-License-Identifier: MIT
"""A session with a clinician's window beside it, on displays that the test plugs and unplugs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QRect, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, Channel, Zone
from dsp.stream import CLIENT, ArousalState, Command, Frame, Tick
from tests.ui.direct_backstage import DirectBackstage
from ui.clinician.displays import Display
from ui.clinician.flow import ClinicianFlow
from ui.clinician.window import ClinicianWindow
from ui.cue_words import CueWords, OfferWords
from ui.main_window import MainWindow
from ui.preferences import Preferences

LEFT = Display("HDMI-1", "a1", QRect(0, 0, 3000, 2000))
RIGHT = Display("DP-2", "b2", QRect(3000, 0, 3000, 2000))
FEET = OfferWords("feet", Zone.ABOVE, "Feet and hands", "Press your feet into the floor.")
CUES = CueWords((FEET, OfferWords("look", Zone.ABOVE, "Look round", "Let your eyes wander.")))


class PluggedDisplays(QObject):
    """Displays that a test plugs and unplugs."""

    changed = Signal()

    def __init__(self, *displays: Display) -> None:
        super().__init__()
        self._now: tuple[Display, ...] = displays

    def watch(self, act: Callable[[], None]) -> None:
        self.changed.connect(act)

    def all(self) -> Sequence[Display]:
        return self._now

    def plug(self, *displays: Display) -> None:
        self._now = displays
        self.changed.emit()


class Pair:
    """Both windows, and the hand of time."""

    def __init__(self, qtbot: QtBot, *displays: Display, people: Sequence[str] = (CLIENT,), **chosen: object) -> None:
        self.displays = PluggedDisplays(*(displays or (LEFT, RIGHT)))
        self.backstage = DirectBackstage()
        given: dict[str, object] = {"theme": "dark", "connect_hint_seen": True, "reduced_motion": True, **chosen}
        self.client = MainWindow(
            self.backstage,
            Preferences(**given),  # type: ignore[arg-type]  # a test knows the fields
            lambda _: None,
            words=CUES,
            displays=self.displays,
        )
        self.client._mailbox.stop()
        qtbot.addWidget(self.client)
        self.client.show()
        self.client.begin(tuple(f"demo:{number + 1}@{name}" for number, name in enumerate(people)))
        self.live(3.0)
        if not self.flow.is_open:
            self.flow.open()
        qtbot.addWidget(self.window)  # a window of its own: nobody else would close it
        self.live(2.0)

    @property
    def flow(self) -> ClinicianFlow:
        return self.client._clinician

    @property
    def window(self) -> ClinicianWindow:
        assert self.flow.window is not None
        return self.flow.window

    def live(self, seconds: float, step_s: float = 0.5) -> None:
        for _ in range(round(seconds / step_s)):
            self.backstage.advance(step_s)
            self.client.deliver(self.backstage.drain())
            QCoreApplication.processEvents()

    def say(self, *frames: Frame) -> None:
        self.client.deliver(frames)
        self.live(0.5)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.window.activateWindow()
        QCoreApplication.processEvents()
        focused: QWidget | None = self.window.focusWidget()
        QTest.keyClick(self.window if focused is None else focused, key, modifier)
        self.live(0.5)

    def give_window(self, person: str = CLIENT) -> None:
        rest = Baseline(0.0, person, (ChannelRest(Channel.H, 66.0, 4.0, 9.0),), 1.1, -1.1)
        for days in (9, 5, 2):
            values = tuple((name, days if name == "age_days" else value) for name, value in rest.to_values())
            self.backstage.send(Command(self.backstage.t, Action.BASELINE, "app", person, values))
        self.live(3.0)


def state(pair: Pair, zone: Zone, *, prompt: Zone | None = None, level: float = 0.0) -> Frame:
    """Make a second of the client's in a zone."""
    told = ArousalState(
        pair.backstage.t, CLIENT, zone, level=level, trace=level, band=(level - 0.3, level + 0.3), bounds=(-1.1, 1.1),
        why=None, channels=("h",), prompt=prompt,
    )  # fmt: skip
    return Frame(Tick(pair.backstage.t), states=(told,))
