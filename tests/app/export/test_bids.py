# SPDX-License-Identifier: MIT
"""BIDS: checked against the rules of the specification (1.10), and by its own validator where that is installed."""

import csv
import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from app.export.bids import write_bids
from app.export.content import Export, Note
from dsp.codes import Modality
from dsp.stream import Beat, Chunk, Marker
from sensors.made_up.faults import Faults, Span
from tests.app.recorded_session import KeptSession, live_session, session_of, synthetic_session

# <datatype beh>: sub-<label>[_ses-<label>]_task-<label>[_acq-..][_run-..][_recording-<label>]_physio.(tsv.gz|json)
_PHYSIO = re.compile(
    r"sub-[A-Za-z0-9]+/beh/(sub-[A-Za-z0-9]+)_task-[A-Za-z0-9]+_recording-[A-Za-z0-9]+_physio\.(tsv\.gz|json)"
)
_EVENTS = re.compile(r"sub-[A-Za-z0-9]+/beh/(sub-[A-Za-z0-9]+)_task-[A-Za-z0-9]+_events\.(tsv|json)")
_AT_ROOT = {"dataset_description.json", "participants.tsv", "participants.json", "README"}


@pytest.fixture(scope="module")
def session() -> KeptSession:
    items = synthetic_session(60.0, faults=Faults(dropouts=(Span(20.0, 3.0),))).items()
    return session_of([*items, Marker(50.5, "breath", "client")])


@pytest.fixture(scope="module")
def dataset(session: KeptSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bids")
    write_bids(Export(session, (Note(3.0, "tired\ttoday"),)), folder)
    return folder


def recordings(dataset: Path) -> list[Path]:
    return sorted(dataset.rglob("*_physio.tsv.gz"))


def sidecar(path: Path) -> dict[str, object]:
    said = json.loads(path.with_name(path.name.replace(".tsv.gz", ".json")).read_text(encoding="utf-8"))
    assert isinstance(said, dict)
    return said


def events(dataset: Path) -> list[dict[str, str]]:
    (path,) = dataset.rglob("*_events.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_file_has_a_name_of_the_specification(dataset: Path) -> None:
    names = {str(path.relative_to(dataset).as_posix()) for path in dataset.rglob("*") if path.is_file()}
    assert names >= _AT_ROOT
    for name in names - _AT_ROOT:
        match = _PHYSIO.fullmatch(name) or _EVENTS.fullmatch(name)
        assert match, name
        assert name.startswith(f"{match[1]}/")


def test_the_dataset_says_its_name_and_version(dataset: Path) -> None:
    said = json.loads((dataset / "dataset_description.json").read_text(encoding="utf-8"))
    assert {"Name", "BIDSVersion", "DatasetType"} <= said.keys()
    assert said["GeneratedBy"][0]["Name"] == "Attune"


def test_every_subject_folder_is_a_participant(dataset: Path) -> None:
    rows = (dataset / "participants.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0].split("\t")[0] == "participant_id"
    assert {row.split("\t")[0] for row in rows[1:]} == {path.name for path in dataset.glob("sub-*")}


def test_recordings_have_no_header_line_and_as_many_columns_as_are_said(dataset: Path) -> None:
    assert len(recordings(dataset)) == 5
    for path in recordings(dataset):
        said = sidecar(path)
        assert {"SamplingFrequency", "StartTime", "Columns"} <= said.keys()
        columns = said["Columns"]
        assert isinstance(columns, list)
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                cells = line.rstrip("\n").split("\t")
                assert len(cells) == len(columns)
                assert all(cell == "n/a" or np.isfinite(float(cell)) for cell in cells)


def test_a_sample_lies_at_its_start_and_rate(session: KeptSession, dataset: Path) -> None:
    (path,) = [path for path in recordings(dataset) if "recording-ecg" in path.name]
    said = sidecar(path)
    start, rate = said["StartTime"], said["SamplingFrequency"]
    assert isinstance(start, float)
    assert isinstance(rate, float)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        cells = [line.strip() for line in file]
    t = start + np.flatnonzero([cell != "n/a" for cell in cells]) / rate
    chunks = [item for item in session.items() if isinstance(item, Chunk) and item.modality is Modality.ECG]
    np.testing.assert_allclose(t, np.concatenate([chunk.t for chunk in chunks]), atol=0.5 / rate)
    assert [float(cell) for cell in cells if cell != "n/a"] == np.concatenate([c.values for c in chunks]).tolist()


def test_a_dropout_is_rows_of_na(dataset: Path) -> None:
    (path,) = [path for path in recordings(dataset) if "recording-eda" in path.name]
    with gzip.open(path, "rt", encoding="utf-8") as file:
        assert sum(line == "n/a\n" for line in file) == 12


def test_events_begin_with_onset_and_duration_in_order(dataset: Path) -> None:
    rows = events(dataset)
    assert list(rows[0])[:2] == ["onset", "duration"]
    onsets = [float(row["onset"]) for row in rows]
    assert onsets == sorted(onsets)
    assert all(float(row["duration"]) >= 0 for row in rows)
    (path,) = dataset.rglob("*_events.json")
    assert set(json.loads(path.read_text(encoding="utf-8"))) == set(rows[0])


def test_beats_markers_gaps_and_notes_are_events(session: KeptSession, dataset: Path) -> None:
    rows = events(dataset)
    beats = [value for value in session.values() if isinstance(value, Beat) and value.confirmed_t is not None]
    assert [float(row["rr_ms"]) for row in rows if row["trial_type"] == "beat"] == [beat.rr_ms for beat in beats]
    said = {(row["trial_type"], row["value"]) for row in rows if row["trial_type"] != "beat"}
    assert said == {("marker", "breath"), ("gap", "link_lost"), ("note", r"tired\u0009today")}


def test_two_people_are_two_subjects(tmp_path: Path) -> None:
    write_bids(Export(live_session(10.0, seeds={"client": 1, "partner": 2})), tmp_path)
    assert len(list(tmp_path.glob("sub-*"))) == 2
    assert len(list(tmp_path.rglob("*_events.tsv"))) == 2


@pytest.mark.skipif(shutil.which("bids-validator-deno") is None, reason="the specification's own validator is not here")
def test_the_validator_finds_no_error(dataset: Path) -> None:
    done = subprocess.run(["bids-validator-deno", str(dataset), "--json"], capture_output=True, text=True, check=False)
    issues = json.loads(done.stdout)["issues"]["issues"]
    assert [issue for issue in issues if issue["severity"] == "error"] == []
