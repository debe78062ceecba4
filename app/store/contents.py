# SPDX-License-Identifier: MIT
"""What a recorded session holds, as everything that reads one sees it: replay, exports, reports.

Law: `items` in order of arrival, put through the one path, give `values` again. Notes are no part of it: whoever may
read them asks for them by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from dsp.baseline import Baseline, Calibration, Excursion
from dsp.finding import Resonance
from dsp.stream import ArousalState, Beat, Chunk, Command, Cue, Features, Gap, Item, Marker, Notice, Scr, Status

Computed = Beat | Scr | Features | ArousalState | Cue | Calibration | Baseline | Excursion | Resonance
Value = Computed | Gap | Marker | Notice | Status
"""Everything that a frame carries besides its item."""

Told = Value | Command
"""What a session says without its samples: what was computed, and what was decided."""


IMPORTED = "imported"
"""The entry in a head's versions that an imported session has: the kinds of its files."""


@dataclass(frozen=True, slots=True)
class SessionHead:
    """What is known of a session without reading it.

    Parameters
    ----------
    session : str
        Its own random code (`S-4TQ9Z`), by which commands and screens name it.
    started_utc_s : float
        Wall time at `started_t`, seconds since 1970-01-01 UTC: the one place where wall time stands.
    utc_offset_s : int
        The local time zone then, seconds east of UTC.
    started_t : float
        The session clock's time when it began, seconds.
    ended_t : float or None
        The session clock's time when it was closed; None while it is open, or when a crash left it so.
    codes : mapping of str to str
        The code of each person (`C-7F3K`) by the name that the items use (`client`, `partner`).
    versions : mapping of str to str
        What made the numbers: Attune, scorer, python, numpy, scipy, CPU features.
    sha256 : str or None
        The hash of the joined values (`app.digest`), once the session is closed.
    lost_s : float
        Seconds at its end that were acknowledged and are not there any more; 0 for a whole session.
    is_synthetic : bool
        Whether a made-up person took part; such a session never enters growth.
    """

    session: str
    started_utc_s: float
    utc_offset_s: int
    started_t: float
    ended_t: float | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    sha256: str | None = None
    lost_s: float = 0.0
    is_synthetic: bool = False


class SessionContents(Protocol):
    """A session that can be read, as often as wanted and never all at once in memory."""

    @property
    def head(self) -> SessionHead:
        """What is known of it without reading it."""

    def items(self) -> Iterator[Item]:
        """Give what entered the merge, in order of arrival, of all its persons together."""

    def values(self) -> Iterator[Value]:
        """Give what the frames carried, in the order in which it was made."""


@runtime_checkable
class HasSignals(Protocol):
    """A session whose samples can be read at less cost than as one item after the other."""

    def signals(self, *, with_values: bool = True) -> Iterator[Chunk]:
        """Give the samples alone, the chunks of each stream joined over some seconds, in order of their first.

        Without values, these are NaN, and the times are had at less cost.
        """


def signals_of(contents: SessionContents, *, with_values: bool = True) -> Iterator[Chunk]:
    """Give a session's samples alone, none of the chunks empty; how they are cut is for the session to choose.

    Parameters
    ----------
    contents : SessionContents
        The session.
    with_values : bool
        False where the times will do: the values may then be NaN.
    """
    chunks = contents.signals(with_values=with_values) if isinstance(contents, HasSignals) else contents.items()
    return (chunk for chunk in chunks if isinstance(chunk, Chunk) and len(chunk.t))


@runtime_checkable
class HasDecisions(Protocol):
    """A session whose commands can be read without its samples."""

    def decisions(self) -> Iterator[Command]:
        """Give what people decided, in order of arrival."""


def decisions_of(contents: SessionContents) -> Iterator[Command]:
    """Give what people decided in a session."""
    if isinstance(contents, HasDecisions):
        return contents.decisions()
    return (item for item in contents.items() if isinstance(item, Command))
