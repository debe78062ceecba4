# SPDX-License-Identifier: MIT
"""EDF+, read back by edfio: a reader that is not ours."""

from pathlib import Path

import edfio
import numpy as np
import pytest

from app.errors import AppError, Fault
from app.export.content import Export, Note
from app.export.edf import _refuse_short, write_edf
from dsp.codes import Modality
from dsp.stream import Beat, Chunk, Item, Marker, Tick
from sensors.made_up.faults import Faults, Span
from tests.app.recorded_session import KeptSession, live_session, session_of, synthetic_session


def written(session: KeptSession, path: Path, notes: tuple[Note, ...] = ()) -> edfio.Edf:
    write_edf(Export(session, notes), path)
    return edfio.read_edf(path)


def of(session: KeptSession, modality: Modality) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]:
    chunks = [item for item in session.items() if isinstance(item, Chunk) and item.modality is modality]
    return np.concatenate([c.t for c in chunks]), np.concatenate([c.values for c in chunks])


@pytest.mark.parametrize(
    ("modality", "label", "unit", "column"),
    [
        (Modality.ECG, "ECG", "mV", None),
        (Modality.EDA, "EDA", "uS", None),
        (Modality.ACC, "ACC Y", "mg", 1),
        (Modality.RESP, "RESP", "", None),
    ],
)
def test_signals_come_back_within_a_step_of_sixteen_bits(
    tmp_path: Path, modality: Modality, label: str, unit: str, column: int | None
) -> None:
    session = synthetic_session(60.0)
    signal = written(session, tmp_path / "x.edf").get_signal(label)
    t, values = of(session, modality)
    values = values if column is None else values[:, column]
    slots = np.rint(t * signal.sampling_frequency).astype(int)
    step = (signal.physical_range.max - signal.physical_range.min) / 65535
    assert np.abs(signal.data[slots] - values).max() <= step
    assert signal.physical_dimension == unit
    assert signal.physical_range.max >= np.abs(values).max()
    assert signal.physical_range.max <= 5.0 * np.abs(values).max() + 1e-3


def test_missing_samples_have_a_value_of_their_own_and_an_annotation(tmp_path: Path) -> None:
    session = synthetic_session(60.0, faults=Faults(dropouts=(Span(20.0, 3.0),)))
    edf = written(session, tmp_path / "x.edf")
    ecg = edf.get_signal("ECG")
    is_missing = ecg.digital == -32768
    t, _values = of(session, Modality.ECG)
    assert is_missing.sum() == len(is_missing) - len(t)
    said = [a for a in edf.annotations if a.text == "missing ECG"]
    dropout = next(a for a in said if a.onset > 1.0)
    assert dropout.onset == pytest.approx(20.0, abs=2 / 130)
    assert dropout.duration == pytest.approx(3.0, abs=2 / 130)
    assert [a.text for a in edf.annotations if a.text.startswith("gap ")] == ["gap link_lost all"]


def test_every_beat_and_marker_is_an_annotation(tmp_path: Path) -> None:
    items = [*synthetic_session(120.0).items(), Marker(100.5, "breath", "client")]
    session = session_of(items)
    said = written(session, tmp_path / "x.edf", (Note(3.0, "tired"),)).annotations
    beats = [v for v in session.values() if isinstance(v, Beat) and v.confirmed_t is not None]
    assert [a.text for a in said if a.text.startswith("RR ")] == [f"RR {b.rr_ms!r} {b.verdict}" for b in beats]
    assert [a.onset for a in said if a.text.startswith("RR ")] == pytest.approx([b.t for b in beats], abs=1e-4)
    assert [(a.onset, a.text) for a in said if a.text in ("breath", "note: tired")] == [
        (3.0, "note: tired"),
        (100.5, "breath"),
    ]


def test_more_annotations_than_records_are_all_kept(tmp_path: Path) -> None:
    items: list[Item] = [Chunk(Modality.EDA, np.arange(8) / 4.0, np.ones(8), 2.0, "s")]
    items += [Marker(k / 100.0, f"m{k}", "client") for k in range(100)]
    said = written(session_of(items), tmp_path / "x.edf").annotations
    assert [a.text for a in said if a.text.startswith("m") and a.text[1:].isdigit()] == [f"m{k}" for k in range(100)]


@pytest.mark.parametrize("rate_hz", [51.2, 15.0, 2.5, 512.0])
def test_rates_that_are_not_whole_are_kept(tmp_path: Path, rate_hz: float) -> None:
    t = np.arange(int(60 * rate_hz)) / rate_hz
    session = session_of([Chunk(Modality.EDA, t, 2.0 + np.sin(t), 60.0, "s"), Tick(60.0)])
    signal = written(session, tmp_path / "x.edf").get_signal("EDA")
    assert signal.sampling_frequency == pytest.approx(rate_hz)
    np.testing.assert_allclose(signal.data[: len(t)], 2.0 + np.sin(t), atol=2e-4)


def test_values_beyond_any_sensor_do_not_cost_the_resolution(tmp_path: Path) -> None:
    values = np.ones(40)
    values[7], values[8] = 1e9, np.inf
    session = session_of([Chunk(Modality.EDA, np.arange(40) / 4.0, values, 10.0, "s")])
    signal = written(session, tmp_path / "x.edf").get_signal("EDA")
    assert signal.data[0] == pytest.approx(1.0, abs=0.02)
    assert signal.digital[8] == -32768


def test_two_people_are_told_apart_by_label(tmp_path: Path) -> None:
    edf = written(live_session(10.0, seeds={"client": 1, "partner": 2}), tmp_path / "x.edf")
    assert {"ECG", "ECG partner"} <= {signal.label for signal in edf.signals}


def test_a_session_without_a_sampled_signal_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="CSV or XDF") as caught:
        write_edf(Export(session_of([Tick(0.0)])), tmp_path / "x.edf")
    assert caught.value.fault is Fault.NOTHING_TO_EXPORT


def test_a_file_that_a_full_disk_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.edf"
    write_edf(Export(synthetic_session(5.0)), path)
    _refuse_short(path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(OSError, match="No space"):
        _refuse_short(path)
