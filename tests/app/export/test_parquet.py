# SPDX-License-Identifier: MIT
"""Parquet, where pyarrow is."""

import json
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from app.errors import AppError, Fault
from app.export.content import Export, Note
from app.export.exporting import Format, export_session
from app.export.parquet import write_parquet
from dsp.codes import Modality, Reason
from dsp.stream import Chunk, Features
from tests.app.recorded_session import synthetic_session


def test_samples_and_values_come_back_to_the_last_bit(tmp_path: Path) -> None:
    session = synthetic_session(60.0)
    write_parquet(Export(session, (Note(3.0, "tired"),)), tmp_path)
    chunks = [item for item in session.items() if isinstance(item, Chunk) and item.modality is Modality.ACC]
    acc = pq.read_table(tmp_path / "samples_acc.parquet")
    np.testing.assert_array_equal(acc["t_s"].to_numpy(), np.concatenate([chunk.t for chunk in chunks]))
    axes = np.column_stack([acc[name].to_numpy() for name in ("acc_x_mg", "acc_y_mg", "acc_z_mg")])
    np.testing.assert_array_equal(axes, np.concatenate([chunk.values for chunk in chunks]))
    assert set(acc["person"].to_pylist()) == {"client"}
    features = [value for value in session.values() if isinstance(value, Features)]
    table = pq.read_table(tmp_path / "features.parquet")
    assert table["rmssd_ms"].to_pylist() == [f.rmssd_ms.value for f in features]
    assert table["rmssd_ms_why"].to_pylist() == [f.rmssd_ms.why for f in features]
    assert isinstance(Reason(table["lf_hf_why"][0].as_py()), Reason)
    assert pq.read_table(tmp_path / "notes.parquet").to_pylist() == [{"t_s": 3.0, "text": "tired"}]


def test_each_table_says_which_session_it_is_of(tmp_path: Path) -> None:
    session = synthetic_session(5.0)
    write_parquet(Export(session), tmp_path)
    said = pq.read_schema(tmp_path / "states.parquet").metadata[b"session"]
    assert json.loads(said)["session"] == session.head.session


def test_without_pyarrow_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(AppError, match=r"attune-biofeedback\[parquet\]") as caught:
        export_session(synthetic_session(2.0), Format.PARQUET, tmp_path / "out")
    assert caught.value.fault is Fault.MISSING_EXTRA
    assert list(tmp_path.iterdir()) == []
