# SPDX-License-Identifier: MIT
"""Senders for the tests: outlets in this process, and one in a process of its own that can be killed.

As a program (`python -m tests.sensors.lsl.outlets SESSION SPEC`, a JSON object) it sends a counter at its rate until it
is killed; 0 Hz: it only stands there.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pylsl

from sensors.lsl.config import use_loopback

ROOT = Path(__file__).parents[3]
STEP_S = 0.002


@dataclass(frozen=True)
class Spec:
    """What an outlet says of itself; `tag` is the word that its channels' names stand under."""

    name: str
    type: str = "EDA"
    channels: int = 1
    rate_hz: float = 0.0
    format: str = "float32"
    source_id: str | None = None
    labels: Sequence[str] = ()
    units: Sequence[str] = ()
    tag: str = "label"
    filling: int = 0  # bytes of nothing in its description
    times: int = 1  # so often each label is written


def outlet(spec: Spec) -> pylsl.StreamOutlet:
    """Open an outlet, which closes when it is dropped."""
    source_id = f"id of {spec.name}" if spec.source_id is None else spec.source_id
    info = pylsl.StreamInfo(spec.name, spec.type, spec.channels, spec.rate_hz, spec.format, source_id)
    if spec.labels or spec.units:
        channels = info.desc().append_child("channels")
        for k in range(max(len(spec.labels), len(spec.units))):
            channel = channels.append_child("channel")
            if k < len(spec.labels):
                channel.append_child_value(spec.tag, spec.labels[k] * spec.times)
            if k < len(spec.units):
                channel.append_child_value("unit", spec.units[k])
    if spec.filling:
        info.desc().append_child_value("filling", "x" * spec.filling)
    return pylsl.StreamOutlet(info)


@contextmanager
def sender(session_id: str, spec: Spec, count: int = 1) -> Iterator[subprocess.Popen[str]]:
    """Run `count` outlets like this in a process of their own, named NAME0, NAME1 ... if there are several."""
    command = [sys.executable, "-m", "tests.sensors.lsl.outlets", session_id, json.dumps(asdict(spec)), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            yield process
        finally:
            process.kill()


def _send(session_id: str, spec: Spec, count: int) -> None:
    use_loopback(session_id, is_quiet=True)
    specs = [replace(spec, name=f"{spec.name}{k}") for k in range(count)] if count > 1 else [spec]
    outlets = [outlet(each) for each in specs]
    print("open", flush=True)  # noqa: T201 - what the test waits for
    began, sent = pylsl.local_clock(), 0
    while True:
        due = int((pylsl.local_clock() - began) * spec.rate_hz)
        for k in range(sent, due):
            for each in outlets:
                each.push_sample([float(k)] * spec.channels, began + k / spec.rate_hz)
        sent = due
        time.sleep(STEP_S)


if __name__ == "__main__":
    _send(sys.argv[1], Spec(**json.loads(sys.argv[2])), int(sys.argv[3]))
