# SPDX-License-Identifier: MIT
"""CSV: read back to the same numbers, and nothing in it that a spreadsheet runs."""

import asyncio
import csv
from pathlib import Path

import numpy as np
import pytest

from app.export.content import Export, Note
from app.export.csv_text import write_csv
from app.export.deidentify import Deidentified
from app.imports.opening import recorded_items, recorded_source
from dsp.codes import Action, Modality, NoticeCode
from dsp.stream import Beat, Chunk, Command, Features, Item, Marker, Notice, Tick
from sensors.made_up.faults import Faults, Span
from sensors.recorded.session_table import SessionTable
from tests.app.recorded_session import KeptSession, live_session, session_of, synthetic_session

FORMULA = tuple("=+-@\t\r\x00\n")


def written(session: KeptSession, folder: Path, notes: tuple[Note, ...] = ()) -> Path:
    folder.mkdir()
    write_csv(Export(session, notes), folder)
    return folder


def read_again(path: Path) -> KeptSession:
    async def taken() -> list[Item]:
        return [item async for item in items]

    items, persons = recorded_items([recorded_source(path)])
    return session_of(asyncio.run(taken()), persons)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_live_session_of_two_people_with_decisions_reads_back_to_the_same_hash(tmp_path: Path) -> None:
    decisions = (
        Command(5.3, Action.PACE, "client", values=(("breaths_per_min", 7.0),)),
        Command(40.1, Action.PAUSE, "clinician"),
        Command(55.7, Action.RESUME, "clinician"),
    )
    session = live_session(90.0, seeds={"client": 5, "partner": 6}, commands=decisions)
    again = read_again(written(session, tmp_path / "out") / "samples.csv")
    assert again.head.sha256 == session.head.sha256
    assert again.kept_values == session.kept_values


def test_a_session_with_gaps_reads_back_to_the_same_hash(tmp_path: Path) -> None:
    faults = Faults(dropouts=(Span(20.0, 3.0), Span(50.0, 10.0)), contact_lost=(Span(35.0, 4.0),))
    session = synthetic_session(90.0, faults=faults)
    again = read_again(written(session, tmp_path / "out") / "samples.csv")
    assert again.head.sha256 == session.head.sha256


def test_read_among_other_files_a_session_gives_its_data_and_no_ticks(tmp_path: Path) -> None:
    session = synthetic_session(20.0)
    table = SessionTable(written(session, tmp_path / "out") / "samples.csv")

    async def taken() -> list[Item]:
        return [item async for item in table.items()]

    items = asyncio.run(taken())
    assert not [item for item in items if isinstance(item, Tick)]
    data = [item for item in session.items() if isinstance(item, Chunk)]
    assert sum(len(i.t) for i in items if isinstance(i, Chunk)) == sum(len(chunk.t) for chunk in data)


def test_intervals_are_a_text_that_replay_reads(tmp_path: Path) -> None:
    session = synthetic_session(60.0)
    folder = written(session, tmp_path / "out")
    rr_ms = [
        v for i in session.items() if isinstance(i, Chunk) and i.modality is Modality.RR for v in i.values.tolist()
    ]
    text = folder / "rr_1_client.txt"
    assert [float(line) for line in text.read_text(encoding="utf-8").split()] == rr_ms
    assert [beat.rr_ms for beat in read_again(text).values() if isinstance(beat, Beat)][: len(rr_ms)]


def test_tables_hold_what_was_computed(tmp_path: Path) -> None:
    session = synthetic_session(60.0)
    folder = written(session, tmp_path / "out", (Note(3.0, "=1+1"),))
    features = [value for value in session.values() if isinstance(value, Features)]
    rows = rows_of(folder / "features.csv")
    assert [float(row["t_s"]) for row in rows] == [f.t for f in features]
    assert [float(row["hr_bpm"]) if row["hr_bpm"] else None for row in rows] == [f.hr_bpm.value for f in features]
    final = [value for value in session.values() if isinstance(value, Beat) and value.confirmed_t is not None]
    assert [(float(row["t_s"]), row["verdict"]) for row in rows_of(folder / "beats.csv")] == [
        (beat.t, beat.verdict) for beat in final
    ]
    assert rows_of(folder / "notes.csv") == [{"t_s": "3.0", "text": "'=1+1"}]


def test_no_cell_begins_a_formula_and_the_names_come_back(tmp_path: Path) -> None:
    names = [
        "=cmd|'/c calc'!A0",
        "+1",
        "-1+1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\x00=1",
        " =1",
        "'=1",
        '","=1',
        "\u202e=1",
        "\\u0041",
    ]
    items: list[Item] = [Tick(0.0)]
    for k, name in enumerate(names):
        items.append(Chunk(Modality.EDA, [float(k)], [1.0], float(k), name, name))  # type: ignore[arg-type]  # a Chunk copies any array-like
        items.append(Marker(float(k), name, name, name))
        items.append(Notice(float(k), NoticeCode.DEVICE, name, name, (("serial", name),)))
    session = session_of(items, tuple(names))
    folder = written(session, tmp_path / "out")
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        texts = [cell for cell in cells if not _is_number(cell)]
        assert not [cell for cell in texts if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA)]
        assert not [cell for cell in texts if any(ord(c) < 32 for c in cell)]
    again = read_again(folder / "samples.csv")
    assert [m for m in again.values() if isinstance(m, Marker)] == [m for m in items if isinstance(m, Marker)]
    assert again.head.sha256 == session.head.sha256


def test_a_number_that_is_none_is_an_empty_cell(tmp_path: Path) -> None:
    chunk = Chunk(Modality.EDA, np.arange(4.0), np.array([1.0, np.nan, np.inf, -np.inf]), 4.0, "s")
    path = written(session_of([Tick(0.0), chunk, Tick(5.0)]), tmp_path / "out") / "samples.csv"
    text = path.read_text(encoding="utf-8").lower()
    assert "nan" not in text
    assert "inf" not in text
    (again,) = [item for item in read_again(path).items() if isinstance(item, Chunk)]
    np.testing.assert_array_equal(again.values, [1.0, np.nan, np.nan, np.nan])


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", ["samples", "beats", "features", "states", "cues", "responses", "gaps", "markers"])
def test_each_table_is_there_with_its_header(tmp_path: Path, name: str) -> None:
    header = (
        (written(synthetic_session(3.0), tmp_path / "out") / f"{name}.csv").read_text(encoding="utf-8").split("\n")[0]
    )
    assert "person" in header.split(",")


def test_deidentified_it_gives_the_same_numbers_at_times_that_moved(tmp_path: Path) -> None:
    session = synthetic_session(90.0, start_s=81234.25)
    (tmp_path / "out").mkdir()
    write_csv(Export(Deidentified(session, code="X-222222")), tmp_path / "out")
    again = read_again(tmp_path / "out" / "samples.csv")
    before = [value for value in session.values() if isinstance(value, Features)]
    after = [value for value in again.values() if isinstance(value, Features)]
    assert [f.t - 81234.0 for f in before] == [f.t for f in after]
    for name in ("hr_bpm", "rmssd_ms", "sdnn_ms", "scl_microsiemens", "breaths_per_min", "rsa_bpm"):
        pairs = [(getattr(a, name).value, getattr(b, name).value) for a, b in zip(before, after, strict=True)]
        assert [a is None for a, _b in pairs] == [b is None for _a, b in pairs]
        assert [b for _a, b in pairs if b] == pytest.approx([a for a, _b in pairs if a], rel=1e-9)
