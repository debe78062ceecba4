# SPDX-License-Identifier: MIT
"""A session that had to go on in another folder comes back into the store once the disk takes it.

Law: nothing that stands in the store is lost: what the other folder holds beyond it is put behind it, and only when all
of it is there, checked, is the other folder emptied. Called again after it failed, it goes on where it stopped.
"""

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast

from app.store.connection import beside, troubles
from app.store.contents import SessionHead
from app.store.places import remove_session
from app.store.rows import Vocabulary
from app.store.session_file import SessionFile, Stored, Tail
from app.store.session_folder import COMMON, NOTES, Progress, file_of
from app.store.stored_session import StoredSession

_KEPT = ("head", "configuration")


def bring_back(elsewhere: Path, folder: Path, keys: Mapping[str, bytes]) -> SessionHead:
    """Bring a session's files back.

    Parameters
    ----------
    elsewhere : Path
        Where it went on.
    folder : Path
        Its folder in the store.
    keys : mapping of str to bytes
        The key of each file.

    Returns
    -------
    SessionHead
        As the files have it; `lost_s` counts what is not there although it was written.

    Raises
    ------
    StoreError
        When a disk fails; the other folder is as it was.
    """
    tails = {name: _taken(file_of(elsewhere, name), file_of(folder, name), key) for name, key in keys.items()}
    with (
        closing(SessionFile(file_of(elsewhere, COMMON), keys[COMMON], mode="ro")) as source,
        closing(SessionFile(file_of(folder, COMMON), keys[COMMON], mode="rw")) as target,
    ):
        known = Progress.from_json(cast("Mapping[str, object]", source.meta("progress")))
        there = {name: tail for name, tail in tails.items() if name not in (COMMON, NOTES) and tail.n}
        meta = {name: source.meta(name) for name in _KEPT if source.meta(name) is not None}
        progress = replace(known, tails=there).to_json()
        target.write(None, b"", Vocabulary.of_today().to_text(), {**meta, "progress": progress})
    head = StoredSession(folder, keys).head
    remove_session(elsewhere)
    return head


def _taken(source: Path, target: Path, key: bytes) -> Tail:
    """Put behind one file what the other holds beyond it, and give where it ends then."""
    if not source.exists():
        return _tail(target, key)
    if not target.exists():
        _copy(source, target)
        return _tail(target, key)
    with (
        closing(SessionFile(source, key, mode="ro" if not beside(source) else "rw")) as found,
        closing(SessionFile(target, key, mode="rw")) as file,
    ):
        for stored in found.blocks(upto=found.tail.n):
            if stored.block.last > file.tail.last:
                _append(file, stored, found.vocabulary(stored.vocabulary))
        return file.tail


def _append(file: SessionFile, stored: Stored, vocabulary: Vocabulary) -> None:
    """Write a block behind the newest one, or over it where it is what that one has grown to since."""
    tail, block = file.tail, stored.block
    newest = file.block(tail.n)
    n = tail.n if newest is not None and newest.block.first == block.first else tail.n + 1
    before = file.block(n - 1)
    chain = b"" if before is None else before.chain
    file.write(replace(block, n=n), chain, vocabulary.to_text())


def _copy(source: Path, target: Path) -> None:
    with troubles(target):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in (*beside(source), source):  # the file itself last: what is half there has no name
            shutil.copyfile(path, target.with_name(f"{path.name}.new"))
        for path in (*beside(source), source):
            target.with_name(f"{path.name}.new").replace(target.with_name(path.name))


def _tail(path: Path, key: bytes) -> Tail:
    if not path.exists():
        return Tail()
    with closing(SessionFile(path, key, mode="rw" if beside(path) else "ro")) as file:
        return file.tail
