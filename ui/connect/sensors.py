# SPDX-License-Identifier: MIT
"""The sensors seen nearby, in the order in which they were first seen, and what is known of each.

Law: the order never changes while looking; whose a sensor is comes from the session's own record (the command that
came back), never from a press; foreign text is washed here, where it comes in, and is small from then on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dsp.codes import Action, Modality, NoticeCode, Reason, SensorKind, SourceState
from dsp.stream import NOBODY, Command, Notice, Sighting, Status
from ui.foreign import safe_text
from ui.people import OWNERS, PEOPLE

_MOST_STREAMS = 64  # rows of streams; straps and skin sensors are never crowded out by them
_MOST_SENSORS = 256  # as many as the search for Bluetooth sensors tells apart
_MOST_BEYOND = 1024  # counted in "and N more"
_AWAY_S = 15.0  # three of the signs that each search gives at least every 5 s
_GONE_S = 60.0
_MOST_CHANNELS = 64  # sensors.md section 6: a stream with more is no sensor
_LONGEST_ADDRESS = 512
_MISFITS = {Reason.STREAM_UNKNOWN, Reason.RATE_TOO_LOW}  # with which an answer is refused
_HEART = {Modality.RR, Modality.HR, Modality.ECG, Modality.PPG}


@dataclass(frozen=True, slots=True)
class Nearby:
    """What is known of one sensor; `name` and `unknown_channels` are safe to show.

    `is_joined`: it is part of the session. `is_by_tap`: its wearer showed by two taps whose it is.
    `is_put_off`: its question was put off. `is_away`: no search has seen it lately. `guess` is what a stream that does
    not say it seems to measure. `refused` is why what somebody said of it was not taken.
    """

    address: str
    name: str
    kind: SensorKind = SensorKind.STRAP
    gives: tuple[Modality, ...] = ()
    bars: int = 0
    battery_percent: int | None = None
    unknown_channels: tuple[str, ...] = ()
    guess: Modality | None = None
    refused: Reason | None = None
    status: Status | None = None
    has_contact: bool = True
    is_joined: bool = False
    person: str = NOBODY
    is_by_tap: bool = False
    is_put_off: bool = False
    is_away: bool = False

    @property
    def state(self) -> SourceState:
        """The newest state; idle before any."""
        return SourceState.IDLE if self.status is None else self.status.state

    @property
    def suffix(self) -> str:
        """The end of a Bluetooth address, which tells two of the same make apart."""
        kind, _colon, rest = self.address.partition(":")
        return "".join(c for c in rest[-17:] if c.isalnum())[-4:].upper() if kind == "ble" else ""

    @property
    def is_riddle(self) -> bool:
        """Whether nobody has said yet what it measures."""
        return bool(self.unknown_channels) and not self.gives

    @property
    def gives_markers(self) -> bool:
        """Whether it is a stream of markers: it is known, and measures nothing."""
        return self.kind is SensorKind.STREAM and not self.gives and not self.unknown_channels

    @property
    def has_ports(self) -> bool:
        """Whether its skin sensor may be plugged in at one of several ports."""
        return self.kind is SensorKind.SKIN and self.name.casefold().startswith("bitalino")

    @property
    def feels_taps(self) -> bool:
        """Whether it feels two taps."""
        return Modality.ACC in self.gives

    @property
    def can_tell_wearer(self) -> bool:
        """Whether its wearer can say by the sensor whose it is: by taps, or, of a strap, by lifting it off."""
        return self.feels_taps or self.kind is SensorKind.STRAP

    @property
    def gives_heart(self) -> bool:
        """Whether it can tell of the heart."""
        return bool(_HEART & set(self.gives)) or (not self.gives and self.kind is SensorKind.STRAP)

    @property
    def gives_skin(self) -> bool:
        """Whether it can tell of the skin."""
        return Modality.EDA in self.gives


class NearbySensors:
    """Keeps the list; each call gives the address of the row that it changed, or None."""

    def __init__(self) -> None:
        self._known: dict[str, Nearby] = {}
        self._seen_t: dict[str, float] = {}  # also of those for which there was no row

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Nearby]:
        return iter(tuple(self._known.values()))

    def __contains__(self, address: str) -> bool:
        return address in self._known

    def __getitem__(self, address: str) -> Nearby:
        return self._known[address]

    def get(self, address: str) -> Nearby | None:
        """Give a sensor, where it is in the list."""
        return self._known.get(address)

    @property
    def more(self) -> int:
        """How many were seen for which there is no row."""
        return len(self._seen_t) - len(self._known)

    def see(self, sighting: Sighting, t: float) -> str | None:
        """Add or renew a sensor; None when nothing that is shown changed, the list is full or its address is none."""
        address = sighting.address
        earlier = self._known.get(address)
        if len(address) > _LONGEST_ADDRESS:
            return None
        if address in self._seen_t or self.more < _MOST_BEYOND:
            self._seen_t[address] = t
        if earlier is None and not self._has_room(sighting.kind):
            return None
        self._seen_t[address] = t
        newer = _renewed(earlier or Nearby(address, ""), sighting)
        self._known[address] = newer
        return None if newer == earlier else address

    def grow_old(self, t: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Take as away what no search saw lately, and strike what was away for long; gives the addresses of both."""
        for nearby in self.joined():  # a sensor that is connected shows itself to nobody
            self._seen_t[nearby.address] = t
        gone = [address for address, seen_t in self._seen_t.items() if t - seen_t >= _GONE_S]
        struck = tuple(address for address in gone if self._known.pop(address, None) is not None)
        for address in gone:
            del self._seen_t[address]
        away = [n for n in self if not n.is_away and t - self._seen_t[n.address] >= _AWAY_S]
        for nearby in away:
            self._put(replace(nearby, is_away=True))
        return tuple(nearby.address for nearby in away), struck

    def look_anew(self, t: float) -> None:
        """Give every sensor its time to be seen: nobody searched for a while."""
        self._seen_t = dict.fromkeys(self._known, t)

    def hear(self, status: Status) -> str | None:
        """Take a state of a sensor that is part of the session."""
        nearby = self._known.get(status.source)
        if nearby is None:
            return None
        if not nearby.is_joined:
            is_answer = status.state is SourceState.FAILED and status.reason in _MISFITS
            return self._put(replace(nearby, refused=status.reason)) if is_answer else None
        has_contact = nearby.has_contact or status.state is not SourceState.STREAMING
        return self._put(replace(nearby, status=status, has_contact=has_contact))

    def note(self, notice: Notice) -> str | None:
        """Take the charge and the skin contact of a sensor."""
        nearby, values = self._known.get(notice.source), dict(notice.values)
        if nearby is None:
            return None
        percent = values.get("percent")
        if notice.code is NoticeCode.BATTERY and type(percent) is int:
            return self._put(replace(nearby, battery_percent=percent))
        if notice.code is NoticeCode.CONTACT:
            return self._put(replace(nearby, has_contact=bool(values.get("on", True))))
        return None

    def follow(self, command: Command) -> str | None:
        """Take from the session's record whose a sensor is now."""
        values = dict(command.values)
        nearby, to = self._known.get(str(values.get("source"))), str(values.get("to"))
        if command.action is not Action.ASSIGN or nearby is None or to not in OWNERS:
            return None
        return self._put(replace(nearby, person=to, is_by_tap=nearby.is_by_tap and to != NOBODY))

    def tap(self, address: str) -> str | None:
        """Remember that two taps said whose it is."""
        return self._put(replace(self._known[address], is_by_tap=True))

    def join(self, address: str) -> str | None:
        """Take a sensor as part of the session."""
        known = self._known[address]
        return self._put(replace(known, status=None, has_contact=True, is_joined=True, is_away=False, refused=None))

    def resume(self, address: str, t: float) -> str | None:
        """Take a sensor (`ble:ADDRESS@client`) as part of a session that goes on; what is no sensor has no row."""
        source, _at, person = address.rpartition("@")
        source = source.partition("?")[0] if source.startswith("ble:") else source  # how it is read, behind it
        kind = SensorKind.STREAM if source.startswith("lsl:") else SensorKind.STRAP
        if source.startswith(("ble:", "lsl:")) and person in OWNERS:
            self.see(Sighting(source, "", (), kind=kind), t)
        if source not in self._known:
            return None
        self.join(source)
        return self._put(replace(self._known[source], person=person))

    def leave(self, address: str) -> str | None:
        """Take a sensor out of the session: it is there to be connected again."""
        return self._put(_apart(self._known[address]))

    def answer(self, address: str) -> str | None:
        """Await what comes of what somebody said of a stream."""
        return self._put(replace(self._known[address], refused=None))

    def put_off(self, address: str) -> str | None:
        """Leave a stream's question for later."""
        return self._put(replace(self._known[address], is_put_off=True))

    def leave_all(self) -> tuple[str, ...]:
        """Take every sensor out of the session; gives their addresses."""
        return tuple(address for address in tuple(self._known) if self.leave(address) is not None)

    def forget_streams(self) -> tuple[str, ...]:
        """Strike the streams that are not part of the session; gives their addresses."""
        gone = [n.address for n in self if n.kind is SensorKind.STREAM and not n.is_joined]
        for address in gone:
            del self._known[address]
        self._seen_t = {address: self._seen_t[address] for address in self._known}
        return tuple(gone)

    def joined(self, person: str | None = None) -> tuple[Nearby, ...]:
        """Give the sensors of the session, those of one person where one is named."""
        return tuple(n for n in self if n.is_joined and person in {None, n.person})

    @property
    def awaits_record(self) -> bool:
        """Whether two taps said whose a sensor is and the session has not taken it yet: nobody is asked meanwhile."""
        return any(n.is_by_tap and n.person == NOBODY for n in self.joined())

    def asked_person(self) -> str:
        """Tell who is to tap next: the first person without a sensor that can tell it."""
        return next((p for p in PEOPLE if not any(n.can_tell_wearer for n in self.joined(p))), PEOPLE[0])

    def successor_of(self, nearby: Nearby) -> Nearby | None:
        """Give another sensor that gives the same person's heartbeats while this one does not."""
        if nearby.person == NOBODY or not nearby.gives_heart:
            return None
        others = (n for n in self.joined(nearby.person) if n.gives_heart and n.address != nearby.address)
        return next((n for n in others if n.state is SourceState.STREAMING), None)

    def _has_room(self, kind: SensorKind) -> bool:
        """Tell whether one more of these gets a row: streams and sensors have their own."""
        is_stream = kind is SensorKind.STREAM
        alike = sum((nearby.kind is SensorKind.STREAM) is is_stream for nearby in self._known.values())
        return alike < (_MOST_STREAMS if is_stream else _MOST_SENSORS)

    def _put(self, nearby: Nearby) -> str | None:
        if self._known[nearby.address] == nearby:
            return None
        self._known[nearby.address] = nearby
        return nearby.address


def _renewed(earlier: Nearby, sighting: Sighting) -> Nearby:
    """Wash what a sighting says, and keep what it left out this time."""
    percent = sighting.battery_percent
    return replace(
        earlier,
        name=safe_text(sighting.name) or earlier.name,
        kind=sighting.kind,
        gives=sighting.gives or earlier.gives,
        bars=_bars(sighting.rssi_dbm),
        battery_percent=earlier.battery_percent if percent is None else percent,
        unknown_channels=_labels(sighting.unknown_channels) or earlier.unknown_channels,
        guess=sighting.guess,
        is_away=False,
    )


def _labels(channels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(safe_text(label) for label in channels[:_MOST_CHANNELS])


def _apart(nearby: Nearby) -> Nearby:
    """Give a sensor as it is outside of a session."""
    return replace(nearby, status=None, has_contact=True, is_joined=False, person=NOBODY, is_by_tap=False, refused=None)


def _bars(rssi_dbm: int | None) -> int:
    """Count bars for a strength; the steps are round figures of a body-worn sensor in one room."""
    return 0 if rssi_dbm is None else 1 + sum(rssi_dbm >= step for step in (-80, -67, -55))
