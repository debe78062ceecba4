# SPDX-License-Identifier: MIT
"""A recording of another program as a source: its streams recognised as live ones are, its times on one clock.

Law: items come in order of the data's time; what the recording does not say plainly is decided as for a live stream
(`sensors/lsl`). In our own files the stamps are the session's and stay as they are, to the last bit.
"""

import asyncio
import contextlib
import heapq
import logging
import math
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np

from app.export.xdf_file import EXACT_TIMES
from app.imports.clocks import Clocks
from app.imports.confined import read_confined
from app.imports.records import Index
from app.merge import time_of
from dsp.codes import Modality, Reason, SourceState
from dsp.stream import CLIENT, FloatArray, Item, Marker, Status
from sensors.foreign_text import clean_text
from sensors.lsl.facts import StreamFacts, parse_facts
from sensors.lsl.items import StreamItems
from sensors.lsl.recognise import Recognised, Signal, recognise, samples_to_look_at, with_units
from sensors.lsl.units import to_modality
from sensors.lsl.wire import Batch
from sensors.recorded.track import Samples, Track
from sensors.source import SensorError

_LOG = logging.getLogger(__name__)
_ITEMS_A_TURN = 32  # so often the event loop gets its turn
_NOT_READ = (
    "Attune Features",
    "Attune State",
    "Attune Beats",
    "Attune Gaps",
    "Attune Notes",
)  # computed again, or said
_OWN = re.compile(r"<attune>.*?</attune>", re.DOTALL)
_SAID = re.compile(r"<(person|times)>([^<]{1,64})</")
_MARKER_CHARACTERS = 32
_FARTHEST_S = 1e10


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream of the recording: its number there, what it says of itself, whose it is, and if its times are exact."""

    number: int
    facts: StreamFacts
    person: str
    is_exact: bool


class ForeignRecording:
    """A recorded source: an XDF or EDF file.

    Parameters
    ----------
    path : Path
        The file.
    kind : str
        "xdf" or "edf".
    person : str
        Whose it is, where it does not say so itself.
    clock : str or None
        The stream or host by whose clock times are counted; None for the recorder's own.

    Notes
    -----
    Nothing is opened before the first item is asked for; the file is then read once, by a process with limits.
    """

    def __init__(self, path: Path, kind: str, *, person: str = CLIENT, clock: str | None = None) -> None:
        self._path = path
        self._kind = kind
        self._person = person
        self._clock = clock

    @property
    def name(self) -> str:
        """The recording's address on the command line."""
        return f"file:{self._path}"

    async def items(self) -> AsyncGenerator[Item, None]:
        """Give the recording's items: that it streams, its chunks, the gaps between them, its markers.

        Raises
        ------
        SensorError
            As `read_confined`; `FILE_EMPTY` where no stream is a sensor's.
        """
        with contextlib.ExitStack() as stack:
            index = await asyncio.to_thread(stack.enter_context, read_confined(self._path, self._kind))
            items = self._merged(index)
            first = next(items, None)
            if first is None:
                raise SensorError(Reason.FILE_EMPTY, f"{self._path} holds no signal that Attune knows")
            yield Status(min(time_of(first), _begin(first)), self.name, SourceState.STREAMING, self._person)
            yield first
            for count, item in enumerate(items):
                if count % _ITEMS_A_TURN == 0:
                    await asyncio.sleep(0)
                yield item

    def _merged(self, index: Index) -> Iterator[Item]:
        streams = list(self._streams(index))
        facts = {stream.number: stream.facts for stream in streams}
        clocks = Clocks({number: index.offsets(number) for number in facts}, facts, chosen=self._clock)
        read = [self._items_of(index, clocks, stream) for stream in streams]
        return heapq.merge(*read, key=time_of)

    def _streams(self, index: Index) -> Iterator[_Stream]:
        for number, xml in index.described():
            facts = parse_facts(xml)
            own = _OWN.search(xml)
            said = dict(_SAID.findall(own[0])) if own else {}
            if not facts.name.startswith(_NOT_READ):
                person = clean_text(unescape(said.get("person", ""))) or self._person
                yield _Stream(number, facts, person, said.get("times") == EXACT_TIMES)

    def _items_of(self, index: Index, clocks: Clocks, stream: _Stream) -> Iterator[Item]:
        if stream.facts.is_markers:
            yield from self._markers(index, clocks, stream)
            return
        known = recognise(stream.facts)
        if not isinstance(known, Recognised):
            _LOG.info("a stream is left out: %s", known.sentence)
            return
        signals = _with_units(index, stream, known.signals)
        read = self._exact(index, stream, signals) if stream.is_exact else self._live(index, clocks, stream, signals)
        yield from read

    def _exact(self, index: Index, stream: _Stream, signals: Sequence[Signal]) -> Iterator[Item]:
        """Give samples whose stamps are their times, cut and with gaps as those of a table are."""
        tracks = {s.modality: Track(s.modality, source=self.name, person=stream.person) for s in signals}
        for t, values in index.numbers(stream.number):
            known: list[tuple[float, Item]] = []
            for signal in signals:
                scaled = to_modality(np.asarray(values[:, signal.columns], np.float64), signal.unit)
                is_there = np.abs(t) < _FARTHEST_S
                is_there &= ~np.isnan(scaled).all(axis=1)
                if is_there.any():
                    kept = scaled[is_there] if signal.modality is Modality.ACC else scaled[is_there, 0]
                    samples = Samples(signal.modality, t[is_there], kept)
                    known += tracks[signal.modality].cut(samples)
            known.sort(key=lambda pair: pair[0])
            yield from (item for _known, item in known)

    def _live(self, index: Index, clocks: Clocks, stream: _Stream, signals: Sequence[Signal]) -> Iterator[Item]:
        """Give samples as a live stream's are, pulled once a second of their stamps."""
        items = StreamItems(self.name, stream.person)
        items.begin(signals, stream.facts.rate_hz)
        arrival = -math.inf
        for t, values in index.numbers(stream.number):
            borders = np.flatnonzero(np.diff(np.floor(np.clip(t, -_FARTHEST_S, _FARTHEST_S)))) + 1
            for stamps, pulled in zip(np.split(t, borders), np.split(values, borders), strict=True):
                offset_s = clocks.offset_s(stream.number, float(stamps[-1]))
                newest = float(np.nanmax(np.where(np.abs(stamps) < _FARTHEST_S, stamps, np.nan))) + offset_s
                arrival = max(arrival, newest) if math.isfinite(newest) else arrival
                if math.isfinite(arrival):
                    yield from items.update(Batch(pulled, stamps), offset_s=offset_s, arrival=arrival)

    def _markers(self, index: Index, clocks: Clocks, stream: _Stream) -> Iterator[Item]:
        newest = -math.inf
        for stamp, text in index.texts(stream.number):
            kind = clean_text(text.decode(errors="replace"))[:_MARKER_CHARACTERS].rstrip()
            if kind and abs(stamp) < _FARTHEST_S:
                newest = max(newest, stamp + clocks.offset_s(stream.number, stamp))
                yield Marker(newest, kind, self.name, stream.person)


def _begin(item: Item) -> float:
    t: FloatArray | None = getattr(item, "t", None) if not isinstance(item, Marker) else None
    return float(t[0]) if isinstance(t, np.ndarray) and len(t) else time_of(item)


def _with_units(index: Index, stream: _Stream, signals: Sequence[Signal]) -> Sequence[Signal]:
    """Look at the first seconds where a unit shows only in its values."""
    wanted = samples_to_look_at(signals, stream.facts.rate_hz)
    if wanted == 1:
        return signals
    seen: list[FloatArray] = []
    for _t, values in index.numbers(stream.number):
        seen.append(np.asarray(values, np.float64))
        if sum(map(len, seen)) >= wanted:
            break
    return with_units(signals, np.concatenate(seen)[:wanted]) if seen else signals
