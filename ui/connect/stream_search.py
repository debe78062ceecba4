# SPDX-License-Identifier: MIT
"""The search for LSL streams as the connect screen shows it: its switch, its trouble, and the streams it cannot use.

Law: the network is asked for streams only while the switch is on and the screen shows.
"""

from dataclasses import replace

from dsp.codes import Reason
from dsp.stream import Status
from ui.backstage import Backstage
from ui.choices import PreferenceKeeper
from ui.connect.beyond import beyond_words, set_aside
from ui.connect.sensor_list import SensorList


class StreamSearch:
    """Follows the search.

    Parameters
    ----------
    backstage : Backstage
        Searches.
    keeper : PreferenceKeeper
        Remembers the switch.
    shown : SensorList
        Has the switch, and the words about what has no row.
    """

    def __init__(self, backstage: Backstage, keeper: PreferenceKeeper, shown: SensorList) -> None:
        self._backstage = backstage
        self._keeper = keeper
        self._shown = shown
        self._unused: dict[str, Reason] = {}  # streams that are refused, which have no row

    @property
    def is_wanted(self) -> bool:
        """Whether the switch is on."""
        return self._keeper.now.looks_for_streams

    def switch(self, *, on: bool) -> None:
        """Remember the switch."""
        self._keeper.keep(replace(self._keeper.now, looks_for_streams=on))

    def look(self, *, on: bool) -> None:
        """Begin to look, or end it."""
        self._backstage.look_for_streams(on=on)
        self._unused.clear()
        self.hear(None)

    def hear(self, trouble: Reason | None) -> None:
        """Show what keeps the search from working; None: nothing does."""
        self._shown.streams.show_state(is_on=self.is_wanted, trouble=trouble)

    def refuse(self, status: Status) -> None:
        """Keep that a stream cannot be used."""
        set_aside(self._unused, status)

    def show_beyond(self, more: int) -> None:
        """Say what is near without a row: so many more, and the streams that cannot be used."""
        self._shown.show_beyond(beyond_words(more, self._unused.values()))
