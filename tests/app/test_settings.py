# SPDX-License-Identifier: MIT
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.settings import SettingsFile
from ui.preferences import Preferences

CHOSEN = replace(Preferences(), theme="dark", breaths_per_min=5.5, text_scale=1.25, reduced_motion=True)
LABELLED = replace(
    CHOSEN, looks_for_streams=True, labels=(("ble:A0", "Blue 2"), ("lsl:it's", "Fingers")), ports=(("ble:B1", "A2"),)
)


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "new").save(LABELLED)
    settings = SettingsFile(tmp_path / "new")
    assert settings.load() == LABELLED
    assert settings.problem == ""


def test_without_a_file_the_usual_settings_hold_and_nothing_is_written(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    assert settings.load() == Preferences()
    assert settings.problem == ""
    assert list(tmp_path.iterdir()) == []


def test_saving_leaves_no_other_file_behind(tmp_path: Path) -> None:
    SettingsFile(tmp_path).save(CHOSEN)
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_a_choice_that_the_file_does_not_name_is_the_usual_one(tmp_path: Path) -> None:
    written(tmp_path, '{"version": 1, "theme": "light", "inhale": 5}')
    assert SettingsFile(tmp_path).load() == replace(Preferences(), theme="light", inhale=5.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "settings.json stops being readable in line 1; it was kept as settings.json.broken-1 and the usual"),
        ('{"version": 1, "inhale": ' + "9" * 5000 + "}", "a number that is too long"),
        ('{"version": 1,\n"theme": dark}', "line 2"),
        ("[]", "settings.json must hold one object in braces; it was kept as settings.json.broken-1 and the usual"),
        ("[" * 100_000, "line|nested"),
        ("{}", "'version' must be a whole number from 1, not null"),
        ('{"version": true}', "'version' must be"),
        ('{"version": 1, "theme": "blue"}', "'theme' must be system, dark, light, not \"blue\""),
        ('{"version": 1, "breaths_per_min": 40}', "'breaths_per_min' must be 4 to 12, not 40"),
        ('{"version": 1, "breaths_per_min": NaN}', "'breaths_per_min' must be 4 to 12, not NaN"),
        ('{"version": 1, "text_scale": "big"}', "'text_scale' must be 1 to 1.5, not \"big\""),
        ('{"version": 1, "inhale": ' + "9" * 400 + "}", "'inhale' must be 1 to 10"),
        ('{"version": 1, "reduced_motion": 1}', "'reduced_motion' must be true or false, not 1"),
        ('{"version": 1, "looks_for_streams": "yes"}', "'looks_for_streams' must be true or false, not \"yes\""),
        ('{"version": 1, "labels": {"a": "b"}}', "'labels' must be pairs of an address and a label, not {"),
        (
            '{"version": 1, "ports": [["a", "A7"]]}',
            "'ports' must be pairs of an address and one of A1, A2, A3, A4, A5, A6, not [",
        ),
        ('{"version": 1, "labels": [["a", 1]]}', "'labels' must be pairs of an address and a label, not ["),
        ('{"version": 1, "color": "red"}', "'color' is not a setting; there are theme"),
    ],
)
def test_a_broken_file_is_told_about_and_kept_aside(text: str, told: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    settings = SettingsFile(tmp_path)
    assert settings.load() == Preferences()
    assert str(tmp_path) not in settings.problem
    assert [word for word in told.split("|") if word in settings.problem]
    settings.save(CHOSEN)
    assert (tmp_path / "settings.json.broken-1").read_text(encoding="utf-8") == text
    assert "settings.json.broken-1" in settings.problem
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == 1
    assert SettingsFile(tmp_path).load() == CHOSEN


def test_bytes_that_are_no_text_are_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b"\xff\xfe\x00")
    settings = SettingsFile(tmp_path)
    settings.load()
    assert settings.problem.startswith("settings.json stops being readable in line 1;")
    assert (tmp_path / "settings.json.broken-1").read_bytes() == b"\xff\xfe\x00"


def test_a_second_broken_file_does_not_replace_the_first(tmp_path: Path) -> None:
    for text in ("first", "second"):
        written(tmp_path, text)
        SettingsFile(tmp_path).load()
    assert (tmp_path / "settings.json.broken-1").read_text(encoding="utf-8") == "first"
    assert (tmp_path / "settings.json.broken-2").read_text(encoding="utf-8") == "second"


def test_the_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    text = '{"version": 2, "theme": {"night": "dark"}}'
    path = written(tmp_path, text)
    settings = SettingsFile(tmp_path)
    assert settings.load() == Preferences()
    assert "newer version" in settings.problem
    settings.save(CHOSEN)
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_cannot_be_read_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    settings = SettingsFile(tmp_path)
    assert settings.load() == Preferences()
    assert "cannot be read" in settings.problem
    settings.save(CHOSEN)
    assert (tmp_path / "settings.json").is_dir()


def test_a_folder_that_cannot_be_written_does_not_stop_the_application(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    SettingsFile(tmp_path / "file").save(CHOSEN)
    assert "settings.json not saved" in caplog.text
