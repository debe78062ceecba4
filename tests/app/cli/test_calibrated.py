# SPDX-License-Identifier: MIT
"""A recording with a calibration named on the command line: states, refusals, and the same again."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from app.cli.calibrated import calibration
from app.cli.commands import commands
from app.digest import Digest
from app.merge import merge_items, merge_recorded
from app.session import run_session
from dsp.codes import Action, CalibrationStep
from dsp.pipeline import Pipeline
from dsp.stream import Command, Frame, Item
from sensors.replay import Recording


class _Kept:
    """A sink that keeps the items."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def put(self, frame: Frame) -> None:
        self.items.append(frame.item)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Write 260 s of a resting heart that is 25 bpm quicker from 200 s on."""
    chance = np.random.default_rng(1)
    lines, t = ["t_s,rr_ms"], 0.0
    while t < 260.0:
        bpm = (90.0 if t > 200.0 else 65.0) + 3.0 * np.sin(1.5 * t) + chance.normal(0.0, 0.7)
        t += 60.0 / bpm
        lines.append(f"{t:.4f},{60_000.0 / bpm:.2f}")
    path = tmp_path / "heart.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _replay(*arguments: str) -> list[Mapping[str, Any]]:
    result = CliRunner().invoke(commands, ["replay", *arguments, "--json"])
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_states_are_unknown_before_the_end_of_the_rest_and_known_from_then_on(recording: Path) -> None:
    seconds = [line for line in _replay(str(recording), "--rest", "0:150") if "arousal" in line]
    assert {line["arousal"]["why"] for line in seconds if line["t"] < 150.0} == {"no_baseline"}
    calm = [line["arousal"] for line in seconds if 150.0 <= line["t"] < 195.0]
    assert {told["zone"] for told in calm} == {"within"}
    assert calm[0]["channels"] == ["h"]
    assert calm[0]["level"] == pytest.approx(0.0, abs=0.3)


def test_without_a_rest_the_arousal_is_unknown_throughout(recording: Path) -> None:
    lines = _replay(str(recording))
    assert {line["arousal"]["zone"] for line in lines if "arousal" in line} == {"unknown"}
    assert lines[-1]["summary"]["persons"]["client"]["zones"] == {"unknown": 1.0}


def test_the_calibration_and_what_it_came_to_are_told_as_notices(recording: Path) -> None:
    told = [line["notice"] for line in _replay(str(recording), "--rest", "0:150") if "notice" in line]
    steps = [notice["step"] for notice in told if notice["code"] == "calibration"]
    (baseline,) = [notice for notice in told if notice["code"] == "baseline"]
    assert steps == ["rest", "done"]
    assert baseline["h_m"] == pytest.approx(65.0, abs=0.5)


def test_a_rest_that_is_too_short_is_refused_with_its_reason(recording: Path) -> None:
    told = [line["notice"] for line in _replay(str(recording), "--rest", "100:105") if "notice" in line]
    assert [n["why"] for n in told if n.get("step") == "refused"] == ["too_short"]


def _joined(items: Sequence[Item]) -> str:
    digest = Digest()
    asyncio.run(run_session(merge_items(items), Pipeline(), [digest]))
    return digest.hexdigest()


def test_the_commands_are_items_and_the_items_alone_give_the_session_again_bit_for_bit(recording: Path) -> None:
    kept, digest = _Kept(), Digest()
    decided = calibration((0.0, 120.0), (120.0, 160.0), (160.0, 200.0))
    asyncio.run(run_session(merge_recorded([Recording(recording)], decided), Pipeline(), [kept, digest]))
    assert [item for item in kept.items if isinstance(item, Command)] == list(decided)
    assert _joined(kept.items) == digest.hexdigest()
    assert _joined([item for item in kept.items if not isinstance(item, Command)]) != digest.hexdigest()


def test_each_span_is_a_step_and_its_end() -> None:
    decided = calibration((0.0, 180.0), None, (200.0, 320.0))
    assert [command.t for command in decided] == [0.0, 180.0, 200.0, 320.0]
    assert {command.action for command in decided} == {Action.CALIBRATE}
    steps = [dict(command.values)["step"] for command in decided]
    assert steps == [CalibrationStep.REST, CalibrationStep.DONE, CalibrationStep.COMFORTABLE, CalibrationStep.DONE]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rest", "180"],
        ["--rest", "180:0"],
        ["--rest", "a:b"],
        ["--rest", "0:inf"],
        ["--talk", "0:60"],
        ["--rest", "0:180", "--talk", "100:200"],
        ["--rest", "100:180", "--relax", "0:60"],
    ],
)
def test_spans_that_make_no_sense_are_wrong_use(arguments: list[str], recording: Path) -> None:
    result = CliRunner().invoke(commands, ["replay", str(recording), *arguments])
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("lines", [(), ("--json",)])
@pytest.mark.parametrize("spans", [("--rest", "100:400"), ("--rest", "0:150", "--talk", "200:300")])
def test_a_span_beyond_the_end_of_the_recording_is_refused_in_a_sentence(
    spans: tuple[str, ...], lines: tuple[str, ...], recording: Path
) -> None:
    result = CliRunner().invoke(commands, ["replay", str(recording), *spans, *lines])
    assert result.exit_code == 1
    assert "the recording ends at 26" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_span_that_ends_with_the_recording_is_within_it(recording: Path) -> None:
    assert CliRunner().invoke(commands, ["replay", str(recording), "--rest", "100:261"]).exit_code == 0
