# SPDX-License-Identifier: MIT
"""What the screens need of the store: the seam's calls, and what arrives in answer.

Law: no call waits. What happens in answer arrives with a later `drain` of the backstage; texts in it may be foreign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dsp.stream import Recording
from ui.archive.growth import Grown
from ui.archive.practice import KeyWish, PersonWish, PracticeMessage
from ui.archive.shelf import Agreement, Erased, Exported, Exporting, ExportWish, Going, Shelf
from ui.review.seam import LookedBack, ReportWish, ReviewMessage


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
    GROWTH = "growth"
    REVIEW = "review"
    REPORT = "report"
    KEYS = "keys"
    PERSON = "person"


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
    conditions : tuple of str or None
        What was marked of the checklist; None where nothing was asked.
    """

    person: str
    agreement: Agreement | None = None
    code: str = ""
    name: str = ""
    passphrase: str = ""
    conditions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A session that stopped less than half an hour ago and can go on."""

    session: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resumed:
    """An interrupted session goes on, with these sources, each with its person (`ble:ADDRESS@client`)."""

    session: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Storing:
    """How the running session is stored; `codes` gives the code of each person by name."""

    session: str
    recording: Recording
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """A session that was stored has ended; `codes` as in `Storing`.

    `elsewhere` is the folder that it lies in where the store's own disk did not take it back.
    """

    session: str
    codes: tuple[tuple[str, str], ...]
    elsewhere: str = ""


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
class RecoveryCode:
    """A passphrase was set: the code that opens the store without it, to be put on paper now."""

    code: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """What hides by itself because nobody used it: what lies beyond the session, or all but the breathing."""

    is_beyond: bool
    is_all: bool


ArchiveMessage = (
    Shelf
    | Interrupted
    | Resumed
    | RecoveryCode
    | Storing
    | Closed
    | Done
    | Refused
    | Going
    | Erased
    | Exporting
    | Exported
    | Hidden
    | Grown
    | ReviewMessage
    | PracticeMessage
)


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

    def note(self, t: float, person: str, text: str) -> None:
        """Keep a clinician's note about a person in the notes' file of the running session; of a live one, nowhere."""

    def hold(self, *, is_held: bool) -> None:
        """Store nothing more of the running session until it is let go of.

        What came meanwhile is stored then; where the session ends before, it ends in the store where it was held.
        """

    def save_to(self, folder: str) -> None:
        """Go on storing the running session in another folder: its disk takes nothing any more."""

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

    def review(self, session: str, *, has_notes: bool = False) -> None:
        """Look at a session again; a `Reviewed` or a `Refused` comes. Notes are read only where they are asked for."""

    def look_back(self, said: LookedBack) -> None:
        """Keep what a person says of a session, looking back."""

    def report(self, wish: ReportWish) -> None:
        """Write a report of a session; a `Reported` or a `Refused` comes."""

    def ask_growth(self, code: str) -> None:
        """Ask what moved over a person's sessions; a `Grown` comes."""

    def ask_over(self, session: str, code: str) -> None:
        """Ask what moved over a person's sessions up to this one; an `OverSessions` comes, if nobody asks again."""

    def ask_keys(self) -> None:
        """Ask how the store is kept; a `KeyState` comes."""

    def protect(self, wish: KeyWish) -> None:
        """Set a passphrase or make a recovery code; a `KeyState` or a `Refused` comes, and a `RecoveryCode`."""

    def ask_person(self, code: str) -> None:
        """Ask what holds for a person; a `PersonRecord` or a `Refused` comes."""

    def set_person(self, wish: PersonWish) -> None:
        """Put on record what is to hold for a person; a `Done` or a `Refused` comes."""

    def use(self) -> None:
        """Say that somebody is there: what is used does not hide."""
