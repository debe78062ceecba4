# SPDX-License-Identifier: MIT
"""From a source's address, as on the command line, to the source: each kind is one line here.

`ble:ADDRESS` and `ble:any` (a strap), `demo` and `demo:SEED` (the synthetic person), `file:PATH` (a recording in real
time); `@PERSON` behind it says whose it is. What a kind needs is imported when it is first asked for.
"""

import re
from collections.abc import AsyncIterator
from functools import cached_property
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock
from app.merge import Feed, closing
from dsp.codes import Reason
from dsp.stream import CLIENT, Sighting, Status
from sensors.realtime import RealTime, Recorded
from sensors.source import SensorError

if TYPE_CHECKING:
    from sensors.ble.radio import Radio

_SEED = re.compile(r"[0-9]{1,18}")
_PERSON = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]{0,31})$")  # a code, so that a path with an @ stays a path


class Wiring:
    """Makes sources and searches; all that it makes belongs to one event loop and shares one radio.

    BlueZ lets a program search only once at a time, so a strap that is awaited and a search must be one search.
    """

    @cached_property
    def _radio(self) -> "Radio":
        from sensors.ble.radio import Radio

        return Radio()

    def connect(self, address: str, clock: Clock) -> Feed:
        """Make the source that `address` names; nothing is opened yet.

        Parameters
        ----------
        address : str
            A source as on the command line, with `@PERSON` behind it for another person than the client.
        clock : Clock
            The session clock.

        Raises
        ------
        SensorError
            `UNKNOWN_SOURCE` for what is no address of a source; its sentence says what is.
        """
        owner = _PERSON.search(address)
        person = owner[1] if owner else CLIENT
        kind, _colon, rest = address[: owner.start() if owner else None].partition(":")
        match kind:
            case "ble" if rest:
                return self._strap(rest, person, clock)
            case "demo":
                return _played(_made_up(address, rest or "1", person), person, clock)
            case "file" if rest:
                return _played(_recording(rest, person), person, clock)
        raise _unknown(address)

    async def search(self, clock: Clock) -> AsyncIterator[Sighting | Status]:
        """Search for sensors until it is closed."""
        from sensors.ble.scan import scan

        async with closing(scan(clock=clock, radio=self._radio)) as found:
            async for message in found:
                yield message

    def _strap(self, address: str, person: str, clock: Clock) -> Feed:
        from sensors.ble.strap import Strap

        return Feed(Strap(address, clock=clock, person=person, radio=self._radio), person)


def _made_up(address: str, seed: str, person: str) -> Recorded:
    from sensors.synthetic import SyntheticPerson

    if not _SEED.fullmatch(seed):
        raise _unknown(address)
    return SyntheticPerson(int(seed), person=person)


def _recording(path: str, person: str) -> Recorded:
    from sensors.replay import Recording

    return Recording(Path(path), person=person)


def _played(source: Recorded, person: str, clock: Clock) -> Feed:
    played = RealTime(source, clock=clock)
    return Feed(played, person, played.see)


def _unknown(address: str) -> SensorError:
    return SensorError(
        Reason.UNKNOWN_SOURCE,
        _(
            "{address} is not a source; there are ble:ADDRESS, ble:any, demo, demo:SEED and file:PATH, "
            "each with @PERSON behind it if it is not the client's"
        ).format(address=repr(address)),
    )
