# SPDX-License-Identifier: MIT
"""What the settings tell of this computer."""

from pathlib import Path

from app.settings import SettingsFile
from app.surroundings import surroundings
from app.texts import texts_folder
from ui.preferences import Preferences


def written(folder: Path, line: str) -> None:
    path = folder / "wording" / "en.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line, encoding="utf-8")


def test_it_names_the_places_and_the_languages(tmp_path: Path) -> None:
    around = surroundings(tmp_path / "not there yet", "es")
    assert around.data_folder.endswith("not there yet")
    assert around.languages[0] == ("en", "English")
    assert not around.texts_in("").is_there
    free = around.free_bytes()
    assert free is not None
    assert free > 0


def test_it_says_what_became_of_the_own_wording(tmp_path: Path) -> None:
    written(tmp_path, '"Pause" = "Rest"\n')
    assert surroundings(tmp_path, "en").texts_in("").said == "1 sentence of your own."
    written(tmp_path, '"Paus" = "Rest"\n')
    assert "there is no such sentence" in surroundings(tmp_path, "en").texts_in("").problem


def test_another_folder_is_looked_through_before_it_is_taken(tmp_path: Path) -> None:
    around, own = surroundings(tmp_path / "data", "en"), tmp_path / "clinic"
    own.mkdir()
    assert "make one of them first" in around.texts_in(str(own)).problem
    (own / "cues").mkdir()
    (own / "cues" / "en.toml").write_text("cue = 3", encoding="utf-8")
    texts = around.texts_in(str(own))
    assert texts.is_there
    assert "cue" in texts.problem


def test_the_chosen_folder_holds_while_it_is_there(tmp_path: Path) -> None:
    own = tmp_path / "clinic"
    own.mkdir()
    SettingsFile(tmp_path).save(Preferences(texts_folder=str(own)))
    assert texts_folder(tmp_path) == own
    own.rmdir()
    assert texts_folder(tmp_path) == tmp_path
