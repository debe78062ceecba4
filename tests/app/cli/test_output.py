# SPDX-License-Identifier: MIT
"""Where the output goes may be full, closed or gone: that is a sentence or silence, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "rest.txt"
    path.write_text("800\n810\n" * 20, encoding="utf-8")
    return path


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
@pytest.mark.parametrize("json_option", [[], ["--json"]])
def test_a_full_disk_is_one_sentence(json_option: list[str], recording: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "replay", str(recording), *json_option],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert "the output cannot be written (No space left on device)" in sentence


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX closes the output")
@pytest.mark.parametrize("json_option", ["", "--json"])
def test_a_closed_output_is_one_sentence(json_option: str, recording: Path) -> None:
    command = f'exec "$0" -m app replay "$1" {json_option} >&-'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(recording)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "attune: there is no output to write to; standard output is closed.\n",
    )


def test_a_reader_that_leaves_early_causes_no_traceback(recording: Path) -> None:
    recording.write_text("800\n" * 20_000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "app", "replay", str(recording), "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        errors = running.stderr.read()
    assert errors == b""
    assert running.returncode == 1
