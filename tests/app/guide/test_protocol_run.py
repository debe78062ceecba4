# SPDX-License-Identifier: MIT
import pytest

from app.guide.protocol import PROTOCOLS, Protocol
from app.guide.protocol_run import ProtocolRun
from dsp.baseline import ArousalState
from dsp.codes import Action, Zone
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Command, Frame, Tick

_PLAN = """
name = "Short"
[[step]]
name = "Arrive"
minutes = 1
opens_after_s = 30
[[step]]
name = "Breathe"
minutes = 1
cue = "breath"
breaths_per_min = 7.0
[[step]]
name = "Follow"
minutes = 1
cue = "own_breath"
"""


def _protocol(text: str = _PLAN) -> Protocol:
    return PROTOCOLS.parse(text.encode(), "short.toml")


def _second(t: int, zone: Zone) -> Frame:
    return Frame(Tick(float(t)), states=(ArousalState(float(t), zone=zone),))


def _went(zones: dict[int, Zone], until: int, usual: Zone = Zone.WITHIN) -> list[Command]:
    sent: list[Command] = []
    run = ProtocolRun(_protocol(), CLIENT, sent.append)
    for second in range(until):
        run.put(_second(second, zones.get(second, usual)))
    return sent


def _steps(sent: list[Command]) -> list[tuple[float, int]]:
    return [(c.t, int(dict(c.values)["index"])) for c in sent if c.action is Action.STEP]


def test_the_steps_follow_each_other_by_their_minutes() -> None:
    sent = _went({}, 400)
    assert _steps(sent) == [(0.0, 0), (60.0, 1), (120.0, 2), (180.0, 3)]
    assert [c.action for c in sent if c.action is not Action.STEP] == [
        Action.STOP_CUES,
        Action.PACE,
        Action.PACE,
        Action.STOP_CUES,
    ]


@pytest.mark.parametrize(
    ("zones", "opens_at"),
    [
        (dict.fromkeys(range(40, 100), Zone.ABOVE), 129.0),  # thirty seconds inside, counted anew
        (dict.fromkeys(range(100), Zone.UNKNOWN), 129.0),  # what is unknown is not inside
        (dict.fromkeys(range(20, 100), Zone.UNKNOWN), 110.0),  # and does not take away what was
    ],
)
def test_the_next_step_opens_only_after_time_back_inside(zones: dict[int, Zone], opens_at: float) -> None:
    assert _steps(_went(zones, 300))[1] == (opens_at, 1)


def test_who_stays_outside_is_never_hurried() -> None:
    assert _steps(_went({}, 3600, usual=Zone.ABOVE)) == [(0.0, 0)]


def test_its_commands_lead_the_pacer_as_a_persons_would() -> None:
    pipeline = Pipeline((CLIENT,))
    waiting: list[Command] = []
    run = ProtocolRun(_protocol(_PLAN.replace("opens_after_s = 30", "")), CLIENT, waiting.append)
    rates = {}
    for second in range(200):
        frame = pipeline.update(Tick(float(second)))
        run.put(frame)
        while waiting:
            pipeline.update(waiting.pop(0))
        rates[second] = frame.cues[-1].breaths_per_min
    assert rates[30] is None
    assert rates[90] == pytest.approx(7.0)
    assert rates[199] is None
