# SPDX-License-Identifier: MIT
"""A sink that says each second how a session goes: its streams, its file and the room there, for a researcher.

Law: it shows what the frames of the one path carry, and when they came through it; it changes none of them. What waits
for the disk waits on another thread.
"""

import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from app.diagnostics_delays import DelayCount
from app.diagnostics_stream import StreamCount
from app.merge import Feed
from dsp.codes import Action, Modality
from dsp.stream import NOBODY, Chunk, Command, Frame, Tick
from ui.research.seam import FileSeen, SessionSeen, StreamSeen

_LOOK_EVERY_S = 5.0
_MOST_STREAMS = 256
_MADE_UP = "demo"
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What is looked at of a session.

    Parameters
    ----------
    feeds : iterable of Feed
        Its sources; gone through anew each second.
    configuration : callable
        Says how its numbers are made, and from what.
    place : callable
        Gives the folder that it is stored in; None where it is not.
    folder : Path or None
        The data folder.
    """

    feeds: Iterable[Feed]
    configuration: Callable[[], Mapping[str, object]]
    place: Callable[[], Path | None]
    folder: Path | None


class Diagnostics:
    """A sink.

    Parameters
    ----------
    surveyed : Surveyed
        The session.
    clock : Clock
        The session clock.
    tell : callable
        Takes what is seen.
    """

    def __init__(self, surveyed: Surveyed, clock: Clock, tell: Callable[[SessionSeen], object]) -> None:
        self._surveyed = surveyed
        self._clock = clock
        self._tell = tell
        self._started_t = clock()
        self._streams: dict[tuple[str, Modality], StreamCount] = {}
        self._delays = DelayCount()
        self._owners: dict[str, str] = {}  # of the sources that were assigned
        self._file = FileSeen()
        self._hash = ""
        self._made_of: tuple[tuple[str, str], ...] | None = None
        self._look_t = float("-inf")
        self._looking: threading.Thread | None = None

    def put(self, frame: Frame) -> None:
        """Count what a frame carries; each second, say so."""
        item = frame.item
        if isinstance(item, Chunk):
            self._count(item)
        elif isinstance(item, Command) and item.action is Action.ASSIGN:
            values = dict(item.values)
            self._owners[str(values.get("source"))] = str(values.get("to"))
        for gap in frame.gaps:
            for stream in self._streams.values():
                stream.miss(gap)
        if isinstance(item, Tick):
            self._tell(self.seen(item.t))

    def seen(self, t: float) -> SessionSeen:
        """Say how the session goes at `t` on the session clock."""
        feeds = {feed.source.name: feed for feed in self._surveyed.feeds}
        self._survey(t, feeds)
        streams = tuple(self._stream(count, source, feeds, t) for (source, _), count in self._streams.items())
        persons: dict[str, bool] = {}
        for source, feed in feeds.items():
            person = self._owners.get(source, feed.person)
            if person != NOBODY:
                persons[person] = persons.get(person, True) and source.startswith(_MADE_UP)
        delays = self._delays.delays(t)
        return SessionSeen(t, self._started_t, tuple(persons.items()), streams, delays, self._file, self._hash)

    def _count(self, chunk: Chunk) -> None:
        key = chunk.source, chunk.modality
        if key not in self._streams:
            if len(self._streams) == _MOST_STREAMS:
                return
            self._streams[key] = StreamCount(chunk)
        t = self._clock()
        self._streams[key].take(chunk, t)
        self._delays.add(t, t - chunk.arrival)

    def _stream(self, count: StreamCount, source: str, feeds: Mapping[str, Feed], t: float) -> StreamSeen:
        feed = feeds.get(source)
        if feed is None:
            return count.seen(t, "")
        return count.seen(t, f"{source}{feed.options}@{self._owners.get(source, feed.person)}")

    def _survey(self, t: float, feeds: Mapping[str, Feed]) -> None:
        """Look at the disk every few seconds, and at how the numbers are made whenever who takes part has changed."""
        made_of = tuple((name, self._owners.get(name, feed.person)) for name, feed in feeds.items())
        if made_of != self._made_of:
            self._made_of, self._hash = made_of, hash_of(self._surveyed.configuration())
        if t >= self._look_t and not (self._looking is not None and self._looking.is_alive()):
            self._look_t = t + _LOOK_EVERY_S
            place, folder = self._surveyed.place(), self._surveyed.folder
            self._looking = threading.Thread(target=self._look, args=(place, folder), name="attune-look", daemon=True)
            self._looking.start()

    def _look(self, place: Path | None, folder: Path | None) -> None:
        self._file = file_seen(place, folder)


def file_seen(place: Path | None, folder: Path | None) -> FileSeen:
    """Look how large a session's folder is, and how much is free on its disk; waits for the disk."""
    where = place or folder
    if where is None:
        return FileSeen()
    try:
        free_bytes = shutil.disk_usage(where).free
        size_bytes = None if place is None else sum(file.stat().st_size for file in place.iterdir() if file.is_file())
    except OSError:  # the disk is gone, or the folder is not made yet: the recording light says what is the matter
        return FileSeen("" if place is None else place.name)
    return FileSeen("" if place is None else place.name, size_bytes, free_bytes)


def hash_of(configuration: Mapping[str, object]) -> str:
    """Give the hash of a configuration: equal ones, and no others, have the same 12 hexadecimal digits.

    Parameters
    ----------
    configuration : mapping of str to object
        What JSON can write.

    Returns
    -------
    str
        Empty for an empty one.
    """
    if not configuration:
        return ""
    written = json.dumps(configuration, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:_DIGITS]
