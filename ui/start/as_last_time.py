# SPDX-License-Identifier: MIT
"""Starting as last time: strap, shape, sound, pace and window of a person, by one press; and who was here last.

Law: what they agreed to holds and is not asked again; the breath moves at once, whatever the strap does.
"""

from PySide6.QtCore import QObject

from dsp.stream import Frame
from ui.archive.seam import ArchiveMessage, Hidden
from ui.archive.shelf import ClientRow, Door, Shelf
from ui.backstage import Backstage
from ui.choices import PreferenceKeeper
from ui.client.own_things import OwnThings
from ui.client.view import View
from ui.pacing import Pacing
from ui.screens import Screens
from ui.start.people import PeopleScreen, people_of
from ui.theme import Look

NAME = "people"
_LOOKED_AFTER_S = 0.5  # the first window shows before the store is opened


class AsLastTime(QObject):
    """The people list, the offer of the first window, and the start itself.

    Parameters
    ----------
    look : Look
        The look it follows.
    backstage : Backstage
        Has the store.
    keeper : PreferenceKeeper
        Knows the labels of the sensors.
    screens : Screens
        Where it leads.
    pacing : Pacing
        The breathing.
    own : OwnThings
        Puts the person's choices on.
    """

    def __init__(
        self,
        look: Look,
        backstage: Backstage,
        keeper: PreferenceKeeper,
        *,
        screens: Screens,
        pacing: Pacing,
        own: OwnThings,
    ) -> None:
        super().__init__(screens)
        self._backstage = backstage
        self._keeper = keeper
        self._screens = screens
        self._pacing = pacing
        self._own = own
        self._due_t: float | None = None
        self._waiting = ""  # the code of somebody whose session has not begun yet
        self.people = PeopleScreen(look, keeper.label_of)
        screens.take_in(NAME, self.people)
        self._wire()

    def open_list(self) -> None:
        """Show who was here before."""
        self._backstage.archive.use()
        self._backstage.archive.look()
        self._screens.turn_to(NAME)

    def start(self, row: ClientRow) -> None:
        """Start as this person's last session was."""
        view = View.from_values(row.last.view) if row.last is not None else View()
        self._screens.start_known(view.sources)
        self._own.dress(view)
        self._waiting = row.code
        if view.guide == "notice":
            self._pacing.notice()
        else:
            self._pacing.start()

    def take(self, frame: Frame) -> None:
        """Store the session from its first second, once it is there."""
        if self._waiting and frame.item is not None:
            code, self._waiting = self._waiting, ""
            self._screens.archive.record_known(code)

    def refresh(self, t: float) -> None:
        """Ask who was here last, a moment after the first window shows."""
        if self._due_t is not None and t >= self._due_t:
            self._due_t = None
            self._backstage.archive.look()

    def _hear(self, message: ArchiveMessage) -> None:  # a slot of Qt's
        if isinstance(message, Shelf):
            self._show(message)
        elif isinstance(message, Hidden) and message.is_beyond:
            self._show(Shelf(Door.LOCKED))

    def _show(self, shelf: Shelf) -> None:
        self.people.show_shelf(shelf)
        known = [one for one in people_of(shelf) if one.last is not None and one.last.view]
        self._screens.start.offer_last(known[0] if known else None, self._keeper.label_of)

    def _turn(self, name: str) -> None:  # a slot of Qt's
        self._due_t = self._backstage.clock() + _LOOKED_AFTER_S if name == "start" else None
        if name == "start":
            self._waiting = ""

    def _wire(self) -> None:
        self.people.wanted.connect(self.start)
        self.people.left.connect(self._screens.go_back)
        self.people.unlock.unlocked.connect(self._backstage.archive.unlock)
        self._screens.start.last.wanted.connect(self.start)
        self._screens.start.people_wanted.connect(self.open_list)
        self._screens.archive.heard.connect(self._hear)
        self._screens.turned.connect(self._turn)
