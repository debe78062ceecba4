# SPDX-License-Identifier: MIT
"""Recordings of other programs as sources: recognised, on one clock, and harmless whatever they hold."""

import asyncio
import struct
import sys
from pathlib import Path

import numpy as np
import pytest

from app.cli.replay import replay
from app.export.exporting import Format, export_session
from app.export.xdf_chunks import MAGIC, Tag, clock_offset, number_samples, stream_chunk, text_sample, xml
from app.export.xdf_file import Info
from app.imports import confined
from app.imports.confined import read_confined
from app.imports.opening import RecordedFile, recorded_items, recorded_source
from app.store.contents import SessionContents
from dsp.codes import Modality, Reason
from dsp.stream import ArousalState, Beat, Chunk, Features, FloatArray, Gap, Item, Marker, Status, Tick
from sensors.made_up.faults import Faults, Span
from sensors.source import SensorError
from tests.app.recorded_session import live_session, session_of, synthetic_session


def items_of(path: Path, clock: str | None = None) -> list[Item]:
    async def taken() -> list[Item]:
        return [item async for item in recorded_items([recorded_source(path, clock=clock)])[0]]

    return asyncio.run(taken())


def samples(items: list[Item], modality: Modality) -> tuple[FloatArray, FloatArray]:
    chunks = [item for item in items if isinstance(item, Chunk) and item.modality is modality]
    return np.concatenate([chunk.t for chunk in chunks]), np.concatenate([chunk.values for chunk in chunks])


def xdf(path: Path, *chunks: bytes) -> Path:
    path.write_bytes(MAGIC + b"".join(chunks))
    return path


def header(stream: int, name: str, kind: str, unit: str, rate_hz: float, *, host: str = "") -> bytes:
    info = Info(name, kind, ({"label": kind, "unit": unit},), name, rate_hz)
    return stream_chunk(Tag.STREAM_HEADER, stream, xml("info", {**info.tree(), "hostname": host}))


def check_same_numbers(again: SessionContents, session: SessionContents, *, within: float) -> None:
    pairs = zip(
        (value for value in session.values() if isinstance(value, Features)),
        (value for value in again.values() if isinstance(value, Features)),
        strict=True,
    )
    for ours, theirs in pairs:
        assert ours.t == theirs.t
        for name in ("hr_bpm", "rmssd_ms", "sdnn_ms", "lf_ms2", "scl_microsiemens", "breaths_per_min"):
            a, b = getattr(ours, name).value, getattr(theirs, name).value
            assert (a is None) == (b is None), (name, ours.t)
            assert a is None or a == pytest.approx(b, rel=within), (name, ours.t)


def test_our_own_xdf_gives_the_sessions_numbers_again(tmp_path: Path) -> None:
    session = synthetic_session(150.0)
    export_session(session, Format.XDF, tmp_path / "x.xdf", identified=True)
    again = session_of(items_of(tmp_path / "x.xdf"))
    check_same_numbers(again, session, within=1e-9)
    kept = [(b.t, b.rr_ms, b.verdict, b.nn_ms) for b in session.values() if isinstance(b, Beat)]
    assert kept == [(b.t, b.rr_ms, b.verdict, b.nn_ms) for b in again.values() if isinstance(b, Beat)]
    zones = [state.zone for state in session.values() if isinstance(state, ArousalState)]
    assert zones == [state.zone for state in again.values() if isinstance(state, ArousalState)]


def test_our_own_edf_gives_them_within_its_sixteen_bits(tmp_path: Path) -> None:
    session = synthetic_session(150.0)
    export_session(session, Format.EDF, tmp_path / "x.edf", identified=True)
    check_same_numbers(session_of(items_of(tmp_path / "x.edf")), session, within=1e-3)


@pytest.mark.parametrize("form", [Format.XDF, Format.EDF])
def test_dropouts_come_back_as_gaps_and_not_as_samples(tmp_path: Path, form: Format) -> None:
    session = synthetic_session(60.0, faults=Faults(dropouts=(Span(20.0, 3.0),)))
    export_session(session, form, tmp_path / "x", identified=True)
    items = items_of(tmp_path / "x")
    t, values = samples(items, Modality.ECG)
    assert len(t) == len(samples(list(session.items()), Modality.ECG)[0])
    assert np.isfinite(values).all()
    (gap,) = [item for item in items if isinstance(item, Gap) and item.modality is Modality.ECG]
    assert (gap.start_s, gap.end_s) == pytest.approx((20.0, 23.0), abs=2 / 130)


def test_two_people_in_our_file_stay_two(tmp_path: Path) -> None:
    export_session(live_session(20.0, seeds={"client": 1, "partner": 2}), Format.XDF, tmp_path / "x.xdf")
    people = {item.person for item in items_of(tmp_path / "x.xdf") if isinstance(item, Chunk)}
    assert people == {"client", "partner"}


def test_a_foreign_stream_is_recognised_scaled_and_its_dropout_marked(tmp_path: Path) -> None:
    t = 1000.0 + np.arange(8000) / 250.0
    t = t[(t < 1010) | (t >= 1015)]
    ecg = 500.0 * np.sin(t)
    markers = stream_chunk(
        Tag.STREAM_HEADER, 2, xml("info", Info("M", "Markers", ({"label": "m"},), "", format="string").tree())
    )
    path = xdf(
        tmp_path / "x.xdf",
        header(1, "Amp", "EKG", "uV", 250.0),
        markers,
        number_samples(1, t, ecg[:, None]),
        text_sample(2, 1020.0, "begin\u202e"),
    )
    items = items_of(path)
    assert isinstance(items[0], Status)
    found_t, found = samples(items, Modality.ECG)
    np.testing.assert_allclose(found_t, t, atol=1e-6)
    np.testing.assert_allclose(found, ecg / 1000.0)
    (gap,) = [item for item in items if isinstance(item, Gap)]
    assert (gap.start_s, gap.end_s) == pytest.approx((1010.0, 1015.0), abs=0.005)
    assert [(item.t, item.type) for item in items if isinstance(item, Marker)] == [(1020.0, "begin")]
    assert [item.t for item in items if isinstance(item, Tick)] == list(range(1000, 1033))


def test_streams_of_several_clocks_come_on_the_recorders_or_on_the_chosen_one(tmp_path: Path) -> None:
    t = np.arange(400) / 4.0
    path = xdf(
        tmp_path / "x.xdf",
        header(1, "Here", "EDA", "uS", 4.0, host="lab-pc"),
        header(2, "There", "HR", "bpm", 0.0, host="tablet"),
        *[clock_offset(1, t=float(s), offset_s=0.0) for s in range(0, 100, 5)],
        *[clock_offset(2, t=5000.0 + s, offset_s=-4990.0) for s in range(0, 100, 5)],
        number_samples(1, t, np.ones((400, 1))),
        number_samples(2, 5000.0 + t[::4], np.full((100, 1), 60.0)),
    )
    for clock, here_s, there_s in (
        (None, 0.0, 10.0),
        ("Here", 0.0, 10.0),
        ("There", 4990.0, 5000.0),
        ("tablet", 4990.0, 5000.0),
    ):
        items = items_of(path, clock)
        assert samples(items, Modality.EDA)[0][0] == pytest.approx(here_s, abs=1e-6), clock
        assert samples(items, Modality.HR)[0][0] == pytest.approx(there_s, abs=1e-6), clock
    with pytest.raises(SensorError, match="there are Here, There, lab-pc, tablet"):
        items_of(path, "phone")


@pytest.mark.parametrize("kind", ["xdf", "edf"])
def test_a_file_without_a_known_signal_is_said(tmp_path: Path, kind: str) -> None:
    path = xdf(tmp_path / f"x.{kind}", header(1, "Amp", "EEG", "uV", 250.0))
    with pytest.raises(SensorError, match="no signal that Attune knows") as caught:
        items_of(path)
    assert caught.value.reason is Reason.FILE_EMPTY


def bomb_of_declared_samples() -> bytes:
    """Promise four thousand million samples in some bytes."""
    return header(1, "Amp", "ECG", "uV", 250.0) + stream_chunk(Tag.SAMPLES, 1, b"\x04\xff\xff\xff\xff", bytes(1000))


def bomb_of_small_samples() -> bytes:
    """Half a megabyte of one-byte samples without stamps."""
    one = header(1, "Amp", "ECG", "uV", 250.0).replace(b"double64", b"int8\x20\x20\x20\x20")
    return one + stream_chunk(Tag.SAMPLES, 1, b"\x04" + struct.pack("<I", 250_000), bytes(500_000))


@pytest.mark.parametrize("bomb", [bomb_of_declared_samples(), bomb_of_small_samples(), b"\x08" + b"\xff" * 8])
def test_a_bomb_ends_in_a_sentence_or_in_few_samples(tmp_path: Path, bomb: bytes) -> None:
    path = xdf(tmp_path / "x.xdf", bomb)
    try:
        items_of(path)
    except SensorError as error:
        assert str(path) in error.detail  # noqa: PT017 - either end is a good one
    assert path.exists()


def reader_that(does: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put another program in the reading process's place."""
    program = folder / "program.py"
    program.write_text(
        f"import sys\nfrom app.imports.reader import limit\nlimit(cpu_s=30, output_bytes=1 << 20)\n{does}\n"
    )
    launcher = folder / "python"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$@"\n')
    launcher.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(launcher))
    return xdf(folder / "x.xdf")


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits are Linux's")
@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("x = bytearray(400 << 20)", "more than a recording"),
        ("open(1, 'wb').write(bytes(1 << 22))", "more than a recording"),
        ("import os; os.kill(os.getpid(), 11)", "more than a recording"),
        ("sys.stdout.buffer.write(b'rubbish' * 9)", "cannot be read"),
        ("import os; os.read(os.pipe()[0], 1)", "takes longer"),
    ],
    ids=["memory", "output", "crash", "rubbish", "time"],
)
def test_whatever_the_reading_process_does_attune_says_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, said: str
) -> None:
    monkeypatch.setattr(confined, "_LEAST_S", 1.0 if "pipe" in does else 10.0)
    monkeypatch.setattr(confined, "_PATIENCE", 1.0)
    path = reader_that(does, tmp_path, monkeypatch)
    with pytest.raises(SensorError, match=said) as caught, read_confined(path, "xdf"):
        pass
    assert caught.value.reason is Reason.FILE_MALFORMED
    assert str(path) in caught.value.detail


@pytest.mark.parametrize("form", [Format.XDF, Format.EDF, Format.CSV])
def test_a_file_as_a_source_opens_nothing_before_its_first_item_and_then_reads_any_kind(
    tmp_path: Path, form: Format
) -> None:
    path = tmp_path / ("x/samples.csv" if form is Format.CSV else "x")
    source = RecordedFile(path)

    async def taken() -> list[Item]:
        return [item async for item in source.items()]

    with pytest.raises(SensorError, match="no file"):
        asyncio.run(taken())
    export_session(synthetic_session(5.0), form, tmp_path / "x")
    items = asyncio.run(taken())
    assert {item.modality for item in items if isinstance(item, Chunk)} >= {Modality.ECG, Modality.EDA, Modality.RR}
    assert not [item for item in items if isinstance(item, Tick)]


def test_replay_prints_a_summary_of_an_xdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export_session(synthetic_session(20.0), Format.XDF, tmp_path / "x.xdf")
    replay([tmp_path / "x.xdf"], speed=None, as_lines=True, with_beats=False)
    out = capsys.readouterr().out.splitlines()
    assert '"summary"' in out[-1]
    assert '"beats": 2' in out[-1]
