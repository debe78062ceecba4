# SPDX-License-Identifier: MIT
"""What the settings tell of this computer."""

from pathlib import Path

from app.surroundings import surroundings


def test_it_names_the_places_and_the_languages(tmp_path: Path) -> None:
    around = surroundings(tmp_path / "not there yet", "es")
    assert around.wording_file.endswith("es.toml")
    assert around.languages[0] == ("en", "English")
    assert around.wording == ""
    free = around.free_bytes()
    assert free is not None
    assert free > 0


def test_it_says_what_became_of_the_own_wording(tmp_path: Path) -> None:
    path = tmp_path / "wording" / "en.toml"
    path.parent.mkdir()
    path.write_text('"Pause" = "Rest"\n', encoding="utf-8")
    assert surroundings(tmp_path, "en").wording == "1 sentence of your own"
    path.write_text('"Paus" = "Rest"\n', encoding="utf-8")
    assert "there is no such sentence" in surroundings(tmp_path, "en").wording
