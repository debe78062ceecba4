# SPDX-License-Identifier: MIT
"""When a recording was made: as its file says, or nothing."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.export.exporting import Format, export_session
from app.imports.dated import made_at
from tests.app.recorded_session import STARTED_UTC_S, KeptSession, synthetic_session

XDF = b"XDF:\x01\x00<?xml version='1.0'?><info><version>1.0</version><datetime>2026-03-01T10:20:30+0100</datetime>"


@pytest.fixture(scope="module")
def session() -> KeptSession:
    return synthetic_session(3.0)


@pytest.mark.parametrize("form", [Format.XDF, Format.EDF])
def test_an_identified_export_says_when_it_was(session: KeptSession, tmp_path: Path, form: Format) -> None:
    path = tmp_path / f"out.{form}"
    export_session(session, form, path, identified=True)
    assert made_at(path, 0.0) == pytest.approx(STARTED_UTC_S, abs=86_400.0)


@pytest.mark.parametrize("form", [Format.XDF, Format.EDF])
def test_a_deidentified_one_says_nothing(session: KeptSession, tmp_path: Path, form: Format) -> None:
    path = tmp_path / f"out.{form}"
    export_session(session, form, path)
    assert made_at(path, 0.0) is None


def test_a_compressed_file_says_it_too(tmp_path: Path) -> None:
    path = tmp_path / "out.xdfz"
    path.write_bytes(gzip.compress(XDF))
    assert made_at(path, 5.0) == datetime(2026, 3, 1, 9, 20, 30, tzinfo=UTC).timestamp()


def test_a_table_is_dated_by_what_stands_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "samples.csv"
    path.write_text("t_s,rr_ms\n", encoding="utf-8")
    assert made_at(path, 7.0) is None
    about = {"started_utc_s": STARTED_UTC_S, "started_t_s": 5.0}
    (tmp_path / "about.json").write_text(json.dumps(about), encoding="utf-8")
    assert made_at(path, 7.0) == STARTED_UTC_S + 2.0


@given(st.sampled_from([b"XDF:", b"\x1f\x8b", b"0       ", b""]), st.binary(max_size=200))
def test_any_bytes_give_a_time_or_none(tmp_path_factory: pytest.TempPathFactory, begin: bytes, rest: bytes) -> None:
    folder = tmp_path_factory.mktemp("any", numbered=True)
    (folder / "some.file").write_bytes(begin + rest)
    (folder / "about.json").write_bytes(rest)
    made_at(folder / "some.file", 0.0)


@pytest.mark.parametrize("date", [b"not a date", b"2026-99-01T10:20:30", b"99999-01-01"])
def test_a_date_that_is_none_is_none(tmp_path: Path, date: bytes) -> None:
    path = tmp_path / "out.xdf"
    path.write_bytes(b"XDF:<datetime>" + date + b"</datetime>")
    assert made_at(path, 0.0) is None
