# SPDX-License-Identifier: MIT
"""`attune devices`: what is in reach over Bluetooth and LabStreamingLayer."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from gettext import gettext as _

from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from app.cli.lines import print_result, progress, write_line
from app.clock import Clock, choose_session_clock
from app.conductor import Search
from app.merge import closing
from dsp.codes import SourceState
from dsp.stream import Sighting, Status
from sensors.source import SensorError
from ui.foreign import safe_text
from ui.words import gives_words

_STEP_S = 0.1
_STREAMS = "lsl"
_SEARCHES = ("scan", _STREAMS)  # what a `Status` about a search itself names as its source


def devices(searches: Sequence[Search], *, seconds: float, as_lines: bool) -> None:
    """Search for some time and list what was seen, the nearest first.

    Parameters
    ----------
    searches : sequence of callable
        Each makes a search of a clock; all of them go on side by side.
    seconds : float
        How long to search.
    as_lines : bool
        One JSON object a device in place of the table.

    Raises
    ------
    SensorError
        When nothing was seen because the search does not work.
    """
    with progress(TextColumn(_("searching")), BarColumn()) as bar:
        seen = asyncio.run(_look(searches, choose_session_clock(), bar, seconds))
    found = sorted(seen.sightings.values(), key=_nearness, reverse=True)
    if not found and seen.fault is not None and seen.fault.reason is not None:
        raise SensorError(seen.fault.reason, seen.fault.detail)
    if as_lines:
        for sighting in found:
            write_line(json.dumps({"device": _object(sighting)}) + "\n")
    else:
        _print_table(found, seconds)


class _Seen:
    """What a search brought: the newest sighting of each device, and what keeps it from working."""

    def __init__(self) -> None:
        self.sightings: dict[str, Sighting] = {}
        self.fault: Status | None = None

    def take(self, message: Sighting | Status) -> None:
        if isinstance(message, Sighting):
            self.sightings[message.address] = message
        else:
            self._hear(message)

    def _hear(self, status: Status) -> None:
        """Keep what stops a search; what is said of one device or stream stops nothing."""
        if status.source not in _SEARCHES:
            return
        self.fault = status if status.state is SourceState.FAILED else self.fault
        if self.fault is not None and self.fault.source == status.source and status.state is not SourceState.FAILED:
            self.fault = None


async def _look(searches: Sequence[Search], clock: Clock, bar: Progress, seconds: float) -> _Seen:
    seen = _Seen()
    advancing = asyncio.create_task(_advance(bar, clock, seconds))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as looking:
            for search in searches:
                looking.create_task(_take_all(search(clock), seen))
    advancing.cancel()
    return seen


async def _take_all(messages: AsyncIterator[Sighting | Status], seen: _Seen) -> None:
    try:
        async with closing(messages):
            async for message in messages:
                seen.take(message)
    except SensorError as error:  # liblsl is missing: the other search goes on
        seen.take(Status(0.0, _STREAMS, SourceState.FAILED, reason=error.reason, detail=error.detail))


async def _advance(bar: Progress, clock: Clock, seconds: float) -> None:
    task, start_s = bar.add_task("", total=seconds), clock()
    while True:
        bar.update(task, completed=clock() - start_s)
        await asyncio.sleep(_STEP_S)


def _nearness(sighting: Sighting) -> float:
    return float("-inf") if sighting.rssi_dbm is None else sighting.rssi_dbm


def _object(sighting: Sighting) -> Mapping[str, object]:
    return {
        "source": sighting.address,
        "name": safe_text(sighting.name),
        "kind": str(sighting.kind),
        "gives": list(sighting.gives),
        "unknown_channels": [safe_text(label) for label in sighting.unknown_channels],
        "rssi_dbm": sighting.rssi_dbm,
        "battery_percent": sighting.battery_percent,
    }


def _print_table(found: Sequence[Sighting], seconds: float) -> None:
    if not found:
        words = _("nothing in {seconds:g} s: is the strap on damp skin, and is no phone or watch holding it?")
        write_line(words.format(seconds=seconds) + "\n")
        return
    table = Table()
    for title in (_("source"), _("name"), _("gives"), _("signal")):
        table.add_column(title)
    for sighting in found:
        signal = "--" if sighting.rssi_dbm is None else f"{sighting.rssi_dbm} dBm"
        address = safe_text(sighting.address)
        table.add_row(address, safe_text(sighting.name), gives_words(sighting.gives), signal)
    print_result(table)
