# SPDX-License-Identifier: MIT
"""The store's seam without a disk: what was asked for is kept, and a test says what came of it."""

from collections.abc import Callable, Sequence

from app.archive_rows import terms_of
from app.store.consent import terms_in_words
from dsp.stream import Recording
from ui.archive.practice import Guard, KeyState, KeyWish, PersonRecord, PersonWish
from ui.archive.seam import ArchiveMessage, Closed, Decision, Done, Keep, Storing, Task
from ui.archive.shelf import Agreement, Door, ExportWish, Shelf
from ui.review.seam import LookedBack, ReportWish

SESSION = "S-4TQ9Z"
NEW_CODE = "C-7F3K"


class DirectArchive:
    """Stores nothing; answers as the store does where nothing is the matter.

    Parameters
    ----------
    say : callable
        Lets a message arrive.
    """

    def __init__(self, say: Callable[[ArchiveMessage], None]) -> None:
        self._say = say
        self.shelf = Shelf(Door.OPEN)
        self.calls: list[tuple[object, ...]] = []
        self.codes: dict[str, str] = {}
        self.uses = 0
        self.keys = KeyState(Guard.FILE)
        self.records: dict[str, PersonRecord] = {}

    def words_of(self, agreement: Agreement) -> Sequence[str]:
        return terms_in_words(terms_of(agreement))

    def look(self) -> None:
        self._say(self.shelf)

    def unlock(self, passphrase: str) -> None:
        self.calls.append(("unlock", passphrase))

    def record(self, decisions: Sequence[Decision]) -> None:
        self.calls.append(("record", *decisions))
        for decision in decisions:
            if decision.code or (decision.agreement is not None and decision.agreement.stores):
                self.codes[decision.person] = decision.code or NEW_CODE
        if self.codes:
            self.light(Recording(tuple(self.codes), on_disk_t=0.0))
        self._say(Done(Task.RECORD))

    def light(self, recording: Recording) -> None:
        """Say how the session is stored."""
        self._say(Storing(SESSION, recording, tuple(self.codes.items())))

    def take_back(self, person: str) -> None:
        self.calls.append(("take_back", person))
        self.codes.pop(person, None)
        self.light(Recording(tuple(self.codes)))
        self._say(Done(Task.TAKE_BACK))

    def note(self, t: float, person: str, text: str) -> None:
        self.calls.append(("note", t, person, text))

    def hold(self, *, is_held: bool) -> None:
        self.calls.append(("hold", is_held))

    def save_to(self, folder: str) -> None:
        self.calls.append(("save_to", folder))

    def close(self) -> None:
        """End the session, as the worker does."""
        if self.codes:
            self._say(Closed(SESSION, tuple(self.codes.items())))
        self.codes = {}

    def end(self, session: str, code: str, keep: Keep) -> None:
        self.calls.append(("end", session, code, keep))

    def go_on(self, session: str) -> None:
        self.calls.append(("go_on", session))

    def ask_what_goes(self, code: str) -> None:
        self.calls.append(("ask_what_goes", code))

    def erase(self, code: str) -> None:
        self.calls.append(("erase", code))

    def export(self, wish: ExportWish) -> None:
        self.calls.append(("export", wish))

    def stop_export(self) -> None:
        self.calls.append(("stop_export",))

    def review(self, session: str, *, has_notes: bool = False) -> None:
        self.calls.append(("review", session, has_notes))

    def look_back(self, said: LookedBack) -> None:
        self.calls.append(("look_back", said))

    def report(self, wish: ReportWish) -> None:
        self.calls.append(("report", wish))

    def ask_growth(self, code: str) -> None:
        self.calls.append(("ask_growth", code))

    def ask_over(self, session: str, code: str) -> None:
        self.calls.append(("ask_over", session, code))

    def ask_keys(self) -> None:
        self._say(self.keys)

    def protect(self, wish: KeyWish) -> None:
        self.calls.append(("protect", wish))

    def ask_person(self, code: str) -> None:
        self.calls.append(("ask_person", code))
        self._say(self.records.get(code, PersonRecord(code)))

    def set_person(self, wish: PersonWish) -> None:
        self.calls.append(("set_person", wish))
        self._say(Done(Task.PERSON, wish.code))

    def use(self) -> None:
        self.uses += 1
