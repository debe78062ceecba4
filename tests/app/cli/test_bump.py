# SPDX-License-Identifier: MIT
"""The bump test in a terminal: what the space bar does, and what is said."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.cli.bump import BumpGuide, offset_in_words
from dsp.codes import NoticeCode
from dsp.stream import Frame, Marker, Notice, Tick

ROOT = Path(__file__).parents[3]
FOUND = Notice(
    9.0,
    NoticeCode.OFFSET,
    "ble:any",
    "client",
    (("modality", "acc"), ("median_s", 0.0312), ("low_s", 0.024), ("high_s", 0.04), ("taps", 10)),
)


def test_what_was_found_is_said_in_milliseconds() -> None:
    words = "ACC of ble:any is 31 ms late (95 % interval 24 to 40 ms, 10 taps that stood out)\n"
    assert offset_in_words(FOUND) == words


def test_each_tap_is_counted_and_the_next_test_begins_at_one(capsys: pytest.CaptureFixture[str]) -> None:
    guide = BumpGuide("client")
    marker, other = (Marker(1.0, "bump", "space bar", person) for person in ("client", "partner"))
    for frame in (Frame(marker, markers=(marker,)), Frame(other, markers=(other,)), Frame(Tick(9.0), notices=(FOUND,))):
        guide.put(frame)
    guide.put(Frame(marker, markers=(marker,)))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[:2] for line in lines] == [["tap", "1"], ["ACC", "of"], ["tap", "1"]]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_the_space_bar_marks_a_tap_and_other_keys_do_not(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "app", "live", "demo", "--bump", "--json"]
    env = {**os.environ, "ATTUNE_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=pipe, stderr=pipe, text=True, env=env) as live:
        assert live.stdout is not None
        patience = threading.Timer(60.0, live.kill)
        patience.start()
        next(line for line in live.stdout if '"t":' in line)
        os.write(ours, b"x ")
        marker = next(json.loads(line)["marker"] for line in live.stdout if '"marker"' in line)
        live.terminate()
        _out, errors = live.communicate()
        patience.cancel()
    os.close(ours)
    os.close(theirs)
    assert (marker["type"], marker["author"]) == ("bump", "space bar")
    assert "press the space bar" in errors
    assert errors.count("tap 1 of 10") == 1


def test_without_a_keyboard_it_is_said_in_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app", "live", "demo", "--bump", "--json", "--seconds", "1"]
    env = {**os.environ, "ATTUNE_HOME": str(tmp_path)}
    done = subprocess.run(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "attune: a bump test needs a terminal with a keyboard.\n"
