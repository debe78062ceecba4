# SPDX-License-Identifier: MIT
"""ECG from recordings and from the synthetic person gives beats by the one path, and the lines say so."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.jsonlines import JsonLines
from app.merge import merge_recorded
from app.session import run_session
from dsp.pipeline import Pipeline
from dsp.stream import Frame, Tick
from sensors.made_up.faults import Faults
from sensors.replay import Recording
from sensors.source import Source
from sensors.synthetic import SyntheticPerson
from tests.dsp.heart.made_ecg import beats, ecg, noise
from tests.virtual_time import run_virtual

_SECONDS = 60
_HEART = beats(seconds=float(_SECONDS))

Line = Mapping[str, Any]


class _End(Exception):  # noqa: N818  # nothing went wrong
    """The seconds that a test asks for are over."""


class _Until:
    def __init__(self, end_s: float) -> None:
        self._end_s = end_s

    def put(self, frame: Frame) -> None:
        if isinstance(frame.item, Tick) and frame.item.t >= self._end_s:
            raise _End


def _lines(*sources: Source, until_s: float = 1e9) -> list[Line]:
    written: list[str] = []
    lines = JsonLines(written.append, beats=True)
    with suppress(_End):
        run_virtual(run_session(merge_recorded(sources), Pipeline(), [lines, _Until(until_s)]))
    return [json.loads(line) for line in written]


def _ecg_csv(folder: Path, rate_hz: float) -> Path:
    chunk = ecg(_HEART, rate_hz=rate_hz, seconds=float(_SECONDS))
    mv = chunk.values + noise(len(chunk.t), sd_mv=0.01)
    path = folder / "ecg.csv"
    rows = (f"{t:.6f},{value:.4f}" for t, value in zip(chunk.t, mv, strict=True))
    path.write_text("t_s,ecg_mv\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def _rr_csv(folder: Path, spoiled: Sequence[int] = ()) -> Path:
    seen = np.delete(_HEART, spoiled)
    path = folder / "rr.csv"
    rows = (f"{t + 0.6:.6f},{1000.0 * rr:.3f}" for t, rr in zip(seen[1:], np.diff(seen), strict=True))
    path.write_text("t_s,rr_ms\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def _begun(lines: Sequence[Line]) -> list[Line]:
    return [line["beat"] for line in lines if line.get("beat", {}).get("verdict") == "provisional"]


@pytest.mark.parametrize("rate_hz", [130.0, 250.0, 1000.0])
def test_a_table_of_ecg_gives_beats_at_its_r_peaks(tmp_path: Path, rate_hz: float) -> None:
    lines = _lines(Recording(_ecg_csv(tmp_path, rate_hz)))
    times = np.array([beat["t"] for beat in _begun(lines)])
    assert np.abs(times - _HEART[-len(times) :]).max() < 0.004
    assert len(times) >= len(_HEART) - 2
    assert {beat["origin"] for beat in _begun(lines)} == {"ecg"}
    assert all(beat["detected_t"] > beat["t"] for beat in _begun(lines))
    last = [line for line in lines if "hr_bpm" in line][-1]
    assert last["heart_from"] == "ecg"
    assert last["hr_bpm"] == pytest.approx(66.0, abs=4.0)
    assert last["rmssd_ms"] is not None
    assert last["quality"]["ecg"] > 0.8


def test_intervals_and_a_waveform_of_one_person_are_one_row_of_beats(tmp_path: Path) -> None:
    sources = Recording(_rr_csv(tmp_path, range(20, 60, 6))), Recording(_ecg_csv(tmp_path, 130.0))
    lines = _lines(*sources)
    begun = _begun(lines)
    origins = [beat["origin"] for beat in begun]
    assert origins == sorted(origins, reverse=True)  # the strap's at first, then the waveform's
    assert {"rr", "ecg"} == set(origins)
    true_t = [beat["t"] - (0.6 if beat["origin"] == "rr" else 0.0) for beat in begun]
    assert min(np.diff(true_t)) > 0.5
    seconds = [line for line in lines if "hr_bpm" in line]
    assert [line["heart_from"] for line in seconds[25:58]] == ["ecg"] * 33
    assert seconds[-1]["rmssd_ms"] is not None


def test_the_synthetic_persons_ecg_gives_its_beats_while_the_strap_misses_some() -> None:
    lines = _lines(SyntheticPerson(4, faults=Faults(missed_per_min=4.0)), until_s=90.0)
    seconds = [line for line in lines if "hr_bpm" in line]
    assert {line["heart_from"] for line in seconds[30:]} == {"ecg"}
    assert all(line["corrected_percent"] < 5.0 for line in seconds[40:])
    assert all(line["quality"]["ecg"] > 0.6 for line in seconds[10:])
