# SPDX-License-Identifier: MIT
import json
from pathlib import Path

import pytest

from app.stream_choices import StreamChoices, signal_of
from dsp.codes import Modality
from sensors.lsl.facts import StreamKey
from sensors.lsl.recognise import Signal
from sensors.lsl.units import Unit

KEY = StreamKey("Lab", "Secret", "s1")
SKIN = Signal(Modality.EDA, (1,), Unit.KILOOHM)
HEART = Signal(Modality.ECG, (0,), Unit.MICROVOLT)


def test_what_was_said_is_known_after_the_next_start(tmp_path: Path) -> None:
    choices = StreamChoices(tmp_path / "new")
    choices.choose(KEY, SKIN)
    choices.choose(KEY, HEART)
    again = StreamChoices(tmp_path / "new")
    assert dict(again) == {KEY: (HEART, SKIN)}
    assert again.problem == ""


def test_without_a_file_nothing_was_said(tmp_path: Path) -> None:
    assert (len(StreamChoices(tmp_path)), StreamChoices(tmp_path).problem) == (0, "")


@pytest.mark.parametrize(
    "later", [Signal(Modality.EDA, (2,), Unit.MICROSIEMENS), Signal(Modality.RESP, (1,), Unit.ARBITRARY)]
)
def test_what_is_said_later_of_the_same_signal_or_column_holds(tmp_path: Path, later: Signal) -> None:
    choices = StreamChoices(tmp_path)
    choices.choose(KEY, SKIN)
    choices.choose(KEY, later)
    assert StreamChoices(tmp_path)[KEY] == (later,)


def test_at_most_256_streams_are_remembered_the_newest_ones(tmp_path: Path) -> None:
    choices = StreamChoices(tmp_path)
    for k in range(260):
        choices.choose(StreamKey("Lab", f"n{k}", ""), SKIN)
    names = [key.name for key in StreamChoices(tmp_path)]
    assert (len(names), names[0], names[-1]) == (256, "n4", "n259")


@pytest.mark.parametrize(
    ("channel", "modality", "unit", "expected"),
    [
        (1, Modality.EDA, "kiloohm", Signal(Modality.EDA, (1,), Unit.KILOOHM)),
        (1, Modality.EDA, "kOhm", Signal(Modality.EDA, (1,), Unit.KILOOHM)),
        (0, Modality.EDA, "", Signal(Modality.EDA, (0,), Unit.MICROSIEMENS)),
        (3, Modality.ACC, "milli_g", Signal(Modality.ACC, (3, 4, 5), Unit.MILLI_G)),
        (0, Modality.PPG, "arbitrary", Signal(Modality.PPG, (0,), Unit.ARBITRARY)),
        (0, Modality.RR, "by_range", Signal(Modality.RR, (0,), Unit.BY_RANGE)),
    ],
)
def test_a_signal_is_made_of_an_answer(channel: int, modality: Modality, unit: str, expected: Signal) -> None:
    assert signal_of(channel, modality, unit, channel_count=6) == expected


@pytest.mark.parametrize(
    ("channel", "modality", "unit"),
    [
        (6, Modality.EDA, ""),
        (-1, Modality.EDA, ""),
        (4, Modality.ACC, "g"),
        (0, Modality.EDA, "volt"),
        (0, Modality.HR, "furlong"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(channel: int, modality: Modality, unit: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        signal_of(channel, modality, unit, channel_count=6)


GOOD = {
    "type": "Lab",
    "name": "Secret",
    "source_id": "s1",
    "signals": [{"channel": 1, "modality": "eda", "unit": "kiloohm"}],
}


@pytest.mark.parametrize(
    "content",
    [
        {"version": 1, "streams": {}},
        {"version": 1, "streams": [3]},
        {"version": 1, "streams": [], "more": 1},
        {"version": 1, "streams": [{**GOOD, "name": 3}]},
        {"version": 1, "streams": [{**GOOD, "signals": [{"channel": 99, "modality": "eda", "unit": "kiloohm"}]}]},
        {"version": 1, "streams": [{**GOOD, "signals": [{"channel": True, "modality": "eda", "unit": "kiloohm"}]}]},
        {"version": 1, "streams": [{**GOOD, "signals": [{"channel": 1, "modality": "eda", "unit": "volt"}]}]},
        {"version": 1, "streams": [{**GOOD, "signals": [{"channel": 1, "modality": "mood", "unit": "volt"}]}]},
        {"version": 0},
        [],
    ],
)
def test_a_file_that_makes_no_sense_is_kept_aside_and_said(tmp_path: Path, content: object) -> None:
    (tmp_path / "streams.json").write_text(json.dumps(content), encoding="utf-8")
    choices = StreamChoices(tmp_path)
    assert len(choices) == 0
    assert choices.problem.startswith("streams.json ")
    assert "streams.json.broken-1" in choices.problem
    choices.choose(KEY, SKIN)
    assert json.loads((tmp_path / "streams.json.broken-1").read_text(encoding="utf-8")) == content
    assert dict(StreamChoices(tmp_path)) == {KEY: (SKIN,)}


def test_a_file_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    text = json.dumps({"version": 2, "streams": "new"})
    (tmp_path / "streams.json").write_text(text, encoding="utf-8")
    choices = StreamChoices(tmp_path)
    choices.choose(KEY, SKIN)
    assert "newer version" in choices.problem
    assert choices[KEY] == (SKIN,)
    assert (tmp_path / "streams.json").read_text(encoding="utf-8") == text
