# SPDX-License-Identifier: MIT
"""Batches: one table of many recordings, the same however the work was done, and never stopped by one of them."""

import csv
import errno
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.analyze.batch import Batch, Outcome, files_of, run_batch
from app.analyze.lanes import analyse_in_lanes
from app.analyze.recordings import find_files
from app.analyze.windows import Row
from app.analyze.work import Options, analyse_file, analyse_session
from app.errors import AppError, Fault
from app.export.exporting import Format, export_session
from dsp.codes import Action
from dsp.stream import Command
from sensors.source import SensorError
from tests.app.recorded_session import KeptSession, synthetic_session

OPTIONS = Options(window_s=15)
_TWO_LANES = """
import sys, threading
from pathlib import Path
from app.analyze.lanes import analyse_in_lanes
from app.analyze.recordings import find_files
from app.analyze.work import Options

if __name__ == "__main__":
    files = find_files([Path(sys.argv[1])], leave_out=Path("t.csv"))
    for done in analyse_in_lanes(files, Options(), 2):
        print("one is done", flush=True)
        threading.Event().wait()
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with recordings of three kinds, and two files that are none."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "site").mkdir()
    kinds = (("a.xdf", Format.XDF), ("site/b.edf", Format.EDF), ("site/c", Format.CSV))
    for seed, (name, form) in enumerate(kinds, 1):
        export_session(synthetic_session(40.0, seed=seed), form, folder / name, identified=True)
    (folder / "bad.xdf").write_bytes(b"XDF:" + bytes(range(200)))
    (folder / "empty.csv").touch()
    (folder / "notes.docx").write_bytes(b"no recording")
    return folder


def run(study: Path, out: Path, *, options: Options = OPTIONS, lanes: int = 1, resume: bool = False) -> Outcome:
    batch = Batch([study], out, options, lanes, resume=resume)
    return run_batch(batch, files_of(batch), lambda _bytes: None)


def table(path: Path) -> Sequence[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_is_a_row_for_each_window_and_one_for_each_whole(study: Path, tmp_path: Path) -> None:
    assert run(study, tmp_path / "t.csv") == Outcome(recordings=5, bad=2)
    rows = table(tmp_path / "t.csv")
    of_a = [row for row in rows if row["recording"] == "a.xdf"]
    assert [row["row"] for row in of_a] == ["window", "window", "window", "session"]
    assert [row["seconds"] for row in of_a] == ["15", "15", "10", "40"]
    assert 55 < float(of_a[1]["hr_bpm"]) < 75
    assert float(of_a[1]["hr_bpm_quality"]) > 0.5
    assert of_a[1]["lf_ms2_why"] == "settling"
    assert of_a[-1]["beats"] == str(sum(int(row["beats"]) for row in of_a[:-1]))
    assert {row["numpy"] for row in rows} == {__import__("numpy").__version__}


def test_a_file_that_cannot_be_read_is_a_row_with_its_reason(study: Path, tmp_path: Path) -> None:
    run(study, tmp_path / "t.csv")
    bad = {row["recording"]: row for row in table(tmp_path / "t.csv") if row["row"] == "error"}
    assert set(bad) == {"bad.xdf", "empty.csv"}
    assert bad["empty.csv"]["why"] == "file_empty"
    assert "holds no samples" in bad["empty.csv"]["detail"]


def test_however_many_processes_the_table_is_the_same(study: Path, tmp_path: Path) -> None:
    run(study, tmp_path / "one.csv", lanes=1)
    run(study, tmp_path / "three.csv", lanes=3)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "three.csv").read_bytes()


def test_parquet_and_csv_hold_the_same(study: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    run(study, tmp_path / "t.csv")
    run(study, tmp_path / "t.parquet")
    for said, row in zip(
        table(tmp_path / "t.csv"), parquet.read_table(tmp_path / "t.parquet").to_pylist(), strict=True
    ):
        assert list(said) == list(row)
        for name, text in said.items():
            value = row[name]
            assert text == (value or "") if isinstance(value, str) else (float(text) if text else None) == value


def test_a_run_that_was_stopped_goes_on_where_it_was(study: Path, tmp_path: Path) -> None:
    run(study, tmp_path / "whole.csv")
    batch = Batch([study], tmp_path / "t.csv", OPTIONS, 1)
    done: list[int] = []

    def stop(n_bytes: int) -> None:
        done.append(n_bytes)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(batch, files_of(batch), stop)
    assert not (tmp_path / "t.csv").exists()
    with pytest.raises(AppError, match="--resume"):
        run(study, tmp_path / "t.csv")
    told: list[int] = []
    again = replace(batch, resume=True)
    run_batch(again, files_of(again), told.append)
    assert (tmp_path / "t.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"t.csv", "whole.csv"}


def test_a_table_that_is_there_is_not_replaced_unasked(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(AppError) as error:
        run(study, out)
    assert error.value.fault is Fault.ALREADY_THERE
    assert out.read_text(encoding="utf-8") == "mine"


def test_a_full_disk_is_one_sentence_and_keeps_what_is_done(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AppError, match="the disk is full") as error:
        run(study, tmp_path / "t.csv")
    assert error.value.fault is Fault.NO_SPACE
    monkeypatch.undo()
    assert len(list((tmp_path / ".t.csv.parts").glob("*.json"))) == 2
    run(study, tmp_path / "t.csv", resume=True)
    assert len(table(tmp_path / "t.csv")) == 14


def test_a_process_that_dies_costs_no_row(study: Path, tmp_path: Path) -> None:
    files = find_files([study], leave_out=tmp_path / "t.csv")
    expected = {file.name: analyse_file(str(file.path), OPTIONS) for file in files}
    found: dict[str, Sequence[Row]] = {}
    for file, rows in analyse_in_lanes(files, OPTIONS, 1):
        if not found:
            for process in multiprocessing.active_children():
                process.kill()
        found[file.name] = rows
    assert found == expected


def test_no_process_outlives_the_one_that_wants_the_rows(study: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _TWO_LANES, str(study)], cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, text=True
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "one is done\n"
        program.kill()
        program.communicate(timeout=30)  # its end comes when nobody has the pipe open any more


def test_what_is_no_recording_below_a_folder_is_left_out(study: Path, tmp_path: Path) -> None:
    names = [file.name for file in find_files([study], leave_out=tmp_path / "t.csv")]
    assert names == ["a.xdf", "bad.xdf", "empty.csv", "site/b.edf", "site/c/samples.csv"]


def test_nothing_to_analyse_is_said(tmp_path: Path) -> None:
    with pytest.raises(SensorError, match="no recording to analyse"):
        find_files([tmp_path], leave_out=tmp_path / "t.csv")
    with pytest.raises(SensorError, match="there is no"):
        find_files([tmp_path / "gone"], leave_out=tmp_path / "t.csv")


@pytest.mark.parametrize("name", ["t.xlsx", "t", "t.json"])
def test_a_table_of_another_kind_is_refused_before_any_work(study: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(AppError, match="must end in"):
        run(study, tmp_path / name)


@pytest.fixture(scope="module")
def paced() -> KeptSession:
    values = (("breaths_per_min", 6.0),)
    pace = Command(1020.0, Action.PACE, "terminal", "client", values)
    return synthetic_session(100.0, seed=5, start_s=1000.0, more=[pace])


def test_a_session_exported_gives_the_same_rows_as_the_session(paced: KeptSession, tmp_path: Path) -> None:
    export_session(paced, Format.CSV, tmp_path / "out", identified=True)
    assert analyse_file(str(tmp_path / "out" / "samples.csv"), OPTIONS) == analyse_session(paced, OPTIONS)


def test_deidentified_its_rows_are_the_same_up_to_the_rounding_of_times(paced: KeptSession, tmp_path: Path) -> None:
    export_session(paced, Format.CSV, tmp_path / "out")
    rows = analyse_file(str(tmp_path / "out" / "samples.csv"), OPTIONS)
    for row, expected in zip(rows, analyse_session(paced, OPTIONS), strict=True):
        assert row.keys() == expected.keys()
        for name, cell in expected.items():
            assert row[name] == (pytest.approx(cell, rel=1e-9, abs=1e-9) if isinstance(cell, float) else cell), name


def test_the_rest_of_the_person_gives_states(tmp_path: Path) -> None:
    from app.cli.calibrated import calibration

    export_session(synthetic_session(400.0, seed=5), Format.XDF, tmp_path / "a.xdf", identified=True)
    rows = analyse_file(str(tmp_path / "a.xdf"), Options(60, tuple(calibration((0.0, 200.0), None, None))))
    assert rows[-2]["arousal_zone"] != "unknown"
    assert rows[-1]["surely_inside"] is not None
