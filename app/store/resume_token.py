# SPDX-License-Identifier: MIT
"""What lets a session go on after a crash, before any passphrase: the keys of its own files, and of nothing else.

It lies in the session's folder while the session runs, readable by its owner alone. Law: whoever has it can read and
continue this one session; the past stays closed. What is noted while the store is locked waits in it.
"""

import contextlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from app.store.atomic import overwrite, replace_and_overwrite
from app.store.chain_notes import ChainNote
from app.store.contents import IMPORTED, SessionHead
from app.store.session_index import Ending, SessionState

TOKEN_FILE = "resume.attune"  # noqa: S105 - the name of a file
RESUMABLE_S = 30 * 60.0


@dataclass(frozen=True, slots=True)
class ResumeToken:
    """One running session.

    Parameters
    ----------
    head : SessionHead
        What is known of it.
    keys : mapping of str to bytes
        The key of each of its files by name.
    seen_utc_s : float
        When it was last known to run, seconds since 1970 UTC.
    notes : mapping of str to ChainNote
        How far each file is known to be whole.
    taken_back : tuple of str
        The persons who took their consent back while the store was locked: their keys are still to be destroyed.
    ending : Ending or None
        How it ended while the store was locked.
    """

    head: SessionHead
    keys: Mapping[str, bytes]
    seen_utc_s: float
    notes: Mapping[str, ChainNote] = field(default_factory=dict)
    taken_back: tuple[str, ...] = ()
    ending: Ending | None = None

    def is_resumable(self, now_utc_s: float) -> bool:
        """Tell whether the session may go on by one key; an import that was interrupted begins anew instead."""
        is_live = self.ending is None and IMPORTED not in self.head.versions
        return is_live and now_utc_s - self.seen_utc_s <= RESUMABLE_S


def write_token(folder: Path, token: ResumeToken) -> None:
    """Write a session's token into its folder; AppError `NOT_WRITTEN`."""
    content = {
        "head": asdict(token.head),
        "keys": {name: b64encode(key).decode() for name, key in token.keys.items()},
        "seen_utc_s": token.seen_utc_s,
        "notes": {name: [note.number, b64encode(note.value).decode()] for name, note in token.notes.items()},
        "taken_back": list(token.taken_back),
        "ending": None if token.ending is None else asdict(token.ending),
    }
    replace_and_overwrite(folder / TOKEN_FILE, json.dumps(content).encode())


def read_token(folder: Path) -> ResumeToken | None:
    """Read a session's token; None where there is none, or it cannot be read: the store itself has all of it."""
    try:
        content = json.loads((folder / TOKEN_FILE).read_bytes())
        ending = content["ending"]
        return ResumeToken(
            head=SessionHead(**content["head"]),
            keys={name: b64decode(key) for name, key in content["keys"].items()},
            seen_utc_s=float(content["seen_utc_s"]),
            notes={name: ChainNote(number, b64decode(value)) for name, (number, value) in content["notes"].items()},
            taken_back=tuple(content["taken_back"]),
            ending=None if ending is None else Ending(**{**ending, "state": SessionState(ending["state"])}),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def remove_token(folder: Path) -> None:
    """Remove a session's token, its bytes overwritten as far as the disk lets us."""
    for name in (TOKEN_FILE, f"{TOKEN_FILE}.old", f"{TOKEN_FILE}.new"):
        with contextlib.suppress(FileNotFoundError):
            overwrite(folder / name)


def find_tokens(sessions: Path) -> Iterator[tuple[Path, ResumeToken]]:
    """Give the folder and the token of each session that did not end in the usual way."""
    for path in sorted(sessions.glob(f"*/{TOKEN_FILE}")):
        token = read_token(path.parent)
        if token is not None:
            yield path.parent, token
