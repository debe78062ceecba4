# SPDX-License-Identifier: MIT
"""An independent sender: pyxdf plays a recording of a Polar strap and a skin sensor as LSL streams."""

import asyncio
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from app.export.content import Export
from app.export.xdf import write_xdf
from dsp.codes import Modality
from dsp.stream import Chunk
from sensors.lsl.config import loopback_config
from sensors.lsl.inlet import LslInlet
from tests.app.recorded_session import synthetic_session
from tests.sensors.lsl.listening import listening, now, run
from tests.sensors.reading import shared_data

_WANTED = {"ECG": (Modality.ECG, 130), "RR": (Modality.RR, 2), "HR": (Modality.HR, 2), "GSR": (Modality.EDA, 6)}


async def first(type_: str, modality: Modality, samples: int) -> list[Chunk]:
    async with listening(LslInlet(f"type={type_}", clock=now)) as heard:
        await heard.until(lambda: sum(len(c.t) for c in heard.chunks(modality)) >= samples)
        return heard.chunks(modality)


@contextmanager
def played(file: Path, session: str, folder: Path) -> Iterator[None]:
    """Let pyxdf play a file again and again, in a process of its own."""
    config = folder / "lsl_api.cfg"
    config.write_text(loopback_config(session, is_quiet=True), encoding="utf-8")
    command = [sys.executable, "-m", "pyxdf.cli.playback_lsl", str(file), "--loop"]
    environment = {**os.environ, "LSLAPICFG": str(config)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


async def read(wanted: Mapping[str, tuple[Modality, int]]) -> dict[str, list[Chunk]]:
    """Read streams by their type, each until so many samples came."""
    async with asyncio.TaskGroup() as tasks:
        reading = {type_: tasks.create_task(first(type_, *what)) for type_, what in wanted.items()}
    return {type_: task.result() for type_, task in reading.items()}


def values_of(chunks: list[Chunk]) -> list[float]:
    return [float(value) for chunk in chunks for value in chunk.values]


pytestmark = pytest.mark.skipif(importlib.util.find_spec("pyxdf") is None, reason="pyxdf is not installed")


def test_what_pyxdf_plays_is_recognised_and_read(lsl_session: str, tmp_path: Path) -> None:
    with played(shared_data() / "xdf" / "labrecordercli_5streams_simulated.xdf", lsl_session, tmp_path):
        found = run(read(_WANTED))
    steps = np.diff(np.concatenate([chunk.t for chunk in found["ECG"]]))
    assert np.median(steps) == pytest.approx(1 / 130, rel=0.05)
    assert all(700 < value < 1000 for value in values_of(found["RR"]))
    assert all(60 < value < 85 for value in values_of(found["HR"]))
    assert all(2 < value < 10 for value in values_of(found["GSR"]))


def test_what_attune_exported_is_recognised_and_read_when_pyxdf_plays_it(lsl_session: str, tmp_path: Path) -> None:
    exported = tmp_path / "own.xdf"
    session = synthetic_session(30.0)
    with exported.open("wb") as file:
        write_xdf(Export(session, ()), file)
    with played(exported, lsl_session, tmp_path):
        found = run(read({"ECG": (Modality.ECG, 130), "GSR": (Modality.EDA, 6), "ACC": (Modality.ACC, 25)}))
    sent = {m: [i for i in session.items() if isinstance(i, Chunk) and i.modality is m] for m in Modality}
    for type_, modality in (("ECG", Modality.ECG), ("GSR", Modality.EDA)):
        low, high = min(values_of(sent[modality])), max(values_of(sent[modality]))
        assert all(low - 1e-5 <= value <= high + 1e-5 for value in values_of(found[type_]))  # in mV and microsiemens
    sizes = np.linalg.norm(np.concatenate([chunk.values for chunk in found["ACC"]]), axis=1)
    assert np.median(sizes) == pytest.approx(1000.0, rel=0.1)  # mg
