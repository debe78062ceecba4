# SPDX-License-Identifier: MIT
import pytest

from app.cli.recording_light import RecordingLight
from dsp.codes import Reason
from dsp.stream import Frame, Recording, Tick


def test_it_says_once_that_the_disk_takes_nothing_and_once_that_it_does_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    states = iter([Recording(), *[Recording(reason=Reason.DISK_FULL)] * 3, Recording(), Recording()])
    light = RecordingLight(lambda: next(states))
    for t in range(6):
        light.put(Frame(Tick(float(t))))
    first, last = capsys.readouterr().err.splitlines()
    assert "not stored just now" in first
    assert last == "storing again"


def test_it_warns_once_before_the_disk_is_full(capsys: pytest.CaptureFixture[str]) -> None:
    states = iter(Recording(full_in_s=seconds) for seconds in (2000.0, 840.0, 600.0))
    light = RecordingLight(lambda: next(states))
    for t in range(3):
        light.put(Frame(Tick(float(t))))
    assert capsys.readouterr().err == "the disk will be full in 14 minutes\n"
