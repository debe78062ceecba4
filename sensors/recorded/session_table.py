# SPDX-License-Identifier: MIT
"""An exported session (`samples.csv`) as a recording: alone it is the whole session again, among others its data."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

from dsp.stream import Command, Item, Tick
from sensors.recorded.lines import Lines, read_lines
from sensors.recorded.opened import opened
from sensors.recorded.session_rows import is_session_header, persons_in, read_items

_ITEMS_A_TURN = 32  # so often the event loop gets its turn


class SessionTable:
    """A recorded source: the rows of an exported session.

    Parameters
    ----------
    path : Path
        A table that `app.export` wrote.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """The recording's address on the command line."""
        return f"file:{self._path}"

    def persons(self) -> tuple[str, ...]:
        """Read who took part."""
        with opened(self._path) as file:
            return persons_in(next(read_lines(file), Lines((0,), ("",))))

    async def items(self) -> AsyncGenerator[Item, None]:
        """Give the data alone, for a merge that ticks by itself."""
        async with contextlib.aclosing(self.whole()) as items:
            async for item in items:
                if not isinstance(item, Tick | Command):
                    yield item

    async def whole(self) -> AsyncGenerator[Item, None]:
        """Give all that entered the session's merge, ticks and commands too, in order of arrival."""
        with contextlib.closing(self._read()) as items:
            for count, item in enumerate(items):
                if count % _ITEMS_A_TURN == 0:
                    await asyncio.sleep(0)
                yield item

    def _read(self) -> Generator[Item, None, None]:
        with opened(self._path) as file:
            blocks = read_lines(file)
            for first in blocks:
                body = Lines(first.numbers[1:], first.texts[1:])  # without the header
                yield from read_items(itertools.chain([body], blocks))


def is_session_table(path: Path) -> bool:
    """Tell by its first line whether a file is an exported session."""
    with opened(path) as file:
        return is_session_header(file.readline(4096).decode(errors="replace").removeprefix("\ufeff").strip())
