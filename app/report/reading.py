# SPDX-License-Identifier: MIT
"""Reads a stored session once, into what figures and reports are made of.

Law: nothing is computed anew: seconds, states, ways back and ratings are those that the frames carried, and the sums
over them are those that growth is read from (`dsp/growth/session_measures.py`). Foreign texts are washed here. A second
in which the person moved has no level to be read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from app.report.moments import Moments, felt_of
from app.store.contents import SessionHead, Value
from dsp.baseline import ArousalState, Baseline, Excursion
from dsp.codes import Action, Adherence, CalibrationStep, CueKind, Zone
from dsp.codes import Reason as Why
from dsp.growth.session_measures import SessionMeasures, session_measures
from dsp.stream import Command, Cue, Features, FloatArray, Gap, Marker, Scr
from ui.foreign import safe_text
from ui.paper.record import (
    ZONES,
    Course,
    Felt,
    Missing,
    MomentKind,
    Pace,
    Pair,
    PersonRecord,
    Resting,
    SessionRecord,
    Signals,
    WayBack,
)

_ENDING_S = 600.0  # a rating this late is one of the end
_PACE_STEP = 0.5
_PLACE = {zone: place for place, zone in enumerate(ZONES)}


def read_session(
    head: SessionHead, values: Iterable[Value], decisions: Iterable[Command], titles: Mapping[str, str]
) -> SessionRecord:
    """Read a session.

    Parameters
    ----------
    head : SessionHead
        What is known of it without reading it.
    values : iterable of Value
        What its frames carried.
    decisions : iterable of Command
        The commands among its items.
    titles : mapping of str to str
        What offers are called, by their names in commands.
    """
    readers = {name: _Reader(name, head.started_t, titles) for name in head.codes}
    for value in values:
        if (reader := readers.get(value.person)) is not None:
            reader.take(value)
    for command in decisions:
        if (reader := readers.get(command.person)) is not None:
            reader.obey(command)
    end_t = head.ended_t
    last_s = max((reader.last_s for reader in readers.values()), default=0.0)
    return SessionRecord(
        head.session,
        head.started_utc_s,
        head.utc_offset_s,
        max(0.0 if end_t is None else end_t - head.started_t, last_s),
        tuple(reader.record(head.codes[name]) for name, reader in readers.items()),
        is_made_up=head.is_synthetic,
        missing_at_end_s=head.lost_s,
        versions=tuple((safe_text(name), safe_text(text)) for name, text in head.versions.items()),
        sha256=head.sha256,
    )


class _Reader:
    """Gathers one person's part; times become seconds since the session began."""

    def __init__(self, person: str, started_t: float, titles: Mapping[str, str]) -> None:
        self._person = person
        self._from = started_t
        self._states: list[ArousalState] = []
        self._features: list[Features] = []
        self._cues: list[Cue] = []
        self._excursions: list[Excursion] = []
        self._scr_t: list[float] = []
        self._gaps: list[Gap] = []
        self._kept: Mapping[type, list[Any]] = {
            ArousalState: self._states,
            Features: self._features,
            Cue: self._cues,
            Excursion: self._excursions,
            Gap: self._gaps,
        }
        self._moments = Moments(started_t, titles)
        self._felt: list[Felt] = []
        self._before: Felt | None = None
        self._around: dict[str, Felt] = {}  # as the person said it on arriving, and on leaving
        self._baseline: Baseline | None = None

    @property
    def last_s(self) -> float:
        """The time of its last second."""
        return self._features[-1].t - self._from if self._features else 0.0

    def take(self, value: Value) -> None:
        """Take what a frame carried."""
        if (kept := self._kept.get(type(value))) is not None:
            kept.append(value)
            return
        match value:
            case Scr():
                self._scr_t.append(value.peak_t - self._from)
            case Marker():
                self._moments.tell(value.t, MomentKind.MARKER, value.type)
            case Baseline():
                self._baseline = value
                self._moments.tell(value.t, MomentKind.WINDOW)

    def obey(self, command: Command) -> None:
        """Take what somebody decided."""
        values = dict(command.values)
        t = command.t - self._from
        if command.action is Action.FELT and (felt := felt_of(t, values.get("rating"))) is not None:
            if values.get("when") in ("before", "after"):  # of the session as a whole: held against no second of it
                self._around[str(values["when"])] = felt
            else:
                self._felt.append(felt)
        elif command.action is Action.CALIBRATE and values.get("step") == CalibrationStep.FELT:
            self._before = felt_of(t, values.get("level"), values.get("state", ""))
        elif command.action is Action.BASELINE:
            self._baseline = Baseline.from_values(command.t, self._person, command.values) or self._baseline
        else:
            self._moments.obey(command)

    def record(self, code: str) -> PersonRecord:
        """Give this person's part."""
        course = self._course()
        sums = session_measures(self._states, self._excursions, self._cues, self._rest())
        end_s = self._states[-1].t - self._from if self._states else 0.0
        late = [felt for felt in self._felt if felt.t >= end_s - _ENDING_S]
        return PersonRecord(
            self._person,
            code,
            course,
            self._signals(),
            self._moments.in_order(),
            tuple(_pair(felt, course) for felt in self._felt),
            self._ways(end_s),
            sums.return_s,
            self._missing(),
            tuple(Counter(_why(state) for state in self._states if state.zone is Zone.UNKNOWN).most_common()),
            self._around.get("before", self._before),
            self._around.get("after", late[-1] if late else None),
            paces=_paces(self._cues),
            resting=self._resting(sums),
        )

    def _course(self) -> Course:
        states = self._states
        traces = [None if state.is_grey else state.trace for state in states]
        bands = [None if trace is None else state.band for trace, state in zip(traces, states, strict=True)]
        return Course(
            _array([state.t - self._from for state in states]),
            _array(traces),
            _array([band[0] if band else None for band in bands]),
            _array([band[1] if band else None for band in bands]),
            _array([state.bounds[0] if state.bounds else None for state in states]),
            _array([state.bounds[1] if state.bounds else None for state in states]),
            np.array([_PLACE[state.zone] for state in states], dtype=np.int8),
        )

    def _signals(self) -> Signals:
        seconds = self._features
        return Signals(
            _array([one.t - self._from for one in seconds]),
            _array([one.hr_bpm.value for one in seconds]),
            _array([one.rmssd_ms.value for one in seconds]),
            _array([one.breaths_per_min.value for one in seconds]),
            _array([one.scl_microsiemens.value for one in seconds]),
            _array(list(self._scr_t)),
        )

    def _ways(self, end_s: float) -> tuple[WayBack, ...]:
        last = {excursion.onset_s: excursion for excursion in self._excursions}
        return tuple(
            WayBack(onset_s - self._from, one.zone, one.return_s)
            if one.return_s is not None
            else WayBack(onset_s - self._from, one.zone, max(end_s - (onset_s - self._from), 0.0), is_over=False)
            for onset_s, one in sorted(last.items())
        )

    def _missing(self) -> tuple[Missing, ...]:
        """Give the gaps; those of several modalities at once are one."""
        gaps = sorted(self._gaps, key=lambda gap: (gap.start_s, gap.end_s))
        found: list[Missing] = []
        for gap in gaps:
            start_s, end_s = gap.start_s - self._from, gap.end_s - self._from
            if found and start_s <= found[-1].end_s:
                start_s, end_s = found[-1].start_s, max(end_s, found[-1].end_s)
                found.pop()
            found.append(Missing(start_s, end_s, gap.reason))
        return tuple(found)

    def _rest(self) -> Sequence[Features]:
        """Give the seconds of the rest that was measured in this session."""
        if self._baseline is None:
            return ()
        end_t = self._baseline.t
        return [one for one in self._features if end_t - self._baseline.clean_s <= one.t <= end_t]

    def _resting(self, sums: SessionMeasures) -> Resting:
        above = self._baseline.above_from_bpm if self._baseline is not None else None
        is_provisional = any(state.is_provisional for state in self._states[-1:])
        return Resting(sums.rest_hr_bpm, sums.rest_breaths_per_min, above, is_provisional)


def _pair(felt: Felt, course: Course) -> Pair:
    place = course.at(felt.t)
    if place is None:
        return Pair(felt, Zone.UNKNOWN)
    level = float(course.level[place])
    return Pair(felt, ZONES[course.zone[place]], None if np.isnan(level) else level)


def _paces(cues: Sequence[Cue]) -> tuple[Pace, ...]:
    """Sum up the rates that led, to the next half breath a minute."""
    led = [cue for cue in cues if cue.kind is CueKind.BREATH and cue.breaths_per_min is not None]
    rates = sorted((round((cue.breaths_per_min or 0.0) / _PACE_STEP) * _PACE_STEP, n) for n, cue in enumerate(led))
    found: list[Pace] = []
    for rate, places in groupby(rates, key=lambda one: one[0]):
        answers = [led[n].adherence for _rate, n in places]
        followed = answers.count(Adherence.FOLLOWING)
        found.append(
            Pace(rate, len(answers), float(followed + answers.count(Adherence.NOT_FOLLOWING)), float(followed))
        )
    return tuple(sorted(found, key=lambda pace: -pace.seconds))


def _why(state: ArousalState) -> Why:
    return state.why or Why.NOT_COMPUTED


def _array(values: Sequence[float | None]) -> FloatArray:
    return np.array(values, dtype=np.float64)  # None becomes NaN
