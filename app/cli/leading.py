# SPDX-License-Identifier: MIT
"""Who leads a session in the terminal: a pace from the start on, a protocol, or nobody."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from app.errors import AppError, Fault
from app.folders import data_folder
from app.guide.protocol import PROTOCOLS, Protocol, all_protocols
from app.guide.protocol_run import ProtocolRun
from app.session import Sink
from dsp.codes import Action
from dsp.stream import Command, Marker
from resources.words import gettext as _

_AUTHOR = "terminal"


@dataclass(frozen=True, slots=True)
class Leading:
    """What leads: breaths a minute from the start on, and a protocol; either may be None."""

    pace: float | None = None
    protocol: Protocol | None = None


class Decisions:
    """What is decided while a session runs; made on its event loop.

    Parameters
    ----------
    leading : Leading
        What leads.
    persons : sequence of str
        Whom it leads.
    clock : Clock
        The session clock.

    Attributes
    ----------
    sinks : sequence of Sink
        Watch the session, and decide.
    mark : callable
        Puts a marker among the decisions.
    """

    def __init__(self, leading: Leading, persons: Sequence[str], clock: Clock) -> None:
        self._waiting: asyncio.Queue[Command | Marker] = asyncio.Queue()
        self.mark = self._waiting.put_nowait
        if leading.pace is not None:
            for person in persons:
                values = (("breaths_per_min", leading.pace),)
                self._waiting.put_nowait(Command(clock(), Action.PACE, _AUTHOR, person, values))
        protocol = leading.protocol
        runs = [] if protocol is None else [ProtocolRun(protocol, who, self._waiting.put_nowait) for who in persons]
        self.sinks: Sequence[Sink] = runs

    async def commands(self) -> AsyncIterator[Command | Marker]:
        """Give each decision, and each marker, when it is made."""
        while True:
            yield await self._waiting.get()


def protocol_named(name: str) -> Protocol:
    """Find a protocol: the name of one that comes with Attune or lies in the own folder, or a file.

    Raises
    ------
    SensorError
        When the file is no protocol, in the own folder too.
    AppError
        `UNKNOWN_PROTOCOL`; its sentence names those that there are.
    """
    shelf = all_protocols(data_folder())
    own = data_folder() / "protocols" / f"{name}.toml"
    if name == Path(name).name and own.exists():  # what is wrong with it is said, whatever else is called so
        return PROTOCOLS.read(own)
    if found := shelf.found.get(name):
        return found
    if name.endswith(".toml"):
        return PROTOCOLS.read(Path(name))
    words = _("there is no protocol called {name}; there are {known}, or give a file that ends in .toml.")
    raise AppError(Fault.UNKNOWN_PROTOCOL, words.format(name=repr(name), known=", ".join(sorted(shelf.found))))
