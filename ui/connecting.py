# SPDX-License-Identifier: MIT
"""Connecting: from what is near to a session with the sensors that were chosen, and whose each one is.

Law: connecting one sensor ends neither the others nor the list; a wish leaves through the backstage, and what came of
it is read from what comes back. The network is asked for streams only while the switch is on and this screen shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from dsp.codes import Action, NoticeCode, Reason, SensorKind, SourceState
from dsp.stream import CLIENT, NOBODY, Command, Frame, Notice, Sighting, Status
from ui.backstage import Backstage
from ui.choices import PreferenceKeeper
from ui.connect.addresses import address_of, addresses_of
from ui.connect.beyond import is_refusal
from ui.connect.measures import Answer
from ui.connect.news import SensorNews, gives_of, owner_news, partner_news
from ui.connect.ready import is_ready, ready_words, wearers_of
from ui.connect.row import SensorRow
from ui.connect.row_words import name_of, words_of
from ui.connect.screen import ConnectScreen
from ui.connect.sensors import NearbySensors
from ui.connect.stream_search import StreamSearch
from ui.people import PARTNER
from ui.theme import Look

_SENSORS, _STREAMS = "scan", "lsl"  # sources of the two searches' own states


class Connecting(QObject):
    """The connect screen with all that it decides.

    Parameters
    ----------
    look : Look
        The look it follows.
    backstage : Backstage
        Searches and connects.
    keeper : PreferenceKeeper
        Remembers the switch, the labels, and that the page about wearing was seen.
    parent : QObject
        Its owner.
    """

    told = Signal(str)
    renamed = Signal()

    def __init__(self, look: Look, backstage: Backstage, keeper: PreferenceKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self.screen = ConnectScreen(look)
        self._backstage = backstage
        self._keeper = keeper
        self._sensors = NearbySensors()
        self._news = SensorNews()
        self._since_t = 0.0
        self.is_visit = False  # whether the screen was entered from a session that goes on
        self._trouble: Reason | None = None
        self._searched: object = None
        self._streams = StreamSearch(backstage, keeper, self.screen.sensors)
        self._wire()

    def enter(self, *, is_visit: bool) -> None:
        """Look for sensors; a visit comes from a session that goes on meanwhile."""
        self.is_visit = is_visit
        self._trouble = None
        self._since_t = self._backstage.clock()
        self._sensors.look_anew(self._since_t)
        self.screen.begin(wearing_seen=is_visit or self._keeper.now.connect_hint_seen)
        self._backstage.look_for_sensors(on=True)
        self._look_for_streams(on=self._streams.is_wanted)
        self._renew_all()
        self.refresh(self._since_t)

    def rest(self) -> None:
        """Stop looking."""
        self._backstage.look_for_sensors(on=False)
        self._backstage.look_for_streams(on=False)
        self.screen.sensors.fold()

    def forget_session(self) -> None:
        """Take every sensor as free again: the session is over."""
        self._news.forget()
        self._sensors.leave_all()
        self._renew_all()

    def resume(self, addresses: Sequence[str]) -> None:
        """Take the sensors of a session that goes on (`ble:ADDRESS@client`) as connected: nobody chose them here."""
        for address in addresses:
            self._sensors.resume(address, self._backstage.clock())
        self._renew_all()

    def gives(self) -> str:
        """Say which of the client's sensors gives what, and how the partner's are."""
        own, partners = self._sensors.joined(CLIENT), self._sensors.joined(PARTNER)
        return gives_of(((self.name_of(n.address), n) for n in own), ((self.name_of(n.address), n) for n in partners))

    def kinds(self) -> Mapping[str, SensorKind]:
        """Give of what kind each source of the session is."""
        return {nearby.address: nearby.kind for nearby in self._sensors.joined()}

    def persons(self) -> tuple[str, ...]:
        """Give those who wear a sensor of the session, each once."""
        return tuple(dict.fromkeys(n.person for n in self._sensors.joined() if n.person != NOBODY))

    def addresses(self) -> tuple[str, ...]:
        """Give the sources of the session, as they are joined."""
        return addresses_of(self._sensors.joined(), self._keeper)

    def gives_heart(self) -> bool:
        """Tell whether one of the client's sensors tells of the heart."""
        return any(nearby.gives_heart for nearby in self._sensors.joined(CLIENT))

    def name_of(self, address: str) -> str:
        """Give the safe name of a sensor in the list; empty where it is not there."""
        is_there = address in self._sensors
        return name_of(self._sensors[address], self._keeper.label_of(address)) if is_there else ""

    def see(self, sighting: Sighting) -> None:
        """Add a sensor at the end of the list, or renew it where it is."""
        is_wanted = sighting.kind is not SensorKind.STREAM or self._streams.is_wanted
        if is_wanted or sighting.address in self._sensors:
            self._renew(self._sensors.see(sighting, self._backstage.clock()))
            self._streams.show_beyond(self._sensors.more)

    def hear(self, status: Status) -> None:
        """Take a state of a search or of a sensor in the list."""
        has_trouble = status.state is SourceState.FAILED or status.reason is not None
        trouble = (status.reason or Reason.BLUETOOTH_FAULT) if has_trouble else None
        if status.source == _SENSORS:
            self._trouble = trouble
            self.refresh(self._backstage.clock())
        elif is_refusal(status) and status.source not in self._sensors:
            self._streams.refuse(status)
            self._streams.show_beyond(self._sensors.more)
        elif status.source == _STREAMS:
            self._streams.hear(trouble)
        else:
            self._change(status.source, lambda: self._sensors.hear(status))

    def take(self, frame: Frame) -> None:
        """Read what the session says of its sensors."""
        for status in frame.statuses:
            self.hear(status)
        for notice in frame.notices:
            self._note(notice)
        if isinstance(frame.item, Command):
            self._follow(frame.item)

    def refresh(self, t: float) -> None:
        """Say for how long the search goes on."""
        known = (self._trouble, int(t - self._since_t))
        if known != self._searched:
            self._searched = known
            self.screen.sensors.show_search(t - self._since_t, self._trouble)
            self._grow_old(t)

    def _grow_old(self, t: float) -> None:
        """Say of sensors that no search sees any more that they are away, and strike them after a while."""
        away, struck = self._sensors.grow_old(t)
        for address in struck:
            self.screen.sensors.strike(address)
        for address in away:
            self._show_row(address)
        self._streams.show_beyond(self._sensors.more)

    def _note(self, notice: Notice) -> None:
        self._change(notice.source, lambda: self._sensors.note(notice))
        if notice.code is NoticeCode.TAPPED_TWICE:
            self._feel_taps(notice.source)
        words = self._news.words_on(notice, self.name_of(notice.source))
        if words:
            self.told.emit(words)

    def _change(self, address: str, change: Callable[[], str | None]) -> None:
        """Take what changed; say it of a sensor of the partner's: the session's screen looks after the client's own."""
        before = self._sensors.get(address)
        self._renew(change())
        if words := "" if before is None else partner_news(before, self._sensors[address], self.name_of(address)):
            self.told.emit(words)

    def _feel_taps(self, address: str) -> None:
        """Give the sensor that was tapped to the person who was asked, if it is nobody's and this screen asks."""
        is_free = address in self._sensors and self._sensors[address].is_joined
        is_asked = self.screen.isVisible() and not self._sensors.awaits_record
        if is_free and is_asked and self._sensors[address].person == NOBODY:
            asked = self._sensors.asked_person()
            self._sensors.tap(address)
            self._give(address, asked)

    def _follow(self, command: Command) -> None:
        address = self._sensors.follow(command)
        if address is not None:
            self.told.emit(owner_news(self._sensors[address], self._keeper.label_of(address)))
            self._renew_all()

    def _join(self, address: str) -> None:
        """Connect a sensor; one that is tried again stays whose it was."""
        nearby = self._sensors[address]
        if nearby.is_joined:
            self._backstage.leave(address)
        self._sensors.join(address)
        self._backstage.join(address_of(nearby, self._keeper))
        self._renew_all()

    def _leave(self, address: str) -> None:
        """Stop using a sensor; should it come back in this session, it comes back as nobody's."""
        self._backstage.leave(address)
        if self._sensors[address].person != NOBODY:
            self._give(address, NOBODY)
        self._sensors.leave(address)
        self._renew_all()

    def _give(self, address: str, person: str) -> None:
        """Ask the session to take a sensor as this person's."""
        values = (("source", address), ("to", person))
        self._backstage.send(Command(self._backstage.clock(), Action.ASSIGN, CLIENT, values=values))

    def _label(self, address: str, label: str) -> None:
        self._keeper.keep_label(address, label)
        self._renew_all()

    def _plug(self, address: str, port: str) -> None:
        """Read another port of a device from now on."""
        if port != self._keeper.port_of(address):
            self._keeper.keep_port(address, port)
            self._join(address)

    def _answer(self, address: str, answer: Answer) -> None:
        self._renew(self._sensors.answer(address))
        channel, modality, unit = answer.channel, answer.modality, answer.unit
        self._backstage.say_what_it_measures(address, channel=channel, modality=modality, unit=unit)

    def _look_again(self) -> None:
        self._backstage.look_for_sensors(on=False)
        self._backstage.look_for_sensors(on=True)
        self._trouble = None
        self._since_t = self._backstage.clock()
        self.refresh(self._since_t)

    def _switch_streams(self, is_on: bool) -> None:  # a slot of Qt's
        self._streams.switch(on=is_on)
        self._look_for_streams(on=is_on)

    def _look_for_streams(self, *, on: bool) -> None:
        self._streams.look(on=on)
        if not on:
            for address in self._sensors.forget_streams():
                self.screen.sensors.strike(address)
        self._streams.show_beyond(self._sensors.more)

    def _renew(self, address: str | None) -> None:
        """Show what changed of one sensor; of the others whatever hangs on it."""
        if address is None:
            return
        if self._sensors[address].is_joined:
            self._renew_all()
        else:
            self._show_row(address)

    def _renew_all(self) -> None:
        for nearby in self._sensors:
            self._show_row(nearby.address)
        self.screen.aside.wears.show_wearers(wearers_of(self._sensors, self.name_of))
        self.screen.foot.show_ready(
            ready_words(self._sensors),
            is_ready=self.is_visit or is_ready(self._sensors),
            is_running=self.is_visit,
        )
        self.renamed.emit()

    def _show_row(self, address: str) -> None:
        nearby = self._sensors[address]
        successor = self._sensors.successor_of(nearby)
        words = words_of(
            nearby,
            self._keeper.label_of(address),
            asked=self._sensors.asked_person(),
            port=self._keeper.port_of(address),
            successor="" if successor is None else self.name_of(successor.address),
        )
        self.screen.sensors.show_sensor(words)

    def _wire_row(self, row: SensorRow) -> None:
        row.wanted.connect(self._join)
        row.stopped.connect(self._leave)
        row.given.connect(self._give)
        row.labelled.connect(self._label)
        row.answered.connect(self._answer)
        row.plugged.connect(self._plug)
        row.put_off.connect(lambda address: self._renew(self._sensors.put_off(address)))

    def _wire(self) -> None:
        sensors = self.screen.sensors
        sensors.row_made.connect(self._wire_row)
        sensors.search_again.connect(self._look_again)
        sensors.streams.switched.connect(self._switch_streams)
        self.screen.wearing_seen.connect(lambda: self._keeper.keep(replace(self._keeper.now, connect_hint_seen=True)))
