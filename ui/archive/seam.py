# SPDX-License-Identifier: MIT
"""What the screens need of the store: the seam's calls, and what arrives in answer.

Law: no call waits. What happens in answer arrives with a later `drain` of the backstage; texts in it may be foreign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dsp.stream import Recording


class Audience(StrEnum):
    """Who may see the readings; each includes the ones before."""

    CLINICIAN = "clinician"
    PRACTICE = "practice"
    RESEARCH = "research"


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


class Keep(StrEnum):
    """What becomes of a session at its end."""

    KEEP = "keep"
    DELETE = "delete"
    DELETE_BACK = "delete_back"  # it, and every earlier one of this person


class Task(StrEnum):
    """What was asked of the store."""

    OPEN = "open"
    RECORD = "record"
    TAKE_BACK = "take_back"
    END = "end"
    RESUME = "resume"
    ERASE = "erase"
    EXPORT = "export"


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
class Decision:
    """What one person of the session decided.

    Parameters
    ----------
    person : str
        By the name that the items use.
    agreement : Agreement or None
        What is agreed to now; None where what is on record holds.
    code : str
        Of a person who was here before; empty for somebody new, who gets one.
    name : str
        Only where somebody typed one.
    passphrase : str
        Protects the store from now on, where a name needs that.
    """

    person: str
    agreement: Agreement | None = None
    code: str = ""
    name: str = ""
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """Somebody who was here before, and what holds for them; None where nothing does."""

    code: str
    agreement: Agreement | None


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
class Interrupted:
    """A session that stopped less than half an hour ago and can go on."""

    session: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Storing:
    """How the running session is stored; `codes` gives the code of each person by name."""

    session: str
    recording: Recording
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """A session that was stored has ended; `codes` as in `Storing`."""

    session: str
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was asked for has happened; `code` is the session's or the person's."""

    task: Task
    code: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was asked for could not be done; `fault` is a code of the application's."""

    task: Task
    fault: str
    code: str = ""


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
class Hidden:
    """What hides by itself because nobody used it: what lies beyond the session, or all but the breathing."""

    is_beyond: bool
    is_all: bool


ArchiveMessage = (
    Shelf | Interrupted | Storing | Closed | Done | Refused | Going | Erased | Exporting | Exported | Hidden
)


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What is exported, to what (`xdf`, `csv`, `edf`, `bids`, `parquet`), into which folder, and with what in it."""

    session: str
    form: str
    folder: str
    is_identified: bool = False
    has_notes: bool = False


class Archive(Protocol):
    """The store behind the screens, as they see it."""

    def words_of(self, agreement: Agreement) -> Sequence[str]:
        """Say in plain sentences what is agreed to."""

    def look(self) -> None:
        """Ask for the `Shelf`; the store is opened where that needs nobody, and made where there is none."""

    def unlock(self, passphrase: str) -> None:
        """Open a locked store, or show again what hid by itself; a `Shelf` or a `Refused` comes."""

    def record(self, decisions: Sequence[Decision]) -> None:
        """Store the running session of those who agree, from its first second; `Storing` or a `Refused` comes."""

    def take_back(self, person: str) -> None:
        """Store nothing more of a person, and destroy what this session stored of them."""

    def end(self, session: str, code: str, keep: Keep) -> None:
        """Decide what becomes of a person's part of a session that has ended."""

    def go_on(self, session: str) -> None:
        """Go on with an interrupted session: a session begins, with the sources that it had."""

    def ask_what_goes(self, code: str) -> None:
        """Ask what erasing a person or a session would take; a `Going` comes."""

    def erase(self, code: str) -> None:
        """Erase a person or a session; an `Erased` comes."""

    def export(self, wish: ExportWish) -> None:
        """Export a session; `Exporting` comes until it is `Exported`."""

    def stop_export(self) -> None:
        """Stop the export that goes on; nothing of it stays."""

    def use(self) -> None:
        """Say that somebody is there: what is used does not hide."""
