# SPDX-License-Identifier: MIT
"""A recording as a source: a table of samples (CSV) or a list of RR intervals, told apart by the first line.

Law: items come in order of the data's time, whatever the size of the file in constant memory; every fault of the file
is one `SensorError` whose sentence holds the line, what stands there and what is allowed.
"""

import asyncio
import contextlib
import itertools
import stat
from collections.abc import AsyncGenerator, Generator, Iterator
from pathlib import Path
from typing import BinaryIO

from dsp.codes import Modality, Reason, SourceState
from dsp.stream import CLIENT, Chunk, Gap, Item, Status
from sensors.recorded.cells import is_number
from sensors.recorded.lines import read_lines
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
        with _opened(self._path) as file:
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


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary file, and put its path before the sentence of each fault in it."""
    _refuse_what_is_no_file(path)
    try:
        with path.open("rb") as file:
            yield file
    except SensorError as error:
        raise SensorError(error.reason, f"{path}, {error.detail}") from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise _unreadable(path, error) from error
    except ValueError as error:  # a NUL in the name
        raise SensorError(Reason.FILE_MISSING, f"there is no file {path!r}") from error
    if stat.S_ISDIR(mode):
        raise SensorError(Reason.FILE_IS_FOLDER, f"{path} is a folder; a recording is a file")
    if not stat.S_ISREG(mode):  # opening a pipe waits for a writer, and a device may never end
        raise SensorError(Reason.FILE_DENIED, f"{path} is a pipe or a device; a recording is a file")


def _unreadable(path: Path, error: OSError) -> SensorError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return SensorError(Reason.FILE_MISSING, f"there is no file {path}")
    return SensorError(Reason.FILE_DENIED, f"{path} cannot be read: {error.strerror}")


def _blocks(file: BinaryIO) -> Iterator[tuple[Samples, ...]]:
    """Give the samples of a file block by block: its first line tells what it is."""
    lines = read_lines(file)
    for first in lines:
        read = read_intervals if is_number(first.texts[0]) else read_table
        yield from read(itertools.chain([first], lines))
