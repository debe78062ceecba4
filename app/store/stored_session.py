# SPDX-License-Identifier: MIT
"""A recorded session as it is read: its persons' files together, one block of each in memory at a time.

Law: `items` and `values` come in the order in which they went through the session, whatever file they lie in. What was
written and cannot be read is a gap where it was, and seconds in `head.lost_s`; a person without a key is left out. What
was never acknowledged (at most half a second before a crash) is no part of it.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from heapq import merge
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, TypeVar, cast

from app.errors import AppError, Fault
from app.store.block import Made, read_decisions, read_items, read_made, read_signals
from app.store.chain_notes import ChainNote
from app.store.connection import StoreError, beside
from app.store.contents import SessionHead, Told, Value
from app.store.rows import Note, Vocabulary
from app.store.session_file import SessionFile, Stored
from app.store.session_folder import COMMON, NOTES, Progress, file_of
from app.store.soundness import Expected, Soundness, check
from app.store.versions import JUDGED, is_told_by_store, is_version, person_of, that_count
from dsp.codes import Reason
from dsp.stream import Chunk, Command, Gap, Item
from resources.words import gettext as _

T = TypeVar("T")

RECORDING_SOURCE = "recording"
"""The source that gaps of what was not recorded, or cannot be read any more, name."""

_LOST = (Reason.RECORD_DAMAGED, Reason.DISK_GONE)  # any other trouble may pass


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the session as far as it counts."""

    name: str
    upto: int
    soundness: Soundness


class StoredSession:
    """A session on the disk (`app.store.contents.SessionContents`), checked when it is opened.

    Parameters
    ----------
    folder : Path
        Where its files lie.
    keys : mapping of str to bytes
        The key of each file that may be read.
    notes : mapping of str to ChainNote
        How far each file is known to be whole, from the vault.
    head : SessionHead or None
        What else is known of it, where the common file is lost.
    as_recorded : bool
        As it was recorded, also where a person's part was judged again since (`app/store/versions.py`).

    Raises
    ------
    StoreError
        When the disk fails, another Attune records into it, or nothing is known of it.
    """

    def __init__(
        self,
        folder: Path,
        keys: Mapping[str, bytes],
        notes: Mapping[str, ChainNote] | None = None,
        head: SessionHead | None = None,
        *,
        as_recorded: bool = False,
    ) -> None:
        self._folder = folder
        self._keys = that_count(keys, as_recorded=as_recorded)
        self._judged_again = frozenset(person_of(name) for name in self._keys if is_version(name))
        self._noted = notes or {}
        self.configuration: Mapping[str, object] = {}
        self.progress = Progress()
        self._head = self._read_common(head)
        self._parts = [part for name in self._keys if (part := self._part(name)) is not None]
        self._compare_common()

    @property
    def head(self) -> SessionHead:
        """What is known of it without reading it."""
        lost_s = max((part.soundness.lost_s for part in self._parts), default=0.0)
        return replace(self._head, lost_s=max(lost_s, self._head.lost_s))

    @property
    def is_judged_again(self) -> bool:
        """Whether what is read of somebody was judged again after the recording."""
        return bool(self._judged_again)

    @property
    def soundness(self) -> Mapping[str, Soundness]:
        """What the check of each file came to."""
        return {part.name: part.soundness for part in self._parts}

    def items(self) -> Iterator[Item]:
        """Give what entered the merge, in order of arrival, of all its persons together."""
        for __, item in self.numbered_items():
            yield item

    def numbered_items(self) -> Iterator[tuple[int, Item]]:
        """Give the items, each with the number of its frame in the session."""
        files = [self._items_of(part) for part in self._readable()]
        for number, item in merge(*files, key=itemgetter(0)):
            yield number, cast("Item", item)

    def signals(self, *, with_values: bool = True) -> Iterator[Chunk]:
        """Give the samples alone, the chunks of each stream joined over some seconds, in order of their first."""
        files = [self._signals_of(part, with_values=with_values) for part in self._readable()]
        for __, chunk in merge(*files, key=itemgetter(0)):
            yield chunk

    def decisions(self) -> Iterator[Command]:
        """Give the commands alone: of a long session without the time that its samples take."""
        files = [self._decisions_of(part) for part in self._readable()]
        for __, command in merge(*files, key=itemgetter(0)):
            yield command

    def values(self) -> Iterator[Value]:
        """Give what the frames carried, in the order in which it was made."""
        files = [self._made_of(part) for part in self._readable()]
        for made in merge(*files, key=attrgetter("order", "place")):
            yield made.value

    def told(self) -> Iterator[Told]:
        """Give what the frames carried, and each decision behind what came of it, in the order in which it was made."""
        readable = self._readable()
        made = [((one.order, one.value) for one in self._made_of(part)) for part in readable]
        decided = [self._decisions_of(part) for part in readable]
        for __, one in merge(merge(*made, key=itemgetter(0)), *decided, key=itemgetter(0)):
            yield one

    def notes(self) -> Iterator[Note]:
        """Give the clinician's notes, where their key was given."""
        for part in self._parts:
            if part.name == NOTES and part.upto:
                for __, note in self._items_of(part):
                    yield cast("Note", note)

    def _readable(self) -> list[_Part]:
        """Give the files but for the notes; a version's first: what it tells goes before what came with it."""
        parts = [part for part in self._parts if part.name != NOTES and part.upto]
        return sorted(parts, key=lambda part: not is_version(part.name))

    def _read_common(self, head: SessionHead | None) -> SessionHead:
        try:
            with closing(self._open(COMMON)) as file:
                kept = {name: file.meta(name) for name in ("head", "progress", "configuration") if file.version}
        except StoreError as error:
            if head is None or error.reason not in _LOST:
                raise
            return head
        self.configuration = cast("Mapping[str, object]", kept.get("configuration") or {})
        if kept.get("progress"):
            self.progress = Progress.from_json(cast("Mapping[str, object]", kept["progress"]))
        if not kept.get("head") and head is None:
            raise StoreError(Reason.RECORD_DAMAGED, _("{name} is empty").format(name=file.path.name))
        return SessionHead(**cast("dict[str, Any]", kept["head"])) if kept.get("head") else cast("SessionHead", head)

    def _part(self, name: str) -> _Part | None:
        """Check a file; None where nothing was ever written to it."""
        known, started_t = self.progress.tails.get(name), self._head.started_t
        expected = Expected(known, self._noted.get(name))
        try:
            if not file_of(self._folder, name).exists() and not expected.n:
                return None
            with closing(self._open(name)) as file:
                soundness = check(file, expected, started_t=started_t)
        except StoreError as error:
            if error.reason not in _LOST:
                raise
            end_t = known.end_t if known else self.progress.end_t or started_t
            return _Part(name, 0, Soundness(lost=((started_t, max(started_t, end_t)),), is_other=True))
        return _Part(name, soundness.tail.n, soundness)

    def _compare_common(self) -> None:
        """Find out whether the common file ends before the persons' files do: it is written last, batch by batch.

        One batch ahead is what a crash leaves; it may have been acknowledged all the same, so it counts as lost.
        """
        tails = [part.soundness.tail for part in self._parts if part.name not in {COMMON, NOTES}]
        ahead = [tail for tail in tails if tail.batch > self.progress.batch]
        if not ahead:
            return
        start_t = self._head.started_t if self.progress.end_t is None else self.progress.end_t
        span = start_t, max(start_t, *(tail.end_t for tail in ahead))
        for k, part in enumerate(self._parts):
            if part.name == COMMON:
                sound = replace(part.soundness, lost=(*part.soundness.lost, span))
                self._parts[k] = replace(part, soundness=sound)

    def _last_of(self, part: _Part) -> float:
        """Give the number of the last frame that counts: the newest batch may never have come to its end."""
        is_half = part.name not in {COMMON, NOTES} and part.soundness.tail.batch == self.progress.batch + 1
        return self.progress.last if is_half else math.inf

    def _open(self, name: str) -> SessionFile:
        path = file_of(self._folder, name)
        if beside(path):  # a crash left it: what lies beside it goes into it first
            try:
                SessionFile(path, self._keys[name], mode="rw").close()
            except StoreError as error:
                if error.reason is not Reason.RECORD_DAMAGED:
                    raise
        return SessionFile(path, self._keys[name], mode="ro")

    def _blocks_of(self, part: _Part, file: SessionFile) -> Iterator[tuple[Stored, Vocabulary, Gap | None]]:
        """Give the blocks of a file, each with the gap before it where others are lost."""
        n, end_t = 0, self._head.started_t
        for stored in file.blocks(upto=part.upto):
            block = stored.block
            if block.n in part.soundness.bad_blocks:
                continue
            gap = None
            if block.n != n + 1 and part.name not in {COMMON, NOTES}:
                person = person_of(part.name)
                gap = Gap(end_t, max(end_t, block.start_t), Reason.RECORD_DAMAGED, RECORDING_SOURCE, person)
            yield stored, file.vocabulary(stored.vocabulary), gap
            n, end_t = block.n, block.end_t

    def _items_of(self, part: _Part) -> Iterator[tuple[int, Item | Note]]:
        last = self._last_of(part)
        with closing(self._open(part.name)) as file:
            for stored, vocabulary, gap in self._blocks_of(part, file):
                if gap is not None:
                    yield stored.block.first, gap
                entries = _known(read_items(stored.block, vocabulary))
                yield from (one for one in entries if one[0] <= last and not self._is_told_again(part, one[1]))

    def _signals_of(self, part: _Part, *, with_values: bool) -> Iterator[tuple[int, Chunk]]:
        last = self._last_of(part)
        with closing(self._open(part.name)) as file:
            for stored, vocabulary, _gap in self._blocks_of(part, file):
                yield from _known(read_signals(stored.block, vocabulary, last, with_values=with_values))

    def _decisions_of(self, part: _Part) -> Iterator[tuple[int, Command]]:
        last = self._last_of(part)
        with closing(self._open(part.name)) as file:
            for stored, vocabulary, _gap in self._blocks_of(part, file):
                entries = _known(read_decisions(stored.block, vocabulary))
                yield from (one for one in entries if one[0] <= last and not self._is_told_again(part, one[1]))

    def _made_of(self, part: _Part) -> Iterator[Made]:
        last = self._last_of(part)
        with closing(self._open(part.name)) as file:
            for stored, vocabulary, gap in self._blocks_of(part, file):
                if gap is not None:
                    yield Made(stored.block.first, -1, gap)
                entries = _known(read_made(stored.block, vocabulary))
                again = JUDGED if part.name in self._judged_again else ()
                yield from (made for made in entries if made.order <= last and not isinstance(made.value, again))

    def _is_told_again(self, part: _Part, item: Item | Note) -> bool:
        """Tell whether a newer version tells it in its own way."""
        return part.name in self._judged_again and is_told_by_store(item, part.name)


def _known(entries: Iterator[T]) -> Iterator[T]:
    """Give what was read; what is whole and yet cannot be read was written by a newer version."""
    try:
        yield from entries
    except ValueError as error:
        raise AppError(Fault.NEWER_STORE, _("a newer version of Attune wrote this session; use that one.")) from error
