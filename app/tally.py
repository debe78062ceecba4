# SPDX-License-Identifier: MIT
"""What a session came to: counts, time in each zone, gaps and the hash, for the end of `live` and `replay`."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.digest import Digest
from app.merge import time_of
from app.window_lines import window_objects
from dsp.baseline import Baseline, Calibration
from dsp.codes import CalibrationStep, Reason, Verdict, Zone
from dsp.stream import ArousalState, Beat, Chunk, Features, Frame, Tick

_Counted = Beat | Features | ArousalState | Calibration | Baseline


@dataclass(frozen=True, slots=True)
class PersonTally:
    """One person's part.

    Beats seen, beats by final verdict, share of the seconds in each zone and of those unknown for each reason,
    the last features, and what the last calibration came to: the rest that was found, or why none was.
    """

    beats: int
    verdicts: Mapping[Verdict, int]
    zones: Mapping[Zone, float]
    unknown: Mapping[Reason, float]
    last: Features | None
    rest: Baseline | Calibration | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole session; `duration_s` runs from its first sample or item to its last, `gap_s` is all gaps together."""

    duration_s: float
    items: int
    seconds: int
    gaps: int
    gap_s: float
    notices: int
    markers: int
    persons: Mapping[str, PersonTally]
    sha256: str


class Tally:
    """A sink that counts."""

    def __init__(self) -> None:
        self._digest = Digest()
        self._first_s, self._last_s = math.inf, -math.inf
        self._items = self._seconds = self._gaps = self._notices = self._markers = 0
        self._gap_s = 0.0
        self._persons: dict[str, _PersonCount] = {}

    def put(self, frame: Frame) -> None:
        """Count what the frame adds."""
        self._digest.put(frame)
        self._items += 1
        self._seconds += isinstance(frame.item, Tick)
        self._gaps += len(frame.gaps)
        self._gap_s += sum(gap.end_s - gap.start_s for gap in frame.gaps)
        self._notices += len(frame.notices) + len(frame.statuses)  # all three are written as notices
        self._notices += sum(1 for _ in window_objects(frame))
        self._markers += len(frame.markers)
        self._note_time(frame)
        values: tuple[_Counted, ...] = (*frame.beats, *frame.features, *frame.states)
        for value in (*values, *frame.calibrations, *frame.baselines):
            self._persons.setdefault(value.person, _PersonCount()).add(value)

    def summary(self) -> Summary:
        """Give what it came to so far."""
        return Summary(
            duration_s=max(self._last_s - self._first_s, 0.0),
            items=self._items,
            seconds=self._seconds,
            gaps=self._gaps,
            gap_s=self._gap_s,
            notices=self._notices,
            markers=self._markers,
            persons={person: count.tally() for person, count in sorted(self._persons.items())},
            sha256=self._digest.hexdigest(),
        )

    def _note_time(self, frame: Frame) -> None:
        item = frame.item
        t = time_of(item)
        begins_s = float(item.t[0]) if isinstance(item, Chunk) and len(item.t) else t
        self._first_s = min(self._first_s, begins_s)
        self._last_s = max(self._last_s, t)


class _PersonCount:
    def __init__(self) -> None:
        self._seen = 0
        self._verdicts: Counter[Verdict] = Counter()
        self._zones: Counter[Zone] = Counter()
        self._unknown: Counter[Reason] = Counter()
        self._last: Features | None = None
        self._rest: Baseline | Calibration | None = None

    def add(self, value: _Counted) -> None:
        match value:
            case Features():
                self._last = value
            case ArousalState():
                self._zones[value.zone] += 1
                if value.zone is Zone.UNKNOWN:
                    self._unknown[value.why or Reason.NOT_COMPUTED] += 1
            case Beat(verdict=Verdict.PROVISIONAL):
                self._seen += 1
            case Beat():
                self._verdicts[value.verdict] += 1
            case Baseline() | Calibration(step=CalibrationStep.REFUSED):
                self._rest = value

    def tally(self) -> PersonTally:
        states = max(self._zones.total(), 1)
        zones = {zone: self._zones[zone] / states for zone in Zone if self._zones[zone]}
        unknown = {why: count / states for why, count in self._unknown.most_common()}
        return PersonTally(self._seen, dict(self._verdicts), zones, unknown, self._last, self._rest)
