# SPDX-License-Identifier: MIT
"""Keys and buttons become commands; what the plan leads to comes back."""

import pytest

from dsp.codes import Action
from dsp.stream import Command, Frame
from tests.ui.direct_backstage import DirectBackstage
from ui.choices import PreferenceKeeper
from ui.pacing import Pacing
from ui.preferences import Preferences


class Hand:
    def __init__(self, preferences: Preferences | None = None) -> None:
        self.backstage = DirectBackstage()
        self.saved: list[Preferences] = []
        self.pacing = Pacing(self.backstage, PreferenceKeeper(preferences or Preferences(), self.saved.append))
        self.backstage.begin(())

    def live(self, seconds: float) -> None:
        self.backstage.advance(seconds)
        for message in self.backstage.drain():
            for cue in getattr(message, "cues", ()):
                self.pacing.take(cue)

    @property
    def newest(self) -> Command:
        return self.backstage.sent[-1]


@pytest.fixture
def hand(qapp: object) -> Hand:
    return Hand()


def test_a_start_asks_for_the_remembered_pace_now(hand: Hand) -> None:
    hand.pacing.start()
    command = hand.newest
    assert (command.action, command.author, command.t) == (Action.PACE, "client", hand.backstage.t)
    assert dict(command.values) == {
        "breaths_per_min": 6.0,
        "inhale": 4.0,
        "exhale": 6.0,
        "hold_full": 0.0,
        "hold_empty": 0.0,
    }


def test_up_and_down_go_to_the_next_half_breath_within_what_may_be_set_by_hand(hand: Hand) -> None:
    hand.pacing.start()
    for _ in range(20):
        hand.pacing.quicker()
    assert hand.pacing.breaths_per_min == 12.0
    for _ in range(40):
        hand.pacing.slower()
    assert hand.pacing.breaths_per_min == 4.0
    assert dict(hand.newest.values)["breaths_per_min"] == 4.0
    assert hand.saved[-1].breaths_per_min == 4.0


def test_an_odd_rate_goes_to_the_half_breath_beside_it(qapp: object) -> None:
    hand = Hand(Preferences(breaths_per_min=6.37))
    hand.pacing.quicker()
    assert hand.pacing.breaths_per_min == 6.5
    assert hand.backstage.sent == []  # off: nothing is asked for


def test_too_slow_shows_the_pace_that_the_plan_leads_to(hand: Hand) -> None:
    hand.pacing.start()
    hand.live(3)
    hand.pacing.too_slow()
    assert hand.newest.action is Action.TOO_SLOW
    hand.live(2)
    assert hand.pacing.breaths_per_min == 7.0


def test_too_slow_means_nothing_while_nothing_is_paced(hand: Hand) -> None:
    hand.pacing.too_slow()
    assert hand.backstage.sent == []


def test_pause_and_go_on(hand: Hand) -> None:
    hand.pacing.start()
    hand.live(3)
    hand.pacing.pause_or_go_on()
    assert (hand.newest.action, hand.pacing.is_paused) == (Action.PAUSE, True)
    hand.live(5)
    assert hand.pacing.is_paused
    hand.pacing.pause_or_go_on()
    assert hand.newest.action is Action.RESUME
    hand.live(1.5)
    assert (hand.pacing.is_paused, hand.pacing.is_on) == (False, True)


def test_a_pause_holds_although_the_worker_does_not_answer(hand: Hand) -> None:
    hand.pacing.start()
    hand.live(3)
    hand.backstage.is_blocked = True
    hand.pacing.pause_or_go_on()
    hand.live(30)
    assert hand.pacing.is_paused
    assert hand.pacing.breath().depth == 0.0


def test_off_and_on_again(hand: Hand) -> None:
    hand.pacing.toggle()
    hand.live(2)
    hand.pacing.toggle()
    assert (hand.newest.action, hand.pacing.is_on) == (Action.STOP_CUES, False)
    hand.live(2)
    assert not hand.pacing.is_on
    hand.pacing.pause_or_go_on()
    assert (hand.newest.action, hand.pacing.is_on) == (Action.PACE, True)


def test_what_still_comes_of_the_session_before_is_not_followed(hand: Hand) -> None:
    hand.pacing.start()
    hand.backstage.advance(5)
    old = hand.backstage.drain()
    hand.backstage.advance(0.5)
    hand.pacing.forget()
    for cue in (cue for message in old if isinstance(message, Frame) for cue in message.cues):
        hand.pacing.take(cue)
    assert not hand.pacing.is_on
    assert hand.pacing.breath().depth == 0.0


def test_other_proportions_are_asked_for_and_remembered(hand: Hand) -> None:
    hand.pacing.start()
    hand.pacing.choose_ratio(1.0, 2.0)
    assert (dict(hand.newest.values)["inhale"], dict(hand.newest.values)["exhale"]) == (1.0, 2.0)
    assert (hand.saved[-1].inhale, hand.saved[-1].exhale) == (1.0, 2.0)


def test_the_own_breath_leads_and_the_remembered_pace_stays(hand: Hand) -> None:
    hand.pacing.lead()
    assert hand.newest.action is Action.PACE
    assert dict(hand.newest.values)["closed_loop"] is True
    hand.live(40)
    assert hand.pacing.is_at_own_pace
    assert hand.pacing.breaths_per_min > 6.0  # from the usual own rate down
    assert hand.saved == []


def test_a_pace_set_by_hand_ends_the_own_one(hand: Hand) -> None:
    hand.pacing.lead()
    hand.live(20)
    hand.pacing.slower()
    assert "closed_loop" not in dict(hand.newest.values)
    assert not hand.pacing.is_at_own_pace


def test_a_protocol_that_lets_the_own_breath_lead_is_followed(hand: Hand) -> None:
    hand.backstage.advance(1)
    command = Command(hand.backstage.t, Action.PACE, "protocol", values=(("closed_loop", True),))
    hand.pacing.hear(command)
    hand.backstage.send(command)
    hand.live(2)
    assert hand.pacing.is_at_own_pace


def test_the_paces_of_an_assessment_are_not_remembered(hand: Hand) -> None:
    hand.pacing.assess("stepped")
    assert dict(hand.newest.values)["way"] == "stepped"
    hand.live(130)
    assert hand.saved == []
