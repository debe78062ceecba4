# SPDX-License-Identifier: MIT
"""The screens' one seam, on a clock that a test moves: the real pipeline and the made-up person, in step.

Law: nothing happens between two calls of `advance`; what happens is a function of the calls alone.
"""

from collections.abc import AsyncGenerator, Iterator, Sequence

from app.address import Address
from app.diagnostics import Diagnostics, Surveyed
from app.merge import Feed
from dsp.codes import Modality, SourceState
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, NOBODY, Chunk, Command, Item, Marker, Status, Tick
from sensors.made_up.faults import Faults
from sensors.made_up.script import DEFAULT_SCRIPT, Script
from sensors.synthetic import SyntheticPerson
from tests.ui.direct_archive import DirectArchive
from ui.backstage import Arrived
from ui.research.seam import SendWish

NOTHING_WRONG = Faults()


class DirectBackstage:
    """A backstage without threads.

    Parameters
    ----------
    start_s : float
        What the clock says at first.
    faults : Faults
        What goes wrong with the made-up person.
    script : tuple of Stretch
        What the made-up person lives through.
    """

    def __init__(
        self, start_s: float = 1000.0, faults: Faults = NOTHING_WRONG, script: Script = DEFAULT_SCRIPT
    ) -> None:
        self.t = start_s
        self.faults = faults
        self.script = script
        self.begun: list[tuple[str, ...]] = []
        self.finished = 0
        self.joined: list[str] = []
        self.left: list[str] = []
        self.answers: list[tuple[str, int, Modality, str]] = []
        self.is_looking = False
        self.is_looking_for_streams = False
        self.searches = 0
        self.sent: list[Command] = []
        self.wished: list[SendWish] = []
        self.marked: list[Marker] = []
        self.is_blocked = False  # the worker does nothing, as when it hangs
        self._messages: list[Arrived] = []
        self.archive = DirectArchive(self.say)
        self._pipeline: Pipeline | None = None
        self._made_up: dict[str, _Steps] = {}  # people, by their sources
        self._next_tick_s = start_s
        self._diagnostics: Diagnostics | None = None

    # the seam

    def clock(self) -> float:
        return self.t

    def drain(self) -> Sequence[Arrived]:
        messages, self._messages = self._messages, []
        return messages

    def look_for_sensors(self, *, on: bool) -> None:
        self.searches += on
        self.is_looking = on

    def look_for_streams(self, *, on: bool) -> None:
        self.is_looking_for_streams = on

    def say_what_it_measures(self, address: str, *, channel: int, modality: Modality, unit: str) -> None:
        self.answers.append((address, channel, modality, unit))

    def begin(self, sources: Sequence[str]) -> None:
        self.begun.append(tuple(sources))
        persons = dict.fromkeys(Address.read(source).person for source in sources) or [CLIENT]
        self._pipeline = Pipeline([person for person in persons if person != NOBODY])
        self._next_tick_s = self.t
        self._made_up = {}
        self._diagnostics = Diagnostics(self._surveyed(), self.clock, self.say)
        for source in sources:
            self._open(source)

    def join(self, source: str) -> None:
        self.joined.append(source)
        if self._pipeline is None:
            self.begin((source,))
        else:
            self._open(source)

    def leave(self, source: str) -> None:
        self.left.append(source)
        if self._pipeline is not None:
            name = Address.read(source).source
            self._made_up.pop(name, None)
            self._put(Status(self.t, name, SourceState.STOPPED))

    def finish(self) -> None:
        self.finished += 1
        self.archive.close()
        self._pipeline = None
        self._made_up = {}

    def mark(self, marker: Marker) -> None:
        self.marked.append(marker)
        if self._pipeline is not None and not self.is_blocked:
            self._put(marker)

    def send_streams(self, wish: SendWish) -> None:
        self.wished.append(wish)

    def send(self, command: Command) -> None:
        self.sent.append(command)
        if self._pipeline is not None and not self.is_blocked:
            self._put(command)

    # what a test does

    def say(self, *messages: Arrived) -> None:
        """Let these arrive."""
        self._messages += messages

    def feed(self, *items: Item) -> None:
        """Put items through the pipeline of the running session."""
        for item in items:
            self._put(item)

    def tap(self, source: str) -> None:
        """Tap twice on the strap of a made-up person."""
        self._made_up[source].source.tap()

    def advance(self, seconds: float) -> None:
        """Let time pass, with all that happens in it."""
        end_s = self.t + seconds
        while self._pipeline is not None and not self.is_blocked and self._next_tick_s <= end_s:
            self.t = self._next_tick_s
            for person in self._made_up.values():
                for item in person.until(self.t):
                    self._put(item)
            self._put(Tick(self.t))
            self._next_tick_s += 1.0
        self.t = end_s

    def _put(self, item: Item) -> None:
        assert self._pipeline is not None
        frame = self._pipeline.update(item)
        self._messages.append(frame)
        if self._diagnostics is not None:
            self._diagnostics.put(frame)
        for cue in frame.cues:
            for person in self._made_up.values():
                if cue.person == person.name:
                    person.source.see(cue)

    def _surveyed(self) -> Surveyed:
        configuration = {"made": "by hand"}
        return Surveyed(_Feeds(self._made_up), lambda: configuration, lambda: None, None)

    def _open(self, source: str) -> None:
        address = Address.read(source)
        if address.kind == "demo" and address.source not in self._made_up:
            seed, person = int(address.rest or 1), address.person
            made_up = SyntheticPerson(seed, person=person, start_s=self.t, script=self.script, faults=self.faults)
            self._made_up[address.source] = _Steps(made_up, person)


class _Steps:
    """Takes items of a source up to a time, without a loop: it never waits for anything."""

    def __init__(self, source: SyntheticPerson, name: str) -> None:
        self.source = source
        self.name = name
        self._items = source.items()
        self._next = _run(self._items)

    def until(self, t: float) -> list[Item]:
        due = []
        while _time_of(self._next) <= t:
            due.append(self._next)
            self._next = _run(self._items)
        return due


class _Feeds:
    """The made-up people of now, as feeds."""

    def __init__(self, people: "dict[str, _Steps]") -> None:
        self._people = people

    def __iter__(self) -> Iterator[Feed]:
        return iter([Feed(person.source, person.name) for person in self._people.values()])


def _run(items: AsyncGenerator[Item, None]) -> Item:
    """Drive one step of an async generator that only ever gives the loop its turn."""
    step = items.__anext__().__await__()
    while True:
        try:
            next(step)
        except StopIteration as done:
            item: Item = done.value
            return item


def _time_of(item: Item) -> float:
    return item.arrival if isinstance(item, Chunk) else item.t
