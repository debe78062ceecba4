# SPDX-License-Identifier: MIT
from dataclasses import replace

import numpy as np
import pytest

from app.growth import growth_of
from app.store.contents import SessionHead, Value
from benchmarks.arousal.synthetic_people import ratings_of_a_person
from dsp.baseline import ArousalState, Baseline, ChannelRest, Excursion
from dsp.codes import Action, Channel, NoticeCode, Zone
from dsp.growth.felt_edge import FeltEdge, NoEdge, Rating
from dsp.growth.helps import NOTHING, Help
from dsp.stream import Command, Item, Notice
from tests.app.recorded_session import STARTED_UTC_S, KeptSession

_CODE = "C-7F3K"
_REST = Baseline(10.0, "client", (ChannelRest(Channel.H, 64.0, 4.0, 9.0),), 1.0, -1.0)


def _session(
    day: int, *, ratings: list[Rating] | None = None, back_s: float | None = 100.0, device: str = "H10", taken: str = ""
) -> KeptSession:
    """Make a session with one time outside from 300 s on, and ratings at levels that are held for a minute each."""
    values: list[Value] = [Notice(0.0, NoticeCode.DEVICE, "ble:A", values=(("model", device),)), _REST]
    items: list[Item] = []
    for index, rating in enumerate(ratings or []):
        end_s = 60.0 * (index + 1)
        values += [ArousalState(end_s - k, zone=Zone.WITHIN, level=rating.level) for k in range(60)]
        items.append(Command(end_s, Action.FELT, "client", values=(("rating", rating.felt.value),)))
    values.append(ArousalState(3600.0, zone=Zone.WITHIN, level=0.0))
    values.append(Excursion(300.0, "client", Zone.ABOVE, 300.0, 0.3))
    if back_s is not None:
        values.append(Excursion(330.0 + back_s, "client", Zone.ABOVE, 300.0, 0.3, back_s))
    if taken:
        items.append(Command(320.0, Action.ANSWER, "client", values=(("offer", taken), ("answer", "yes"))))
    head = SessionHead(f"S-{day}", STARTED_UTC_S + 86400.0 * day, 0, 0.0, codes={"client": _CODE})
    return KeptSession(head, tuple(items), tuple(values))


def test_the_felt_edge_comes_back_from_the_recordings() -> None:
    rng = np.random.default_rng(3)
    sessions = [_session(day, ratings=ratings_of_a_person(rng, edge=1.1, count=8)) for day in range(4)]
    growth = growth_of(sessions, _CODE)
    assert isinstance(growth.edge, FeltEdge)
    assert growth.edge.level == pytest.approx(1.1, abs=0.3)
    assert growth.edge.n_ratings == 32


def test_a_way_back_that_grows_shorter_is_growth() -> None:
    sessions = [_session(day, back_s=400.0 - 40.0 * day + 5.0 * (day % 2)) for day in range(8)]
    trend = growth_of(sessions, _CODE).trends["return_s"]
    assert trend is not None
    assert trend.is_shown
    assert trend.change < 0.0


def test_few_sessions_and_none_tell_what_is_missing() -> None:
    growth = growth_of([_session(1)], _CODE)
    assert growth.edge is NoEdge.TOO_FEW_RATINGS
    assert growth.trends == {"edge_bpm": None, "return_s": None}
    assert growth_of([], _CODE).sessions == ()


def test_made_up_people_and_other_devices_are_left_out() -> None:
    made_up = _session(3)
    made_up = KeptSession(replace(made_up.head, is_synthetic=True), made_up.kept_items, made_up.kept_values)
    growth = growth_of([_session(2), _session(1, device="other"), made_up], _CODE)
    assert [session.head.session for session in growth.sessions] == ["S-2"]
    assert growth.others == 2


def test_what_was_taken_up_stands_beside_doing_nothing() -> None:
    sessions = [_session(1, taken="look_round", back_s=80.0), _session(2, back_s=200.0), _session(3, back_s=None)]
    assert growth_of(sessions, _CODE).helps[Zone.ABOVE] == (
        Help("look_round", 1, 1, 60.0),
        Help(NOTHING, 2, 1, 200.0),
    )


def test_another_persons_part_of_a_session_is_not_read() -> None:
    assert growth_of([_session(1, back_s=50.0)], "C-OTHER").sessions[0].measures.ways_back == ()
