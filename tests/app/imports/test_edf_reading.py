# SPDX-License-Identifier: MIT
"""The EDF reader by itself, on files of edfio (a writer that is not ours) and on any bytes."""

import contextlib
import io
from pathlib import Path

import edfio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.imports.edf_reading import read_edf
from app.imports.records import Index, Records
from app.imports.unreadable import UnreadableError

SINE = np.sin(np.arange(1280) / 20.0)


def written(path: Path, annotations: tuple[edfio.EdfAnnotation, ...] = ()) -> bytes:
    signals = [
        edfio.EdfSignal(SINE, 128.0, label="ECG", physical_dimension="mV", physical_range=(-2, 2)),
        edfio.EdfSignal(SINE[:40] + 5, 4.0, label="GSR", physical_dimension="uS", physical_range=(0, 10)),
    ]
    edfio.Edf(signals, annotations=annotations or None).write(path)
    return path.read_bytes()


def read(data: bytes) -> Index:
    out = io.BytesIO()
    read_edf(io.BytesIO(data), Records(out))
    return Index(out)


def test_signals_of_one_rate_are_one_stream_in_physical_units(tmp_path: Path) -> None:
    index = read(written(tmp_path / "x.edf"))
    ecg = np.concatenate([values[:, 0] for _t, values in index.numbers(3)])
    t = np.concatenate([t for t, _values in index.numbers(3)])
    np.testing.assert_allclose(ecg, SINE, atol=1e-4)
    np.testing.assert_allclose(t, np.arange(1280) / 128.0, atol=1e-9)
    said = dict(index.described())
    assert "<label>ECG</label><unit>mV</unit>" in said[3]
    assert "<label>GSR</label><unit>uS</unit>" in said[4]


def test_annotations_are_markers_and_intervals_are_intervals(tmp_path: Path) -> None:
    said = (
        edfio.EdfAnnotation(2.5, None, "RR 812.5 normal"),
        edfio.EdfAnnotation(1.0, 3.0, "lights off"),
        edfio.EdfAnnotation(3.5, None, "missing ECG"),
    )
    index = read(written(tmp_path / "x.edf", said))
    assert list(index.texts(2)) == [(1.0, b"lights off")]
    assert [(t.tolist(), v.tolist()) for t, v in index.numbers(1)] == [([2.5], [[812.5]])]


def test_records_that_do_not_follow_on_each_other_keep_their_times(tmp_path: Path) -> None:
    data = written(tmp_path / "x.edf", (edfio.EdfAnnotation(0.5, None, "begin"),))
    index = read(data.replace(b"+5\x14\x14", b"+9\x14\x14").replace(b"+6\x14\x14", b"+17\x14"[:4]))
    t = np.concatenate([t for t, _values in index.numbers(3)])
    assert t[5 * 128] == pytest.approx(9.0)
    assert t[5 * 128 - 1] == pytest.approx(5.0 - 1 / 128)


@pytest.mark.parametrize(
    "change", [(252, b"9999"), (252, b"-1  "), (252, b"ab  "), (244, b"nan     "), (244, b"1e300   ")]
)
def test_a_header_that_cannot_be_is_refused(tmp_path: Path, change: tuple[int, bytes]) -> None:
    data = bytearray(written(tmp_path / "x.edf"))
    data[change[0] : change[0] + len(change[1])] = change[1]
    with pytest.raises(UnreadableError, match="has "):
        read(bytes(data))


@given(st.binary(max_size=2000))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        read(data)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(tmp_path_factory.mktemp("edf") / "x.edf")


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_file_with_bytes_changed_is_read_or_refused(whole: bytes, data: st.DataObject) -> None:
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, 1100))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableError):
        read(bytes(content))
