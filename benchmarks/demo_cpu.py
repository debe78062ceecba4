# SPDX-License-Identifier: MIT
"""How much of a core the whole application takes with the synthetic person, pacer breathing, over 60 s."""

import os
import subprocess
import sys
import tempfile
import time

import psutil

from benchmarks.figure import Figure

SETTLING_S = 6.0
WATCHED_S = 60.0


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as home:
        running = subprocess.Popen(
            [sys.executable, "-m", "app", "--demo"],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "ATTUNE_HOME": home},
        )
        try:
            share, memory_mb = watch(psutil.Process(running.pid))
        finally:
            running.terminate()
            running.wait(10)
    return [
        Figure("whole demo at 60 s, share of a core", f"{100 * share:.1f} %", "<= 10 %", share <= 0.10),
        Figure("whole demo at 60 s, resident memory", f"{memory_mb:.0f} MB", "reported"),
    ]


def watch(process: psutil.Process) -> tuple[float, float]:
    time.sleep(SETTLING_S)
    before, started = process.cpu_times(), time.monotonic()
    time.sleep(WATCHED_S)
    after, ended = process.cpu_times(), time.monotonic()
    used_s = after.user + after.system - before.user - before.system
    return used_s / (ended - started), process.memory_info().rss / 1e6
