# SPDX-License-Identifier: MIT
import json
import math
from collections.abc import Mapping
from typing import Any

import pytest

import dsp.heart.rate
import dsp.heart.rhythm
import dsp.heart.rsa
import dsp.heart.spectrum
import dsp.skin.eda
import dsp.skin.scl
from app.head import session_head
from app.jsonlines import JsonLines
from app.tally import Tally
from dsp.codes import CueKind, Modality, NoticeCode, Reason, SourceState, Verdict, Zone
from dsp.plan import BreathPart
from dsp.stream import (
    ArousalState,
    Beat,
    Cue,
    Features,
    Frame,
    Gap,
    Marker,
    Measure,
    Notice,
    SignalQuality,
    Status,
    Tick,
)
from tests.app.sources import rr

_WITHHELD = (
    "rmssd_ms",
    "sdnn_ms",
    "pnn50_percent",
    "sd1_ms",
    "sd2_ms",
    "lf_ms2",
    "hf_ms2",
    "lf_hf",
    "rhythm",
    "rsa_bpm",
    "breaths_per_min",
    "scl_microsiemens",
    "scr_per_min",
    "corrected_percent",
)
_SECOND = {
    "t": 7.0,
    "person": "partner",
    "hr_bpm": 61.5,
    "rmssd_ms": None,
    "sdnn_ms": None,
    "pnn50_percent": None,
    "sd1_ms": None,
    "sd2_ms": None,
    "lf_ms2": None,
    "hf_ms2": None,
    "lf_hf": None,
    "rhythm": None,
    "rsa_bpm": None,
    "breaths_per_min": None,
    "scl_microsiemens": None,
    "scr_per_min": None,
    "corrected_percent": None,
    "heart_from": "ecg",
    "why": dict.fromkeys(_WITHHELD, "not_computed"),
    "arousal": {
        "level": None,
        "uncertainty": None,
        "p_above": None,
        "p_below": None,
        "zone": "unknown",
        "channels": [],
        "why": "no_baseline",
    },
    "cue": {
        "kind": "breath",
        "part": "exhale",
        "depth": 0.25,
        "breaths_per_min": 6.0,
        "adherence": None,
        "question": None,
        "offer": None,
    },
    "quality": {"ecg": None, "rr": 0.9, "eda": None, "motion": None},
}


_NO_NUMBERS = ("t", "person", "heart_from", "why", "arousal", "cue", "quality")


def lines_of(*frames: Frame, beats: bool = False) -> list[Mapping[str, Any]]:
    written: list[str] = []
    lines = JsonLines(written.append, beats=beats)
    for frame in frames:
        lines.put(frame)
    assert all(line.endswith("\n") and "\n" not in line[:-1] for line in written)
    return [json.loads(line) for line in written]


def test_a_second_has_every_field_of_the_contract_in_its_order() -> None:
    features = Features(
        7.0,
        "partner",
        hr_bpm=Measure(61.5, 1.0, None),
        quality=SignalQuality(rr=0.9),
        heart_from=Modality.ECG,
    )
    frame = Frame(
        Tick(7.0),
        features=(features,),
        states=(ArousalState(7.0, "partner"),),
        cues=(Cue(7.0, "partner", CueKind.BREATH, BreathPart.EXHALE, 0.25, 6.0),),
    )
    (line,) = lines_of(frame)
    assert line == _SECOND
    assert list(line) == list(_SECOND)


def test_a_withheld_number_a_doubtful_one_and_an_unclear_wave_say_why() -> None:
    features = Features(
        7.0,
        hr_bpm=Measure(61.5, 1.0, None),
        rmssd_ms=Measure(why=Reason.UNEVEN_BEATS),
        scr_per_min=Measure(0.0, 0.0, Reason.NO_RESPONSES),
        quality=SignalQuality(ecg=0.2, ecg_why=Reason.NOISY),
    )
    (line,) = lines_of(Frame(Tick(7.0), features=(features,)))
    why = line["why"]
    assert (why["rmssd_ms"], why["scr_per_min"], why["ecg"]) == ("uneven_beats", "no_responses", "noisy")
    assert (line["scr_per_min"], "hr_bpm" in why) == (0.0, False)


def test_each_person_has_a_line_a_second_with_an_own_state_and_cue() -> None:
    people = ("client", "partner")
    frame = Frame(
        Tick(7.0),
        features=tuple(Features(7.0, person) for person in people),
        states=(ArousalState(7.0, "partner", Zone.ABOVE, level=1.5, channels=("h",), why=None),),
        cues=(Cue(7.0, "client"),),
    )
    client, partner = lines_of(frame)
    assert (client["arousal"]["zone"], client["cue"]["kind"]) == ("unknown", "silence")
    assert (partner["arousal"]["zone"], partner["arousal"]["channels"], partner["cue"]) == ("above", ["h"], None)


def test_a_number_keeps_its_last_digit() -> None:
    value = math.nextafter(61.5, 62.0)
    (line,) = lines_of(Frame(Tick(7.0), features=(Features(7.0, hr_bpm=Measure(value, 1.0, None)),)))
    assert line["hr_bpm"] == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_null(value: float) -> None:
    (line,) = lines_of(Frame(Tick(7.0), features=(Features(7.0, hr_bpm=Measure(value, 1.0, None)),)))
    assert line["hr_bpm"] is None


def test_beats_are_written_when_asked_for() -> None:
    detected = Beat(5.0, 800.0, Verdict.PROVISIONAL, 5.1)
    confirmed = Beat(5.0, 800.0, Verdict.NORMAL, 5.1, nn_ms=800.0, confirmed_t=5.9)
    frame = Frame(rr(5.9), beats=(detected, confirmed))
    assert lines_of(frame) == []
    assert lines_of(frame, beats=True) == [
        {
            "beat": {
                "t": 5.0,
                "rr_ms": 800.0,
                "verdict": "provisional",
                "person": "client",
                "origin": "rr",
                "detected_t": 5.1,
            }
        },
        {
            "beat": {
                "t": 5.0,
                "rr_ms": 800.0,
                "verdict": "normal",
                "person": "client",
                "origin": "rr",
                "nn_ms": 800.0,
                "detected_t": 5.1,
                "confirmed_t": 5.9,
            }
        },
    ]


def test_gaps_notices_states_and_markers_are_written_as_they_happen() -> None:
    gap = Gap(1.0, 2.5, Reason.BEATS_LOST, "ble:any", modality=Modality.RR)
    notice = Notice(3.0, NoticeCode.BATTERY, "ble:any", values=(("percent", 80),))
    status = Status(4.0, "ble:any", SourceState.STALE, reason=Reason.SILENT)
    marker = Marker(5.0, "trigger", "clinician")
    lines = lines_of(
        Frame(gap, gaps=(gap,)),
        Frame(notice, notices=(notice,)),
        Frame(status, statuses=(status,)),
        Frame(marker, markers=(marker,)),
    )
    person = {"person": "client"}
    assert lines == [
        {"gap": person | {"start_s": 1.0, "end_s": 2.5, "reason": "beats_lost", "source": "ble:any", "modality": "rr"}},
        {"notice": person | {"t": 3.0, "code": "battery", "source": "ble:any", "percent": 80}},
        {
            "notice": person
            | {"t": 4.0, "code": "status", "source": "ble:any", "state": "stale", "reason": "silent", "detail": ""}
        },
        {"marker": person | {"t": 5.0, "type": "trigger", "author": "clinician"}},
    ]


def test_the_values_of_a_notice_never_cover_its_own_fields() -> None:
    notice = Notice(3.0, NoticeCode.DEVICE, "ble:any", values=(("t", 0.0), ("code", "x"), ("maker", "M")))
    (line,) = lines_of(Frame(notice, notices=(notice,)))
    assert (line["notice"]["t"], line["notice"]["code"], line["notice"]["maker"]) == (3.0, "device", "M")


def test_the_first_line_names_versions_sources_and_windows() -> None:
    written: list[str] = []
    lines = JsonLines(written.append, beats=False)
    lines.start(session_head(["demo:1"], ["client"]))
    assert written == []
    lines.put(Frame(rr(1.0)))
    lines.put(Frame(rr(2.0)))
    (line,) = written
    start = json.loads(line)["start"]
    assert {"attune", "scorer", "python", "numpy", "scipy", "cpu"} == set(start["versions"])
    assert (start["sources"], start["persons"]) == (["demo:1"], ["client"])
    assert start["windows"]["rmssd_ms"] == {"window_s": 60.0, "delay_s": 2.0, "beats": "confirmed"}


def test_every_number_of_a_second_has_its_window_in_the_first_line() -> None:
    windows = session_head([], [])["windows"]
    assert isinstance(windows, Mapping)
    assert set(windows) == {name for name in _SECOND if name not in _NO_NUMBERS}


def test_a_session_without_a_frame_still_has_its_first_line_before_its_last() -> None:
    written: list[str] = []
    lines = JsonLines(written.append, beats=False)
    lines.start(session_head([], []))
    lines.finish(Tally().summary())
    assert [next(iter(json.loads(line))) for line in written] == ["start", "summary"]


@pytest.mark.parametrize(
    ("reason", "detail", "written"),
    [
        (Reason.NO_BLUETOOTH_SERVICE, "FileNotFoundError: [Errno 2] No such file or directory", ""),
        (Reason.FILE_MALFORMED, "rest.csv, line 3: not a number", "rest.csv, line 3: not a number"),
    ],
)
def test_what_a_library_said_is_no_part_of_a_line(reason: Reason, detail: str, written: str) -> None:
    status = Status(4.0, "ble:any", SourceState.FAILED, reason=reason, detail=detail)
    (line,) = lines_of(Frame(status, statuses=(status,)))
    assert (line["notice"]["reason"], line["notice"]["detail"]) == (reason, written)


def test_the_windows_that_are_stated_are_those_that_are_used() -> None:
    windows = session_head([], [])["windows"]
    assert isinstance(windows, Mapping)
    assert windows["hr_bpm"]["window_s"] == dsp.heart.rate._WINDOW_S
    assert windows["hr_bpm"]["least_beats"] == dsp.heart.rate._WINDOW_BEATS
    assert windows["lf_hf"]["least_s"] == dsp.heart.spectrum._AT_LEAST_S
    assert windows["rhythm"]["least_s"] == dsp.heart.rhythm._AT_LEAST_S
    assert windows["rsa_bpm"]["window_s"] == dsp.heart.rsa._WINDOW_S
    assert windows["scl_microsiemens"]["window_s"] == dsp.skin.scl._WINDOW_S
    assert windows["scr_per_min"]["window_s"] == dsp.skin.eda._MINUTE_S
    assert windows["scr_per_min"]["least_s"] == dsp.skin.eda._ENOUGH_S
    assert windows["scr_per_min"]["least_microsiemens"] == Features(0.0).scr_least_microsiemens


def test_the_last_line_counts_the_session() -> None:
    gap = Gap(2.0, 3.5, Reason.BEATS_LOST, "small")
    marker = Marker(4.0, "trigger", "client")
    status = Status(4.0, "small", SourceState.STALE)
    zones = (Zone.ABOVE, Zone.UNKNOWN, Zone.UNKNOWN, Zone.UNKNOWN)
    frames = [
        Frame(rr(1.5), beats=(Beat(1.5, 900.0, Verdict.PROVISIONAL, 1.5),)),
        Frame(gap, gaps=(gap,)),
        Frame(marker, markers=(marker,)),
        Frame(status, statuses=(status,)),
        Frame(rr(4.5), beats=(Beat(1.5, 900.0, Verdict.ECTOPIC, 1.5, confirmed_t=4.5),)),
        *(Frame(Tick(5.0 + k), states=(ArousalState(5.0 + k, zone=zone),)) for k, zone in enumerate(zones)),
    ]
    tally, written = Tally(), list[str]()
    for frame in frames:
        tally.put(frame)
    JsonLines(written.append, beats=False).finish(tally.summary())
    summary = json.loads(written[0])["summary"]
    assert len(summary.pop("sha256")) == 64
    assert summary == {
        "duration_s": 6.5,
        "counts": {"items": 9, "seconds": 4, "beats": 1, "gaps": 1, "notices": 1, "markers": 1},
        "gap_s": 1.5,
        "persons": {"client": {"beats": 1, "verdicts": {"ectopic": 1}, "zones": {"above": 0.25, "unknown": 0.75}}},
    }


def test_a_session_without_an_item_has_a_summary() -> None:
    summary = Tally().summary()
    assert (summary.duration_s, summary.items, dict(summary.persons)) == (0.0, 0, {})
