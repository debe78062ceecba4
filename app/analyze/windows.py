# SPDX-License-Identifier: MIT
"""What a recording comes to: a row for each window of it and each person, and one for the whole.

Law: nothing is computed here that frames do not carry: a window's metrics are those of the second that ends it, each
with its quality and the reason why it is missing; the rest are counts of what came within it. Times count from the
recording's first second, so that moving a recording in time gives the same rows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from app.export.tables import COLUMNS, rows_of
from dsp.baseline import Excursion
from dsp.codes import Adherence, Verdict, Zone
from dsp.growth.session_measures import SessionMeasures, session_measures
from dsp.stream import ArousalState, Beat, Cue, Features, Frame, Gap, Tick

Cell = str | float | int | None
Row = Mapping[str, Cell]

_NOT_SAID = frozenset({"t_s", "person", "heart_t_s", "breath_locking_breath_end_s"})  # times on the recording's clock
_STATE = tuple(column.name for column in COLUMNS["states"] if column.name not in _NOT_SAID)
_METRICS = tuple(column.name for column in COLUMNS["features"] if column.name not in _NOT_SAID)
_VERDICTS = tuple(verdict for verdict in Verdict if verdict is not Verdict.PROVISIONAL)
_MEASURES = ("surely_inside", "possibly_inside", "excursions_per_hour", "depth", "return_s", "adherence")
_COUNTS = (
    "seconds",
    "beats",
    *(f"beats_{verdict}" for verdict in _VERDICTS),
    "responses",
    "gaps",
    "gap_s",
    "markers",
    *(f"{zone}_s" for zone in Zone),
)
_PREFIXED = {name: f"arousal_{name}" for name in _STATE}

ROW_COLUMNS = (
    "row",
    "person",
    "window",
    "start_s",
    "end_s",
    *_COUNTS,
    *_PREFIXED.values(),
    *_METRICS,
    *_MEASURES,
)
"""The columns that a recording fills; the table has those of its origin beside them."""

TEXT_COLUMNS = frozenset(
    {"row", "person"}
    | {column.name for column in COLUMNS["features"] if column.is_text}
    | {_PREFIXED[column.name] for column in COLUMNS["states"] if column.is_text and column.name in _PREFIXED}
)


@dataclass(slots=True)
class _Part:
    """One person's part of a window, or of the whole."""

    counts: Counter[str] = field(default_factory=Counter)
    gap_s: float = 0.0

    def cells(self) -> dict[str, Cell]:
        return {name: self.counts[name] for name in _COUNTS} | {"gap_s": self.gap_s}


@dataclass(slots=True)
class _PersonSeen:
    """What is kept of a person until the recording ends."""

    window: _Part = field(default_factory=_Part)
    whole: _Part = field(default_factory=_Part)
    features: Features | None = None
    state: ArousalState | None = None
    states: list[ArousalState] = field(default_factory=list)
    excursions: list[Excursion] = field(default_factory=list)
    paced: list[Cue] = field(default_factory=list)

    def count(self, name: str, n: int = 1) -> None:
        self.window.counts[name] += n
        self.whole.counts[name] += n

    def miss(self, gap: Gap) -> None:
        self.count("gaps")
        for part in (self.window, self.whole):
            part.gap_s += gap.end_s - gap.start_s


class Windows:
    """A sink that makes the rows.

    Parameters
    ----------
    window_s : int
        How many seconds a window has.
    """

    def __init__(self, window_s: int) -> None:
        self._window_s = window_s
        self._people: dict[str, _PersonSeen] = {}
        self._rows: list[Row] = []
        self._seconds = 0

    def put(self, frame: Frame) -> None:
        """Take a frame."""
        self._count(frame)
        if isinstance(frame.item, Tick):
            self._seconds += 1
            for features in frame.features:
                self._of(features.person).features = features
                self._of(features.person).count("seconds")
            for state in frame.states:
                self._feel(state)
            if self._seconds % self._window_s == 0:
                self._end_window()

    def rows(self) -> list[Row]:
        """Give the rows of all windows, then of the whole."""
        if self._seconds % self._window_s:
            self._end_window()
        return [*self._rows, *self._wholes()]

    def _of(self, person: str) -> _PersonSeen:
        if person not in self._people:
            self._people[person] = _PersonSeen()
        return self._people[person]

    def _count(self, frame: Frame) -> None:
        for beat in frame.beats:
            self._beat(beat)
        for scr in frame.scrs:
            self._of(scr.person).count("responses")
        for marker in frame.markers:
            self._of(marker.person).count("markers")
        for gap in frame.gaps:
            self._of(gap.person).miss(gap)
        for excursion in frame.excursions:
            self._of(excursion.person).excursions.append(excursion)
        for cue in frame.cues:
            if cue.adherence in (Adherence.FOLLOWING, Adherence.NOT_FOLLOWING):
                self._of(cue.person).paced.append(cue)

    def _beat(self, beat: Beat) -> None:
        if beat.confirmed_t is not None:
            self._of(beat.person).count("beats")
            self._of(beat.person).count(f"beats_{beat.verdict}")

    def _feel(self, state: ArousalState) -> None:
        person = self._of(state.person)
        person.state = state
        person.states.append(state)
        person.count(f"{state.zone}_s")

    def _end_window(self) -> None:
        number = (self._seconds - 1) // self._window_s
        for name, person in sorted(self._people.items()):
            row: dict[str, Cell] = {"row": "window", "person": name, "window": number}
            row |= {"start_s": number * self._window_s, "end_s": self._seconds}
            self._rows.append(row | person.window.cells() | _last_second(person))
            person.window = _Part()

    def _wholes(self) -> Iterator[Row]:
        for name, person in sorted(self._people.items()):
            measures = session_measures(person.states, person.excursions, person.paced, ())
            row: dict[str, Cell] = {"row": "session", "person": name, "start_s": 0, "end_s": self._seconds}
            yield row | person.whole.cells() | _measured(measures)


def _last_second(person: _PersonSeen) -> dict[str, Cell]:
    """Give what the frames said in a window's last second."""
    cells: dict[str, Cell] = {}
    if person.features is not None:
        ((_, row),) = rows_of([person.features])
        said = dict(zip((column.name for column in COLUMNS["features"]), row, strict=True))
        cells |= {name: said[name] for name in _METRICS}
    if person.state is not None:
        ((_, row),) = rows_of([person.state])
        said = dict(zip((column.name for column in COLUMNS["states"]), row, strict=True))
        cells |= {_PREFIXED[name]: said[name] for name in _STATE}
    return cells


def _measured(measures: SessionMeasures) -> dict[str, Cell]:
    known = {one.name for one in fields(measures)}
    return {name: getattr(measures, name) for name in _MEASURES if name in known}
