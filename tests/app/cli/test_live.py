# SPDX-License-Identifier: MIT
"""The live session in a terminal: what the panel shows, and that Ctrl+C is a good end."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from app.cli.panel import LivePanel
from app.cli.plain_live import PlainLive
from dsp.codes import CueKind, Reason, SourceState
from dsp.plan import BreathPart, PacingPlan, Segment
from dsp.stream import Cue, Features, Frame, Gap, Measure, Status, Tick
from tests.app.sources import rr

ROOT = Path(__file__).parents[3]
PLAN = PacingPlan((Segment(100.0, 10.0),))


class Shown:
    """A panel on a manual clock, and what a terminal of 80 characters shows of it."""

    def __init__(self) -> None:
        self.now = 100.0
        self.panel = LivePanel(["client"], lambda: self.now)

    def second(self, t: float, *, heart_t: float | None, bpm: float | None, cue: Cue | None = None) -> None:
        heart = Measure(bpm, 1.0, None) if bpm is not None else Measure()
        features = Features(t, heart_t=heart_t, hr_bpm=heart)
        self.panel.put(Frame(Tick(t), features=(features,), cues=(cue,) if cue else ()))

    def text(self, *, encoding: str = "utf-8") -> str:
        paper = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        Console(width=80, file=paper).print(self.panel)
        paper.seek(0)
        return paper.read()


def test_a_fresh_rate_is_shown_with_its_age() -> None:
    shown = Shown()
    shown.second(101.0, heart_t=100.9, bpm=72.4)
    shown.now = 101.4
    assert "72 beats/min  clear, 0 s ago" in shown.text()


def test_an_old_rate_is_gone_and_its_age_stays() -> None:
    shown = Shown()
    shown.second(101.0, heart_t=100.9, bpm=72.4)
    shown.now = 109.0
    assert "-- beats/min  resting, 8 s ago" in shown.text()
    assert "72" not in shown.text()


def test_before_the_first_beat_no_number_is_made_up() -> None:
    assert "-- beats/min  resting" in Shown().text()


def test_the_bar_follows_the_plan_at_the_moment_it_is_drawn() -> None:
    shown = Shown()
    shown.second(
        100.0, heart_t=None, bpm=None, cue=Cue(100.0, "client", CueKind.BREATH, BreathPart.INHALE, 0.0, 6.0, PLAN)
    )
    lengths = []
    for t, word in ((100.0, "breathe in"), (102.0, "breathe in"), (104.0, "breathe out"), (107.0, "breathe out")):
        shown.now = t
        text = shown.text()
        assert word in text
        assert "6.0/min" in text
        lengths.append(text.count("█"))
    assert lengths == [0, 12, 24, 12]


def test_a_terminal_without_blocks_shows_the_bar_in_plain_characters() -> None:
    shown = Shown()
    shown.second(
        100.0, heart_t=None, bpm=None, cue=Cue(100.0, "client", CueKind.BREATH, BreathPart.INHALE, 0.0, 6.0, PLAN)
    )
    shown.now = 102.0
    assert "############............" in shown.text(encoding="ascii")


def test_sources_and_gaps_are_shown_with_their_reasons() -> None:
    shown = Shown()
    status = Status(101.0, "ble:any", SourceState.FAILED, reason=Reason.RADIO_OFF, detail="BleakError")
    gap = Gap(100.0, 101.5, Reason.BEATS_LOST, "ble:any")
    shown.panel.put(Frame(status, statuses=(status,)))
    shown.panel.put(Frame(gap, gaps=(gap,)))
    text = " ".join(shown.text().split())
    assert "ble:any not working: Bluetooth is switched off." in text
    assert "1, 1.5 s together" in text


def test_frames_of_somebody_else_change_no_number() -> None:
    shown = Shown()
    shown.panel.put(Frame(rr(101.0, person="partner")))
    assert "partner" not in shown.text()


def test_where_nothing_can_be_drawn_a_plain_line_comes_every_five_seconds() -> None:
    written: list[str] = []
    lines = PlainLive(["client"], 100.0, written.append)
    for t in range(101, 113):
        measure = Measure(72.4, 1.0, None)
        lines.put(Frame(Tick(t), features=(Features(t, heart_t=t - 0.1, hr_bpm=measure),)))
    assert written == [f"{time}  client  72 beats/min  clear, 0 s ago  RMSSD --\n" for time in ("0:01", "0:06", "0:11")]


def test_a_source_that_changes_is_a_plain_line_at_once() -> None:
    written: list[str] = []
    status = Status(101.0, "ble:any", SourceState.FAILED, reason=Reason.RADIO_OFF, detail="BleakError")
    PlainLive(["client"], 100.0, written.append).put(Frame(status, statuses=(status,)))
    (line,) = written
    assert line.startswith("0:01  ble:any not working: Bluetooth is switched off.")


@pytest.mark.skipif(sys.platform == "win32", reason="neither is sent to one process there")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_end_a_live_session_with_its_summary(end: signal.Signals, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "app", "live", "demo", "--json", "--pace", "6"],
        cwd=ROOT,
        env=os.environ | {"ATTUNE_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        lines = [json.loads(running.stdout.readline()) for _ in range(2)]  # the start, and the first of the session
        running.send_signal(end)
        rest, errors = running.communicate(timeout=30)
    lines += [json.loads(line) for line in rest.splitlines()]
    assert (running.returncode, errors) == (0, "")
    assert "start" in lines[0]
    assert "summary" in lines[-1]
