# SPDX-License-Identifier: MIT
"""From a source's address, as on the command line, to the source: each kind is one line here.

`ble:ADDRESS` (a strap or another Bluetooth sensor) and `ble:any` (the first strap), `lsl:NAME` and
`lsl:type=TYPE` (an LSL stream), `demo` and `demo:SEED` (the synthetic person), `file:PATH` (a recording in real time);
`@PERSON` behind it says whose it is. What a kind needs is imported when it is first asked for.
"""

import logging
import re
from collections.abc import AsyncIterator
from functools import cached_property
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from app.clock import Clock
from app.folders import data_folder
from app.merge import Feed, closing
from dsp.codes import Reason
from dsp.stream import CLIENT, Sighting, Status
from sensors.realtime import RealTime, Recorded
from sensors.source import SensorError

if TYPE_CHECKING:
    from sensors.ble.device import Kind
    from sensors.ble.radio import Radio

_log = logging.getLogger(__name__)

_SEED = re.compile(r"[0-9]{1,18}")
_PERSON = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]{0,31})$")  # a code, so that a path with an @ stays a path


class Wiring:
    """Makes sources and searches; all that it makes belongs to one event loop and shares one radio.

    BlueZ lets a program search only once at a time, so a strap that is awaited and a search must be one search.

    Parameters
    ----------
    profiles : Path or None
        The user's own folder of device profiles; None for the usual one.
    """

    def __init__(self, profiles: Path | None = None) -> None:
        self._profiles = profiles or data_folder() / "devices"

    @cached_property
    def _kinds(self) -> "tuple[Kind, ...]":
        from sensors.ble.kinds import kinds_of
        from sensors.ble.profile import read_profiles

        shelf = read_profiles([Path(resources.__file__ or ".").parent / "devices", self._profiles])
        for fault in shelf.faults:
            _log.warning("a device profile is left out: %s", fault.detail)
        return kinds_of(shelf.profiles.values())

    @cached_property
    def _radio(self) -> "Radio":
        from sensors.ble.kinds import services_of
        from sensors.ble.radio import Radio

        return Radio(services=services_of(self._kinds))

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
                return self._sensor(rest, person, clock)
            case "lsl" if rest.strip():
                return _stream(address, rest, person, clock)
            case "demo":
                return _played(_made_up(address, rest or "1", person), person, clock)
            case "file" if rest:
                return _played(_recording(rest, person), person, clock)
        raise _unknown(address)

    async def search(self, clock: Clock) -> AsyncIterator[Sighting | Status]:
        """Search for sensors until it is closed."""
        from sensors.ble.scan import scan

        async with closing(scan(clock=clock, radio=self._radio, kinds=self._kinds)) as found:
            async for message in found:
                yield message

    async def search_streams(self, clock: Clock) -> AsyncIterator[Sighting | Status]:
        """Search for LSL streams until it is closed; only while somebody asked for it, since it asks the network."""
        from sensors.lsl.finder import find

        async with closing(find(clock=clock)) as found:
            async for message in found:
                yield message

    def _sensor(self, address: str, person: str, clock: Clock) -> Feed:
        from sensors.ble.sensor import BleSensor

        return Feed(BleSensor(address, clock=clock, person=person, radio=self._radio, kinds=self._kinds), person)


def _stream(address: str, query: str, person: str, clock: Clock) -> Feed:
    from sensors.lsl.inlet import LslInlet

    try:
        return Feed(LslInlet(query, clock=clock, person=person), person)
    except ValueError as fault:  # nothing behind the =
        raise _unknown(address) from fault


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
            "{address} is not a source; there are ble:ADDRESS, ble:any, lsl:NAME, lsl:type=TYPE, demo, demo:SEED and "
            "file:PATH, each with @PERSON behind it if it is not the client's"
        ).format(address=repr(address)),
    )
