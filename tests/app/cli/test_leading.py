# SPDX-License-Identifier: MIT
"""Which protocol leads a session: a shipped one, one of the own folder, or the sentence that says why not."""

from pathlib import Path

import pytest

from app.cli.leading import protocol_named
from app.errors import AppError
from sensors.source import SensorError

_STEP = '[[step]]\nname = "Quiet"\nminutes = 3\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATTUNE_HOME", str(tmp_path))
    folder = tmp_path / "protocols"
    folder.mkdir()
    return folder


def test_one_of_the_own_folder_is_found_by_its_name(own: Path) -> None:
    (own / "ours.toml").write_text(f'name = "Our own"\n{_STEP}')
    assert protocol_named("ours").name == "Our own"
    assert protocol_named("touch_and_return").name == "Touch and return"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'name = "x"\nspeed = 3\n{_STEP}', "ours.toml: has no key 'speed'"),
        (f'name = "x"\n{_STEP}cue = "breath"\nbreaths_per_min = 40\n', "less than or equal to 12, not 40"),
        (f'name = "x"\nrounds = 1000000\n{_STEP}', "rounds must be less than or equal to 10"),
        (f'name = "x"\nrounds = 10\n{_STEP.replace("3", "60")}', "must last at most 180 minutes, not 600"),
    ],
)
@pytest.mark.parametrize("name", ["ours", "touch_and_return"])
def test_what_is_wrong_with_it_is_said_whatever_else_is_called_so(own: Path, name: str, text: str, says: str) -> None:
    (own / f"{name}.toml").write_text(text)
    with pytest.raises(SensorError) as refused:
        protocol_named(name)
    assert says.replace("ours", name) in refused.value.detail


@pytest.mark.parametrize("name", ["dance", "../ours", ""])
def test_what_is_not_there_is_answered_with_what_there_is(own: Path, name: str) -> None:
    (own.parent / "ours.toml").write_text(f'name = "x"\n{_STEP}')
    with pytest.raises(AppError, match="there are resonance_training, touch_and_return"):
        protocol_named(name)
