# SPDX-License-Identifier: MIT
"""An independent sender: pyxdf plays a recording of a Polar strap and a skin sensor as LSL streams."""

import asyncio
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dsp.codes import Modality
from dsp.stream import Chunk
from sensors.lsl.config import loopback_config
from sensors.lsl.inlet import LslInlet
from tests.sensors.lsl.listening import listening, now, run
from tests.sensors.reading import shared_data

_WANTED = {"ECG": (Modality.ECG, 130), "RR": (Modality.RR, 2), "HR": (Modality.HR, 2), "GSR": (Modality.EDA, 6)}


async def first(type_: str, modality: Modality, samples: int) -> list[Chunk]:
    async with listening(LslInlet(f"type={type_}", clock=now)) as heard:
        await heard.until(lambda: sum(len(c.t) for c in heard.chunks(modality)) >= samples)
        return heard.chunks(modality)


@pytest.mark.skipif(importlib.util.find_spec("pyxdf") is None, reason="pyxdf is not installed")
def test_what_pyxdf_plays_is_recognised_and_read(lsl_session: str, tmp_path: Path) -> None:
    async def read() -> dict[str, list[Chunk]]:
        async with asyncio.TaskGroup() as tasks:
            reading = {type_: tasks.create_task(first(type_, *wanted)) for type_, wanted in _WANTED.items()}
        return {type_: task.result() for type_, task in reading.items()}

    config = tmp_path / "lsl_api.cfg"
    config.write_text(loopback_config(lsl_session, is_quiet=True), encoding="utf-8")
    file = shared_data() / "xdf" / "labrecordercli_5streams_simulated.xdf"
    command = [sys.executable, "-m", "pyxdf.cli.playback_lsl", str(file), "--loop"]
    environment = {**os.environ, "LSLAPICFG": str(config)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            found = run(read())
        finally:
            process.kill()
    steps = np.diff(np.concatenate([chunk.t for chunk in found["ECG"]]))
    assert np.median(steps) == pytest.approx(1 / 130, rel=0.05)
    assert all(700 < value < 1000 for chunk in found["RR"] for value in chunk.values)
    assert all(60 < value < 85 for chunk in found["HR"] for value in chunk.values)
    assert all(2 < value < 10 for chunk in found["GSR"] for value in chunk.values)
