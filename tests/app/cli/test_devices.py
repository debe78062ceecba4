# SPDX-License-Identifier: MIT
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.cli.devices import devices
from app.clock import Clock
from app.conductor import Search
from dsp.codes import Modality, Reason, SensorKind, SourceState
from dsp.stream import Sighting, Status
from sensors.source import SensorError

STRAP = Sighting("ble:A0:9E:1A:00:00:01", "Polar H10", (Modality.RR,), -50)
TWIN = "lsl:name=Twin&type=EDA&source_id=a"
STREAMS = (
    Sighting(TWIN, "Twin", (Modality.EDA,), kind=SensorKind.STREAM),
    Sighting("lsl:Marks", "Marks", (), kind=SensorKind.STREAM),
    Sighting("lsl:Secret", "Secret", (), kind=SensorKind.STREAM, unknown_channels=("1", "2")),
)
REFUSED = Status(
    1.0,
    "lsl:w65",
    SourceState.FAILED,
    reason=Reason.NOT_A_SENSOR,
    detail="the stream 'w65' is refused: it must have 1 to 64 channels, not 65",
)
RADIO_OFF = Status(1.0, "scan", SourceState.FAILED, reason=Reason.RADIO_OFF, detail="BleakError")


def searching(*messages: Sighting | Status) -> Search:
    async def search(_clock: Clock) -> AsyncIterator[Sighting | Status]:
        for message in messages:
            yield message

    return search


def listed(capsys: pytest.CaptureFixture[str], *messages: Sighting | Status, as_lines: bool) -> tuple[str, str]:
    devices([searching(*messages)], seconds=5.0, as_lines=as_lines)
    told = capsys.readouterr()
    return told.out, told.err


def test_each_row_has_its_type_and_what_it_gives(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    table, errors = listed(capsys, STRAP, *STREAMS, as_lines=False)
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in table.splitlines() if "│" in line]
    assert errors == ""
    assert [row[1] for row in rows] == ["strap", "LSL stream", "LSL stream", "LSL stream"]
    assert [row[0] for row in rows][1:] == [TWIN, "lsl:Marks", "lsl:Secret"]
    assert [row[3] for row in rows][2:] == ["markers", "not known yet"]


def test_a_narrow_table_cuts_no_address_off(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    table, _ = listed(capsys, *STREAMS, as_lines=False)
    cells = [line.split("│")[1].strip() for line in table.splitlines() if "│" in line]
    assert TWIN in "".join(cells)


def test_a_refused_stream_is_a_sentence_and_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines, errors = listed(capsys, STRAP, REFUSED, as_lines=True)
    assert errors == "attune: the stream 'w65' is refused: it must have 1 to 64 channels, not 65\n"
    device, refused = [json.loads(line) for line in lines.splitlines()]
    assert device["device"]["battery_percent"] is None  # not known before it is connected
    assert refused == {"refused": {"source": "lsl:w65", "sentence": REFUSED.detail}}


def test_the_battery_is_listed_where_a_device_tells_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    charged = replace(STRAP, battery_percent=87)
    lines, _ = listed(capsys, charged, as_lines=True)
    assert json.loads(lines)["device"]["battery_percent"] == 87
    table, _ = listed(capsys, charged, *STREAMS, as_lines=False)
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in table.splitlines() if "│" in line]
    assert [row[-1] for row in rows] == ["87 %", "--", "--", "--"]


def test_a_search_that_does_not_work_is_told_though_the_other_one_found_something(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines, errors = listed(capsys, RADIO_OFF, *STREAMS, as_lines=True)
    assert len(lines.splitlines()) == 3
    assert errors.startswith("attune: Bluetooth is switched off.")
    assert "BleakError" not in errors


def test_where_nothing_is_found_because_no_search_works_that_is_the_error() -> None:
    with pytest.raises(SensorError) as raised:
        devices([searching(RADIO_OFF)], seconds=5.0, as_lines=True)
    assert raised.value.reason is Reason.RADIO_OFF


def test_a_search_that_works_again_is_not_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    _, errors = listed(capsys, RADIO_OFF, Status(2.0, "scan", SourceState.SCANNING), STRAP, as_lines=True)
    assert errors == ""
