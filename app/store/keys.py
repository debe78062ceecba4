# SPDX-License-Identifier: MIT
"""The keys of an open store: the master key in memory, and every data key in `keys.attune`.

A person has a key; each file of a session has its own, sealed under its person's key (the common file's under the
master's), so that a person, a session and one person's part of a session can each be destroyed by destroying a key.

Law: a key is destroyed when the call returns: `keys.attune` is on the disk without it, the old bytes overwritten as
far as the disk lets us.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import AppError, Fault
from app.store.atomic import alone, overwrite_left, replace_and_overwrite
from app.store.key_book import KeyBook, KeyBookError, SessionPart, is_authentic, part_names, read_book, write_book
from app.store.sealing import SealError, key_for, new_key, seal, unseal
from app.store.session_folder import COMMON, NOTES
from app.store.wraps import Wrap, WrapKind
from resources.words import gettext as _

KEY_FILE = "keys.attune"
_LOCK_FILE = "keys.lock"


@dataclass(frozen=True, slots=True)
class Opened:
    """The master key, and the operator whose way of opening gave it."""

    master: bytes
    operator: str


class Keys:
    """The keys of one store.

    Parameters
    ----------
    folder : Path
        The data folder.
    opened : Opened
        The master key.

    Attributes
    ----------
    operator : str
        The code of whoever opened the store.
    may_change : bool
        Whether keys may be made and destroyed; not in a store that a newer version wrote.

    Raises
    ------
    AppError
        `KEYS_DAMAGED` when the file was changed by somebody without the master key.
    """

    def __init__(self, folder: Path, opened: Opened) -> None:
        self._path = folder / KEY_FILE
        self.opened = opened
        self.operator = opened.operator
        self.may_change = True
        with alone(folder / _LOCK_FILE):
            overwrite_left(self._path)
        self._book = self._read()

    @property
    def book(self) -> KeyBook:
        """The state that was read or written last."""
        return self._book

    def refresh(self) -> None:
        """Read what another program may have changed."""
        self._book = self._read()

    def for_purpose(self, purpose: str) -> bytes:
        """Give the store's own key of a purpose: `vault`, `audit`."""
        return key_for(self.opened.master, purpose)

    def client_key(self, code: str) -> bytes:
        """Give a person's key; `UNKNOWN_CODE` where there is none, or it was destroyed."""
        sealed = self._book.clients.get(code)
        if sealed is None:
            raise unknown(code)
        return self._opened(sealed, self._client_purpose(code), self.for_purpose("clients"))

    def session_keys(self, session: str) -> Mapping[str, bytes]:
        """Give the key of each file of a session that there still is; `UNKNOWN_CODE` where there is none."""
        parts = self._book.sessions.get(session)
        if not parts:
            raise unknown(session)
        return {name: self._part_key(session, name, part) for name, part in parts.items()}

    def add_client(self, code: str) -> None:
        """Make a person's key."""
        sealed = seal(self.for_purpose("clients"), new_key(), self._client_purpose(code))
        self._change(lambda book: replace(book, clients={**book.clients, code: sealed}))

    def add_session(self, session: str, persons: Mapping[str, str]) -> Mapping[str, bytes]:
        """Make the keys of a session's files.

        Parameters
        ----------
        session : str
            Its code.
        persons : mapping of str to str
            The code of each person by the name that the items use. The notes belong to the first.
        """
        first = next(iter(persons.values()))
        owners = {COMMON: "", NOTES: first, **persons}
        keys = {name: new_key() for name in owners}
        parts = {name: self._sealed_part(session, name, owners[name], key) for name, key in keys.items()}
        self._change(lambda book: replace(book, sessions={**book.sessions, session: parts}))
        return keys

    def add_part(self, session: str, name: str, code: str) -> bytes:
        """Make the key of one more file of a session, for somebody who joins it."""
        key = new_key()
        part = self._sealed_part(session, name, code, key)

        def edit(book: KeyBook) -> KeyBook:
            return replace(book, sessions={**book.sessions, session: {**book.sessions.get(session, {}), name: part}})

        self._change(edit)
        return key

    def move_parts(
        self, session: str, names: Iterable[str], code: str, more: Mapping[str, bytes] | None = None
    ) -> None:
        """Seal the keys of some files of a session under another person's key, and with them those of `more` files."""
        keys = self.session_keys(session)
        moving = {name: keys[name] for name in names} | dict(more or {})
        moved = {name: self._sealed_part(session, name, code, key) for name, key in moving.items()}

        def edit(book: KeyBook) -> KeyBook:
            parts = {**book.sessions.get(session, {}), **moved}
            return replace(book, sessions={**book.sessions, session: parts})

        self._change(edit)

    def destroy_client(self, code: str, notes_of: Iterable[str] = ()) -> None:
        """Destroy a person's key and with it every file that is theirs.

        Parameters
        ----------
        code : str
            Whose.
        notes_of : iterable of str
            The sessions that the person took part in: the notes of these go too, whoever they are filed under.
        """
        shared = frozenset(notes_of)

        def edit(book: KeyBook) -> KeyBook:
            clients = {name: sealed for name, sealed in book.clients.items() if name != code}
            sessions = {s: _without(parts, code, notes=s in shared) for s, parts in book.sessions.items()}
            return replace(book, clients=clients, sessions=_with_person(sessions), erased=book.erased | {code})

        self._change(edit)

    def destroy_parts(self, session: str, names: Iterable[str]) -> None:
        """Destroy the keys of some files of a session; the whole session's when no person's is left."""
        gone = frozenset(names)

        def edit(book: KeyBook) -> KeyBook:
            parts = {name: part for name, part in book.sessions.get(session, {}).items() if name not in gone}
            return replace(book, sessions=_with_person({**book.sessions, session: parts}))

        self._change(edit)

    def set_wraps(self, choose: Callable[[tuple[Wrap, ...], bytes], Iterable[Wrap]]) -> None:
        """Replace the ways to open the store.

        Parameters
        ----------
        choose : callable
            Gives the new ways from the ones there are and the master key.
        """
        self._change(lambda book: replace(book, wraps=tuple(choose(book.wraps, self.opened.master))))

    def has_way(self, *kinds: WrapKind) -> bool:
        """Tell whether one of these ways opens the store."""
        return any(wrapped.kind in kinds for wrapped in self._book.wraps)

    def _change(self, edit: Callable[[KeyBook], KeyBook]) -> None:
        if not self.may_change:
            raise newer(self._path)
        with alone(self._path.with_name(_LOCK_FILE)):
            before = self._read()
            book = edit(before)
            erased = book.erased | (part_names(before) - part_names(book))
            self._book = replace(book, generation=book.generation + 1, erased=erased)
            replace_and_overwrite(self._path, write_book(self._book, self.for_purpose("keys")))

    def _read(self) -> KeyBook:
        data = read_key_bytes(self._path)
        if not is_authentic(data, self.for_purpose("keys")):
            raise damaged(self._path)
        return understood(data, self._path)

    def _sealed_part(self, session: str, name: str, owner: str, key: bytes) -> SessionPart:
        return SessionPart(owner, seal(self._owner_key(owner), key, self._part_purpose(session, name, owner)))

    def _part_key(self, session: str, name: str, part: SessionPart) -> bytes:
        return self._opened(part.sealed, self._part_purpose(session, name, part.owner), self._owner_key(part.owner))

    def _owner_key(self, owner: str) -> bytes:
        return self.client_key(owner) if owner else self.for_purpose("sessions")

    def _opened(self, sealed: bytes, purpose: str, key: bytes) -> bytes:
        try:
            return unseal(key, sealed, purpose)
        except SealError as error:
            raise damaged(self._path) from error

    def _client_purpose(self, code: str) -> str:
        return f"{self._book.store} {code}"

    def _part_purpose(self, session: str, name: str, owner: str) -> str:
        return f"{self._book.store} {session} {name} {owner}"


def read_key_bytes(path: Path) -> bytes:
    """Read the key file as it is; `KEYS_DAMAGED` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise damaged(path) from error


def understood(data: bytes, path: Path) -> KeyBook:
    """Understand what was read from a key file.

    Raises
    ------
    AppError
        `KEYS_DAMAGED` when it is none, `NEWER_STORE` when a newer version wrote it.
    """
    try:
        return read_book(data)
    except KeyBookError as error:
        raise (newer(path) if error.is_newer else damaged(path)) from error


def read_key_file(path: Path) -> KeyBook:
    """Read a key file without opening it: what it says is not yet trusted.

    Raises
    ------
    AppError
        `KEYS_DAMAGED` when it cannot be read or is none, `NEWER_STORE` when a newer version wrote it.
    """
    return understood(read_key_bytes(path), path)


def newer(path: Path) -> AppError:
    """Make the error of what a newer version wrote."""
    words = _("{path} was written by a newer version of Attune; use that one.")
    return AppError(Fault.NEWER_STORE, words.format(path=path))


def damaged(path: Path) -> AppError:
    """Make the error of a key file that cannot be trusted."""
    words = _("{path} is damaged or was changed; put the newest keys.attune of a backup in its place.")
    return AppError(Fault.KEYS_DAMAGED, words.format(path=path))


def unknown(code: str) -> AppError:
    """Make the error of a code that there is no key for."""
    words = _("there is no {code} here; attune sessions lists the sessions and their persons.")
    return AppError(Fault.UNKNOWN_CODE, words.format(code=code))


def _without(parts: Mapping[str, SessionPart], code: str, *, notes: bool) -> Mapping[str, SessionPart]:
    return {n: part for n, part in parts.items() if part.owner != code and not (notes and n == NOTES)}


def _with_person(sessions: Mapping[str, Mapping[str, SessionPart]]) -> Mapping[str, Mapping[str, SessionPart]]:
    """Leave out the sessions that nobody's file is left of: their common files and notes go with them."""
    return {s: parts for s, parts in sessions.items() if set(parts) - {COMMON, NOTES}}
