# SPDX-License-Identifier: MIT
"""The labels and ports of sensors: kept by address, short, plain, and not without end."""

from hypothesis import given
from hypothesis import strategies as st

from ui.choices import LONGEST_LABEL, MOST_LABELS, PreferenceKeeper
from ui.foreign import safe_text
from ui.preferences import Preferences


def keeper() -> tuple[PreferenceKeeper, list[Preferences]]:
    saved: list[Preferences] = []
    return PreferenceKeeper(Preferences(), saved.append), saved


def test_a_label_is_kept_by_its_sensor() -> None:
    kept, _saved = keeper()
    kept.keep_label("ble:a", "Blue 2")
    kept.keep_label("ble:b", "Red")
    kept.keep_label("ble:a", "Blue 3")
    assert (kept.label_of("ble:a"), kept.label_of("ble:b"), kept.label_of("ble:c")) == ("Blue 3", "Red", "")


def test_an_empty_label_is_forgotten_and_the_same_is_not_saved_again() -> None:
    kept, saved = keeper()
    for label in ("", "Blue", "Blue", " ", ""):
        kept.keep_label("ble:a", label)
    assert [preferences.labels for preferences in saved] == [(("ble:a", "Blue"),), ()]


@given(st.text(max_size=300))
def test_whatever_is_typed_is_short_and_plain(text: str) -> None:
    kept, _saved = keeper()
    kept.keep_label("ble:a", text)
    label = kept.label_of("ble:a")
    assert len(label) <= LONGEST_LABEL
    assert safe_text(label) == label


def test_the_oldest_labels_make_room() -> None:
    kept, _saved = keeper()
    for i in range(MOST_LABELS + 3):
        kept.keep_label(f"ble:{i}", "x")
    assert len(kept.now.labels) == MOST_LABELS
    assert kept.label_of("ble:0") == ""
    assert kept.label_of(f"ble:{MOST_LABELS + 2}") == "x"


def test_a_port_is_kept_by_its_device_and_the_usual_one_needs_no_keeping() -> None:
    kept, saved = keeper()
    for port in ("A3", "A2", "A2", "A9"):
        kept.keep_port("ble:a", port)
    assert (kept.port_of("ble:a"), kept.port_of("ble:b")) == ("A2", "A3")
    kept.keep_port("ble:a", "A3")
    assert [preferences.ports for preferences in saved] == [(("ble:a", "A2"),), ()]
