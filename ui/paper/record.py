# SPDX-License-Identifier: MIT
"""A stored session as figures and reports take it: what its frames carried, second by second, ready to be drawn.

Law: nothing in it is computed anew; shares and counts are counts of those seconds. Times are seconds since the session
began; what is not known is NaN. Texts that came from outside were washed when they were read.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from dsp.codes import Reason, Zone
from dsp.stream import FloatArray
from ui.archive.growth import Grown

ZONES = (Zone.WITHIN, Zone.ABOVE, Zone.BELOW, Zone.UNKNOWN)
"""The zones in the order of bars; `Course.zone` holds their places in it."""

UNKNOWN = ZONES.index(Zone.UNKNOWN)

_SECOND_S = 1.5  # seconds further apart than this have a hole between them


class MomentKind(StrEnum):
    """What happened at a moment."""

    MARKER = "marker"
    OFFERED = "offered"
    CHOSEN = "chosen"
    WINDOW = "window"  # it was measured, or set by hand
    NOTE = "note"  # the clinician's own, shown to the clinician alone
    WORDS = "words"  # the person's own, said on looking back


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened at `t`; `label` is the marker's type, the offer's title or the words."""

    t: float
    kind: MomentKind
    label: str = ""


@dataclass(frozen=True, slots=True)
class Felt:
    """How it was, as a person said it: a number from 0 to 10, or a word; and the zone that it speaks of, if of one."""

    t: float
    number: float | None = None
    word: str = ""
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What a person felt beside what was measured in the same second."""

    felt: Felt
    zone: Zone
    level: float | None = None

    @property
    def is_comparable(self) -> bool:
        """Whether both sides speak of a zone."""
        return self.felt.zone is not None and self.zone is not Zone.UNKNOWN

    @property
    def differs(self) -> bool:
        """Whether both sides speak of a zone, and not of the same."""
        return self.is_comparable and self.felt.zone is not self.zone


@dataclass(frozen=True, slots=True)
class WayBack:
    """A time outside the window: from when, on which side, and how long until the way back or the record's end."""

    onset_s: float
    zone: Zone
    seconds: float
    is_over: bool = True


@dataclass(frozen=True, slots=True)
class Missing:
    """A stretch without data, and why."""

    start_s: float
    end_s: float
    why: Reason


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The arousal estimate, one value a second: times, the level with its 90 % range, the zone, the bounds that held.

    All arrays are (n,); `zone` holds places in `ZONES`.
    """

    t: FloatArray
    level: FloatArray
    low: FloatArray
    high: FloatArray
    lower: FloatArray
    upper: FloatArray
    zone: NDArray[np.int8]

    def within(self, start_s: float, end_s: float) -> slice:
        """Give the places of the seconds between two times."""
        first, last = np.searchsorted(self.t, (start_s, end_s), side="left")
        return slice(int(first), int(last))

    def runs(self) -> list[tuple[Zone, float, float]]:
        """Give the stretches of one zone: which, from when, until when; what was not told is unknown."""
        if not len(self.t):
            return []
        ends = np.append(self.t[1:], self.t[-1] + 1.0)
        is_told = ends - self.t < _SECOND_S
        found: list[tuple[Zone, float, float]] = []
        borders = np.flatnonzero(np.diff(self.zone) != 0) + 1
        cuts = np.unique(np.concatenate(([0], borders, np.flatnonzero(~is_told) + 1, [len(self.t)])))
        for first, last in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
            end_s = float(ends[last - 1]) if is_told[last - 1] else float(self.t[last - 1]) + 1.0
            found.append((ZONES[self.zone[first]], float(self.t[first]), end_s))
            if not is_told[last - 1]:
                found.append((Zone.UNKNOWN, end_s, float(ends[last - 1])))
        return found

    def counts(self, start_s: float = -np.inf, end_s: float = np.inf) -> tuple[int, ...]:
        """Count the seconds of each of `ZONES` between two times."""
        part = self.zone[self.within(start_s, end_s)]
        return tuple(np.bincount(part, minlength=len(ZONES)).tolist())

    def at(self, t: float) -> int | None:
        """Give the place of the newest second at `t`, None where none is near."""
        place = int(np.searchsorted(self.t, t, side="right")) - 1
        return place if place >= 0 and t - self.t[place] < 2 * _SECOND_S else None


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """What the signals gave, one value a second, each (n,), and the peaks of the skin's responses."""

    t: FloatArray
    hr_bpm: FloatArray
    rmssd_ms: FloatArray
    breaths_per_min: FloatArray
    scl_microsiemens: FloatArray
    scr_t: FloatArray


@dataclass(frozen=True, slots=True)
class Pace:
    """A rate that led, breaths a minute: for how many seconds, and in how many of those seen the breath followed."""

    breaths_per_min: float
    seconds: float
    seen_s: float
    followed_s: float


@dataclass(frozen=True, slots=True)
class Resting:
    """How the rest was: medians of its seconds, None where they are not known, and where "above" began."""

    hr_bpm: float | None = None
    breaths_per_min: float | None = None
    above_from_bpm: float | None = None
    is_provisional: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PersonRecord:
    """One person's part of a session.

    Parameters
    ----------
    person, code : str
        By the name that the items use, and the code.
    course, signals : Course, Signals
        Second by second.
    moments : tuple of Moment
        In order of time, without notes.
    pairs : tuple of Pair
        Felt beside measured.
    ways : tuple of WayBack
        Times outside, in order of time.
    half_back_s : float or None
        The time by which half had come back; None where the record does not show it.
    missing : tuple of Missing
        Gaps, in order of time.
    unknown : tuple of (Reason, int)
        For how many seconds the state was unknown, and why; the most frequent first.
    before, after : Felt or None
        How it was at the begin and at the end, as the person said it.
    looked_back : Felt or None
        How it was all in all, as the person said it before seeing any of this.
    paces : tuple of Pace
        What led, the longest first.
    resting : Resting
        The rest that it is held against.
    grown : Grown or None
        What moved over the person's sessions up to this one, where that was asked for.
    """

    person: str
    code: str
    course: Course
    signals: Signals
    moments: tuple[Moment, ...] = ()
    pairs: tuple[Pair, ...] = ()
    ways: tuple[WayBack, ...] = ()
    half_back_s: float | None = None
    missing: tuple[Missing, ...] = ()
    unknown: tuple[tuple[Reason, int], ...] = ()
    before: Felt | None = None
    after: Felt | None = None
    looked_back: Felt | None = None
    paces: tuple[Pace, ...] = ()
    resting: Resting = Resting()
    grown: Grown | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SessionRecord:
    """A whole session; `began_utc_s` is wall time, `utc_offset_s` the local time zone then, seconds east of UTC.

    `notes` are the clinician's own: (t, words), there only where they were asked for. `number` is how many sessions of
    the first person were stored up to this one, 0 where that is not known.
    """

    session: str
    began_utc_s: float
    utc_offset_s: int
    duration_s: float
    persons: tuple[PersonRecord, ...]
    number: int = 0
    is_made_up: bool = False
    missing_at_end_s: float = 0.0
    versions: tuple[tuple[str, str], ...] = ()
    sha256: str | None = None
    notes: tuple[Moment, ...] = field(default=())
