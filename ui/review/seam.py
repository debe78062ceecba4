# SPDX-License-Identifier: MIT
"""What looking again needs of the store: what is asked for, and what arrives in answer.

Law: notes come only where they were asked for; what a person says on looking back leaves at once.
"""

from dataclasses import dataclass

from ui.archive.growth import Grown
from ui.paper.record import SessionRecord


@dataclass(frozen=True, slots=True, eq=False)
class Reviewed:
    """A session that was read; `has_notes` says whether the clinician's notes were asked for."""

    record: SessionRecord
    has_notes: bool = False


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What a person says of a session, looking back: how it was all in all (0 to 10), or words for a moment."""

    session: str
    code: str
    rating: float | None = None
    t: float = 0.0
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReportWish:
    """Which report is wanted: of which session, into which file, for whom, of which person, with the notes or not.

    `is_replacing` says that somebody agreed to replace what stands there.
    """

    session: str
    path: str
    reader: str
    person: str = ""
    has_notes: bool = False
    is_replacing: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """A report is written."""

    session: str
    path: str


@dataclass(frozen=True, slots=True)
class OverSessions:
    """What moved over a person's sessions up to the one that is looked at."""

    session: str
    grown: Grown


ReviewMessage = Reviewed | Reported | OverSessions
