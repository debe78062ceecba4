# SPDX-License-Identifier: MIT
"""`attune watch lsl:NAME`: another Attune's state in a terminal, read only."""

import asyncio
import json
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import asdict

from app.cli.door import tell
from app.cli.lines import write_line
from dsp.codes import Reason, Zone
from resources.words import gettext as _
from sensors.lsl.search import Query
from sensors.lsl.state_inlet import SentState, sent_states
from sensors.source import SensorError


def watch(address: str, *, seconds: float | None, as_lines: bool) -> None:
    """Show what another Attune says of a person, until Ctrl+C or the time is over.

    Parameters
    ----------
    address : str
        `lsl:NAME`, as `attune devices` says it.
    seconds : float or None
        How long.
    as_lines : bool
        JSON, one object a line.

    Raises
    ------
    SensorError
        `UNKNOWN_SOURCE` for another address; `NOT_SHARED`; `LSL_MISSING`.
    """
    query = _query_of(address)
    tell(_("watching what another Attune sends: nothing is kept; on a network that you trust only\n"))
    write = _written_as_line if as_lines else _written
    try:
        asyncio.run(_watch(query, seconds, write))
    except KeyboardInterrupt:
        return


def watch_in_window(address: str, *, seconds: float | None) -> int:
    """Show it in a window, and give the exit code; parameters and errors as of `watch`.

    Raises
    ------
    AppError
        When no window can open here.
    """
    query = _query_of(address)
    from app.window_watch import run_watch_window

    return run_watch_window(query, seconds=seconds)


def _query_of(address: str) -> Query:
    kind, _colon, text = address.partition(":")
    if kind != "lsl" or not text.strip():
        words = _("{address} is no LSL stream; there is lsl:NAME, as in: attune watch 'lsl:Attune State'")
        raise SensorError(Reason.UNKNOWN_SOURCE, words.format(address=repr(address)))
    return Query.read(text)


async def _watch(query: Query, seconds: float | None, write: Callable[[SentState], None]) -> None:
    try:
        async with asyncio.timeout(seconds), aclosing(sent_states(query)) as states:
            async for state in states:
                if state is None:
                    tell(_("looking for the stream ...\n"))
                else:
                    write(state)
    except TimeoutError:
        return


def _written_as_line(state: SentState) -> None:
    write_line(json.dumps({"state": asdict(state)}) + "\n")


def _written(state: SentState) -> None:
    said = {
        Zone.ABOVE: _("above the window"),
        Zone.WITHIN: _("within the window"),
        Zone.BELOW: _("below the window"),
        Zone.UNKNOWN: _("not known"),
    }[state.zone]
    level = "--" if state.level is None else f"{state.level:+.2f}"
    doubt = "" if state.uncertainty is None else f" ± {state.uncertainty:.2f}"
    paced = _("paced") if state.is_paced else ""
    write_line(f"{state.t:10.1f} s  {level}{doubt}  {said}  {paced}".rstrip() + "\n")
