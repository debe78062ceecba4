# SPDX-License-Identifier: MIT
"""What moved over one person's sessions, as plain data for a screen (`app/growth.py` finds it out)."""

from dataclasses import dataclass

from dsp.codes import Zone


@dataclass(frozen=True, slots=True)
class PastRow:
    """One session of the row that growth is read from; None where it is not known.

    `surely` and `possibly` are the shares of the known seconds inside the window; `return_s` is the median way back,
    None with `has_excursions` where it was not reached.
    """

    began_utc_s: float
    utc_offset_s: float = 0.0
    surely: float | None = None
    possibly: float | None = None
    excursions_per_hour: float | None = None
    has_excursions: bool = False
    return_s: float | None = None
    rest_hr_bpm: float | None = None
    rest_breaths_per_min: float | None = None


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """The felt edge: the level at which half of the ratings are "too much", and its 90 % band."""

    level: float
    low: float
    high: float
    n_ratings: int


@dataclass(frozen=True, slots=True)
class TrendRow:
    """What one measure did over the sessions (`edge_bpm`, `return_s`); shown where it is more than wavering."""

    measure: str
    n_sessions: int = 0
    change: float = 0.0
    mdc: float = 0.0
    p: float = 1.0
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class HelpRow:
    """What followed one offer (`nothing`: none was taken up) on one side of the window."""

    zone: Zone
    offer: str
    count: int
    came_back: int
    median_s: float | None


@dataclass(frozen=True, slots=True)
class Grown:
    """What moved over a person's sessions with one device.

    `left_out` are sessions with another device or of a made-up person; `why_no_edge` is a code where there is no edge.
    """

    code: str
    sessions: tuple[PastRow, ...] = ()
    left_out: int = 0
    edge: EdgeRow | None = None
    why_no_edge: str = ""
    trends: tuple[TrendRow, ...] = ()
    helps: tuple[HelpRow, ...] = ()
