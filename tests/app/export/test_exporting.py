# SPDX-License-Identifier: MIT
"""An export of any format: de-identified by default, whole or not at all, and it says how far it is."""

import errno
import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.digest import canonical
from app.errors import AppError, Fault
from app.export.content import Note
from app.export.deidentify import Deidentified
from app.export.exporting import Format, export_session
from app.store.contents import SessionHead, Value
from dsp.codes import Action, Modality, NoticeCode, Reason, SourceState
from dsp.stream import Chunk, Command, Features, Gap, Item, Marker, Notice, Status, Tick
from tests.app.recorded_session import STARTED_UTC_S, KeptSession, session_of, synthetic_session

CANARIES = (
    "A1B2C3D4",
    "F1:00:00:00:00:10",
    "Polar H10 A1B2C3D4",
    "anna",
    "DESKTOP-ANNA",
    "C-4K3F",
    "S-4TQ9Z",
    "secret note",
)


@pytest.fixture(scope="module")
def telling() -> KeptSession:
    """Give a session in which everything that tells stands somewhere."""
    t = 5000.25 + np.arange(400) / 4.0
    source = "ble:F1:00:00:00:00:10"
    items: list[Item] = [
        Tick(5000.0),
        Status(5000.0, source, SourceState.CONNECTING, "client", None, "connecting to Polar H10 A1B2C3D4"),
        Notice(
            5000.0, NoticeCode.DEVICE, source, "client", (("maker", "Polar"), ("model", "H10"), ("serial", "A1B2C3D4"))
        ),
        Notice(5000.0, NoticeCode.DEVICE, source, "client", (("model", "Polar H10 A1B2C3D4"), ("firmware", "3.1.1"))),
        Notice(5000.0, NoticeCode.BAD_PACKET, source, "client", (("hex", "A1B2C3D4"), ("serial", "anna"))),
        Command(5000.5, Action.PACE, "anna", values=(("breaths_per_min", 6.0), ("name", "anna"))),
        Command(5000.6, Action.ASSIGN, "anna", values=(("source", source), ("to", "anna"))),
        Marker(5001.0, "breath", "anna"),
        *[
            Chunk(
                Modality.EDA,
                part,
                part - 4990.0,
                float(part[-1]),
                source,
                device_stamp=814395600,
                raw=part,
                raw_stamps=part + 1e9,
                clock_offset_s=-1e9,
            )
            for part in np.split(t, 100)
        ],
        Chunk(Modality.RR, np.array([5101.0]), np.array([800.0]), 5101.0, "lsl:DESKTOP-ANNA", "anna"),
        Gap(5101.0, 5102.0, Reason.LINK_LOST, source),
        *map(Tick, np.arange(5001.0, 5103.0).tolist()),
    ]
    return session_of(items, ("client", "anna"))


@pytest.fixture(scope="module")
def short() -> KeptSession:
    return synthetic_session(15.0)


def all_bytes(path: Path) -> bytes:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    read = [gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files]
    return b"\n".join([*read, *(str(f).encode() for f in files)])


@pytest.mark.parametrize("form", Format)
def test_nothing_tells_who_when_or_which_machine(tmp_path: Path, telling: KeptSession, form: Format) -> None:
    export_session(telling, form, tmp_path / "out", day=12)
    content = all_bytes(tmp_path / "out").replace(str(tmp_path).encode(), b"").lower()
    for canary in CANARIES:
        assert canary.lower().encode() not in content, canary
    for told in (b"2026", b"sep", b"1790000000", b"814395600"):
        assert told not in content.replace(b"attune", b"") or form is Format.PARQUET, told
    assert telling.head.sha256 is not None
    assert telling.head.sha256.encode() not in content


@pytest.mark.parametrize("form", Format)
def test_identified_it_keeps_codes_and_date(tmp_path: Path, telling: KeptSession, form: Format) -> None:
    export_session(telling, form, tmp_path / "out", identified=True)
    content = all_bytes(tmp_path / "out")
    assert telling.head.codes["client"].replace("-", "").encode() in content.replace(b"-", b"")
    if form is not Format.BIDS:  # a dataset's days are its curator's
        assert telling.head.session.encode() in content


@pytest.mark.parametrize("form", Format)
def test_notes_are_in_it_only_when_they_are_given(tmp_path: Path, telling: KeptSession, form: Format) -> None:
    export_session(telling, form, tmp_path / "with", notes=[Note(5003.0, "secret note")])
    export_session(telling, form, tmp_path / "without")
    read = pq_text if form is Format.PARQUET else all_bytes
    assert b"secret note" in read(tmp_path / "with")
    assert b"secret note" not in read(tmp_path / "without")


def pq_text(folder: Path) -> bytes:
    import pyarrow.parquet as pq

    return b"".join(str(pq.read_table(path).to_pylist()).encode() for path in folder.glob("*.parquet"))


def test_two_exports_have_two_codes(tmp_path: Path, telling: KeptSession) -> None:
    for name in ("a", "b"):
        export_session(telling, Format.CSV, tmp_path / name)
    assert (tmp_path / "a" / "about.json").read_text() != (tmp_path / "b" / "about.json").read_text()


def test_deidentified_numbers_are_the_sessions_own_with_times_moved_by_whole_seconds(telling: KeptSession) -> None:
    moved = Deidentified(telling, code="X-222222")
    before = [item for item in telling.items() if isinstance(item, Chunk)]
    after = [item for item in moved.items() if isinstance(item, Chunk)]
    for a, b in zip(before, after, strict=True):
        np.testing.assert_array_equal(a.t - 5000.0, b.t)
        np.testing.assert_array_equal(b.t + 5000.0, a.t)
        np.testing.assert_array_equal(a.values, b.values)
    for x, y in zip(telling.values(), moved.values(), strict=True):
        assert type(x) is type(y)
        if isinstance(x, Features) and isinstance(y, Features):
            assert canonical(x.hr_bpm) == canonical(y.hr_bpm)
            assert (x.heart_t is None) == (y.heart_t is None)
            assert x.t == y.t + 5000.0


def test_what_the_device_itself_sent_is_left_out(telling: KeptSession) -> None:
    chunks = [item for item in Deidentified(telling, code="X-222222").items() if isinstance(item, Chunk)]
    sent = {(c.device_stamp, c.raw is None, c.raw_stamps is None, c.clock_offset_s) for c in chunks}
    assert sent == {(None, True, True, None)}


def test_what_is_harmless_stays(telling: KeptSession) -> None:
    moved = Deidentified(telling, code="X-222222", day=12)
    devices = [i.values for i in moved.items() if isinstance(i, Notice) and i.code is NoticeCode.DEVICE]
    assert devices == [(("maker", "Polar"), ("model", "H10")), (("firmware", "3.1.1"),)]
    decided = [i for i in moved.items() if isinstance(i, Command)]
    assert decided[0].values == (("breaths_per_min", 6.0),)
    assert dict(decided[1].values)["source"] == next(i.source for i in moved.items() if isinstance(i, Chunk))
    assert moved.head.started_utc_s == 12 * 86400
    assert moved.head.started_utc_s != STARTED_UTC_S


@pytest.mark.parametrize("form", Format)
def test_progress_runs_from_the_begin_to_the_end(tmp_path: Path, form: Format, short: KeptSession) -> None:
    shares: list[float] = []
    export_session(short, form, tmp_path / "out", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 10


class StoppedError(Exception):
    """What a person's cancel raises."""


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("at", [0.0, 0.5, 0.95])
def test_an_interrupted_export_leaves_nothing_and_what_was_there(
    tmp_path: Path, form: Format, at: float, short: KeptSession
) -> None:
    target = tmp_path / "out"
    target.write_text("before")

    def stop(share: float) -> None:
        if share >= at:
            raise StoppedError

    with pytest.raises(StoppedError):
        export_session(short, form, target, force=True, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert target.read_text() == "before"


@pytest.mark.parametrize("form", Format)
def test_what_is_there_is_replaced_only_when_asked(tmp_path: Path, form: Format, short: KeptSession) -> None:
    export_session(short, form, tmp_path / "out")
    before = all_bytes(tmp_path / "out")
    with pytest.raises(AppError, match="--force") as caught:
        export_session(short, form, tmp_path / "out")
    assert caught.value.fault is Fault.ALREADY_THERE
    assert all_bytes(tmp_path / "out") == before
    export_session(short, form, tmp_path / "out", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@dataclass(frozen=True, slots=True)
class FullDisk:
    """A session that is read while the disk fills up."""

    head: SessionHead

    def items(self) -> Iterator[Item]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def values(self) -> Iterator[Value]:
        return iter(())


@pytest.mark.parametrize("form", Format)
def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path: Path, form: Format, short: KeptSession) -> None:
    with pytest.raises(AppError, match="disk is full") as caught:
        export_session(FullDisk(short.head), form, tmp_path / "out")
    assert caught.value.fault is Fault.NO_SPACE
    assert list(tmp_path.iterdir()) == []


def test_exporting_brings_in_no_screen() -> None:
    code = (
        "import sys, app.export.exporting, app.export.xdf, app.export.csv_text, app.export.edf, app.export.bids,"
        "app.export.parquet, app.imports.opening, app.imports.foreign\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'PySide6', 'bleak', 'pylsl', 'pyarrow'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert done.stdout.strip() == "[]"
