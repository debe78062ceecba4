# SPDX-License-Identifier: MIT
"""What is stored, on the screens: consent before a session, the light in it, its end, what a crash left, the list.

Law: nobody is asked twice in a session, and a session that nobody agreed to keep is live only; the past hides by itself
and the breathing never does.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dsp.stream import CLIENT, Recording, Status
from resources.words import gettext as _
from ui.archive.folders import ChooseFolder, ask_for_folder
from ui.archive.growth import Grown
from ui.archive.recovery import RecoveryScreen
from ui.archive.screen import SessionsScreen
from ui.archive.seam import (
    Archive,
    ArchiveMessage,
    Closed,
    Decision,
    Done,
    Hidden,
    Interrupted,
    RecoveryCode,
    Refused,
    Resumed,
    Storing,
    Task,
)
from ui.archive.shelf import Door, Erased, Exported, Exporting, Going, Shelf
from ui.consent.end_screen import EndScreen
from ui.consent.screen import ConsentScreen
from ui.consent.words import refusal
from ui.people import person_name
from ui.review.seam import OverSessions, Reported, Reviewed
from ui.theme import Look
from ui.words import advice_about


class ArchiveFlow(QObject):
    """The screens about what is stored, and the ways between them.

    Parameters
    ----------
    look : Look
        The look it follows.
    archive : Archive
        The store behind it.
    parent : QObject
        Its owner.
    """

    turned = Signal(str)  # the screen that is wanted now
    play_wanted = Signal(str)  # a stored session
    resume_wanted = Signal()
    interrupted = Signal(object)  # Interrupted
    resumed = Signal(object)  # the addresses of a session that goes on
    stored = Signal(object)  # Recording
    hidden = Signal(object)  # Hidden
    told = Signal(str)
    heard = Signal(object)  # every ArchiveMessage, for whoever else shows some of it
    grown = Signal(object)  # Grown
    review_wanted = Signal(str, str)  # a stored session, and the screen that it is asked from
    looked = Signal(object)  # what comes of looking at a session again: Reviewed, Reported, OverSessions, Refused

    def __init__(self, look: Look, archive: Archive, parent: QObject) -> None:
        super().__init__(parent)
        self._archive = archive
        self._asked: list[str] = []  # persons whose turn is still to come
        self._decided: dict[str, Decision] = {}
        self._sent: dict[str, Decision] = {}
        self._then: Callable[[], None] = lambda: None
        self._recording = Recording()
        self._codes: dict[str, str] = {}
        self._offered: Interrupted | None = None
        self._is_ending = False
        self.choose_folder: ChooseFolder = ask_for_folder
        self.sessions = SessionsScreen(look)
        self.consent = ConsentScreen(look, archive.words_of)
        self.end = EndScreen(look)
        self.recovery = RecoveryScreen(look)
        self._wire()

    @property
    def screens(self) -> Sequence[tuple[str, QWidget]]:
        """The screens by name."""
        screens = self.sessions, self.consent, self.end, self.recovery
        return tuple(zip(("sessions", "consent", "end", "recovery"), screens, strict=True))

    @property
    def recording(self) -> Recording:
        """How the running session is stored."""
        return self._recording

    def ask_growth(self, person: str) -> bool:
        """Ask what moved over the sessions of somebody whose session is stored; tell whether there is such a person."""
        code = self._codes.get(person)
        if code is not None:
            self._archive.use()
            self._archive.ask_growth(code)
        return code is not None

    def open_list(self) -> None:
        """Show what is stored."""
        self.sessions.begin()
        self._archive.use()
        self._archive.look()
        self.turned.emit("sessions")

    def ask(self, persons: Sequence[str], then: Callable[[], None]) -> None:
        """Ask each of these persons who was not asked yet in this session, and go on."""
        self._asked = [person for person in persons if person not in self._sent]
        self._decided = {}
        self._then = then
        if self._asked:
            self._archive.use()
            self._archive.look()
        self._ask_next()

    def record_known(self, code: str) -> None:
        """Store the session of somebody who was here before: what they agreed to holds, and they are not asked."""
        self._decided = self._sent = {CLIENT: Decision(CLIENT, code=code)}
        self._then = lambda: self.turned.emit("session")
        self._archive.record(tuple(self._decided.values()))

    def forget_session(self) -> None:
        """Ask everybody anew in the next session."""
        self._sent = {}
        self._recording, self._codes = Recording(), {}
        self.stored.emit(self._recording)

    def finish(self) -> None:
        """Await the end of a session that somebody ends: if it was stored, its end is shown when it is closed."""
        self._is_ending = bool(self._recording.persons)

    def take_back(self) -> None:
        """Store nothing more of anybody, and destroy what this session stored of them."""
        for person in self._recording.persons:
            self._archive.take_back(person)

    def save_elsewhere(self) -> None:
        """Go on storing in another folder, if one is chosen: the disk takes nothing any more."""
        if folder := self.choose_folder(self.sessions.window(), _("Save the session in this folder")):
            self._archive.save_to(folder)

    def resume(self) -> None:
        """Go on with what was interrupted."""
        if self._offered is not None:
            session, self._offered = self._offered.session, None
            self._sent = {CLIENT: Decision(CLIENT)}
            self._archive.go_on(session)
            self.resume_wanted.emit()

    def put_on_paper(self, then: Callable[[], None]) -> None:
        """Go on like this once the recovery code that is to come is on paper."""
        self._then = then

    def refuse_play(self, status: Status) -> None:
        """Say why a stored session cannot be looked at."""
        self.sessions.refuse(advice_about(status))

    def take(self, message: ArchiveMessage) -> None:
        """Show what came of it."""
        self.heard.emit(message)
        match message:
            case Shelf():
                self.sessions.show_shelf(message)
                self.consent.show_shelf(message, [one.code for one in self._decided.values() if one.code])
            case Interrupted() | Resumed() | RecoveryCode():
                self._take_of_begin(message)
            case Storing():
                self._recording, self._codes = message.recording, dict(message.codes)
                self.stored.emit(message.recording)
            case Closed():
                self._show_end(message)
            case Hidden():
                self._hide(message)
            case Done() | Refused():
                self._settle(message)
            case _:
                self._take_of_list(message)

    def _take_of_begin(self, message: Interrupted | Resumed | RecoveryCode) -> None:
        match message:
            case Interrupted():
                self._offered = message
                self.interrupted.emit(message)
            case Resumed():
                self.resumed.emit(message.addresses)
            case RecoveryCode():
                self.recovery.show_code(message.code)
                self.turned.emit("recovery")

    def _take_of_list(self, message: ArchiveMessage) -> None:
        detail = self.sessions.detail
        match message:
            case Going():
                detail.erase.show_going(message)
            case Erased():
                detail.erase.show_end(message)
                self._archive.look()
            case Exporting():
                detail.export.show_progress(message)
            case Exported():
                detail.export.show_end(message)
            case Grown():
                self.grown.emit(message)
            case Reviewed() | Reported() | OverSessions():
                self.looked.emit(message)

    def _settle(self, message: Done | Refused) -> None:
        is_refused = isinstance(message, Refused)
        advice = refusal(message.fault) if isinstance(message, Refused) else None
        if message.task is Task.RECORD:
            self._go_on(message)
        elif message.task in {Task.REVIEW, Task.REPORT}:
            self.looked.emit(message)
        elif message.task is Task.TAKE_BACK and not is_refused:
            self.told.emit(_("Storing has stopped, and what this session stored is gone."))
        elif advice is not None and message.task is Task.EXPORT:
            self.sessions.detail.export.refuse(advice)
        elif advice is not None and message.task is Task.ERASE:
            self.sessions.detail.erase.refuse(advice)
        elif advice is not None and message.task is Task.OPEN:
            self.sessions.unlock.refuse(advice)
            self.consent.refuse(advice)
        elif advice is not None and message.task not in {Task.KEYS, Task.PERSON}:  # the settings say those
            self.told.emit(f"{advice.sentence} {advice.step}")

    def _go_on(self, message: Done | Refused) -> None:
        """Go on into the session once what was decided is on record; ask once more where it is not."""
        if isinstance(message, Refused):
            self._sent = {}
            self._asked = list(self._decided) or self._asked
            self._ask_next()
            self.consent.refuse(refusal(message.fault))
        else:
            self._enter()

    def _ask_next(self) -> None:
        if self._asked:
            self.consent.ask(self._asked[0], person_name(self._asked[0]))
            self.turned.emit("consent")
        elif self._decided:
            self._sent |= self._decided
            self._archive.record(tuple(self._decided.values()))
            if not any(_is_stored(one) for one in self._decided.values()):
                self._enter()  # live only: there is nothing to wait for
        else:
            self._enter()

    def _enter(self) -> None:
        """Go on into the session, or wherever it was asked from; a recovery code is put on paper first."""
        if self.recovery.is_shown:
            return
        then, self._then = self._then, lambda: None
        then()

    def _decide(self, decision: Decision) -> None:  # a slot of Qt's
        self._decided[decision.person] = decision
        self._asked = [person for person in self._asked if person != decision.person]
        self._ask_next()

    def _show_end(self, closed: Closed) -> None:
        """Offer the choices of the end, if anything is stored and the session was ended here."""
        self._recording = Recording()
        self.stored.emit(self._recording)
        if closed.codes and self._is_ending:
            self.end.show_end(closed)
            self.turned.emit("end")
        self._is_ending = False

    def _hide(self, hidden: Hidden) -> None:
        if hidden.is_beyond:
            locked = Shelf(Door.LOCKED)
            self.sessions.show_shelf(locked)
            self.consent.show_shelf(locked, ())
        self.hidden.emit(hidden)

    def _wire(self) -> None:
        archive, detail = self._archive, self.sessions.detail
        self.consent.decided.connect(self._decide)
        self.end.chosen.connect(archive.end)
        self.recovery.left.connect(self._enter)
        for card in (self.sessions.unlock, self.consent.unlock):
            card.unlocked.connect(archive.unlock)
        detail.open_wanted.connect(self.play_wanted)
        detail.review_wanted.connect(lambda session: self.review_wanted.emit(session, "sessions"))
        self.end.review_wanted.connect(lambda session: self.review_wanted.emit(session, "end"))
        detail.export.wanted.connect(archive.export)
        detail.export.stopped.connect(archive.stop_export)
        detail.erase.asked.connect(archive.ask_what_goes)
        detail.erase.wanted.connect(archive.erase)


def _is_stored(decision: Decision) -> bool:
    return bool(decision.code) or (decision.agreement is not None and decision.agreement.stores)
