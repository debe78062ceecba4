# SPDX-License-Identifier: MIT
"""The open store: who, what they agreed to, the list of sessions, and the keys to all of it.

`app.store.opening` makes and opens one. Everything personal in it is sealed with the person's own key as well.
"""

from collections.abc import Mapping
from pathlib import Path

from app.clock import Clock
from app.errors import AppError, Fault
from app.store.atomic import hold, written
from app.store.audit import Audit, AuditAction
from app.store.backups import Backups
from app.store.baselines import Baselines
from app.store.chain_notes import ChainNote, ChainNotes
from app.store.checklist import Checklists
from app.store.cipher import Database
from app.store.consents import Consents
from app.store.contents import SessionHead
from app.store.desk import Desk
from app.store.identities import Identities
from app.store.keys import Keys
from app.store.live_session import LiveSession
from app.store.looking_back import LookingBack
from app.store.migrations import migrate
from app.store.operators import Operators
from app.store.places import LOCK_FILE, remove_part, remove_session, session_folder
from app.store.resume_token import ResumeToken, write_token
from app.store.session_folder import COMMON, NOTES
from app.store.session_index import Ending, SessionIndex, local_offset_s
from app.store.unlock import VAULT_FILE, Protection, protection_of
from app.store.vault_mark import VaultMark
from app.store.vault_settings import VaultSettings
from app.store.versions import is_version, versions_of
from resources.words import gettext as _


class Vault:
    """The open store of one folder.

    Parameters
    ----------
    folder : Path
        The data folder.
    keys : Keys
        Its keys.
    wall : Clock
        Wall time, seconds since 1970 UTC.

    Attributes
    ----------
    clients, consents, checklists, settings, baselines, looking_back, sessions, operators, backups, audit
        The parts of the vault, each with its own methods.
    lost_rows : int
        How many of the newest audit rows, with what they tell of, a damaged disk or an older copy has taken away.
    """

    def __init__(self, folder: Path, keys: Keys, wall: Clock) -> None:
        self.folder = folder
        self.keys = keys
        self.wall = wall
        key = keys.for_purpose("vault")
        self.database = Database(folder / VAULT_FILE, key)
        migrate(self.database)
        self._notes_database = Database(folder / VAULT_FILE, key)
        self.chain_notes = ChainNotes(self._notes_database, wall)
        mark = VaultMark(folder, keys.for_purpose("mark"))
        self.audit = Audit(self.database, keys.for_purpose("audit"), keys.operator, wall, mark)
        keys.may_change = self.database.may_write
        self.lost_rows = self.audit.lost_rows() if self.database.may_write else 0
        desk = Desk(self.database, keys, self.audit, wall)
        self.clients = Identities(desk)
        self.consents = Consents(desk)
        self.checklists = Checklists(desk)
        self.settings = VaultSettings(desk)
        self.baselines = Baselines(self.settings)
        self.looking_back = LookingBack(self.settings)
        self.sessions = SessionIndex(desk)
        self.operators = Operators(desk)
        self.backups = Backups(desk)

    @property
    def is_read_only(self) -> bool:
        """Whether a newer version of Attune wrote it, so that this one changes nothing."""
        return not self.database.may_write

    @property
    def protection(self) -> Protection:
        """What keeps it from whoever has the computer."""
        return protection_of(self.keys)

    def begin_session(
        self,
        persons: Mapping[str, str],
        *,
        started_t: float,
        versions: Mapping[str, str],
        is_synthetic: bool = False,
        ago_s: float = 0.0,
    ) -> LiveSession:
        """Begin a session that is stored; nothing of anybody is written before their consent is found on record.

        Parameters
        ----------
        persons : mapping of str to str
            The code of each person by the name that the items use.
        started_t : float
            The session clock's time.
        versions : mapping of str to str
            What makes the numbers.
        is_synthetic : bool
            Whether a made-up person takes part.
        ago_s : float
            How long ago `started_t` was.

        Raises
        ------
        AppError
            `NO_CONSENT`, with what to do.
        """
        _check_names(persons)
        for code in persons.values():
            self.consents.require_storing(code)
        now, session = self.wall(), self.sessions.unused_code()
        folder = session_folder(self.folder, session)
        head = SessionHead(
            session,
            now - ago_s,
            local_offset_s(now),
            started_t,
            codes=dict(persons),
            versions=dict(versions),
            is_synthetic=is_synthetic,
        )
        with written(folder):
            folder.mkdir(parents=True)
        held = hold(folder / LOCK_FILE)
        if held is None:  # a folder just made under a random code
            raise RuntimeError(f"{session} is held already")
        token = ResumeToken(head, self.keys.add_session(session, persons), now)
        write_token(folder, token)
        self.sessions.add(head)
        return LiveSession(folder, token, self, held, self.wall)

    def join_session(self, session: str, person: str, code: str) -> bytes:
        """Put on record that a person joins a session, who agreed to be stored; give the key of their file."""
        _check_names({**self.sessions.entry(session).head.codes, person: code})
        self.consents.require_storing(code)
        key = self.keys.add_part(session, person, code)
        self.sessions.join(session, person, code)
        return key

    def resume_session(self, session: str) -> None:
        """Put on record that a session goes on after a crash."""
        self.audit.note_alone(AuditAction.SESSION_RESUMED, session)

    def note_chain(self, session: str, person: str, note: ChainNote) -> None:
        """Note how far one file of a session is."""
        self.chain_notes.note(session, person, note)

    def take_back(self, session: str, person: str) -> None:
        """Destroy a person's part of the session, who takes the consent back, and put that on record.

        Who it is and who else is in it is known from the keys: nothing is read before they are destroyed.
        """
        parts = self.keys.book.sessions.get(session, {})
        self.delete_part(session, person, with_notes=set(parts) <= {person, COMMON, NOTES})
        if person in parts:
            self.consents.take_back(parts[person].owner)

    def close_session(self, session: str, ending: Ending) -> None:
        """Put on record how a session ended."""
        self.sessions.close(session, ending)

    def delete_part(self, session: str, person: str, *, with_notes: bool = True) -> None:
        """Delete one person's part of a session, its key first; and the notes, which may tell of everybody in it."""
        folder = session_folder(self.folder, session)
        versions = versions_of(self.keys.book.sessions.get(session, {}), person)
        names = (person, *versions, NOTES) if with_notes else (person, *versions)
        self.keys.destroy_parts(session, names)
        for name in names:
            remove_part(folder, name)
        self.forget_part(session, person)
        if session not in self.keys.book.sessions and hold_is_free(folder):
            remove_session(folder)
        self.database.tidy()

    def forget_part(self, session: str, person: str) -> None:
        """Take one person's part of a session off the list, and with it what it found of that person's rest."""
        for listed, name, code in self.sessions.parts():
            if (listed, name) == (session, person) and code in self.keys.book.clients:
                self.baselines.forget(code, session)
                self.looking_back.forget(code, session)
        self.sessions.forget(session, person)

    def close(self) -> None:
        """Close the store: it is locked afterwards."""
        self._notes_database.close()
        self.database.close()


def hold_is_free(folder: Path) -> bool:
    """Tell whether nobody records into a session's folder now."""
    if not folder.is_dir():
        return True
    held = hold(folder / LOCK_FILE)
    if held is not None:
        held.let_go()
    return held is not None


def _check_names(persons: Mapping[str, str]) -> None:
    if not persons or {COMMON, NOTES} & set(persons) or any(map(is_version, persons)):
        raise ValueError(f"a session needs persons, and none is called {COMMON} or {NOTES}: not {sorted(persons)}")
    if len(set(persons.values())) < len(persons):
        raise AppError(Fault.GIVEN_TWICE, _("each person of a session needs a code of their own."))
