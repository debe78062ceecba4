# SPDX-License-Identifier: MIT
"""Whether a session's file holds all that was ever acknowledged, to the last bit, and what it has lost.

Every page carries its keyed checksum, every block its chain value, and where the file must end stands in the common
file and in the vault: together they find a bit that flipped anywhere, a block taken out and an older copy put back.
"""

from dataclasses import dataclass

from app.store.chain_notes import ChainNote
from app.store.connection import StoreError
from app.store.session_file import SessionFile, Stored, Tail
from dsp.codes import Reason

_BLOCK_S = 5.0  # about what a block holds: a note does not say where it ends in seconds

Span = tuple[float, float]
_NOTHING = Tail()


@dataclass(frozen=True, slots=True)
class Expected:
    """How far a file must reach: by the common file, and by the newest note in the vault; None where there is none."""

    tail: Tail | None = None
    note: ChainNote | None = None

    @property
    def n(self) -> int:
        """The running number that it must reach."""
        return max(self.tail.n if self.tail else 0, self.note.number if self.note else 0)

    def agrees(self, found: Tail) -> bool:
        """Tell whether a block is the one that was noted under its number, where one was."""
        by_tail = self.tail is None or self.tail.n != found.n or found.covers(self.tail) or self.is_short(found)
        by_note = self.note is None or self.note.number != found.n or self.note.value == found.chain
        return by_tail and by_note

    def is_short(self, found: Tail) -> bool:
        """Tell whether a block has not grown as far as the common file says."""
        return self.tail is not None and self.tail.n == found.n and found.batch < self.tail.batch


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a check of one file came to.

    Parameters
    ----------
    tail : Tail
        Where it ends.
    lost : tuple of pairs of float
        The times between which acknowledged blocks are missing or not readable.
    bad_pages : int
        Pages that are not as they were written.
    is_other : bool
        Whether it is not the file that was noted: another one, or an older copy.
    bad_blocks : frozenset of int
        Blocks that are not as they were written.
    """

    tail: Tail = _NOTHING
    lost: tuple[Span, ...] = ()
    bad_pages: int = 0
    is_other: bool = False
    bad_blocks: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is the matter."""
        return not (self.lost or self.bad_pages or self.is_other or self.bad_blocks)

    @property
    def lost_s(self) -> float:
        """How many seconds are missing."""
        return sum(end - start for start, end in self.lost)


def check(file: SessionFile, expected: Expected, *, started_t: float) -> Soundness:
    """Read a whole file and compare it with where it must end.

    Parameters
    ----------
    file : SessionFile
        The file.
    expected : Expected
        How far it must reach.
    started_t : float
        When the session began, seconds: what is missing before the first block is counted from there.

    Raises
    ------
    StoreError
        When the disk fails, or nothing of the file can be read.
    """
    bad_pages = file.bad_pages()
    following = _Following(file, expected, started_t)
    for stored in file.blocks(upto=max(expected.n, _newest(file))):
        following.take(stored)
    return following.result(bad_pages)


def _newest(file: SessionFile) -> int:
    try:
        return file.tail.n
    except StoreError as error:
        if error.reason is not Reason.RECORD_DAMAGED:
            raise
        return 0


class _Following:
    """Goes along a file's blocks and notes what does not follow on what was before."""

    def __init__(self, file: SessionFile, expected: Expected, started_t: float) -> None:
        self._file = file
        self._expected = expected
        self._tail = Tail(end_t=started_t)
        self._lost: list[Span] = []
        self._is_other = False
        self._bad: set[int] = set()

    def take(self, stored: Stored) -> None:
        self._file.vocabulary(stored.vocabulary)  # without it nothing can be read
        n, before = stored.block.n, self._tail
        if n == before.n + 1 and not self._file.is_tied(stored, before.chain):
            self._bad.add(n)
            return
        if n != before.n + 1:
            self._lost.append((before.end_t, max(before.end_t, stored.block.start_t)))
        if not self._expected.agrees(stored.tail):
            self._is_other = True
        self._tail = stored.tail

    def result(self, bad_pages: int) -> Soundness:
        tail, known, missing = self._tail, self._expected.tail, self._expected.n - self._tail.n
        if missing > 0 or self._expected.is_short(tail):
            is_known = known is not None and known.n >= self._expected.n
            end_t = known.end_t if known is not None and is_known else tail.end_t + missing * _BLOCK_S
            self._lost.append((tail.end_t, max(end_t, tail.end_t)))
        return Soundness(tail, tuple(self._lost), bad_pages, self._is_other, frozenset(self._bad))
