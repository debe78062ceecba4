# SPDX-License-Identifier: MIT
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guide.protocol import PROTOCOLS, all_protocols
from dsp.codes import Reason
from sensors.source import SensorError

_STEP = '[[step]]\nname = "Quiet"\nminutes = 3\n'


def _fault(text: str) -> str:
    with pytest.raises(SensorError) as caught:
        PROTOCOLS.parse(text.encode(), "own.toml")
    assert caught.value.reason is Reason.FILE_MALFORMED
    return caught.value.detail


def test_two_protocols_come_with_it_and_both_come_to_an_end(tmp_path: Path) -> None:
    shelf = all_protocols(tmp_path)
    assert shelf.faults == ()
    assert set(shelf.found) == {"resonance_training", "touch_and_return"}
    assert [step.name for step in shelf.found["resonance_training"].steps] == [
        "Baseline",
        "Slow breathing",
        "Recovery",
    ]
    assert shelf.found["resonance_training"].minutes == 23.0
    assert len(shelf.found["touch_and_return"].steps) == 9


def test_a_file_in_the_own_folder_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "protocols").mkdir()
    (tmp_path / "protocols" / "touch_and_return.toml").write_text(f'name = "Ours"\n{_STEP}')
    (tmp_path / "protocols" / "broken.toml").write_text("name = 3")
    shelf = all_protocols(tmp_path)
    assert shelf.found["touch_and_return"].name == "Ours"
    assert [fault.detail.split(":")[0] for fault in shelf.faults] == ["broken.toml"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'name = "A"\nloop = true\n{_STEP}', "has no key 'loop'; allowed are about, name, rounds, step"),
        (f'name = "A"\n{_STEP}cue = "breath"\nbreaths_per_min = 40.0\n', "step[0].breaths_per_min"),
        (f'name = "A"\n{_STEP}speed = 1\n', "has no key 'speed'"),
        (f'name = "A"\nrounds = 1000000\n{_STEP}', "rounds"),
        (f'name = "A"\nrounds = 10\n{_STEP.replace("3", "60")}', "all rounds must last at most 180 minutes, not 600"),
        ('name = "A"\nstep = []\n', "step"),
        (_STEP, "name is missing"),
        (f'name = "A"\n{_STEP}cue = "hyperventilate"\n', "step[0].cue"),
        (f'name = "A"\n{_STEP}opens_after_s = nan\n', "step[0].opens_after_s"),
    ],
)
def test_what_is_no_protocol_is_refused_with_the_key_and_what_is_allowed(text: str, says: str) -> None:
    detail = _fault(text)
    assert detail.startswith("own.toml: ")
    assert says in detail
    assert "\n" not in detail


@given(st.binary(max_size=200))
def test_any_bytes_are_a_protocol_or_refused(data: bytes) -> None:
    with suppress(SensorError):
        PROTOCOLS.parse(data, "own.toml")
