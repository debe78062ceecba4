# SPDX-License-Identifier: MIT
"""What lies in the store, as the screens are shown it, and what may be done with a session of the list.

Law: values alone; texts in them may be foreign.
"""

from dataclasses import dataclass
from enum import StrEnum

from dsp.stream import Values


class Audience(StrEnum):
    """Who may see the readings; each includes the ones before."""

    CLINICIAN = "clinician"
    PRACTICE = "practice"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a person agrees to; until it is chosen, nothing is stored.

    Parameters
    ----------
    stores : bool
        Whether sessions are kept.
    audience : Audience
        Who sees the readings.
    keep_days : int or None
        For how long; None is until the person asks to have them erased.
    """

    stores: bool = False
    audience: Audience = Audience.CLINICIAN
    keep_days: int | None = None


@dataclass(frozen=True, slots=True)
class LastTime:
    """How somebody's screen was last time (`ui.client.view.View`), and since when they have a window, UTC."""

    view: Values = ()
    window_utc_s: float | None = None


@dataclass(frozen=True, slots=True)
class ClientRow:
    """Somebody who was here before, what holds for them, and how it was last time; None where nothing does."""

    code: str
    agreement: Agreement | None
    last: LastTime | None = None


class Door(StrEnum):
    """Whether the past can be seen."""

    UNKNOWN = "unknown"  # nobody asked yet
    OPEN = "open"
    LOCKED = "locked"  # a passphrase or the recovery code opens it


class Kept(StrEnum):
    """How a stored session stands."""

    WHOLE = "whole"
    RECOVERED = "recovered"  # it was left open, and closed by itself later
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One stored session.

    Parameters
    ----------
    session : str
        Its code.
    began_utc_s, utc_offset_s : float
        When it began, seconds since 1970 UTC, and the local time zone then, seconds east of UTC.
    duration_s : float
        How long it was, as far as is known.
    codes : tuple of str
        Who took part.
    state : Kept
        How it stands.
    lost_s : float
        Seconds that cannot be read any more.
    size_bytes : int or None
        Of its files; None while it runs.
    is_made_up : bool
        Whether a made-up person took part.
    """

    session: str
    began_utc_s: float
    utc_offset_s: float
    duration_s: float
    codes: tuple[str, ...]
    state: Kept = Kept.WHOLE
    lost_s: float = 0.0
    size_bytes: int | None = None
    is_made_up: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is stored, as far as it may be seen; the newest session comes first.

    `is_protected` says that a passphrase or the system's keyring keeps it: names may be typed.
    """

    door: Door
    sessions: tuple[SessionRow, ...] = ()
    clients: tuple[ClientRow, ...] = ()
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Going:
    """What erasing a code would take: nothing is changed yet.

    `shared` are the sessions in which somebody else's part stays, `backups` the places that hold copies.
    """

    code: str
    sessions: tuple[str, ...]
    shared: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """A person or a session is erased; `backups` are the places that still hold the key."""

    code: str
    backups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporting:
    """How far an export is: its share, 0 to 1."""

    session: str
    share: float


@dataclass(frozen=True, slots=True)
class Exported:
    """An export is whole; `path` is None when it was stopped, and then nothing of it is left."""

    session: str
    path: str | None


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What is exported, to what (`xdf`, `csv`, `edf`, `bids`, `parquet`), into which folder, and with what in it."""

    session: str
    form: str
    folder: str
    is_identified: bool = False
    has_notes: bool = False
