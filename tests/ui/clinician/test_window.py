# SPDX-License-Identifier: MIT
"""The clinician's window shows each person as frames tell it, and what its keys do becomes commands and markers."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dsp.codes import Action, Reason, Zone
from dsp.stream import CLIENT, ArousalState, Command, Frame, Tick
from tests.ui.clinician.staged import FEET, Pair
from tests.ui.conftest import texts_of
from tests.ui.test_access import PURE_LAYOUT, assert_readable
from ui.clinician.measures import Live
from ui.widgets.label import Label

EIGHT = (CLIENT, "partner", *(f"C-{n}" for n in range(3, 9)))
Pairing = Callable[..., Pair]


@pytest.fixture
def pairing(qtbot: QtBot) -> Pairing:
    return lambda *displays, **given: Pair(qtbot, *displays, **given)


def state(pair: Pair, zone: Zone, *, prompt: Zone | None = None, level: float = 0.0) -> Frame:
    told = ArousalState(
        pair.backstage.t, CLIENT, zone, level=level, trace=level, band=(level - 0.3, level + 0.3), bounds=(-1.1, 1.1),
        why=None, channels=("h",), prompt=prompt,
    )  # fmt: skip
    return Frame(Tick(pair.backstage.t), states=(told,))


def test_each_person_has_a_card_with_live_numbers(pairing: Pairing) -> None:
    pair = pairing(people=(CLIENT, "partner"))
    pair.live(40.0)
    assert list(pair.window.people.cards) == [CLIENT, "partner"]
    for card in pair.window.people.cards.values():
        assert card.cells[Live.HEART_RATE].value.text().isdigit()
        assert "clear" in card.cells[Live.HEART_RATE].quality.text()


def test_stale_numbers_are_dimmed_with_their_age_and_then_gone(pairing: Pairing) -> None:
    pair = pairing()
    pair.live(30.0)
    cell = pair.window.people.cards[CLIENT].cells[Live.HEART_RATE]
    pair.backstage.is_blocked = True
    pair.live(3.0)
    assert cell.value._tone == "text3"
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
    card = pair.window.window_card
    card.slider.move_to(1, 1.6)
    pair.live(1.0)
    assert Action.BOUNDS not in {command.action for command in pair.backstage.sent}
    card.reason.setText("talks with her hands")
    card.reason.editingFinished.emit()
    pair.live(1.0)
    bounds = [command for command in pair.backstage.sent if command.action is Action.BOUNDS]
    assert dict(bounds[-1].values) == {"lower": -1.1, "upper": 1.6, "reason": "talks with her hands"}
    card.revert.click()
    assert dict(pair.backstage.sent[-1].values) == {"revert": True}


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


def test_done_makes_the_clients_screen_calm_and_asks_the_clinician(pairing: Pairing) -> None:
    pair = pairing()
    pair.client._screens.done.emit()
    pair.live(0.5)
    assert pair.client._calm.isVisible()
    assert pair.backstage.finished == 0
    assert pair.window.question.isVisible()
    pair.window.question.yes.click()
    assert pair.backstage.finished == 1


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


@pytest.mark.parametrize("people", [(CLIENT,), EIGHT], ids=["one", "eight"])
def test_everything_has_a_name_and_every_button_is_large_enough(pairing: Pairing, people: tuple[str, ...]) -> None:
    pair = pairing(people=people)
    pair.live(3.0)
    waiting = [QAccessible.queryAccessibleInterface(pair.window)]
    walked = 0
    while waiting:
        interface = waiting.pop()
        waiting += [interface.child(i) for i in range(interface.childCount())]
        shown = interface.object()
        if interface.state().invisible or interface.role() in PURE_LAYOUT or shown is None:
            continue
        walked += 1
        assert interface.text(QAccessible.Text.Name) or (isinstance(shown, Label) and not shown.text()), shown
    assert walked > 30
    for control in pair.window.findChildren(QWidget):
        if isinstance(control, QAbstractButton | QLineEdit) and control.isVisible():
            assert control.accessibleName()
            assert min(control.width(), control.height()) >= 24


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [QSize(640, 480), QSize(1120, 720), QSize(1920, 1080)], ids=lambda s: str(s.width()))
@pytest.mark.parametrize("people", [(CLIENT, "partner")], ids=["two"])
def test_no_word_is_cut_off(pairing: Pairing, people: tuple[str, ...], size: QSize, scale: float) -> None:
    pair = pairing(people=people, text_scale=scale)
    pair.give_window()
    pair.window.resize(size)
    pair.live(2.0)
    for label in pair.window.findChildren(Label):
        if label.isVisible():
            assert_readable(label)


def test_a_text_stands_beside_each_trajectory(pairing: Pairing) -> None:
    pair = pairing()
    pair.give_window()
    pair.live(16.0)
    description = pair.window.people.cards[CLIENT].trajectory.accessibleDescription()
    assert "inside" in description
    assert "unknown" in description
