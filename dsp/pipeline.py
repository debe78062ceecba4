# SPDX-License-Identifier: MIT
"""From items to frames: what one item adds to what is known of each person.

Law: cutting the chunks otherwise never changes the joined frames; what is made once a second is made on ticks only. Of
a source that is nobody's nothing is computed, but whether it is tapped.
"""

from collections.abc import KeysView, Sequence
from dataclasses import replace

from dsp.codes import Action
from dsp.person import Person
from dsp.stream import CLIENT, NOBODY, Chunk, Command, Frame, Gap, Item, Marker, Notice, Status, Tick
from dsp.taps import Taps

_Owned = Chunk | Gap | Notice | Status | Marker | Command


class Pipeline:
    """The one path from items to frames, for every person that the items name.

    Parameters
    ----------
    persons : sequence of str
        Who is there from the start; others join with their first item.

    Notes
    -----
    A command `ASSIGN` gives a source to a person from then on, or back to nobody: its items carry that person in their
    frames, whomever they named when they came. Since the command is an item, the items again give the same frames.
    """

    def __init__(self, persons: Sequence[str] = (CLIENT,)) -> None:
        self._people = {person: Person(person) for person in persons if person != NOBODY}
        self._owners: dict[str, str] = {}  # of the sources that were assigned
        self._taps: dict[str, Taps] = {}  # of the sources that are nobody's

    @property
    def persons(self) -> KeysView[str]:
        """Who is there: a view that grows with them."""
        return self._people.keys()

    def update(self, item: Item) -> Frame:
        """Give all that one item adds."""
        if isinstance(item, Tick):
            return self._second(item)
        if isinstance(item, Command) and item.action is Action.ASSIGN:
            return self._assign(item)
        item = self._owned(item)
        if item.person == NOBODY:
            return self._of_nobody(item)
        return self._person(item.person).update(item)

    def _person(self, name: str) -> Person:
        if name not in self._people:
            self._people[name] = Person(name)
        return self._people[name]

    def _assign(self, command: Command) -> Frame:
        values = dict(command.values)
        source, to = values.get("source"), values.get("to")
        if isinstance(source, str) and isinstance(to, str) and source and to:
            self._owners[source] = to
            self._taps.pop(source, None)
            if to != NOBODY:
                self._person(to)
        return Frame(command)

    def _owned(self, item: _Owned) -> _Owned:
        """Give an item to whom its source was assigned."""
        if isinstance(item, Command | Marker):
            return item
        owner = self._owners.get(item.source, item.person)
        return item if owner == item.person else replace(item, person=owner)

    def _of_nobody(self, item: _Owned) -> Frame:
        if isinstance(item, Command | Marker):
            return Frame(item)
        taps = self._taps.setdefault(item.source, Taps(item.source))
        told = (item,) if isinstance(item, Notice) else ()
        return Frame(item, notices=(*told, *taps.update(item)), statuses=(item,) if isinstance(item, Status) else ())

    def _second(self, tick: Tick) -> Frame:
        parts = [person.second(tick) for person in self._people.values()]
        return Frame(
            tick,
            scrs=tuple(scr for part in parts for scr in part.scrs),
            features=tuple(features for part in parts for features in part.features),
            states=tuple(state for part in parts for state in part.states),
            cues=tuple(cue for part in parts for cue in part.cues),
            notices=tuple(notice for part in parts for notice in part.notices),
            calibrations=tuple(calibration for part in parts for calibration in part.calibrations),
            baselines=tuple(baseline for part in parts for baseline in part.baselines),
            excursions=tuple(excursion for part in parts for excursion in part.excursions),
            resonances=tuple(found for part in parts for found in part.resonances),
        )
