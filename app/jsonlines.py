# SPDX-License-Identifier: MIT
"""A session as JSON lines: the contract that scripts and outside checks rely on.

Law: one object a line, times in seconds on the session clock, null where there is no value; never NaN or infinity.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TypeVar

from app.advice import is_in_detail
from app.tally import Summary
from app.window_lines import window_objects
from dsp.stream import (
    ArousalState,
    Beat,
    Cue,
    Features,
    Frame,
    Gap,
    Marker,
    Notice,
    SignalQuality,
    Status,
    Tick,
)

T = TypeVar("T", ArousalState, Cue)

_NUMBERS = (
    "hr_bpm",
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


class JsonLines:
    """A sink that writes each frame's lines at once.

    Parameters
    ----------
    write : callable
        Takes one line with its end.
    beats : bool
        Whether each beat is written, when detected and when confirmed.
    """

    def __init__(self, write: Callable[[str], object], *, beats: bool) -> None:
        self._write = write
        self._beats = beats
        self._head: Mapping[str, object] | None = None

    def start(self, head: Mapping[str, object]) -> None:
        """Set the first line, what the numbers are made of; it is written with the first frame, or with the end.

        A session whose sources are refused before they gave anything thus writes nothing.
        """
        self._head = head

    def put(self, frame: Frame) -> None:
        """Write what the frame adds."""
        self._begin()
        for line in self._lines(frame):
            self._line(line)

    def finish(self, summary: Summary) -> None:
        """Write the last line."""
        self._begin()
        self._line({"summary": summary_object(summary)})

    def _begin(self) -> None:
        if self._head is not None:
            self._line({"start": self._head})
            self._head = None

    def _lines(self, frame: Frame) -> Iterator[Mapping[str, object]]:
        if self._beats:
            yield from ({"beat": beat_object(beat)} for beat in frame.beats)
        yield from ({"scr": asdict(scr)} for scr in frame.scrs)
        yield from ({"gap": gap_object(gap)} for gap in frame.gaps)
        yield from ({"notice": notice_object(notice)} for notice in frame.notices)
        yield from ({"notice": status_object(status)} for status in frame.statuses)
        yield from ({"notice": notice} for notice in window_objects(frame))
        yield from ({"marker": marker_object(marker)} for marker in frame.markers)
        if isinstance(frame.item, Tick):
            yield from (
                second_object(f, _of(f.person, frame.states), _of(f.person, frame.cues)) for f in frame.features
            )

    def _line(self, line: Mapping[str, object]) -> None:
        self._write(json.dumps(_finite(line), allow_nan=False) + "\n")


def second_object(features: Features, state: ArousalState | None, cue: Cue | None) -> Mapping[str, object]:
    """Give one person's second as the contract has it."""
    return {
        "t": features.t,
        "person": features.person,
        **{name: getattr(features, name).value for name in _NUMBERS},
        "heart_from": features.heart_from,
        "why": _reasons(features),
        "arousal": _arousal_object(state or ArousalState(features.t, features.person)),
        "cue": None if cue is None else _cue_object(cue),
        "quality": _quality_object(features.quality),
    }


def beat_object(beat: Beat) -> Mapping[str, object]:
    """Give a beat: as detected, or with all that its confirmation adds."""
    seen = {"t": beat.t, "rr_ms": beat.rr_ms, "verdict": beat.verdict, "person": beat.person, "origin": beat.origin}
    if beat.confirmed_t is None:
        return seen | {"detected_t": beat.detected_t}
    return seen | {"nn_ms": beat.nn_ms, "detected_t": beat.detected_t, "confirmed_t": beat.confirmed_t}


def gap_object(gap: Gap) -> Mapping[str, object]:
    """Give a gap; `modality` is null where all of a source is missing."""
    return asdict(gap)


def notice_object(notice: Notice) -> Mapping[str, object]:
    """Give a notice with its values under their own names."""
    return {**dict(notice.values), "t": notice.t, "code": notice.code, "source": notice.source, "person": notice.person}


def status_object(status: Status) -> Mapping[str, object]:
    """Give a source's change of state as a notice; what a library said of it stays in the log."""
    detail = status.detail if is_in_detail(status.reason) else ""
    return {"code": "status", **asdict(status), "detail": detail}


def marker_object(marker: Marker) -> Mapping[str, object]:
    """Give a marker."""
    return asdict(marker)


def summary_object(summary: Summary) -> Mapping[str, object]:
    """Give a session's end."""
    persons = {
        person: {"beats": part.beats, "verdicts": part.verdicts, "zones": part.zones}
        for person, part in summary.persons.items()
    }
    return {
        "duration_s": summary.duration_s,
        "counts": {
            "items": summary.items,
            "seconds": summary.seconds,
            "beats": sum(part.beats for part in summary.persons.values()),
            "gaps": summary.gaps,
            "notices": summary.notices,
            "markers": summary.markers,
        },
        "gap_s": summary.gap_s,
        "persons": persons,
        "sha256": summary.sha256,
    }


def _reasons(features: Features) -> Mapping[str, str]:
    """Give the reasons of what is withheld or doubtful, by name; what is plain has none."""
    quality = features.quality
    signals = {"ecg": quality.ecg_why, "rr": quality.rr_why, "eda": quality.eda_why}
    reasons = {name: getattr(features, name).why for name in _NUMBERS} | signals
    return {name: why for name, why in reasons.items() if why is not None}


def _arousal_object(state: ArousalState) -> Mapping[str, object]:
    names = ("level", "uncertainty", "p_above", "p_below", "zone", "channels", "why")
    return {name: getattr(state, name) for name in names}


def _cue_object(cue: Cue) -> Mapping[str, object]:
    return {
        "kind": cue.kind,
        "part": cue.part,
        "depth": cue.depth,
        "breaths_per_min": cue.breaths_per_min,
        "adherence": cue.adherence,
        "question": cue.question,
        "offer": cue.offer,
    }


def _quality_object(quality: SignalQuality) -> Mapping[str, object]:
    return {"ecg": quality.ecg, "rr": quality.rr, "eda": quality.eda, "motion": quality.motion_mg}


def _of(person: str, values: Sequence[T]) -> T | None:
    """Give the person's newest value."""
    return next((value for value in reversed(values) if value.person == person), None)


def _finite(value: object) -> object:
    """Put null in the place of what JSON cannot write."""
    if isinstance(value, Mapping):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
