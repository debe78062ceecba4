# SPDX-License-Identifier: MIT
"""A stored session as whoever reads it sees it: its files, and what the vault knows of it since they were written.

A session may have been moved to another person, or one of its persons been erased: the vault's codes count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.store.audit import AuditAction
from app.store.contents import SessionContents, SessionHead, Value, signals_of
from app.store.places import session_folder
from app.store.rows import Note
from app.store.session_folder import NOTES
from app.store.stored_session import StoredSession
from app.store.vault import Vault
from dsp.stream import Chunk, Command, Item, Tick


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session with the head that the vault keeps (`app.store.contents.SessionContents`)."""

    stored: StoredSession
    head: SessionHead

    def items(self) -> Iterator[Item]:
        """Give what entered the merge, in order of arrival, of all its persons together."""
        return self.stored.items()

    def values(self) -> Iterator[Value]:
        """Give what the frames carried, in the order in which it was made."""
        return self.stored.values()

    def signals(self, *, with_values: bool = True) -> Iterator[Chunk]:
        """Give the samples alone, the chunks of each stream joined."""
        return self.stored.signals(with_values=with_values)

    def decisions(self) -> Iterator[Command]:
        """Give what people decided: the commands among the items."""
        return self.stored.decisions()


@dataclass(frozen=True, slots=True)
class PersonsPart:
    """One person's part of a session: what is said of others is left out, time passes."""

    whole: SessionContents
    person: str

    @property
    def head(self) -> SessionHead:
        """What is known of the session, with this person's code alone."""
        codes = {name: code for name, code in self.whole.head.codes.items() if name == self.person}
        return replace(
            self.whole.head, codes=codes, sha256=self.whole.head.sha256 if codes == self.whole.head.codes else None
        )

    def items(self) -> Iterator[Item]:
        """Give this person's items, and the ticks."""
        return (item for item in self.whole.items() if isinstance(item, Tick) or item.person == self.person)

    def signals(self, *, with_values: bool = True) -> Iterator[Chunk]:
        """Give this person's samples alone."""
        chunks = signals_of(self.whole, with_values=with_values)
        return (chunk for chunk in chunks if chunk.person == self.person)

    def values(self) -> Iterator[Value]:
        """Give this person's values."""
        return (value for value in self.whole.values() if value.person == self.person)


def open_session(vault: Vault, session: str, *, as_recorded: bool = False) -> OpenedSession:
    """Open a stored session; the audit keeps that it was read.

    Parameters
    ----------
    vault : Vault
        The open store.
    session : str
        Its code.
    as_recorded : bool
        As it was recorded, also where it was judged again for another person since; the head's hash is of that.

    Raises
    ------
    AppError
        `UNKNOWN_CODE` where there is none or its keys were destroyed; a `StoreError` where its files cannot be read.
    """
    head = vault.sessions.entry(session).head
    keys = {name: key for name, key in vault.keys.session_keys(session).items() if name != NOTES}
    folder, notes = session_folder(vault.folder, session), vault.chain_notes.newest(session)
    stored = StoredSession(folder, keys, notes, head, as_recorded=as_recorded)
    vault.audit.note_alone(AuditAction.SESSION_READ, session)
    sha256 = None if stored.is_judged_again else head.sha256
    return OpenedSession(stored, replace(head, lost_s=max(head.lost_s, stored.head.lost_s), sha256=sha256))


def read_notes(vault: Vault, session: str) -> Sequence[Note]:
    """Read the clinician's notes of a session; the audit keeps that they were read."""
    keys = vault.keys.session_keys(session)
    if NOTES not in keys:
        return ()
    stored = StoredSession(session_folder(vault.folder, session), keys, head=vault.sessions.entry(session).head)
    vault.audit.note_alone(AuditAction.NOTES_READ, session)
    return tuple(stored.notes())
