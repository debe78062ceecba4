# SPDX-License-Identifier: MIT
"""Where somebody looks in a session: whose part, which stretch of time, which second; and what stands there.

Law: pure state. The stretch never leaves the session and never becomes shorter than a minute; the second looked at is
always within the session, and when it moves out of the stretch the stretch follows.
"""

from dataclasses import dataclass, replace

import numpy as np

from dsp.codes import Zone
from ui.paper.record import ZONES, Moment, PersonRecord, SessionRecord

_SHORTEST_S = 60.0
_STEP = 1.25
_LEAST_STEP_S, _STEPS, _PAGE = 1.0, 200, 0.8
_SHOWN_BEFORE = 0.3  # of the stretch stands before a moment that is gone to


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a second: the zone, the level with its 90 % range, and the signals; None where not known."""

    t: float
    zone: Zone
    level: float | None
    band: tuple[float, float] | None
    hr_bpm: float | None
    rmssd_ms: float | None
    scl_microsiemens: float | None
    breaths_per_min: float | None


@dataclass(frozen=True, slots=True)
class Looking:
    """Where somebody looks.

    Parameters
    ----------
    duration_s : float
        Of the session.
    t : float
        The second looked at.
    start_s, end_s : float
        The stretch that is shown.
    """

    duration_s: float
    t: float
    start_s: float
    end_s: float

    @classmethod
    def at_all(cls, session: SessionRecord) -> "Looking":
        """Look at the whole of a session, at its begin."""
        duration_s = max(session.duration_s, 1.0)
        return cls(duration_s, 0.0, 0.0, duration_s)

    @property
    def is_whole(self) -> bool:
        """Whether the whole session is shown."""
        return self.end_s - self.start_s >= self.duration_s

    def at(self, t: float) -> "Looking":
        """Look at another second; the stretch follows if it has to."""
        t = min(max(t, 0.0), self.duration_s)
        length = self.end_s - self.start_s
        if self.start_s <= t <= self.end_s:
            return replace(self, t=t)
        return _stretched(replace(self, t=t), t - _SHOWN_BEFORE * length, length)

    def zoomed(self, steps: float, about_t: float | None = None) -> "Looking":
        """Show less (steps above 0) or more of the session around a second: its place stays where it is."""
        about = self.t if about_t is None else about_t
        length = self.end_s - self.start_s
        least = min(_SHORTEST_S, self.duration_s)
        wanted = min(max(length * _STEP**-steps, least), self.duration_s)
        share = (min(max(about, self.start_s), self.end_s) - self.start_s) / length
        return _stretched(self, about - share * wanted, wanted)

    def moved(self, share: float) -> "Looking":
        """Show what lies before (below 0) or behind, by a share of the stretch."""
        length = self.end_s - self.start_s
        return _stretched(self, self.start_s + share * length, length)

    def whole(self) -> "Looking":
        """Show the whole session."""
        return _stretched(self, 0.0, self.duration_s)


def stepped(looking: Looking, key: str) -> Looking:
    """Give where a key leads: arrows go along, + and - show less and more, page keys the stretch beside this one."""
    step = max(_LEAST_STEP_S, (looking.end_s - looking.start_s) / _STEPS)
    return {
        "Left": looking.at(looking.t - step),
        "Right": looking.at(looking.t + step),
        "Home": looking.at(0.0),
        "End": looking.at(looking.duration_s),
        "PageUp": looking.moved(-_PAGE),
        "PageDown": looking.moved(_PAGE),
        "+": looking.zoomed(2),
        "-": looking.zoomed(-2),
    }[key]


def standing_at(person: PersonRecord, t: float) -> Standing:
    """Give what stands at a second of a person's part."""
    place = person.course.at(t)
    zone = Zone.UNKNOWN if place is None else ZONES[person.course.zone[place]]
    level = None if place is None else _known(person.course.level[place])
    band = None
    if place is not None and level is not None and not np.isnan(person.course.low[place]):
        band = float(person.course.low[place]), float(person.course.high[place])
    signals = person.signals
    at = int(np.searchsorted(signals.t, t, side="right")) - 1
    rows = (signals.hr_bpm, signals.rmssd_ms, signals.scl_microsiemens, signals.breaths_per_min)
    is_near = at >= 0 and t - signals.t[at] < 3.0
    numbers = [_known(row[at]) if is_near else None for row in rows]
    return Standing(t, zone, level, band, *numbers)


def moment_near(moments: tuple[Moment, ...], t: float, within_s: float) -> int | None:
    """Give the place of the moment that is nearest to a second; None where none is near."""
    distances = [abs(moment.t - t) for moment in moments]
    nearest = min(range(len(moments)), key=lambda place: distances[place], default=None)
    return nearest if nearest is not None and distances[nearest] <= within_s else None


def _stretched(looking: Looking, start_s: float, length: float) -> Looking:
    """Show a stretch of this length, as near to this begin as the session lets."""
    start_s = min(max(start_s, 0.0), looking.duration_s - length)
    return replace(looking, start_s=start_s, end_s=start_s + length)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
