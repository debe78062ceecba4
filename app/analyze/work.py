# SPDX-License-Identifier: MIT
"""One recording through the one path: what a process of a batch does.

Law: whatever the file holds, rows come back, or one row that says why there are none. The same file, versions and
options give the same rows to the last bit, wherever it is done.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from app.analyze.windows import Cell, Row, Windows
from app.errors import AppError
from app.imports.opening import recorded_items, recorded_source
from app.merge import merge_items
from app.session import run_session
from app.store.contents import SessionContents
from app.versions import version_texts
from dsp.stream import Command, Item
from sensors.source import SensorError

DEFAULT_WINDOW_S = 60
_LAYOUT = 1  # grows when the rows change


@dataclass(frozen=True, slots=True)
class Options:
    """How recordings are analysed.

    Parameters
    ----------
    window_s : int
        How many seconds a row is of.
    commands : tuple of Command
        What is decided in each recording: the calibration.
    clock : str or None
        Of an XDF with several clocks: the stream or host to go by.
    """

    window_s: int = DEFAULT_WINDOW_S
    commands: tuple[Command, ...] = ()
    clock: str | None = None

    def key(self) -> str:
        """Give what tells results of these options and versions from others."""
        said = json.dumps([_LAYOUT, version_texts(), asdict(self)], sort_keys=True, default=str)
        return sha256(said.encode()).hexdigest()[:16]


def analyse_file(path: str, options: Options) -> list[Row]:
    """Give the rows of a file, or one that says why there are none."""
    try:
        items, persons = recorded_items([recorded_source(Path(path), clock=options.clock)], options.commands)
        return _rows(items, persons, options)
    except SensorError as error:
        return [bad_row(str(error.reason), error.detail)]
    except AppError as error:
        return [bad_row(str(error.fault), error.detail)]


def analyse_session(contents: SessionContents, options: Options) -> list[Row]:
    """Give the rows of a stored session, or one that says why there are none."""
    try:
        return _rows(merge_items(contents.items()), tuple(contents.head.codes), options)
    except SensorError as error:
        return [bad_row(str(error.reason), error.detail)]
    except AppError as error:
        return [bad_row(str(error.fault), error.detail)]


def bad_row(why: str, detail: str) -> Row:
    """Make the row of a recording that gave none."""
    row: dict[str, Cell] = {"row": "error", "why": why, "detail": " ".join(detail.split())}
    return row


def _rows(items: AsyncIterator[Item], persons: Sequence[str], options: Options) -> list[Row]:
    from dsp.pipeline import Pipeline

    windows = Windows(options.window_s)
    asyncio.run(run_session(items, Pipeline(tuple(persons)), [windows]))
    return windows.rows()
