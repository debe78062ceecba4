# SPDX-License-Identifier: MIT
"""`attune import`: recordings become a session of the store, with the consent of those whose they are."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TextColumn

from app.cli.door import open_store
from app.cli.lines import progress, write_line
from app.cli.record import Storing, codes_of
from app.cli.twice import refuse_twice
from app.clock import choose_session_clock
from app.folders import data_folder
from app.head import session_head
from app.importing import Origin, import_session, outline_of
from app.imports.dated import made_at
from app.imports.opening import recorded_items, recorded_source, require_clocks
from app.log import start_log
from app.merge import time_of
from dsp.stream import CLIENT, Frame, Item, Tick
from resources.words import gettext as _
from ui.words import clock_words

_LONGEST_KIND = 8  # characters of a file's ending


def import_files(paths: Sequence[Path], storing: Storing, *, clock: str | None = None) -> None:
    """Store recordings, merged by time, as one session, and write its code.

    Parameters
    ----------
    paths : sequence of Path
        The files, one a modality where there are several.
    storing : Storing
        Who agreed to it.
    clock : str or None
        For an XDF with several clocks: the stream or host by whose clock times are counted.

    Raises
    ------
    SensorError
        When a file cannot be read as a recording: nothing is stored then.
    AppError
        `GIVEN_TWICE`, `NO_CONSENT`, `UNKNOWN_CODE`; what opening the store raises.
    """
    start_log(data_folder())
    require_clocks(paths, clock)
    names = [recorded_source(path, clock=clock).name for path in paths]
    refuse_twice((name, CLIENT) for name in names)

    def items() -> AsyncIterator[Item]:
        return recorded_items([recorded_source(path, clock=clock) for path in paths])[0]

    with progress(SpinnerColumn(), TextColumn("{task.description}")) as bar:
        outline = asyncio.run(outline_of(items(), [_Shown(bar, _("reading, at {time}"))]))
    dates = [date for path in paths if (date := made_at(path, outline.first_t)) is not None]
    origin = Origin(items, outline, _kinds(paths), min(dates, default=None), session_head(names, list(outline.persons)))
    with open_store(storing.passphrase_file) as vault:
        made_up = set(outline.persons) if outline.is_synthetic else set()
        codes = codes_of(vault, outline.persons, storing.consents, made_up)
        with progress(SpinnerColumn(), TextColumn("{task.description}")) as bar:
            shown = _Shown(bar, _("storing, at {time}"))
            session = asyncio.run(import_session(vault, origin, codes, choose_session_clock(), [shown]))
    write_line(f"{session}\n")


def _kinds(paths: Sequence[Path]) -> str:
    """Say what the files are by how their names end: nothing else of a name, which may be a person's, is kept."""
    endings = {path.suffix.lower().lstrip(".") for path in paths}
    return " ".join(sorted(end if end.isalnum() and len(end) <= _LONGEST_KIND else "file" for end in endings))


class _Shown:
    """A sink that shows how far an import is, where somebody looks."""

    def __init__(self, bar: Progress, words: str) -> None:
        self._bar = bar
        self._words = words
        self._task = bar.add_task("")

    def put(self, frame: Frame) -> None:
        if isinstance(frame.item, Tick):
            time = clock_words(time_of(frame.item))
            self._bar.update(self._task, description=self._words.format(time=time))
