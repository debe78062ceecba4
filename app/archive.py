# SPDX-License-Identifier: MIT
"""The store as the screens call it (`ui.archive.seam.Archive`): each call goes over to the worker, and none waits."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.archive.practice import KeyWish, PersonWish
from ui.archive.seam import Decision, Keep
from ui.archive.shelf import Agreement, ExportWish
from ui.review.seam import LookedBack, ReportWish

if TYPE_CHECKING:
    from app.archive_room import StoreRoom

Call = Callable[[Callable[["StoreRoom"], object]], None]
"""Does something with the store on the worker's loop, where there is a store."""


class Archive:
    """The store behind the screens.

    Parameters
    ----------
    call : callable
        Takes what is to be done over to the worker.
    go_on : callable
        Begins a session that goes on with an interrupted one.
    taken_back : callable
        Is told whose consent is taken back, before the store is.
    """

    def __init__(self, call: Call, go_on: Callable[[str], None], taken_back: Callable[[str], None]) -> None:
        self._call = call
        self._go_on = go_on
        self._taken_back = taken_back

    def words_of(self, agreement: Agreement) -> Sequence[str]:
        """Say in plain sentences what is agreed to."""
        from app.archive_rows import terms_of
        from app.store.consent import terms_in_words

        return terms_in_words(terms_of(agreement))

    def look(self) -> None:
        """Ask what is stored."""
        self._call(lambda room: room.past.look())

    def unlock(self, passphrase: str) -> None:
        """Open a locked store, or show again what hid by itself."""
        self._call(lambda room: room.past.unlock(passphrase))

    def record(self, decisions: Sequence[Decision]) -> None:
        """Store the running session of those who agree, from its first second."""
        self._call(lambda room: room.session.record(tuple(decisions)))

    def take_back(self, person: str) -> None:
        """Store nothing more of a person, and destroy what this session stored of them."""
        self._taken_back(person)
        self._call(lambda room: room.session.take_back(person))

    def note(self, t: float, person: str, text: str) -> None:
        """Keep a clinician's note in the notes' file of the running session."""
        self._call(lambda room: room.session.note(t, person, text))

    def hold(self, *, is_held: bool) -> None:
        """Store nothing more of the running session until it is let go of."""
        self._call(lambda room: room.session.hold(is_held=is_held))

    def save_to(self, folder: str) -> None:
        """Go on storing the running session in another folder."""
        self._call(lambda room: room.session.save_to(folder))

    def end(self, session: str, code: str, keep: Keep) -> None:
        """Decide what becomes of a person's part of a session that has ended."""
        self._call(lambda room: room.past.end(session, code, keep))

    def go_on(self, session: str) -> None:
        """Go on with an interrupted session."""
        self._go_on(session)

    def ask_what_goes(self, code: str) -> None:
        """Ask what erasing a person or a session would take."""
        self._call(lambda room: room.past.ask_what_goes(code))

    def erase(self, code: str) -> None:
        """Erase a person or a session."""
        self._call(lambda room: room.past.erase(code))

    def export(self, wish: ExportWish) -> None:
        """Export a session."""
        self._call(lambda room: room.past.export(wish))

    def stop_export(self) -> None:
        """Stop the export that goes on."""
        self._call(lambda room: room.past.stop_export())

    def review(self, session: str, *, has_notes: bool = False) -> None:
        """Look at a session again."""
        self._call(lambda room: room.past.review(session, has_notes=has_notes))

    def look_back(self, said: LookedBack) -> None:
        """Keep what a person says of a session, looking back."""
        self._call(lambda room: room.past.look_back(said))

    def report(self, wish: ReportWish) -> None:
        """Write a report of a session."""
        self._call(lambda room: room.past.report(wish))

    def ask_growth(self, code: str) -> None:
        """Ask what moved over a person's sessions."""
        self._call(lambda room: room.past.ask_growth(code))

    def ask_over(self, session: str, code: str) -> None:
        """Ask what moved over a person's sessions up to this one."""
        self._call(lambda room: room.past.ask_over(session, code))

    def ask_keys(self) -> None:
        """Ask how the store is kept."""
        self._call(lambda room: room.practice.ask_keys())

    def protect(self, wish: KeyWish) -> None:
        """Set a passphrase, or make a new recovery code."""
        self._call(lambda room: room.practice.protect(wish))

    def ask_person(self, code: str) -> None:
        """Ask what holds for a person."""
        self._call(lambda room: room.practice.ask_person(code))

    def set_person(self, wish: PersonWish) -> None:
        """Put on record what is to hold for a person."""
        self._call(lambda room: room.practice.set_person(wish))

    def use(self) -> None:
        """Say that somebody is there."""
        self._call(lambda room: room.use())
