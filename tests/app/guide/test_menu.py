# SPDX-License-Identifier: MIT
from pathlib import Path

import pytest

from app.guide.menu import MENUS, read_menu
from dsp.codes import Zone
from sensors.source import SensorError

_OWN = """
standing_line = "Gently."
[[cue]]
id = "look_round"
when = "above"
audience = "client"
title = "The window"
text = "Look at the tree outside."
[[cue]]
id = "cold_water"
when = "above"
audience = "client"
title = "Cold water"
text = "Hold your hands under cold water."
"""


def _own(folder: Path, text: str) -> Path:
    (folder / "cues").mkdir()
    (folder / "cues" / "en.toml").write_text(text)
    return folder


def test_each_state_has_its_menu_and_the_unknown_has_none(tmp_path: Path) -> None:
    menu, fault = read_menu(tmp_path, "en")
    assert fault is None
    assert menu.offers(Zone.UNKNOWN, "client") == menu.offers(Zone.UNKNOWN, "clinician") == []
    assert {offer.id for offer in menu.offers(Zone.ABOVE, "client")} >= {"longer_exhale", "look_round"}
    assert {offer.id for offer in menu.offers(Zone.ABOVE, "clinician")} >= {"pause_the_topic", "slow_your_voice"}


def test_below_the_window_the_question_comes_first(tmp_path: Path) -> None:
    menu, _ = read_menu(tmp_path, "en")
    assert menu.offers(Zone.BELOW, "client") == []
    assert "five_things_seen" in {offer.id for offer in menu.offers(Zone.BELOW, "client", is_far_away=True)}
    assert menu.question == "Calm, tired, or far away?"


def test_who_wants_no_breath_cues_has_none_on_the_menu(tmp_path: Path) -> None:
    menu, _ = read_menu(tmp_path, "en")
    for zone in Zone:
        offers = menu.offers(zone, "client", is_far_away=True, takes_breath=False)
        assert not any(offer.is_breath or offer.pace for offer in offers)


def test_a_clinics_own_words_lie_over_the_shipped_ones(tmp_path: Path) -> None:
    menu, fault = read_menu(_own(tmp_path, _OWN), "en")
    above = {offer.id: offer.title for offer in menu.offers(Zone.ABOVE, "client")}
    assert fault is None
    assert above["look_round"] == "The window"
    assert above["cold_water"] == "Cold water"
    assert "longer_exhale" in above
    assert (menu.standing_line, menu.question) == ("Gently.", "Calm, tired, or far away?")


def test_a_clinics_broken_file_is_told_and_the_shipped_words_hold(tmp_path: Path) -> None:
    menu, fault = read_menu(_own(tmp_path, _OWN.replace("above", "angry")), "en")
    assert fault is not None
    assert fault.detail.startswith("en.toml: cue[0].when")
    assert "look_round" in {offer.id for offer in menu.offers(Zone.ABOVE, "client")}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('when = "above"', 'when = "below"\npace = "own_breath"'), "must be left out below the window"),
        (('id = "cold_water"', 'id = "<b>"'), "cue[1].id"),
        (('title = "Cold water"', 'title = "\\u202e"'), "cue[1].title must have a visible character"),
        (('title = "Cold water"', ""), "cue[1].title is missing"),
        (('title = "Cold water"', 'title = "A"\nscore = 3'), "has no key 'score'"),
    ],
)
def test_what_is_no_offer_is_refused(change: tuple[str, str], says: str) -> None:
    with pytest.raises(SensorError) as caught:
        MENUS.parse(_OWN.replace(*change).encode(), "en.toml")
    assert says in caught.value.detail
