# SPDX-License-Identifier: MIT
"""What `keys.attune` holds: the wraps of the master key, and every data key sealed under it.

Law: whoever has not the master key reads codes and nothing else, and changes nothing unseen: the whole carries a keyed
check. The generation grows with each change, so that the newer of two copies is known.
"""

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from app.store.wraps import Wrap, read_wrap, write_wrap

FORMAT = 1


class KeyBookError(Exception):
    """The file is none, is damaged, or a newer version wrote it (`is_newer`)."""

    def __init__(self, *, is_newer: bool = False) -> None:
        super().__init__()
        self.is_newer = is_newer


@dataclass(frozen=True, slots=True)
class SessionPart:
    """One file of a session: the person whose it is (empty for the common file) and its key, sealed for its owner."""

    owner: str
    sealed: bytes


Parts = Mapping[str, SessionPart]


@dataclass(frozen=True, slots=True)
class KeyBook:
    """One state of the file.

    Parameters
    ----------
    store : str
        The code of the store, the same for life and in every backup.
    generation : int
        How often it was changed.
    wraps : tuple of Wrap
        The ways to open it.
    clients : mapping of str to bytes
        Each person's key by code, sealed under the master key.
    sessions : mapping of str to mapping
        The files of each session by their name: `common`, `notes`, and each person (`client`, `partner`).
    erased : frozenset of str
        Whose keys were destroyed, by code, and which files' (`S-4TQ9Z/client`): they never come back from a backup.
        What is not on this list and has no key lacks it for another reason, and is kept: an older key file, for one.
    """

    store: str
    generation: int = 0
    wraps: tuple[Wrap, ...] = ()
    clients: Mapping[str, bytes] = field(default_factory=dict)
    sessions: Mapping[str, Parts] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()


def part_name(session: str, name: str) -> str:
    """Give the name of one file of a session, as the list of what was erased has it."""
    return f"{session}/{name}"


def part_names(book: KeyBook) -> frozenset[str]:
    """Give the names of all files of all sessions that there are keys for."""
    return frozenset(part_name(session, name) for session, parts in book.sessions.items() for name in parts)


def write_book(book: KeyBook, check_key: bytes) -> bytes:
    """Write the file: one line of JSON, and one with its keyed check."""
    content: dict[str, object] = {
        "format": FORMAT,
        "store": book.store,
        "generation": book.generation,
        "wraps": [write_wrap(wrapped) for wrapped in book.wraps],
        "clients": {code: b64encode(sealed).decode() for code, sealed in book.clients.items()},
        "sessions": {session: _write_parts(parts) for session, parts in book.sessions.items()},
        "erased": sorted(book.erased),
    }
    line = json.dumps(content).encode()
    return line + b"\n" + _check(line, check_key) + b"\n"


def read_book(data: bytes) -> KeyBook:
    """Read the file; what it says is trusted only once `is_authentic`.

    Raises
    ------
    KeyBookError
        When it is none or is damaged, or a newer version wrote it.
    """
    content = _object(data.partition(b"\n")[0])
    version = content.get("format")
    if type(version) is int and version > FORMAT:
        raise KeyBookError(is_newer=True)
    try:
        return KeyBook(
            store=str(content["store"]),
            generation=int(cast(int, content["generation"])),
            wraps=tuple(read_wrap(fields) for fields in cast(list[dict[str, object]], content["wraps"])),
            clients={c: b64decode(text) for c, text in cast(dict[str, str], content["clients"]).items()},
            sessions={s: _read_parts(parts) for s, parts in cast(dict[str, object], content["sessions"]).items()},
            erased=frozenset(cast(list[str], content["erased"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:  # whatever else the JSON holds
        raise KeyBookError from error


def is_authentic(data: bytes, check_key: bytes) -> bool:
    """Tell whether the file is as a holder of the master key left it."""
    line, _end, check = data.partition(b"\n")
    return hmac.compare_digest(check.rstrip(b"\n"), _check(line, check_key))


def _object(line: bytes) -> dict[str, object]:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise KeyBookError from error
    if not isinstance(content, dict):
        raise KeyBookError
    return content


def _check(line: bytes, key: bytes) -> bytes:
    return hmac.new(key, line, hashlib.sha256).hexdigest().encode()


def _write_parts(parts: Parts) -> Mapping[str, list[str]]:
    return {name: [part.owner, b64encode(part.sealed).decode()] for name, part in parts.items()}


def _read_parts(fields: object) -> Parts:
    parts = cast(dict[str, list[str]], fields)
    return {name: SessionPart(owner, b64decode(sealed)) for name, (owner, sealed) in parts.items()}
