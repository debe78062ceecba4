# SPDX-License-Identifier: MIT
"""A person's growth for the screens, out of a real store."""

import threading
from pathlib import Path

from app.archive_growth import ended_sessions, grown, grown_apart
from app.recording import recorded
from dsp.baseline import ArousalState, Excursion
from dsp.codes import Zone
from dsp.stream import Frame, Tick
from tests.app.store.vaults import DAY_S, Wall, agreed, opened


def _seconds(return_s: float) -> list[Frame]:
    states = [ArousalState(float(t), "client", Zone.WITHIN, 0.1, 0.3, why=None) for t in range(1, 61)]
    frames = [Frame(Tick(state.t), states=(state,)) for state in states]
    gone = Excursion(40.0, "client", Zone.ABOVE, 10.0, 0.4, return_s)
    return [*frames, Frame(Tick(61.0), excursions=(gone,))]


def test_growth_is_told_of_the_sessions_that_have_ended_the_oldest_first(tmp_path: Path) -> None:
    wall = Wall()
    with opened(tmp_path, wall) as vault:
        code = agreed(vault)
        for return_s in (20.0, 12.0):
            wall.now += DAY_S
            with recorded(vault, {"client": code}, lambda: 200.0) as session:
                for frame in _seconds(return_s):
                    session.recorder.put(frame)
        with recorded(vault, {"client": code}, lambda: 200.0):  # the one that runs
            found = grown(vault, code)
    assert (found.code, found.why_no_edge, found.left_out) == (code, "too_few_ratings", 0)
    assert [row.return_s for row in found.sessions] == [20.0, 12.0]
    assert found.sessions[0].began_utc_s < found.sessions[1].began_utc_s
    assert {trend.measure: trend.n_sessions for trend in found.trends} == {"edge_bpm": 0, "return_s": 0}
    assert [(row.offer, row.count, row.came_back) for row in found.helps] == [("nothing", 2, 2)]


def test_up_to_a_session_later_ones_do_not_count_and_a_stopped_reading_tells_nothing(tmp_path: Path) -> None:
    wall, stop = Wall(), threading.Event()
    with opened(tmp_path, wall) as vault:
        code, names = agreed(vault), []
        for _ in range(3):
            wall.now += DAY_S
            with recorded(vault, {"client": code}, lambda: 200.0) as session:
                names.append(session.live.head.session)
                for frame in _seconds(20.0):
                    session.recorder.put(frame)
        up_to = ended_sessions(vault, code, names[1])
        assert {one.head.session for one in up_to} == set(names[:2])
        found = grown_apart(up_to, code, stop)
        assert found is not None
        assert [row.return_s for row in found.sessions] == [20.0, 20.0]
        stop.set()
        assert grown_apart(up_to, code, stop) is None
