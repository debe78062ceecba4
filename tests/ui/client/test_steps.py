# SPDX-License-Identifier: MIT
"""Where a protocol is, in one quiet line."""

from dsp.codes import Action
from dsp.stream import Command, Value
from ui.client.steps import ProtocolLine


def step(t: float, index: int, name: str = "Touch", **more: Value) -> Command:
    values: dict[str, Value] = {"index": index, "of": 3, "name": name, "minutes": 2.0, **more}
    return Command(t, Action.STEP, "protocol", values=tuple(values.items()))


def test_a_step_says_its_name_and_how_long_it_is() -> None:
    line = ProtocolLine()
    assert line.at(0.0, is_bare=False) == ""
    line.take(step(10.0, 0))
    assert line.at(11.0, is_bare=False) == "Touch: step 1 of 3, 2 min"
    assert line.at(11.0, is_bare=True) == "Touch"


def test_after_its_minutes_it_says_what_it_waits_for() -> None:
    line = ProtocolLine()
    line.take(step(10.0, 0, opens_after_s=60.0))
    assert line.at(131.0, is_bare=True) == "Touch: goes on after a while inside your window"


def test_a_step_that_waits_for_nothing_does_not_say_so() -> None:
    line = ProtocolLine()
    line.take(step(10.0, 0, opens_after_s=0.0))
    assert line.at(131.0, is_bare=True) == "Touch"


def test_the_end_of_a_protocol_says_nothing_more() -> None:
    line = ProtocolLine()
    line.take(step(10.0, 2))
    line.take(Command(20.0, Action.STEP, "protocol", values=(("index", 3), ("of", 3))))
    assert line.at(21.0, is_bare=False) == ""


def test_a_foreign_name_is_washed_and_short() -> None:
    line = ProtocolLine()
    line.take(step(10.0, 0, name="\u202e" + "x" * 500))
    assert len(line.at(11.0, is_bare=True)) <= 40
