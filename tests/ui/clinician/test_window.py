# SPDX-License-Identifier: MIT
"""The clinician's window shows each person as frames tell it, and what its keys do becomes commands and markers."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dsp.codes import Action, Reason, Zone
from dsp.stream import CLIENT, Command, Frame, Recording, Tick
from tests.ui.clinician.staged import FEET, Pair, state
from tests.ui.conftest import texts_of
from ui.clinician.measures import Live

Pairing = Callable[..., Pair]


@pytest.fixture
def pairing(qtbot: QtBot) -> Pairing:
    return lambda *displays, **given: Pair(qtbot, *displays, **given)


def test_each_person_has_a_card_with_live_numbers(pairing: Pairing) -> None:
    pair = pairing(people=(CLIENT, "partner"))
    pair.live(40.0)
    assert list(pair.window.people.cards) == [CLIENT, "partner"]
    for card in pair.window.people.cards.values():
        assert card.values.cells[Live.HEART_RATE].value.text().isdigit()
        assert "clear" in card.values.cells[Live.HEART_RATE].quality.text()


def test_stale_numbers_are_dimmed_with_their_age_and_then_gone(pairing: Pairing) -> None:
    pair = pairing()
    pair.live(30.0)
    cell = pair.window.people.cards[CLIENT].values.cells[Live.HEART_RATE]
    pair.backstage.is_blocked = True
    pair.live(3.0)
    assert cell.value.tone == "text3"
    assert "old" in cell.quality.text()
    pair.live(3.0)
    assert cell.value.text() == "–"


def test_seconds_before_a_window_count_nowhere_and_unknown_is_never_inside(pairing: Pairing) -> None:
    pair = pairing()
    pair.live(5.0)
    reading = pair.flow.people[CLIENT]
    assert reading.shares.shares.counted_s == 0
    for zone in (Zone.WITHIN, Zone.ABOVE, Zone.UNKNOWN):
        pair.client.deliver([state(pair, zone)])
    shares = reading.shares.shares
    assert (shares.sure_s, shares.above_s, shares.unknown_s) == (1, 1, 1)


def test_a_prompt_is_a_quiet_light_at_the_cards_edge_and_goes_by_itself(pairing: Pairing) -> None:
    pair = pairing()
    pair.say(state(pair, Zone.ABOVE, prompt=Zone.ABOVE, level=1.6))
    card = pair.window.people.cards[CLIENT]
    assert card.light == "above"
    pair.live(31.0)
    assert card.light == ""


def test_what_the_client_chooses_is_told_within_a_second(pairing: Pairing) -> None:
    pair = pairing()
    pair.backstage.send(Command(pair.backstage.t, Action.OFFER, "clinician", CLIENT, (("offer", FEET.id),)))
    values = (("offer", FEET.id), ("answer", "yes"))
    pair.backstage.send(Command(pair.backstage.t, Action.ANSWER, CLIENT, CLIENT, values))
    pair.live(0.5)
    assert pair.window.people.cards[CLIENT].head.line.text() == "asked for grounding"
    assert "asked for grounding: Feet and hands" in texts_of(pair.window)
    assert pair.window.people.cards[CLIENT].light == "text"


def test_too_slow_is_told_too(pairing: Pairing) -> None:
    pair = pairing()
    pair.backstage.send(Command(pair.backstage.t, Action.TOO_SLOW, CLIENT, CLIENT))
    pair.live(0.5)
    assert "too slow" in pair.window.people.cards[CLIENT].head.line.text()


def test_a_marker_is_one_key_and_a_type_in_the_frames(pairing: Pairing) -> None:
    pair = pairing(markers=("tears",))
    pair.press(Qt.Key.Key_M)
    pair.press(Qt.Key.Key_1)
    assert [(marker.type, marker.author) for marker in pair.backstage.marked] == [
        ("mark", "clinician"),
        ("tears", "clinician"),
    ]
    assert "tears" in texts_of(pair.window)


def test_a_felt_rating_is_f_and_a_digit_or_t_for_ten(pairing: Pairing) -> None:
    pair = pairing()
    for keys in ((Qt.Key.Key_F, Qt.Key.Key_7), (Qt.Key.Key_F, Qt.Key.Key_T)):
        for key in keys:
            pair.press(key)
    felt = [command for command in pair.backstage.sent if command.action is Action.FELT]
    assert [dict(command.values)["rating"] for command in felt] == [7.0, 10.0]
    assert not pair.backstage.marked


def test_a_note_goes_to_the_store_and_into_no_command_marker_or_client_screen(pairing: Pairing) -> None:
    pair = pairing()
    canary = "canary seven of the garden"
    pair.press(Qt.Key.Key_N)
    for letter in canary:
        pair.window.notes.field.insert(letter)
    pair.press(Qt.Key.Key_Return)
    assert [call[3] for call in pair.backstage.archive.calls if call[0] == "note"] == [canary]
    assert canary not in repr(pair.backstage.sent) + repr(pair.backstage.marked)
    assert canary not in " ".join(texts_of(pair.client))
    assert canary in texts_of(pair.window)


def test_a_note_keeps_its_letters_and_the_arrows_do_not_pace(pairing: Pairing) -> None:
    pair = pairing()
    pair.press(Qt.Key.Key_N)
    sent = len(pair.backstage.sent)
    for key in (Qt.Key.Key_P, Qt.Key.Key_S, Qt.Key.Key_Up, Qt.Key.Key_1):
        pair.press(key)
    assert pair.window.notes.field.text() == "ps1"
    assert len(pair.backstage.sent) == sent
    assert not pair.backstage.marked


def test_something_went_badly_marks_stops_and_begins_a_note(pairing: Pairing) -> None:
    pair = pairing()
    pair.press(Qt.Key.Key_P)
    pair.flow.decisions.mark("went_badly")
    pair.live(0.5)
    assert pair.backstage.marked[-1].type == "went_badly"
    assert pair.backstage.sent[-1].action is Action.STOP_CUES
    assert pair.window.notes.field.hasFocus() or pair.window.focusWidget() is pair.window.notes.field
    assert pair.client._calm.isVisible()


def test_the_pacer_is_steered_for_the_chosen_person_alone(pairing: Pairing) -> None:
    pair = pairing(people=(CLIENT, "partner"))
    pair.flow.decisions.choose("partner")
    pair.press(Qt.Key.Key_P)
    pair.press(Qt.Key.Key_Up)
    paces = [command for command in pair.backstage.sent if command.action is Action.PACE]
    assert {(command.person, command.author) for command in paces} == {("partner", "clinician")}
    assert [dict(command.values)["breaths_per_min"] for command in paces] == [6.0, 6.5]


def test_a_moved_window_holds_only_with_a_reason(pairing: Pairing) -> None:
    pair = pairing()
    pair.give_window()
    card, question = pair.window.window_card, pair.window.question
    card.slider.upper_handle.setValue(16)
    pair.live(1.0)
    assert question.isVisible()
    assert Action.BOUNDS not in {command.action for command in pair.backstage.sent}
    question.own.setText("talks with her hands")
    question.own.returnPressed.emit()
    pair.live(1.0)
    bounds = [command for command in pair.backstage.sent if command.action is Action.BOUNDS]
    assert dict(bounds[-1].values) == {"lower": -1.1, "upper": 1.6, "reason": "talks with her hands"}
    card.revert.click()
    assert dict(pair.backstage.sent[-1].values) == {"revert": True}


def test_a_window_that_is_moved_and_left_goes_back(pairing: Pairing) -> None:
    pair = pairing()
    pair.give_window()
    slider = pair.window.window_card.slider
    slider.upper_handle.setValue(20)
    pair.window.question.no.click()
    pair.live(1.0)
    assert slider.bounds == (-1.1, 1.1)
    slider.lower_handle.setValue(-20)
    pair.window.question.answers[1].click()
    assert dict(pair.backstage.sent[-1].values)["reason"] == "the rest was restless"


def test_a_rest_is_asked_for_first(pairing: Pairing) -> None:
    pair = pairing()
    pair.press(Qt.Key.Key_B)
    assert pair.window.question.isVisible()
    assert pair.client._screens.shown == "session"
    pair.window.question.yes.click()
    assert pair.client._screens.shown == "calibration"


def test_the_veil_covers_the_clients_screen_and_v_lifts_it(pairing: Pairing) -> None:
    pair = pairing()
    pair.press(Qt.Key.Key_V)
    assert pair.client._calm.isVisible()
    assert "taking a pause together" in texts_of(pair.client._calm)
    pair.press(Qt.Key.Key_V)
    assert not pair.client._calm.isVisible()


def test_esc_stops_the_cues_of_everybody_from_within_a_note_too(pairing: Pairing) -> None:
    pair = pairing(people=(CLIENT, "partner"))
    pair.press(Qt.Key.Key_N)
    pair.press(Qt.Key.Key_Escape)
    stopped = {command.person for command in pair.backstage.sent if command.action is Action.STOP_CUES}
    assert stopped == {CLIENT, "partner"}
    assert pair.client._calm.isVisible()


def test_done_makes_the_screen_calm_holds_the_storing_and_asks_the_clinician(pairing: Pairing) -> None:
    pair = pairing()
    pair.backstage.archive.codes = {CLIENT: "C-7F3K"}
    pair.backstage.archive.light(Recording((CLIENT,), on_disk_t=pair.backstage.t))
    pair.live(0.5)
    pair.client._screens.done.emit()
    pair.live(0.5)
    assert pair.client._calm.isVisible()
    assert pair.backstage.finished == 0
    assert pair.backstage.archive.calls[-1] == ("hold", True)
    assert pair.window.bar.storing.text() == "storing rests until you keep it"
    question = pair.window.question
    assert "Nothing more is stored until you keep it" in question.words.text()
    assert [answer.text() for answer in question.answers if answer.isVisible()] == ["Keep storing", "End"]
    question.answers[0].click()
    assert pair.backstage.archive.calls[-1] == ("hold", False)
    assert pair.backstage.finished == 0


def test_done_in_a_session_that_is_stored_nowhere_holds_nothing(pairing: Pairing) -> None:
    pair = pairing()
    pair.client._screens.done.emit()
    assert [answer.text() for answer in pair.window.question.answers if not answer.isHidden()] == ["End"]
    assert ("hold", True) not in pair.backstage.archive.calls


def test_somebody_who_was_above_to_the_end_is_said_to_be_still_activated(pairing: Pairing) -> None:
    pair = pairing()
    pair.client._screens.done.emit()
    assert "time to land" not in pair.window.question.words.text()
    for second in range(10):
        pair.backstage.t += 1.0
        pair.client.deliver([state(pair, Zone.ABOVE if second % 3 else Zone.UNKNOWN)])
    pair.flow.people[CLIENT].trajectory._seconds = deque([*pair.flow.people[CLIENT].trajectory._seconds][-10:])
    pair.client._screens.done.emit()
    assert "Still activated: time to land?" in pair.window.question.words.text()


def test_uneven_beats_are_said_to_be_no_finding(pairing: Pairing) -> None:
    pair = pairing()
    pair.live(30.0)
    card, reading = pair.window.people.cards[CLIENT], pair.flow.people[CLIENT]
    features = reading.heart._features
    withheld = type(features.rmssd_ms)(why=Reason.UNEVEN_BEATS)
    pair.backstage.is_blocked = True
    pair.client.deliver([Frame(Tick(pair.backstage.t), features=(replace(features, rmssd_ms=withheld),))])
    pair.live(1.0)
    assert card.trajectory.caption == (
        "beats too uneven for variability measures (often the strap; not a rhythm finding)"
    )


def test_ctrl_l_hides_the_window_and_brings_it_back(pairing: Pairing) -> None:
    pair = pairing()
    pair.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not pair.window.isVisible()
    pair.flow.toggle()
    assert pair.window.isVisible()


def test_a_hostile_person_and_marker_are_washed(pairing: Pairing) -> None:
    hostile = "<b>x</b>\u202e" + "y" * 10_000
    pair = pairing(markers=(hostile,))
    pair.backstage.send(Command(pair.backstage.t, Action.PAUSE, "x", hostile))
    pair.live(2.0)
    assert len(pair.window.people.cards) == 2
    pair.press(Qt.Key.Key_1)
    shown = " ".join(texts_of(pair.window))
    assert "\u202e" not in shown
    assert "y" * 65 not in shown
    assert all(len(marker.type) <= 32 for marker in pair.backstage.marked)
    pair.window.resize(640, 480)
    pair.live(1.0)
    assert pair.window.width() == 640


def test_a_clock_that_jumps_an_hour_back_or_on_keeps_the_window_alive(pairing: Pairing) -> None:
    pair = pairing()
    pair.give_window()
    for jump_s in (3600.0, -3500.0):
        pair.backstage.t += jump_s
        pair.backstage._next_tick_s += jump_s
        pair.live(3.0)
        assert pair.window.isVisible()
        assert not pair.window.bar.clock.text().startswith("-")
    assert pair.window.people.cards[CLIENT].isVisible()


def test_a_felt_rating_can_be_given_without_a_key(pairing: Pairing) -> None:
    pair = pairing(has_letter_keys=False)
    pair.window.notes.felt.click()
    pair.live(0.5)
    assert not pair.window.notes.buttons["mark"].isVisible()
    pair.window.notes.ratings[10].click()
    pair.live(0.5)
    assert dict(pair.backstage.sent[-1].values) == {"rating": 10.0}
    assert pair.window.notes.buttons["mark"].isVisible()


def test_the_old_rest_can_be_had_back_where_a_new_one_is_asked_for(pairing: Pairing) -> None:
    pair = pairing()
    pair.give_window()
    reading = pair.flow.people[CLIENT]
    reading.arousal.holding._today, reading.arousal.holding._aside = None, reading.arousal.holding._earlier
    pair.press(Qt.Key.Key_B)
    assert [b.text() for b in pair.window.question.answers if b.isVisible()] == ["Begin", "Take the new one after all"]
    pair.window.question.answers[1].click()
    assert dict(pair.backstage.sent[-1].values) == {"step": "back"}


def test_an_offer_is_chosen_by_its_arrows_and_handed_over(pairing: Pairing) -> None:
    pair = pairing()
    cue = pair.window.cue
    assert cue.name.text() == FEET.title
    cue.other.click()
    assert cue.name.text() == "Look round"
    pair.press(Qt.Key.Key_C)
    assert dict(pair.backstage.sent[-1].values)["offer"] == "look"
    cue.before.click()
    assert cue.name.text() == FEET.title


def test_the_coming_breaths_are_those_of_the_plan(pairing: Pairing) -> None:
    pair = pairing()
    pair.press(Qt.Key.Key_P)
    pair.live(3.0)
    curve, plan = pair.window.pacer.curve, pair.flow.people[CLIENT].cue.plan
    assert plan is not None
    for ahead_s in (0.0, 2.5, 7.0):
        t = pair.backstage.t + ahead_s
        assert curve.depth_at(t) == plan.phase_at(t).depth
    pair.press(Qt.Key.Key_P)
    pair.live(1.0)
    assert curve.depth_at(pair.backstage.t) == 0.0


def test_types_of_markers_written_meanwhile_hold_from_the_next_session_on(pairing: Pairing) -> None:
    pair = pairing()
    pair.client._keeper.keep(replace(pair.client._keeper.now, markers=("tears",)))
    pair.client._screens.go_back()
    assert pair.flow.is_open
    assert [*pair.window.notes.buttons] == ["mark", "tears", "went_badly"]
