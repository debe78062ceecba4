# SPDX-License-Identifier: MIT
"""`attune devices`: what is in reach over Bluetooth and LabStreamingLayer.

Law: what is in reach and cannot be used, and a search that does not work, is said on standard error.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from app.cli.lines import print_result, progress, warn, write_line
from app.cli.plain import sentence_on
from app.clock import Clock, choose_session_clock
from app.conductor import Search
from app.merge import closing
from dsp.codes import SensorKind, SourceState
from dsp.stream import Sighting, Status
from resources.words import gettext as _
from sensors.source import SensorError
from ui.foreign import plain, safe_text
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
    faults = list(seen.faults.values())
    fatal = faults.pop() if faults and not found and not seen.refused else None
    for status in (*faults, *seen.refused.values()):
        warn(sentence_on(status.reason, status.detail))
    if fatal is not None and fatal.reason is not None:
        raise SensorError(fatal.reason, fatal.detail)
    if as_lines:
        _write_lines(found, seen.refused.values())
    else:
        _print_table(found, seconds)


class _Seen:
    """What the searches brought: the newest sighting of each device, what was refused, and which search fails."""

    def __init__(self) -> None:
        self.sightings: dict[str, Sighting] = {}
        self.refused: dict[str, Status] = {}  # by the address of the stream
        self.faults: dict[str, Status] = {}  # by the search

    def take(self, message: Sighting | Status) -> None:
        """Keep what is said of a device, a stream or a search; the newest holds."""
        if isinstance(message, Sighting):
            self.sightings[message.address] = message
            return
        told = self.faults if message.source in _SEARCHES else self.refused
        told.pop(message.source, None)
        if message.state is SourceState.FAILED:
            told[message.source] = message


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


def _write_lines(found: Sequence[Sighting], refused: Iterable[Status]) -> None:
    for sighting in found:
        write_line(json.dumps({"device": _object(sighting)}) + "\n")
    for status in refused:
        said = {"source": plain(status.source), "sentence": sentence_on(status.reason, status.detail)}
        write_line(json.dumps({"refused": said}) + "\n")


def _print_table(found: Sequence[Sighting], seconds: float) -> None:
    if not found:
        words = _("nothing in {seconds:g} s: is the strap on damp skin, and is no phone or watch holding it?")
        write_line(words.format(seconds=seconds) + "\n")
        return
    table = Table()
    table.add_column(_("source"), overflow="fold")  # an address that is cut off opens nothing
    for title in (_("type"), _("name"), _("gives"), _("signal"), _("battery")):
        table.add_column(title)
    for sighting in found:
        signal = "--" if sighting.rssi_dbm is None else f"{sighting.rssi_dbm} dBm"
        about = (_kind_words(sighting.kind), safe_text(sighting.name), _gives_words(sighting))
        battery = "--" if sighting.battery_percent is None else f"{sighting.battery_percent} %"
        table.add_row(plain(sighting.address), *about, signal, battery)
    print_result(table)


def _kind_words(kind: SensorKind) -> str:
    return {
        SensorKind.STRAP: _("strap"),
        SensorKind.ARM_BAND: _("arm band"),
        SensorKind.SKIN: _("skin"),
        SensorKind.STREAM: _("LSL stream"),
    }[kind]


def _gives_words(sighting: Sighting) -> str:
    """Say what it gives; a stream that gives no signal and is not asked about sends markers."""
    if sighting.gives:
        return gives_words(sighting.gives)
    is_markers = sighting.kind is SensorKind.STREAM and not sighting.unknown_channels
    return _("markers") if is_markers else _("not known yet")
