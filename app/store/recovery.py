# SPDX-License-Identifier: MIT
"""Takes up a session that a crash interrupted, or closes it by itself.

Law: everything that was acknowledged is there, at most the batch under way is left out, and where the session was
interrupted there is a gap. Who goes on with it puts the stored items through the pipeline first: a replay of the whole
then gives the numbers again.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from app.digest import Digest, Hashed
from app.store.block import Block, EntryWriter, Part, read_items, read_made, squeezed
from app.store.chain_notes import ChainNote
from app.store.contents import SessionContents, SessionHead, Told
from app.store.rows import Vocabulary
from app.store.session_file import SessionFile, Stored, Tail
from app.store.session_folder import COMMON, NOTES, Batch, Progress, SessionFolder, file_of
from app.store.stored_session import RECORDING_SOURCE, StoredSession
from dsp.codes import Reason
from dsp.stream import Gap

_SAME_CLOCK_S = 5.0  # wall time is set now and then; a session clock that began anew is off by more

Hear = Callable[[Told], None]


def _nothing(_told: Told) -> None:
    """Hear of a value or a decision, and do nothing."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A session that can go on: its files, and how far it was."""

    folder: SessionFolder
    ended_t: float

    def gaps(self, now_t: float) -> tuple[Gap, ...]:
        """Give what marks the interruption: the first items of what follows, one a person.

        Parameters
        ----------
        now_t : float
            The session clock's time now.
        """
        start_t = min(self.ended_t, now_t)
        return tuple(
            Gap(start_t, now_t, Reason.PROGRAM_STOPPED, RECORDING_SOURCE, person) for person in self.folder.persons
        )


def take_up(folder: Path, keys: Mapping[str, bytes], notes: Mapping[str, ChainNote] | None = None) -> Interrupted:
    """Open a session that a crash interrupted, to go on with it.

    Parameters
    ----------
    folder : Path
        Where its files lie.
    keys : mapping of str to bytes
        The key of each file.
    notes : mapping of str to ChainNote
        How far each file is known to be whole.

    Raises
    ------
    StoreError
        When the disk fails, or nothing is known of the session.
    """
    stored = StoredSession(folder, keys, notes)
    tails = {name: sound.tail for name, sound in stored.soundness.items()}
    known = stored.progress
    for name, tail in tails.items():
        if name not in {COMMON, NOTES} and tail.batch == known.batch + 1:
            with closing(SessionFile(file_of(folder, name), keys[name], mode="rw")) as file:
                tails[name] = _without_half_batch(file, tail.n, known)
    progress = Progress(
        max([known.batch, *(tail.batch for tail in tails.values())]),
        max([known.last, *(tail.last for tail in tails.values())]),
        known.end_t,
        tails,
    )
    head = stored.head
    ended_t = head.started_t if known.end_t is None else known.end_t
    return Interrupted(SessionFolder(folder, head, keys, progress=progress), ended_t)


def finish(
    folder: Path, keys: Mapping[str, bytes], notes: Mapping[str, ChainNote] | None = None, hear: Hear = _nothing
) -> SessionHead:
    """Close a session by itself: its end is the last that was acknowledged, its hash is read from its files.

    Parameters
    ----------
    folder, keys, notes
        As for `take_up`.
    hear : callable
        Takes each of its values, which are read for the hash, and each decision in its place among them.

    Returns
    -------
    SessionHead
        With `ended_t`, the hash of what is there, and the seconds that were lost.
    """
    interrupted = take_up(folder, keys, notes)
    return seal(interrupted.folder, interrupted.ended_t, hear)


def seal(folder: SessionFolder, ended_t: float, hear: Hear = _nothing) -> SessionHead:
    """End a session of which a part was written before this program was started: its hash is read from its files."""
    session = StoredSession(folder.folder, folder.keys)
    lost_s = max(folder.head.lost_s, session.head.lost_s)
    head = replace(session.head, ended_t=ended_t, sha256=_hash_of(session.told(), hear), lost_s=lost_s)
    folder.amend(head)
    folder.commit(Batch(folder.progress.last, (ended_t, ended_t), {}))
    folder.close()
    return head


def hash_of(session: SessionContents) -> str:
    """Give the hash of a session's values as they are stored."""
    return _hash_of(session.values(), _nothing)


def _hash_of(told: Iterable[Told], hear: Hear) -> str:
    digest = Digest()
    for one in told:
        hear(one)
        if isinstance(one, get_args(Hashed)):
            digest.add(cast("Hashed", one))
    return digest.hexdigest()


def session_clock_offset_s(head: SessionHead, clock_t: float, wall_s: float) -> float:
    """Give the seconds to add to the session clock so that an interrupted session's time goes on.

    Parameters
    ----------
    head : SessionHead
        The session's.
    clock_t, wall_s : float
        The session clock and wall time (seconds since 1970 UTC), read together.

    Returns
    -------
    float
        0 while the clock is the one that the session began with; else it began anew, with the computer.
    """
    off_s = head.started_t + (wall_s - head.started_utc_s) - clock_t
    return off_s if abs(off_s) > _SAME_CLOCK_S else 0.0


def _without_half_batch(file: SessionFile, n: int, known: Progress) -> Tail:
    """Take the batch that never came to its end out of a file's newest block, the `n`-th."""
    stored, behind = file.block(n), file.block(n - 1)
    before = Tail() if behind is None else behind.tail
    if stored is None:
        return before
    vocabulary = file.vocabulary(stored.vocabulary)
    part = Part(
        [(order, item) for order, item in read_items(stored.block, vocabulary) if order <= known.last],
        [made for made in read_made(stored.block, vocabulary) if made.order <= known.last],
    )
    if part.is_empty:
        file.remove(n)
        return before
    return _rewritten(file, stored, part, before, known)


def _rewritten(file: SessionFile, stored: Stored, part: Part, before: Tail, known: Progress) -> Tail:
    vocabulary = Vocabulary.of_today()
    first, last = part.orders
    entries = (squeezed(entries) for entries in EntryWriter(vocabulary).entries(part, first))
    end_t = stored.block.end_t if known.end_t is None else min(known.end_t, stored.block.end_t)
    block = Block(stored.block.n, known.batch, first, last, stored.block.start_t, end_t, *entries)
    chain = file.write(block, before.chain, vocabulary.to_text())
    return Tail(block.n, block.batch, last, end_t, chain)
