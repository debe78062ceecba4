# SPDX-License-Identifier: MIT
"""From a file to the source that reads it, told by its first bytes: XDF, EDF, an exported session, a table, a text."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from app.merge import merge_recorded
from dsp.codes import Reason
from dsp.stream import CLIENT, Command, Item
from resources.words import gettext as _
from sensors.recorded.opened import opened
from sensors.recorded.session_table import SessionTable, is_session_table
from sensors.replay import Recording
from sensors.source import SensorError

if TYPE_CHECKING:
    from app.imports.foreign import ForeignRecording

    RecordedSource = Recording | SessionTable | ForeignRecording

_XDF = b"XDF:"
_COMPRESSED = b"\x1f\x8b"
_EDF = b"0       "


def recorded_source(path: Path, *, person: str = CLIENT, clock: str | None = None) -> "RecordedSource":
    """Make the source that reads a file.

    Parameters
    ----------
    path : Path
        The file; its first bytes are looked at.
    person : str
        Whose it is, where it does not say so itself.
    clock : str or None
        For an XDF with several clocks: the stream or host by whose clock times are counted.

    Raises
    ------
    SensorError
        `FILE_MISSING`, `FILE_IS_FOLDER` or `FILE_DENIED`.
    """
    with opened(path) as file:
        begin = file.read(len(_EDF))
    if begin.startswith((_XDF, _COMPRESSED)) or begin == _EDF:
        from app.imports.foreign import ForeignRecording

        return ForeignRecording(path, "edf" if begin == _EDF else "xdf", person=person, clock=clock)
    return SessionTable(path) if is_session_table(path) else Recording(path, person=person)


def require_clocks(paths: Sequence[Path], clock: str | None) -> None:
    """Refuse to count by a named clock where no file names any: only an XDF has several.

    Raises
    ------
    SensorError
        `FILE_MALFORMED`, with the sentence.
    """
    if clock is not None and not any(map(_has_clocks, paths)):
        raise SensorError(Reason.FILE_MALFORMED, _("only an XDF has clocks to choose from; leave --clock out"))


def _has_clocks(path: Path) -> bool:
    with opened(path) as file:
        return file.read(len(_XDF)).startswith((_XDF, _COMPRESSED))


class RecordedFile:
    """A recorded source of whatever kind the file turns out to be; nothing is opened before the first item.

    Parameters
    ----------
    path : Path
        The file.
    person : str
        Whose it is, where it does not say so itself.
    """

    def __init__(self, path: Path, *, person: str = CLIENT) -> None:
        self._path = path
        self._person = person

    @property
    def name(self) -> str:
        """The recording's address on the command line."""
        return f"file:{self._path}"

    async def items(self) -> AsyncGenerator[Item, None]:
        """Give the items of the source that reads the file."""
        async with aclosing(recorded_source(self._path, person=self._person).items()) as items:
            async for item in items:
                yield item


def recorded_items(
    sources: "Sequence[RecordedSource]", commands: Sequence[Command] = ()
) -> tuple[AsyncIterator[Item], tuple[str, ...]]:
    """Give the items of recordings, merged by time, and whose they are.

    An exported session alone is that session again, with its own ticks and commands.

    Parameters
    ----------
    sources : sequence of RecordedSource
        What is replayed.
    commands : sequence of Command
        What is decided besides, in order of time; with any, an exported session is read as its data alone.
    """
    if len(sources) == 1 and isinstance(sources[0], SessionTable) and not commands:
        return sources[0].whole(), sources[0].persons() or (CLIENT,)
    return merge_recorded(sources, commands), (CLIENT,)
