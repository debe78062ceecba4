# SPDX-License-Identifier: MIT
"""How long a full practice waits: 2000 people with 5000 sessions; one of them with 100 is erased.

`python -m benchmarks.faults.vault_erase`.
"""

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from app.store.erase import erase
from app.store.key_book import KeyBook, SessionPart
from app.store.keys import Keys
from app.store.places import session_folder
from app.store.sealing import new_key
from app.store.session_folder import file_of
from app.store.vault import Vault
from benchmarks.figure import Figure, table
from tests.app.store.vaults import START_UTC_S, agreed, begun, opened

PEOPLE = 2000
SESSIONS = 5000
_OF_ONE = 100
_FILE_BYTES = 1 << 20


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with opened(folder) as vault:
            code = agreed(vault)
            _fill(vault, code)
        opening_s = _timed(lambda: opened(folder).__enter__().close())
        with opened(folder) as vault:
            listing_s = _timed(vault.sessions.all)
            beginning_s = _timed(lambda: begun(vault, {"client": agreed(vault)}).close(1.0, None))
            size = (folder / "keys.attune").stat().st_size / 1e6
            erasing_s = _timed(lambda: erase(vault, code))
            assert not vault.sessions.of(code)
    return [
        Figure(
            f"a person with {_OF_ONE} sessions erased, of {SESSIONS}", f"{erasing_s:.2f} s", "<= 5 s", erasing_s <= 5
        ),
        Figure("... opening such a store", f"{opening_s:.2f} s", "reported"),
        Figure("... listing its sessions", f"{listing_s:.3f} s", "reported"),
        Figure("... beginning and ending a session", f"{beginning_s:.2f} s", "reported"),
        Figure("... its key file", f"{size:.1f} MB", "reported"),
    ]


def _fill(vault: Vault, code: str) -> None:
    """Fill a store: keys and rows as they are, the files of the one who is erased as large as an hour's."""
    people = [f"C-{k:04d}" for k in range(PEOPLE)]
    owners = {_session(k): code if k < _OF_ONE else people[k % PEOPLE] for k in range(SESSIONS)}
    with vault.database.write() as connection:
        connection.executemany("INSERT INTO identities VALUES (?, 0.0, NULL)", [(person,) for person in people])
        connection.executemany(
            "INSERT INTO sessions VALUES (?, ?, 0, 0.0, 3600.0, ?, 'closed', ?, ?, 0.0, 0, '{}')",
            [(name, START_UTC_S + k, START_UTC_S, "ab" * 32, _FILE_BYTES) for k, name in enumerate(owners)],
        )
        rows = [(name, "client", owner) for name, owner in owners.items()]
        connection.executemany("INSERT INTO session_persons VALUES (?, ?, ?)", rows)
    _add_keys(vault.keys, owners, people)
    for name in vault.sessions.of(code):
        place = session_folder(vault.folder, name.head.session)
        place.mkdir(parents=True)
        for part in ("client", "common", "notes"):
            file_of(place, part).write_bytes(b"x" * _FILE_BYTES)


def _add_keys(keys: Keys, owners: Mapping[str, str], people: list[str]) -> None:
    sealed = new_key() + new_key()[:28]  # as long as a sealed key

    def edit(book: KeyBook) -> KeyBook:
        sessions = {
            name: {
                "common": SessionPart("", sealed),
                "notes": SessionPart(owner, sealed),
                "client": SessionPart(owner, sealed),
            }
            for name, owner in owners.items()
        }
        return replace(book, clients={**book.clients, **dict.fromkeys(people, sealed)}, sessions=sessions)

    keys._change(edit)  # noqa: SLF001 - thousands of changes at once


def _session(k: int) -> str:
    return f"S-{k:05d}"


def _timed(do: Callable[[], object]) -> float:
    start_s = time.perf_counter()
    do()
    return time.perf_counter() - start_s


if __name__ == "__main__":
    print(table(run()))
