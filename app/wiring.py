# SPDX-License-Identifier: MIT
"""From a source's address, as on the command line, to the source: each kind is one line here.

`ble:ADDRESS` (a strap or another Bluetooth sensor) and `ble:any` (the first strap), `lsl:NAME`, `lsl:type=TYPE` and
`lsl:name=NAME&type=TYPE&source_id=ID` (an LSL stream), `demo` and `demo:SEED` (the synthetic person), `file:PATH` (a
recording in real time), `session:CODE` (a stored session, where the store is at hand). `@PERSON` behind it says whose
it is, `@nobody` that it is not known yet; before that, `?port=A2&board=2015` says at which port of a BITalino the EDA
sensor is, and of which make the board. What a kind needs is imported when it is first asked for.
"""

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import resources
from app.address import Address
from app.clock import Clock
from app.conductor import Answer
from app.folders import data_folder
from app.merge import Feed, closing
from app.own_streams import OwnStreams
from dsp.codes import Reason
from dsp.stream import Sighting, Status
from resources.words import gettext as _
from sensors.realtime import RealTime, Recorded
from sensors.source import SensorError

if TYPE_CHECKING:
    from app.profiles import ProfileShelf
    from app.stored_play import Stored
    from app.stream_choices import StreamChoices
    from sensors.ble.device import Kind
    from sensors.ble.radio import Radio
    from sensors.lsl.facts import StreamFacts

_MOST_SHOWN = 1024  # streams
_PORTS: Mapping[str, int] = MappingProxyType({f"A{port}": port for port in range(1, 7)})
_SEED = re.compile(r"[0-9]{1,18}")


class Wiring:
    """Makes sources and searches; all that it makes belongs to one event loop and shares one radio.

    BlueZ lets a program search only once at a time, so a strap that is awaited and a search must be one search.

    Parameters
    ----------
    folder : Path or None
        The data folder, with the user's own device profiles in `devices`; None for the usual one.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or data_folder()
        self._shown: dict[str, StreamFacts] = {}  # by the address that a search showed the stream as
        self.stored: Stored | None = None  # what opens a stored session, once there is a store
        self.own_streams = OwnStreams()  # what we send ourselves is no sensor

    @cached_property
    def _shelf(self) -> "ProfileShelf":
        from app.profiles import read_profiles

        return read_profiles([Path(resources.__file__ or ".").parent / "devices", self._folder / "devices"])

    @cached_property
    def _kinds(self) -> "tuple[Kind, ...]":
        from sensors.ble.kinds import kinds_of

        return kinds_of(self._shelf.profiles)

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
        said = Address.read(address)
        rest, person = said.rest, said.person
        match said.kind:
            case "ble" if rest:
                return self._sensor(said, clock)
            case "lsl" if rest.strip():
                return self._stream(address, rest, person, clock)
            case "demo":
                return _played(_made_up(address, rest or "1", person), person, clock)
            case "file" if rest:
                return _played(_recording(rest, person), person, clock)
            case "session" if rest and self.stored is not None:
                return _played(_stored(rest, self.stored), person, clock)
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

        own = self.own_streams.has
        async with closing(find(clock=clock, choices=self.choices, note=self._note, is_own=own)) as found:
            async for message in found:
                yield message

    @cached_property
    def choices(self) -> "StreamChoices":
        """What people said of streams that do not say it themselves."""
        from app.stream_choices import StreamChoices

        return StreamChoices(self._folder)

    @property
    def problem(self) -> str:
        """What is wrong with the user's own files, a sentence for each; empty where all is well."""
        sentences = [self.choices.problem] if (self._folder / "streams.json").exists() else []
        if any((self._folder / "devices").glob("*.toml")):  # else nothing is read before a sensor is asked for
            sentences += self._shelf.problems
        return " ".join(filter(None, sentences))

    def remember(self, answer: Answer) -> Iterable[Sighting]:
        """Keep what a person said of a stream that a search found, and give what the stream gives by it.

        What was said of the same channel, or the same signal, before is taken back.

        Raises
        ------
        SensorError
            `STREAM_UNKNOWN` for a stream that was not found, or an answer that makes no sense for it; `RATE_TOO_LOW`
            where its rate is too low for that.
        """
        from app.stream_choices import check_rate, signal_of
        from sensors.lsl.finder import sighting_of

        facts = self._shown.get(answer.address)
        if facts is None:
            raise SensorError(Reason.STREAM_UNKNOWN, _("no search has found this stream"))
        try:
            signal = signal_of(answer.channel, answer.modality, answer.unit, channel_count=facts.channel_count)
        except ValueError as fault:
            raise SensorError(Reason.STREAM_UNKNOWN, str(fault)) from fault
        check_rate(answer.modality, facts.rate_hz)
        self.choices.choose(facts.key, signal)
        return [sighting_of(answer.address, facts, self.choices)]

    def _note(self, address: str, facts: "StreamFacts") -> None:
        """Remember which stream an address was shown for."""
        self._shown[address] = facts
        if len(self._shown) > _MOST_SHOWN:
            del self._shown[next(iter(self._shown))]

    def _stream(self, address: str, query: str, person: str, clock: Clock) -> Feed:
        from sensors.lsl.inlet import LslInlet

        shown = self._shown.get(f"lsl:{query}")
        key = None if shown is None else shown.key
        try:
            return Feed(LslInlet(query, clock=clock, person=person, choices=self.choices, key=key), person)
        except ValueError as fault:  # nothing behind the =
            raise _unknown(address) from fault

    def _sensor(self, said: Address, clock: Clock) -> Feed:
        from sensors.ble.sensor import BleSensor

        kinds = self._kinds_with(dict(said.options)) if said.options else self._kinds
        sensor = BleSensor(said.rest, clock=clock, person=said.person, radio=self._radio, kinds=kinds)
        return Feed(sensor, said.person, options=said.tail)

    def _kinds_with(self, options: Mapping[str, str]) -> "tuple[Kind, ...]":
        """Make the kinds with a BITalino as somebody says that theirs is."""
        from sensors.ble.bitalino import EdaBoard
        from sensors.ble.bitalino_device import DEFAULT_PORT
        from sensors.ble.kinds import kinds_of

        port = _PORTS.get(options.get("port", f"A{DEFAULT_PORT}").upper())
        board = options.get("board", str(EdaBoard.REVOLUTION)).lower()
        if port is None or board not in tuple(EdaBoard) or set(options) - {"port", "board"}:
            words = _("behind a Bluetooth address there may stand ?port= with {ports}, and board= with {boards}")
            detail = words.format(ports=", ".join(_PORTS), boards=", ".join(EdaBoard))
            raise SensorError(Reason.UNKNOWN_SOURCE, detail)
        return kinds_of(self._shelf.profiles, bitalino_port=port, bitalino_board=EdaBoard(board))


def _made_up(address: str, seed: str, person: str) -> Recorded:
    from sensors.synthetic import SyntheticPerson

    if not _SEED.fullmatch(seed):
        raise _unknown(address)
    return SyntheticPerson(int(seed), person=person)


def _recording(path: str, person: str) -> Recorded:
    from app.imports.opening import RecordedFile

    return RecordedFile(Path(path), person=person)


def _stored(session: str, stored: "Stored") -> Recorded:
    from app.stored_play import StoredPlay

    return StoredPlay(session, stored)


def _played(source: Recorded, person: str, clock: Clock) -> Feed:
    played = RealTime(source, clock=clock)
    return Feed(played, person, played.see)


def _unknown(address: str) -> SensorError:
    return SensorError(
        Reason.UNKNOWN_SOURCE,
        _(
            "{address} is not a source; there are ble:ADDRESS, ble:any, lsl:NAME, lsl:type=TYPE, "
            "lsl:name=NAME&type=TYPE&source_id=ID, demo, demo:SEED and file:PATH, each with @PERSON behind it if it is "
            "not the client's"
        ).format(address=repr(address)),
    )
