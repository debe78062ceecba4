# SPDX-License-Identifier: MIT
"""A session's outlets: what they are called, what they send, and that they end when they must."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pylsl
import pytest

from app.export.offset import Offset
from app.merge import merge_items
from app.outlets import sending
from app.outlets_person import PersonOutlets
from app.outlets_said import Describing, own_place
from app.session import run_session
from dsp.codes import Modality, NoticeCode, Zone
from dsp.pipeline import Pipeline
from dsp.stream import ArousalState, Chunk, Features, FloatArray, Frame, Marker, Measure, Notice, Tick
from sensors.lsl.outlet import OutletSaid
from sensors.made_up.faults import Faults, Span
from tests.app.recorded_session import synthetic_session
from tests.sensors.lsl.listening import now
from tests.virtual_time import run_virtual

_PATIENCE_S = 10.0


@dataclass
class Kept:
    """Keeps what would be sent."""

    said: OutletSaid
    t: list[float] = field(default_factory=list)
    rows: list[Sequence[float]] = field(default_factory=list)
    texts: list[tuple[float, str]] = field(default_factory=list)
    is_open: bool = True

    def push(self, t: FloatArray, values: FloatArray) -> None:
        self.t += t.tolist()
        self.rows += values.tolist()

    def text(self, t: float, text: str) -> None:
        self.texts.append((t, text))

    def close(self) -> None:
        self.is_open = False


class Sent:
    """One person's outlets that lead nowhere, as a sink."""

    def __init__(self, person: str = "client", describing: Describing | None = None) -> None:
        self.by_name: dict[str, Kept] = {}
        self.outlets = PersonOutlets(person, describing or Describing("here", {}), self._open)
        self.put = self.outlets.write

    def _open(self, said: OutletSaid) -> Kept:
        kept = self.by_name[said.name] = Kept(said)
        return kept


def sent_of(seconds: float, faults: Faults | None = None) -> Sent:
    sent = Sent()
    session = synthetic_session(seconds, faults=faults)
    run_virtual(run_session(merge_items(session.kept_items), Pipeline(), [sent]))
    return sent


def test_the_streams_of_a_person_have_the_promised_names_types_units_and_rates() -> None:
    found = {
        name: (kept.said.type, kept.said.rate_hz, [c["unit"] for c in kept.said.channels][:1])
        for name, kept in sent_of(8.0).by_name.items()
    }
    assert found == {
        "Attune ECG": ("ECG", 130.0, ["microvolts"]),
        "Attune RR": ("RR", 0.0, ["ms"]),
        "Attune HR": ("HR", 0.0, ["bpm"]),
        "Attune EDA": ("GSR", 4.0, ["microsiemens"]),
        "Attune ACC": ("ACC", 25.0, ["mg"]),
        "Attune RESP": ("RESP", 25.0, ["a.u."]),
        "Attune Features": ("Features", 0.0, ["bpm"]),
        "Attune State": ("State", 0.0, [""]),
        "Attune Window": ("Window", 0.0, [""]),
        "Attune Markers": ("Markers", 0.0, [""]),
    }


def test_another_person_and_a_second_sensor_are_told_apart() -> None:
    sent = Sent("partner")
    for source in ("lsl:one", "lsl:two"):
        t = np.arange(8) / 4
        sent.put(Frame(Chunk(Modality.EDA, t, np.ones(8), 2.0, source, "partner")))
    assert {"Attune EDA partner", "Attune EDA 2 partner"} <= set(sent.by_name)
    ids = {kept.said.source_id for kept in sent.by_name.values()}
    assert len(ids) == len(sent.by_name)
    assert "attune-here-partner-EDA_2" in ids


def test_ecg_is_sent_in_microvolts_with_the_samples_own_times() -> None:
    session = synthetic_session(8.0)
    ecg = [item for item in session.kept_items if isinstance(item, Chunk) and item.modality is Modality.ECG]
    kept = sent_of(8.0).by_name["Attune ECG"]
    assert kept.t == np.concatenate([chunk.t for chunk in ecg]).tolist()
    assert np.allclose(np.ravel(kept.rows), np.concatenate([chunk.values for chunk in ecg]) * 1000.0, equal_nan=True)


def test_a_dropout_goes_out_as_missing_samples_before_the_link_is_back() -> None:
    sent = Sent()
    items = synthetic_session(40.0, faults=Faults(dropouts=(Span(10.0, 20.0),))).kept_items
    during = [item for item in items if not isinstance(item, Tick) or item.t <= 25.0]
    before_return = [item for item in during if not isinstance(item, Chunk) or item.arrival <= 25.0]
    run_virtual(run_session(merge_items(before_return), Pipeline(), [sent]))
    kept = sent.by_name["Attune ECG"]
    assert kept.t[-1] == pytest.approx(23.0, abs=0.1)
    assert math.isnan(kept.rows[-1][0])


@pytest.mark.parametrize("lost_s", [3.0, 10.0, 60.0])
def test_with_dropouts_samples_count_the_time(lost_s: float) -> None:
    kept = sent_of(lost_s + 20.0, Faults(dropouts=(Span(10.0, lost_s),))).by_name["Attune ECG"]
    t = np.array(kept.t)
    assert np.abs(t - (t[0] + np.arange(len(t)) / 130.0)).max() < 1 / 130


def test_stamps_rise_and_are_those_of_the_newest_sample() -> None:
    for name in ("Attune Features", "Attune State", "Attune HR"):
        t = np.array(sent_of(30.0).by_name[name].t)
        assert np.all(np.diff(t) > 0), name
    sent = Sent()
    sent.put(Frame(Chunk(Modality.EDA, np.array([4.2]), np.array([1.0]), 4.3, "lsl:one")))
    sent.put(Frame(Tick(5.0), features=(Features(5.0),)))
    sent.put(Frame(Tick(6.0), features=(Features(6.0),)))
    assert sent.by_name["Attune Features"].t == [4.2, 6.0]


def test_the_state_says_its_zone_as_a_number_and_its_scorer_in_the_description() -> None:
    sent = Sent()
    zones = (Zone.BELOW, Zone.WITHIN, Zone.ABOVE, Zone.UNKNOWN)
    for t, zone in enumerate(zones, 1):
        sent.put(Frame(Tick(float(t)), states=(ArousalState(float(t), zone=zone),)))
    kept = sent.by_name["Attune State"]
    assert [c["label"] for c in kept.said.channels] == ["level", "uncertainty", "zone", "p_above", "p_below", "paced"]
    assert np.array_equal([row[2] for row in kept.rows], [-1.0, 0.0, 1.0, math.nan], equal_nan=True)
    said = kept.said.desc["attune"]
    assert isinstance(said, dict)
    assert said["scorer"] == "1"


def test_a_number_that_is_missing_goes_out_as_nan() -> None:
    sent = Sent()
    for t, value in ((1.0, 61.5), (2.0, None)):
        sent.put(Frame(Tick(t), features=(Features(t, hr_bpm=Measure(value)),)))
    assert np.array_equal(np.ravel(sent.by_name["Attune HR"].rows), [61.5, math.nan], equal_nan=True)


def test_markers_go_out_as_types_and_of_this_person_alone() -> None:
    sent = Sent()
    for person in ("client", "partner"):
        marker = Marker(3.0, f"begin of {person}", "terminal", person)
        sent.put(Frame(marker, markers=(marker,)))
    assert sent.by_name["Attune Markers"].texts == [(3.0, "begin of client")]


def test_each_computed_number_says_its_window_and_its_delay() -> None:
    for name in ("Attune Features", "Attune HR"):
        for channel in Sent().by_name[name].said.channels:
            assert {"label", "unit", "window_s", "delay_s"} <= set(channel), channel["label"]


def test_the_description_states_the_clock_error_and_what_a_bump_test_found() -> None:
    offsets = {("lsl:one", Modality.EDA): Offset(0.031, 0.028, 0.035, 10)}
    sent = Sent(describing=Describing("here", offsets))
    sent.put(Frame(Chunk(Modality.EDA, np.arange(8) / 4, np.ones(8), 2.0, "lsl:one")))
    said = sent.by_name["Attune EDA"].said.desc["synchronization"]
    assert isinstance(said, dict)
    assert (said["can_drop_samples"], said["clock_error_sd_s"]) == ("true", "0.009")
    assert (said["offset_median"], said["offset_low"], said["offset_high"]) == ("0.031", "0.028", "0.035")


def test_a_bump_test_in_the_session_describes_its_stream_anew() -> None:
    sent = Sent()
    sent.put(Frame(Chunk(Modality.EDA, np.arange(8) / 4, np.ones(8), 2.0, "lsl:one")))
    before = sent.by_name["Attune EDA"]
    values = (("modality", "eda"), ("median_s", 0.02), ("low_s", 0.01), ("high_s", 0.03), ("taps", 10))
    notice = Notice(3.0, NoticeCode.OFFSET, "lsl:one", "client", values)
    sent.put(Frame(Tick(3.0), notices=(notice,)))
    after = sent.by_name["Attune EDA"]
    assert not before.is_open
    assert after.said.source_id == before.said.source_id
    said = after.said.desc["synchronization"]
    assert isinstance(said, dict)
    assert said["offset_median"] == "0.02"


def test_no_description_tells_the_sensors_address() -> None:
    sent = Sent()
    sent.put(Frame(Chunk(Modality.EDA, np.arange(8) / 4, np.ones(8), 2.0, "ble:AA:BB:CC:DD:EE:FF")))
    assert not [kept for kept in sent.by_name.values() if "AA:BB" in repr(kept.said)]


def test_two_attunes_on_one_machine_have_places_of_their_own_that_stay(tmp_path: Path) -> None:
    with own_place(tmp_path) as first, own_place(tmp_path) as second:
        assert first != second
    with own_place(tmp_path) as again:
        assert again == first


@contextmanager
def read(name: str) -> Iterator[pylsl.StreamInlet]:
    (found,) = pylsl.resolve_byprop("name", name, timeout=_PATIENCE_S)
    inlet = pylsl.StreamInlet(found, recover=False)
    inlet.open_stream(timeout=_PATIENCE_S)
    try:
        yield inlet
    finally:
        inlet.close_stream()


def test_what_is_put_into_the_session_is_read_by_another_program(tmp_path: Path) -> None:
    with sending(["client"], now, tmp_path) as outlets, read("Attune Markers") as inlet:
        marker = Marker(now(), "task begins", "terminal")
        outlets.put(Frame(marker, markers=(marker,)))
        assert inlet.pull_sample(timeout=_PATIENCE_S) == (["task begins"], marker.t)


def test_a_person_who_takes_the_consent_back_is_sent_no_more_while_others_go_on(tmp_path: Path) -> None:
    with sending(["client", "partner"], now, tmp_path) as outlets, read("Attune Markers partner") as inlet:
        with read("Attune Markers"):
            outlets.stop("client")
        marks = [Marker(now(), "after", "terminal", person) for person in ("client", "partner")]
        for marker in marks:
            outlets.put(Frame(marker, markers=(marker,)))
        assert inlet.pull_sample(timeout=_PATIENCE_S)[0] == ["after"]
        assert not pylsl.resolve_byprop("name", "Attune Markers", timeout=0.3)


def test_the_outlets_end_with_the_session(tmp_path: Path) -> None:
    with sending(["client"], now, tmp_path) as outlets:
        assert not outlets.is_open_to_network
    assert not pylsl.resolve_byprop("name", "Attune State", timeout=0.3)


def test_a_shared_session_says_that_the_network_reads_it(tmp_path: Path) -> None:
    with sending(["client"], now, tmp_path, shares=True) as outlets:
        assert outlets.is_open_to_network
