# SPDX-License-Identifier: MIT
"""XDF, read back by pyxdf: a reader that is not ours, with its own defaults."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pyxdf

from app.export.content import Export, Note
from app.export.deidentify import Deidentified
from app.export.xdf import write_xdf
from app.export.xdf_chunks import BOUNDARY
from app.store.contents import SessionContents
from dsp.codes import Action, Modality
from dsp.stream import Chunk, Command, Features, Item, Marker, Tick
from tests.app.recorded_session import KeptSession, live_session, session_of, synthetic_session
from tests.app.store.kept_frames import frames_of, record, stored_in

DROPOUTS_S = (0.5, 3.0, 10.0, 60.0)


def written(contents: SessionContents, path: Path, notes: tuple[Note, ...] = ()) -> Path:
    with path.open("wb") as file:
        write_xdf(Export(contents, notes), file)
    return path


def loaded(path: Path) -> dict[str, dict[str, Any]]:
    return {stream["info"]["name"][0]: stream for stream in pyxdf.load_xdf(path)[0]}


def broken_signal(
    modality: Modality, rate_hz: float, *, quartz: float = 1.0
) -> tuple[KeptSession, np.ndarray[Any, Any]]:
    """Make a signal with all the dropouts, a minute apart, that comes in packets of half a second."""
    t = 100.0 + np.arange(int(400 * rate_hz)) / (rate_hz * quartz)
    start = 140.0
    for length_s in DROPOUTS_S:
        t = t[(t < start) | (t >= start + length_s)]
        start += length_s + 60.0
    items: list[Item] = []
    for half in np.split(t, np.flatnonzero(np.diff(np.floor(t * 2))) + 1):
        values = np.column_stack([half] * 3) if modality is Modality.ACC else half
        items.append(Chunk(modality, half, values, float(half[-1]), "s"))
    return KeptSession(session_of([Tick(100.0)]).head, items), t


@pytest.mark.parametrize("quartz", [1.0, 1.0003])
@pytest.mark.parametrize(
    ("modality", "rate_hz"), [(Modality.ECG, 130.0), (Modality.ACC, 200.0), (Modality.EDA, 4.0), (Modality.RESP, 25.0)]
)
@pytest.mark.parametrize("reader", ["as it is", "that places samples by their number"])
def test_no_time_stamp_is_off_by_a_sample_across_dropouts(
    tmp_path: Path, modality: Modality, rate_hz: float, quartz: float, reader: str
) -> None:
    session, t = broken_signal(modality, rate_hz, quartz=quartz)
    path = written(session, tmp_path / "x.xdf")
    if reader != "as it is":  # what pyxdf did before it knew can_drop_samples
        path.write_bytes(path.read_bytes().replace(b"<can_drop_samples>true", b"<can_drop_samples>none"))
    name = "Attune " + {Modality.RESP: "RESP"}.get(modality, modality.upper())
    stream = loaded(path)[name]
    is_sample = ~np.isnan(stream["time_series"][:, 0])
    assert is_sample.sum() == len(t)
    assert np.abs(stream["time_stamps"][is_sample] - t).max() <= 1.0 / rate_hz
    if reader == "as it is":
        np.testing.assert_array_equal(stream["time_stamps"][is_sample], t)
    assert stream["info"]["nominal_srate"] == [f"{rate_hz:g}"]
    assert (~is_sample).sum() == pytest.approx(sum(DROPOUTS_S) * rate_hz * quartz, abs=len(DROPOUTS_S))


def test_what_was_filled_is_said(tmp_path: Path) -> None:
    session, _t = broken_signal(Modality.ECG, 130.0)
    said = [json.loads(text[0]) for text in loaded(written(session, tmp_path / "x.xdf"))["Attune Gaps"]["time_series"]]
    lengths = [one["end_s"] - one["start_s"] for one in said if one["kind"] == "filled"]
    assert lengths == pytest.approx(DROPOUTS_S, abs=2 / 130)


def test_samples_and_stamps_are_the_sessions_own(tmp_path: Path) -> None:
    session = synthetic_session(60.0)
    streams = loaded(written(session, tmp_path / "x.xdf"))
    for modality, name, factor in (
        (Modality.ECG, "Attune ECG", 1000.0),
        (Modality.RR, "Attune RR", 1.0),
        (Modality.HR, "Attune HR", 1.0),
        (Modality.EDA, "Attune EDA", 1.0),
        (Modality.ACC, "Attune ACC", 1.0),
    ):
        chunks = [item for item in session.items() if isinstance(item, Chunk) and item.modality is modality]
        np.testing.assert_array_equal(streams[name]["time_stamps"], np.concatenate([chunk.t for chunk in chunks]))
        values = np.concatenate([chunk.values for chunk in chunks]).reshape(streams[name]["time_series"].shape)
        np.testing.assert_array_equal(streams[name]["time_series"], values * factor)


def test_streams_are_named_as_our_outlets_are(tmp_path: Path) -> None:
    streams = loaded(written(synthetic_session(10.0), tmp_path / "x.xdf"))
    said = {
        name: (stream["info"]["type"][0], [c["unit"][0] for c in stream["info"]["desc"][0]["channels"][0]["channel"]])
        for name, stream in streams.items()
        if stream["info"]["channel_format"] == ["double64"]
    }
    assert said["Attune ECG"] == ("ECG", ["microvolts"])
    assert said["Attune EDA"] == ("GSR", ["microsiemens"])
    assert said["Attune ACC"] == ("ACC", ["mg", "mg", "mg"])
    assert said["Attune RR"] == ("RR", ["ms"])
    assert said["Attune HR"] == ("HR", ["bpm"])
    features = streams["Attune Features"]["info"]["desc"][0]["channels"][0]["channel"]
    assert [channel["label"][0] for channel in features][:2] == ["hr_bpm", "rmssd_ms"]
    assert features[1]["window_s"] == ["60.0"]
    state = streams["Attune State"]["info"]["desc"][0]["channels"][0]["channel"]
    assert [c["label"][0] for c in state] == ["level", "uncertainty", "zone", "p_above", "p_below", "paced"]


def test_computed_numbers_are_those_of_the_session(tmp_path: Path) -> None:
    session = synthetic_session(90.0)
    stream = loaded(written(session, tmp_path / "x.xdf"))["Attune Features"]
    features = [value for value in session.values() if isinstance(value, Features)]
    assert stream["time_stamps"].tolist() == [f.t for f in features]
    expected = [math.nan if f.rmssd_ms.value is None else f.rmssd_ms.value for f in features]
    np.testing.assert_array_equal(stream["time_series"][:, 1], expected)


def test_a_state_says_whether_a_breath_was_paced_then(tmp_path: Path) -> None:
    pace = Command(5.5, Action.PACE, "client", values=(("breaths_per_min", 6.0),))
    session = live_session(20.0, seeds={"client": 1}, commands=[pace])
    paced = loaded(written(session, tmp_path / "x.xdf"))["Attune State"]["time_series"][:, 5]
    assert paced[:5].tolist() == [0.0] * 5
    assert paced[7:].tolist() == [1.0] * (len(paced) - 7)


def test_hostile_names_keep_the_file_readable(tmp_path: Path) -> None:
    name = "<b>&\x00\u202e'\"]]>"
    t = np.arange(10) / 4.0
    items: list[Item] = [Chunk(Modality.EDA, t, t, 3.0, name, name), Marker(2.0, name, name, name)]
    streams = loaded(written(session_of(items, (name,)), tmp_path / "x.xdf"))
    assert any(stream["info"]["type"] == ["GSR"] for stream in streams.values())
    assert streams["Attune Markers"]["time_series"] == [[name]]


def test_notes_are_there_only_when_given(tmp_path: Path) -> None:
    session = synthetic_session(5.0)
    assert "Attune Notes" not in loaded(written(session, tmp_path / "a.xdf"))
    streams = loaded(written(session, tmp_path / "b.xdf", (Note(2.0, "tired"),)))
    assert streams["Attune Notes"]["time_series"] == [["tired"]]


def test_a_boundary_comes_every_ten_seconds_and_the_footers_count(tmp_path: Path) -> None:
    path = written(synthetic_session(60.0), tmp_path / "x.xdf")
    assert 6 <= path.read_bytes().count(BOUNDARY) <= 8
    ecg = loaded(path)["Attune ECG"]
    footer = ecg["footer"]["info"]
    assert footer["sample_count"] == [str(len(ecg["time_stamps"]))]
    assert footer["measured_srate"] == ["130"]
    assert len(footer["clock_offsets"][0]["offset"]) >= 12


def test_two_people_have_their_own_streams(tmp_path: Path) -> None:
    streams = loaded(written(live_session(10.0, seeds={"client": 1, "partner": 2}), tmp_path / "x.xdf"))
    assert {"Attune ECG", "Attune ECG partner", "Attune State partner"} <= streams.keys()
    assert streams["Attune ECG partner"]["info"]["desc"][0]["attune"][0]["person"] == ["partner"]


def test_an_empty_session_is_a_file_that_opens(tmp_path: Path) -> None:
    streams = loaded(written(KeptSession(session_of([Tick(0.0)]).head), tmp_path / "x.xdf"))
    assert "Attune Markers" in streams


@pytest.mark.parametrize("identified", [True, False])
def test_a_session_out_of_the_store_gives_the_same_streams_as_one_in_memory(tmp_path: Path, identified: bool) -> None:
    persons = ("client", "partner")
    kept = live_session(20.0, seeds={person: k for k, person in enumerate(persons, 3)})
    record(tmp_path, frames_of(kept.items(), persons), persons)
    stored = stored_in(tmp_path)
    in_memory = KeptSession(stored.head, list(kept.items()), list(stored.values()))
    both: list[SessionContents] = [stored, in_memory]
    if not identified:
        both = [Deidentified(contents, code="X-4F7K") for contents in both]
    from_store, from_memory = (loaded(written(one, tmp_path / f"{k}.xdf")) for k, one in enumerate(both))
    assert list(from_store) == list(from_memory)
    for name, stream in from_memory.items():
        np.testing.assert_array_equal(from_store[name]["time_stamps"], stream["time_stamps"])
        np.testing.assert_array_equal(from_store[name]["time_series"], stream["time_series"])
        assert from_store[name]["info"] == stream["info"]
