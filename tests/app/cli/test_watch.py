# SPDX-License-Identifier: MIT
"""`attune watch`: another Attune's state, as our own outlets send it."""

import json
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import commands
from app.cli.watch import watch
from app.outlets import sending
from dsp.codes import Zone
from dsp.stream import ArousalState, Frame, Tick
from tests.sensors.lsl.listening import now


def states() -> list[Frame]:
    t = now()
    made = ArousalState(t, zone=Zone.ABOVE, level=1.25, uncertainty=0.2, p_above=0.9, p_below=0.0)
    return [Frame(Tick(t), states=(made,)), Frame(Tick(t + 0.01), states=(ArousalState(t + 0.01),))]


@pytest.mark.parametrize("as_lines", [True, False], ids=["json", "text"])
def test_what_our_outlets_send_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str], as_lines: bool) -> None:
    with sending(["client"], now, tmp_path, shares=True) as outlets:
        over = threading.Event()

        def go_on() -> None:
            while not over.wait(0.2):  # whenever the reader comes, something follows
                for frame in states():
                    outlets.put(frame)

        giving = threading.Thread(target=go_on)
        giving.start()
        watch("lsl:Attune State", seconds=4.0, as_lines=as_lines)
        over.set()
        giving.join()
    out, errors = capsys.readouterr()
    assert "on a network that you trust only" in errors
    if as_lines:
        seen = [json.loads(line)["state"] for line in out.splitlines()]
        assert {"above", "unknown"} == {state["zone"] for state in seen}
        assert next(s["level"] for s in seen if s["zone"] == "above") == 1.25
    else:
        assert "+1.25 ± 0.20  above the window" in out
        assert "--  not known" in out


def test_what_is_no_stream_is_said_in_one_sentence() -> None:
    result = CliRunner().invoke(commands, ["watch", "ble:any"])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
