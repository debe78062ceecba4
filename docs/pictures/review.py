# SPDX-License-Identifier: MIT
"""A session looked at again: a made-up person's, through the real pipeline."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from functools import cache

from PySide6.QtCore import Qt

from app.merge import merge_recorded, time_of
from app.report.reading import read_session
from app.store.contents import SessionHead, Value
from docs.pictures.scene import Scene
from docs.pictures.sessions import SHELF
from docs.pictures.stage import Stage
from dsp.codes import Action
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Command, Frame, Item, Marker
from dsp.stream import Value as Plain
from sensors.made_up.faults import Faults, Span
from sensors.made_up.script import ACTIVATED, CALM, QUIET, Stretch
from sensors.synthetic import SyntheticPerson
from ui.archive.growth import Grown, PastRow, TrendRow
from ui.paper.record import SessionRecord
from ui.review.seam import OverSessions, Reviewed

_SECONDS, _REST_ENDS_S = 2100.0, 200.0
_SCRIPT = (
    Stretch(420.0, CALM),
    Stretch(200.0, ACTIVATED),
    Stretch(380.0, CALM),
    Stretch(80.0, ACTIVATED),
    Stretch(420.0, CALM),
    Stretch(120.0, QUIET),
    Stretch(400.0, CALM),
    Stretch(80.0, ACTIVATED),
)
_FAULTS = Faults(dropouts=(Span(840.0, 60.0), Span(1250.0, 40.0)))

_GROWN = Grown("C-7F3K", (PastRow(0.0),) * 6, trends=(TrendRow("edge_bpm"), TrendRow("return_s", 6)))


def _command(t: float, action: Action, **values: Plain) -> Command:
    return Command(t, action, "clinician", CLIENT, tuple(values.items()))


_SAID: tuple[Item, ...] = (
    _command(5.0, Action.CALIBRATE, step="felt", state="settled", level=4.0),
    _command(10.0, Action.CALIBRATE, step="rest", seconds=1e6),
    _command(_REST_ENDS_S, Action.CALIBRATE, step="done"),
    Marker(240.0, "resource", "clinician", CLIENT),
    Marker(440.0, "trigger", "clinician", CLIENT),
    _command(500.0, Action.FELT, rating=7.0),
    _command(540.0, Action.OFFER, offer="press_feet_and_hands", is_breath=False),
    _command(546.0, Action.ANSWER, offer="press_feet_and_hands", answer="yes"),
    _command(760.0, Action.FELT, rating=3.0),
    Marker(1010.0, "trigger", "clinician", CLIENT),
    _command(1050.0, Action.FELT, rating=3.0),
    Marker(1400.0, "shift", "clinician", CLIENT),
    _command(1480.0, Action.FELT, rating=2.0),
    _command(1960.0, Action.FELT, rating=3.0),
)


@cache
def _record() -> SessionRecord:
    """Live through the session once."""
    values: list[Value] = []
    pipeline = Pipeline([CLIENT])

    async def live() -> None:
        async for item in merge_recorded([_Until()], _SAID):  # type: ignore[arg-type]  # markers are items as well
            values.extend(_carried(pipeline.update(item)))

    asyncio.run(live())
    head = SessionHead("S-8MN2W", 1_795_000_000.0, 3600, 0.0, _SECONDS, {CLIENT: "C-7F3K"})
    commands = [item for item in _SAID if isinstance(item, Command)]
    return replace(read_session(head, values, commands, {"press_feet_and_hands": "Feet and hands"}), number=6)


def _carried(frame: Frame) -> Iterator[Value]:
    parts: tuple[Sequence[Value], ...] = (frame.beats, frame.scrs, frame.features, frame.states, frame.cues, frame.gaps)
    more: tuple[Sequence[Value], ...] = (frame.markers, frame.calibrations, frame.baselines, frame.excursions)
    for values in (*parts, *more):
        yield from values


class _Until:
    """The made-up person for as long as the session."""

    name = "demo:7"

    async def items(self) -> AsyncIterator[Item]:
        async for item in SyntheticPerson(7, script=_SCRIPT, faults=_FAULTS).items():
            if time_of(item) > _SECONDS:
                return
            yield item


def _asked(stage: Stage) -> None:
    stage.press(Qt.Key.Key_4)
    stage.settle(0.5)
    stage.click("Review")
    stage.backstage.say(Reviewed(_record()), OverSessions("S-8MN2W", _GROWN))
    stage.settle(0.0)


def _review(stage: Stage) -> None:
    _asked(stage)
    stage.press(Qt.Key.Key_4)
    for _ in range(3):
        stage.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)


def _signals(stage: Stage) -> None:
    _review(stage)
    stage.press(Qt.Key.Key_G)


def _report(stage: Stage) -> None:
    _review(stage)
    stage.click("PDF")


def _cards(stage: Stage) -> None:
    _review(stage)
    stage.click("What is my window?")


SCENES = {
    "review-asked": Scene(_asked, shelf=SHELF),
    "review": Scene(_review, shelf=SHELF),
    "review-signals": Scene(_signals, shelf=SHELF),
    "review-report": Scene(_report, shelf=SHELF),
    "window-cards": Scene(_cards, shelf=SHELF),
}
