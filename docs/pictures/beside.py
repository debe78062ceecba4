# SPDX-License-Identifier: MIT
"""What stands beside the session: the clinician's window on a second display, the window's own page, the settings."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt

from docs.pictures.scene import Scene
from docs.pictures.session import STILL_CALM, after_rest
from docs.pictures.stage import Stage
from dsp.baseline import Baseline, ChannelRest
from dsp.codes import Action, Channel, NoticeCode
from dsp.stream import CLIENT, Command, Marker, Notice
from sensors.made_up.faults import Faults, Span
from sensors.made_up.script import ACTIVATED, CALM, Stretch
from ui.clinician.displays import Display
from ui.clinician.window import ClinicianWindow

_PARTNER = "partner"
_DAYS = (9.0, 5.0, 2.0)  # since the rests that stand behind the window
_EIGHT = (CLIENT, _PARTNER, *(f"C-{number}" for number in range(3, 9)))


class TwoDisplays:
    """One for the client, one for the clinician."""

    def watch(self, act: Callable[[], None]) -> None:
        """Nothing is plugged in or out in a picture."""

    def all(self) -> Sequence[Display]:
        """Give both."""
        return (Display("left", "1", QRect(0, 0, 2560, 1440)), Display("right", "2", QRect(2560, 0, 2560, 1440)))


class OneDisplay(TwoDisplays):
    """One for both."""

    def all(self) -> Sequence[Display]:
        """Give it."""
        return super().all()[:1]


def _clinician(stage: Stage) -> ClinicianWindow:
    """Give the clinician's window."""
    return next(w for w in stage.application.topLevelWidgets() if isinstance(w, ClinicianWindow) and w.isVisible())


def _give_window(stage: Stage, person: str) -> None:
    rest = Baseline(0.0, person, (ChannelRest(Channel.H, 64.0, 4.0, 9.0),), 1.1, -1.1)
    for days in _DAYS:
        values = tuple((name, days if name == "age_days" else value) for name, value in rest.to_values())
        stage.backstage.send(Command(stage.backstage.t, Action.BASELINE, "app", person, values))


def _beside(stage: Stage, people: Sequence[str], seconds: float) -> None:
    stage.window.begin(tuple(f"demo:{number + 1}@{person}" for number, person in enumerate(people)))
    stage.settle(3)
    for person in people:
        _give_window(stage, person)
    stage.press(Qt.Key.Key_P)
    stage.settle(seconds)


def _lived(stage: Stage, people: Sequence[str]) -> None:
    """Live through seven minutes in which something was marked, and come to the clinician's window."""
    _beside(stage, people, 200)
    for number, percent in enumerate((80, 35)[: len(people)]):
        source, values = f"demo:{number + 1}", (("percent", percent),)
        stage.backstage.feed(Notice(stage.backstage.t, NoticeCode.BATTERY, source, people[number], values))
    for kind, seconds in (("trigger", 120), ("resource", 100)):
        stage.backstage.mark(Marker(stage.backstage.t, kind, "clinician", CLIENT))
        stage.settle(seconds)


def _one(stage: Stage) -> None:
    _lived(stage, (CLIENT,))


def _two(stage: Stage) -> None:
    _lived(stage, (CLIENT, _PARTNER))


def _moved(stage: Stage) -> None:
    _lived(stage, (CLIENT,))
    _clinician(stage).window_card.slider.upper_handle.setValue(16)


def _done(stage: Stage) -> None:
    _lived(stage, (CLIENT, _PARTNER))
    stage.click("I’m done")


def _covered(stage: Stage) -> None:
    stage.window.begin(("demo:1@client",))
    stage.settle(3)
    stage.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    stage.settle(1)


def _eight(stage: Stage) -> None:
    _beside(stage, _EIGHT, 150)


def _own_page(stage: Stage) -> None:
    after_rest(stage, 60)
    stage.press(Qt.Key.Key_K)


def _settings(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)


_LIVED = (Stretch(240.0, CALM), Stretch(120.0, ACTIVATED), Stretch(300.0, CALM))
_LOST = Faults(dropouts=(Span(150.0, 12.0),))
SCENES = {
    "clinician": Scene(_one, faults=_LOST, script=_LIVED, displays=TwoDisplays(), shown=_clinician),
    "clinician-two": Scene(_two, faults=_LOST, script=_LIVED, displays=TwoDisplays(), shown=_clinician),
    "clinician-moved": Scene(_moved, faults=_LOST, script=_LIVED, displays=TwoDisplays(), shown=_clinician),
    "clinician-done": Scene(_done, faults=_LOST, script=_LIVED, displays=TwoDisplays(), shown=_clinician),
    "clinician-covered": Scene(_covered, displays=OneDisplay(), shown=_clinician),
    "clinician-eight": Scene(_eight, script=_LIVED, displays=TwoDisplays(), shown=_clinician),
    "window-page": Scene(_own_page, script=STILL_CALM),
    "settings": Scene(_settings),
}
