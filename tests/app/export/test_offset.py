# SPDX-License-Identifier: MIT
"""What a bump test found of a stream stands in every export of the session."""

import asyncio
import csv
import json
from pathlib import Path

import edfio
import pytest
import pyxdf

from app.export.exporting import Format, export_session
from app.imports.opening import recorded_source
from dsp.codes import Modality, NoticeCode
from dsp.stream import Chunk, Item, Marker, Notice
from tests.app.recorded_session import KeptSession, session_of, synthetic_session

_VALUES = (("modality", "ecg"), ("median_s", 0.0123), ("low_s", 0.0101), ("high_s", 0.0152), ("taps", 10))


@pytest.fixture(scope="module")
def session() -> KeptSession:
    """Make a session in which a bump test was made twice; the second one counts."""
    items = list(synthetic_session(30.0).items())
    source = next(item.source for item in items if isinstance(item, Chunk) and item.modality is Modality.ECG)
    first = tuple((name, 1.0 if name == "median_s" else value) for name, value in _VALUES)
    tests = [Notice(t, NoticeCode.OFFSET, source, values=values) for t, values in ((28.0, first), (29.0, _VALUES))]
    return session_of([*items, *tests])


def items_of(path: Path) -> list[Item]:
    async def read() -> list[Item]:
        return [item async for item in recorded_source(path).items()]

    return asyncio.run(read())


def test_xdf_says_it_in_the_description_of_the_stream(session: KeptSession, tmp_path: Path) -> None:
    export_session(session, Format.XDF, tmp_path / "s.xdf")
    streams, _header = pyxdf.load_xdf(str(tmp_path / "s.xdf"))
    named = {stream["info"]["name"][0]: stream["info"]["desc"][0] for stream in streams}
    said = {name: named[name]["synchronization"][0] for name in ("Attune ECG", "Attune EDA")}
    assert said["Attune ECG"]["offset_median"] == ["0.0123"]
    assert (said["Attune ECG"]["offset_low"], said["Attune ECG"]["offset_high"]) == (["0.0101"], ["0.0152"])
    assert said["Attune ECG"]["offset_taps"] == ["10"]
    assert "offset_median" not in said["Attune EDA"]


def test_edf_says_it_in_an_annotation_that_is_no_marker_when_it_comes_back(
    session: KeptSession, tmp_path: Path
) -> None:
    export_session(session, Format.EDF, tmp_path / "s.edf")
    texts = [annotation.text for annotation in edfio.read_edf(tmp_path / "s.edf").annotations]
    assert [text for text in texts if text.startswith("late")][-1] == "late ECG 0.0123 0.0101 0.0152"
    assert not [item for item in items_of(tmp_path / "s.edf") if isinstance(item, Marker)]


def test_bids_says_it_beside_the_signal(session: KeptSession, tmp_path: Path) -> None:
    export_session(session, Format.BIDS, tmp_path / "bids")
    said = {path.name.split("_")[2]: json.loads(path.read_text("utf-8")) for path in tmp_path.rglob("*_physio.json")}
    offset = said["recording-ecg"]["StampOffset"]
    assert (offset["Median"], offset["Low"], offset["High"], offset["Taps"]) == (0.0123, 0.0101, 0.0152, 10)
    assert "StampOffset" not in said["recording-eda"]


def test_tables_hold_the_notice(session: KeptSession, tmp_path: Path) -> None:
    export_session(session, Format.CSV, tmp_path / "csv")
    with (tmp_path / "csv" / "notices.csv").open(encoding="utf-8", newline="") as file:
        newest = [row for row in csv.DictReader(file) if row["code"] == "offset"][-1]
    assert dict(json.loads(newest["values"])) == dict(_VALUES)
    parquet = pytest.importorskip("pyarrow.parquet")
    export_session(session, Format.PARQUET, tmp_path / "parquet")
    row = parquet.read_table(tmp_path / "parquet" / "notices.parquet").to_pylist()[-1]
    assert dict(json.loads(row["values"])) == dict(_VALUES)
