# SPDX-License-Identifier: MIT
"""Recordings of other programs, and exported sessions, as sessions of the store: the one path, into the same files.

Law: all of it is stored, or nothing. What is read is read twice: once to know whose it is and whether it can be read at
all, before anything is written, and once more on its way to the disk.
"""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.clock import Clock
from app.errors import AppError, Fault
from app.merge import closing, time_of
from app.session import Sink, run_session
from app.store.backlog import Backlog, Waiting
from app.store.baselines import Findings
from app.store.connection import StoreError
from app.store.contents import IMPORTED
from app.store.delete import delete_session
from app.store.live_session import LiveSession
from app.store.session_folder import SessionFolder
from app.store.session_writer import SessionWriter
from app.store.stored_session import RECORDING_SOURCE
from app.store.vault import Vault
from app.versions import version_texts
from dsp.codes import NoticeCode
from dsp.stream import CLIENT, NOBODY, Chunk, Frame, Item, Notice, Tick
from resources.words import gettext as _

_FRAMES = 256  # of a batch, as live (app/store/session_writer.py)
_SPAN_S = 60.0  # and its seconds: far less than may wait (app/store/backlog.py)

Items = Callable[[], AsyncIterator[Item]]
"""Gives the items of a recording from its begin, as often as asked."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a recording is, before any of it is stored.

    Parameters
    ----------
    persons : tuple of str
        Whose it is, in order of their first item.
    first_t : float
        When it begins, seconds on its own clock.
    is_synthetic : bool
        Whether a made-up person takes part.
    """

    persons: tuple[str, ...]
    first_t: float
    is_synthetic: bool


async def outline_of(items: AsyncIterator[Item], sinks: Sequence[Sink] = ()) -> Outline:
    """Read a recording to its end, and say what it is.

    Parameters
    ----------
    items : async iterator of Item
        The recording.
    sinks : sequence of Sink
        Hear of each item.

    Raises
    ------
    SensorError
        Where it cannot be read.
    """
    persons: dict[str, None] = {}
    first_t: float | None = None
    is_synthetic = False
    async with closing(items):
        async for item in items:
            for sink in sinks:
                sink.put(Frame(item))
            if not isinstance(item, Tick):
                persons |= {item.person: None}
                is_synthetic |= isinstance(item, Notice) and item.code is NoticeCode.SYNTHETIC
            begin_t = float(item.t[0]) if isinstance(item, Chunk) and len(item.t) else time_of(item)
            first_t = begin_t if first_t is None else min(first_t, begin_t)
    named = tuple(person for person in persons if person != NOBODY)
    return Outline(named or (CLIENT,), first_t or 0.0, is_synthetic)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an imported session comes from.

    Parameters
    ----------
    items : callable
        Gives its items.
    outline : Outline
        What it is.
    kinds : str
        What its files are: "xdf", "csv".
    began_utc_s : float or None
        When it was recorded, seconds since 1970 UTC; None where no file says so.
    configuration : mapping of str to object
        How the numbers are made (`app.head`).
    """

    items: Items
    outline: Outline
    kinds: str
    began_utc_s: float | None
    configuration: Mapping[str, object]


async def import_session(
    vault: Vault, origin: Origin, codes: Mapping[str, str], clock: Clock, sinks: Sequence[Sink] = ()
) -> str:
    """Store a recording as a session; give its code.

    Parameters
    ----------
    vault : Vault
        The open store.
    origin : Origin
        The recording.
    codes : mapping of str to str
        The code of each person by the name that the items use; all of them agreed to be stored.
    clock : Clock
        Any clock that goes on: so often the vault is told how far the files are.
    sinks : sequence of Sink
        Each gets every frame.

    Raises
    ------
    AppError
        `NO_CONSENT` of anybody.
    SensorError
        Where the files cannot be read any more; a `StoreError` where the disk does not take them. Nothing is left then.
    """
    from dsp.pipeline import Pipeline

    _require_all(origin.outline.persons, codes)
    findings = Findings()
    with _begun(vault, origin, codes) as (live, files):
        storing = _Storing(files, live, clock)
        await run_session(origin.items(), Pipeline(tuple(codes)), [storing, findings, *sinks])
        storing.close()
    findings.keep(vault, live.head.session)
    return live.head.session


@contextlib.contextmanager
def _begun(vault: Vault, origin: Origin, codes: Mapping[str, str]) -> Iterator[tuple[LiveSession, SessionFolder]]:
    """Begin a session of the past; whatever interrupts the block, nothing is left of it."""
    live = vault.begin_session(
        codes,
        started_t=origin.outline.first_t,
        versions={**version_texts(), IMPORTED: origin.kinds},
        is_synthetic=origin.outline.is_synthetic,
        ago_s=0.0 if origin.began_utc_s is None else max(vault.wall() - origin.began_utc_s, 0.0),
    )
    files = SessionFolder(live.folder, live.head, live.keys, configuration=origin.configuration)
    try:
        yield live, files
    except BaseException:
        files.close()
        live.close(None, None)
        delete_session(vault, live.head.session)
        raise


class _Storing:
    """A sink that writes as it goes: a recording can wait for the disk."""

    def __init__(self, files: SessionFolder, live: LiveSession, clock: Clock) -> None:
        self._live = live
        self._persons = frozenset(files.persons)
        self._backlog = Backlog(RECORDING_SOURCE)
        self._writer = SessionWriter(files, self._backlog, clock, live.note_chain)
        self._order = self._waiting = 0
        self._first_t = self._last_t = files.head.started_t

    def put(self, frame: Frame) -> None:
        t = time_of(frame.item)
        if self._waiting >= _FRAMES or (self._waiting and t - self._first_t > _SPAN_S):
            self._write()
        if not self._waiting:
            self._first_t = t
        self._backlog.put(Waiting(self._order, frame, self._persons))
        self._order, self._waiting, self._last_t = self._order + 1, self._waiting + 1, max(self._last_t, t)

    def close(self) -> None:
        """Write the rest, and end the session."""
        self._write()
        head = self._writer.close(self._last_t)
        self._require_written()
        self._live.close(head.ended_t, head.sha256)

    def _write(self) -> None:
        self._writer.write()
        self._require_written()
        self._waiting = 0

    def _require_written(self) -> None:
        if (reason := self._writer.written.reason) is not None:
            raise StoreError(reason, _("the import was not stored; nothing is left of it."))


def _require_all(persons: Sequence[str], codes: Mapping[str, str]) -> None:
    missing = [person for person in persons if person not in codes]
    if missing:
        words = _("the recording holds data of {persons}, of whom no consent was given: --consent CODE@{person}")
        raise AppError(Fault.NO_CONSENT, words.format(persons=", ".join(missing), person=missing[0]))
