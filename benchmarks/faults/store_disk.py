# SPDX-License-Identifier: MIT
"""A disk as a power cut leaves it: rebuilt from the log of what a process wrote (`store_shim.c`).

What was synced is there. Of what was not, any sector may be there or not, in any order; names come and go in order, as
a journal keeps them, and any number of the newest may be missing until their folder is synced.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

CREATE, WRITE, SYNC, TRUNCATE, UNLINK, RENAME = range(1, 7)
SECTOR = 512

_HEAD = struct.Struct("<BHqI")


@dataclass(frozen=True, slots=True)
class Operation:
    kind: int
    path: str
    at: int
    data: bytes


def read_log(path: Path) -> Iterator[Operation]:
    data, at = path.read_bytes(), 0
    while at + _HEAD.size <= len(data):
        kind, length, offset, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        yield Operation(kind, data[at : at + length].decode(), offset, data[at + length : at + length + size])
        at += length + size


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)

    def sync(self) -> None:
        for operation in self.pending:
            _apply(self.durable, operation.kind, operation.at, operation.data)
        self.pending.clear()

    def cut(self, rng: np.random.Generator) -> bytearray:
        """Give the file after a cut: each sector that was not synced is there or not."""
        image, kept = bytearray(self.durable), float(rng.choice([0.0, 0.3, 0.7, 0.95, 1.0]))
        for operation in self.pending:
            if operation.kind == TRUNCATE:
                if rng.random() < kept:
                    _apply(image, TRUNCATE, operation.at, b"")
                continue
            for start in range(0, len(operation.data), SECTOR):
                if rng.random() < kept:
                    _apply(image, WRITE, operation.at + start, operation.data[start : start + SECTOR])
        return image


class Disk:
    """Follows a log; `cut` gives what would be left if the power went now."""

    def __init__(self) -> None:
        self._files: list[_File] = []
        self._names: dict[str, int] = {}  # as the process sees them
        self._durable_names: dict[str, int] = {}
        self._pending_names: list[tuple[int, str, str, int]] = []

    def take(self, operation: Operation) -> None:
        kind, path = operation.kind, operation.path
        if kind in {WRITE, TRUNCATE}:
            if path in self._names:
                self._files[self._names[path]].pending.append(operation)
        elif kind == SYNC:
            self._sync(path)
        else:
            self._rename(kind, path, operation.data.decode())

    def cut(self, rng: np.random.Generator) -> dict[str, bytes]:
        names = dict(self._durable_names)
        for change in self._pending_names[: int(rng.integers(len(self._pending_names) + 1))]:
            _change(names, *change)
        return {path: bytes(self._files[inode].cut(rng)) for path, inode in names.items()}

    def _sync(self, path: str) -> None:
        if path in self._names:
            self._files[self._names[path]].sync()
            return
        kept = []
        for change in self._pending_names:
            if str(Path(change[1]).parent) == path:
                _change(self._durable_names, *change)
            else:
                kept.append(change)
        self._pending_names = kept

    def _rename(self, kind: int, path: str, to: str) -> None:
        inode = self._names.get(path, -1)
        if kind == CREATE:
            self._files.append(_File())
            inode = len(self._files) - 1
        change = kind, path, to, inode
        _change(self._names, *change)
        self._pending_names.append(change)


def _change(names: dict[str, int], kind: int, path: str, to: str, inode: int) -> None:
    if kind == CREATE:
        names[path] = inode
    else:
        names.pop(path, None)
    if kind == RENAME:
        names[to] = inode


def _apply(image: bytearray, kind: int, at: int, data: bytes) -> None:
    if kind == TRUNCATE:
        del image[at:]
        image.extend(bytes(at - len(image)))
        return
    if len(image) < at + len(data):
        image.extend(bytes(at + len(data) - len(image)))
    image[at : at + len(data)] = data
