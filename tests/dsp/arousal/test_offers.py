# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Action
from dsp.cues import Cues
from dsp.stream import Command, Cue, Item, Tick, Values
from tests.dsp.beats import CUTS, HOSTILE_ITEMS
from tests.laws import check_cutting_law

_HAND = (("offer", "look_round"),)


def _last(items: list[Item]) -> Cue:
    cues = Cues()
    return [cue for item in items for cue in cues.update(item)][-1]


def _command(t: float, action: Action, values: Values = ()) -> Command:
    return Command(t, action, "clinician", values=values)


def test_an_offer_is_seen_at_once_and_stands_for_half_a_minute() -> None:
    hand = _command(10.5, Action.OFFER, _HAND)
    assert _last([Tick(10.0), hand]).offer == "look_round"
    assert _last([hand, Tick(40.0)]).offer == "look_round"
    assert _last([hand, Tick(41.0)]).offer is None


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_yes_and_no_both_end_it(answer: str) -> None:
    answered = _command(12.0, Action.ANSWER, (("offer", "look_round"), ("answer", answer)))
    assert _last([_command(10.0, Action.OFFER, _HAND), answered]).offer is None


def test_taking_up_something_else_in_its_place_ends_it() -> None:
    other = (("offer", "press_feet"), ("answer", "yes"), ("instead_of", "look_round"))
    assert _last([_command(10.0, Action.OFFER, _HAND), _command(12.0, Action.ANSWER, other)]).offer is None


def test_an_answer_to_an_earlier_offer_leaves_the_new_one() -> None:
    late = _command(12.0, Action.ANSWER, (("offer", "press_feet"), ("answer", "no")))
    assert _last([_command(10.0, Action.OFFER, _HAND), late, Tick(13.0)]).offer == "look_round"


def test_one_key_stops_everything() -> None:
    items: list[Item] = [
        _command(9.0, Action.PACE, (("breaths_per_min", 6.0),)),
        _command(10.0, Action.OFFER, _HAND),
        _command(11.0, Action.STOP_CUES),
    ]
    cue = _last(items)
    assert cue.offer is None
    assert cue.plan is None


def test_who_wants_no_breath_cues_is_offered_none() -> None:
    wish = _command(1.0, Action.CONDITION, (("name", "no_breath_cues"), ("on", True)))
    breath = _command(2.0, Action.OFFER, (("offer", "longer_exhale"), ("is_breath", True)))
    assert _last([wish, breath, Tick(3.0)]).offer is None
    assert _last([wish, _command(2.0, Action.OFFER, _HAND), Tick(3.0)]).offer == "look_round"


def test_nothing_is_offered_by_itself() -> None:
    assert all(cue.offer is None for second in range(100) for cue in Cues().update(Tick(float(second))))


@given(HOSTILE_ITEMS, CUTS)
def test_cues_do_not_depend_on_how_the_input_was_cut(items: list[Item], cuts: list[int]) -> None:
    check_cutting_law(Cues, items, cuts)


@given(st.text(max_size=100))
def test_any_name_is_an_offer_or_none(name: str) -> None:
    offer = _last([_command(10.0, Action.OFFER, (("offer", name),)), Tick(11.0)]).offer
    assert offer == (name if 0 < len(name) <= 64 else None)
