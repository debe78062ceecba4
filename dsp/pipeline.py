# SPDX-License-Identifier: MIT
"""From items to frames: what one item adds to what is known of each person.

Law: cutting the chunks otherwise never changes the joined frames; what is made once a second is made on ticks only.
"""

from collections.abc import Sequence

from dsp.person import Person
from dsp.stream import CLIENT, Frame, Item, Tick


class Pipeline:
    """The one path from items to frames, for every person that the items name.

    Parameters
    ----------
    persons : sequence of str
        Who is there from the start; others join with their first item.
    """

    def __init__(self, persons: Sequence[str] = (CLIENT,)) -> None:
        self._people = {person: Person(person) for person in persons}

    def update(self, item: Item) -> Frame:
        """Give all that one item adds."""
        if isinstance(item, Tick):
            return self._second(item)
        if item.person not in self._people:
            self._people[item.person] = Person(item.person)
        return self._people[item.person].update(item)

    def _second(self, tick: Tick) -> Frame:
        parts = [person.second(tick) for person in self._people.values()]
        return Frame(
            tick,
            scrs=tuple(scr for part in parts for scr in part.scrs),
            features=tuple(features for part in parts for features in part.features),
            states=tuple(state for part in parts for state in part.states),
            cues=tuple(cue for part in parts for cue in part.cues),
        )
