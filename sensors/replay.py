# SPDX-License-Identifier: MIT
"""A recording as a source: a table of samples (CSV) or a list of RR intervals, told apart by the first line.

Law: items come in order of the data's time, whatever the size of the file in constant memory; every fault of the file
is one `SensorError` whose sentence holds the line, what stands there and what is allowed.
"""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncGenerator, Generator, Iterator
from pathlib import Path
from typing import BinaryIO

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import CLIENT, Chunk, Gap, Item, Status
from sensors.recorded.cells import is_number
from sensors.recorded.lines import read_lines
from sensors.recorded.opened import opened
from sensors.recorded.rr_text import read_intervals
from sensors.recorded.table import read_table
from sensors.recorded.track import Samples, Track
from sensors.source import SensorError

_ITEMS_A_TURN = 32  # so often the event loop gets its turn


class Recording:
    """A recorded source: a file of samples, read as fast as it is asked for.

    Parameters
    ----------
    path : Path
        A CSV whose header names `t_s` and its signals, or a text file with one RR interval (ms or s) a line.
    person : str
        Whose recording it is.

    Notes
    -----
    Nothing is opened before the first item is asked for. Reading blocks the event loop for one block of 64 KiB at a
    time.
    """

    def __init__(self, path: Path, *, person: str = CLIENT) -> None:
        self._path = path
        self._person = person

    @property
    def name(self) -> str:
        """The recording's address on the command line."""
        return f"file:{self._path}"

    async def items(self) -> AsyncGenerator[Item, None]:
        """Give the recording's items: that it streams, its chunks cut at whole seconds, and the gaps between them.

        Raises
        ------
        SensorError
            `FILE_MISSING`, `FILE_IS_FOLDER`, `FILE_DENIED`, `FILE_EMPTY` or `FILE_MALFORMED`.
        """
        with contextlib.closing(self._read()) as items:
            for count, item in enumerate(items):
                if count % _ITEMS_A_TURN == 0:
                    await asyncio.sleep(0)
                yield item

    def _read(self) -> Generator[Item, None, None]:
        tracks: dict[Modality, Track] = {}
        with opened(self._path) as file:
            for block in _blocks(file):
                if block and not tracks:
                    yield self._streaming(block)
                yield from self._cut(block, tracks)
        if not tracks:
            raise SensorError(Reason.FILE_EMPTY, f"{self._path} holds no samples")

    def _streaming(self, block: tuple[Samples, ...]) -> Status:
        return Status(min(float(s.t[0]) for s in block), self.name, SourceState.STREAMING, self._person)

    def _cut(self, block: tuple[Samples, ...], tracks: dict[Modality, Track]) -> list[Chunk | Gap]:
        """Cut one block of every modality, in order of time."""
        known: list[tuple[float, Chunk | Gap]] = []
        for samples in block:
            if samples.modality not in tracks:
                tracks[samples.modality] = Track(samples.modality, source=self.name, person=self._person)
            known += tracks[samples.modality].cut(samples)
        known.sort(key=lambda pair: pair[0])
        return [item for _, item in known]


def _blocks(file: BinaryIO) -> Iterator[tuple[Samples, ...]]:
    """Give the samples of a file block by block: its first line tells what it is."""
    lines = read_lines(file)
    for first in lines:
        read = read_intervals if is_number(first.texts[0]) else read_table
        yield from read(itertools.chain([first], lines))
