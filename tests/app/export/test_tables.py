# SPDX-License-Identifier: MIT
"""The tables: one for each type of the vocabulary, whatever it gains."""

import json
from typing import get_args

import pytest

from app.export.tables import COLUMNS, rows_of
from app.store.contents import Value
from dsp.baseline import Baseline, Calibration, ChannelRest, Excursion
from dsp.codes import CalibrationStep, Channel, Verdict, Zone
from dsp.stream import Beat


def test_every_type_of_value_has_a_table_with_columns_of_its_own() -> None:
    assert len(COLUMNS) == len(get_args(Value))
    for columns in COLUMNS.values():
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)
        assert "person" in names


@pytest.mark.parametrize(
    ("value", "table"),
    [
        (Baseline(5.0, "client", (ChannelRest(Channel.H, 60.0, 2.0, 9.0),), 1.0, -1.0), "baselines"),
        (Calibration(5.0, "client", CalibrationStep.REST), "calibrations"),
        (Excursion(5.0, "client", Zone.ABOVE, 4.0), "excursions"),
    ],
)
def test_values_of_values_are_cells(value: Value, table: str) -> None:
    ((name, row),) = rows_of([value])
    assert name == table
    cells = dict(zip([column.name for column in COLUMNS[name]], row, strict=True))
    assert (cells["t_s"], cells["person"]) == (5.0, "client")
    if isinstance(value, Baseline):
        channels = cells["channels"]
        assert isinstance(channels, str)
        assert json.loads(channels) == [{"channel": "h", "m": 60.0, "sigma": 2.0, "n": 9.0}]


def test_a_beat_stands_once_with_its_final_verdict() -> None:
    seen = Beat(1.0, 800.0, Verdict.PROVISIONAL, 1.0)
    final = Beat(1.0, 800.0, Verdict.NORMAL, 1.0, nn_ms=800.0, confirmed_t=2.0)
    assert len(list(rows_of([seen, final]))) == 1
