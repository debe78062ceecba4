# SPDX-License-Identifier: MIT
"""What is a person's own across sessions: their words, a kind sentence, and how they have their screen.

Law: each is a command of the session, so that it is stored with the person where they agreed to be stored, and nowhere
else; what the store tells of somebody is put on for this session alone.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from dsp.codes import Action
from dsp.stream import CLIENT, Command, Frame, Value, Values
from ui.backstage import Backstage
from ui.choices import PreferenceKeeper
from ui.client.ending_pages import LONGEST_KIND
from ui.client.view import View
from ui.client.word_lane import WordLane, washed
from ui.foreign import plain

_STORE = "store"  # the author of what is known from before


class OwnThings(QObject):
    """A person's own things in the running session.

    Parameters
    ----------
    backstage : Backstage
        Takes the commands and has the clock.
    keeper : PreferenceKeeper
        The choices of now.
    sources : callable
        Gives the sources of the session, as they are joined.
    parent : QObject
        Its owner.
    """

    changed = Signal()  # the words
    dressed = Signal()  # other choices hold
    arrived = Signal()  # somebody who was here before

    def __init__(
        self,
        backstage: Backstage,
        keeper: PreferenceKeeper,
        sources: Callable[[], tuple[str, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._backstage = backstage
        self._keeper = keeper
        self._sources = sources
        self.begin()

    def begin(self) -> None:
        """Begin anew with a session: nobody's things."""
        self.lane = WordLane()
        self.kind_words = ""
        self.sent_t = float("-inf")
        self._told: View | None = None
        self._is_known = False

    def leave(self) -> None:
        """Have this computer's own choices again."""
        self._keeper.give_back()
        self.begin()
        self.dressed.emit()

    def meet(self) -> None:
        """Begin with somebody new: nothing is switched on."""
        self.dress(View())

    def dress(self, view: View) -> None:
        """Put a person's choices on."""
        self._keeper.lend(view.put_on(self._keeper.now))
        self.dressed.emit()

    def take(self, frame: Frame) -> None:
        """Learn from the session's decisions."""
        command = frame.item
        if not isinstance(command, Command) or command.person != CLIENT:
            return
        self.lane.take(command)
        if command.action is Action.LANE:
            self.changed.emit()
        elif command.action is Action.KIND_WORDS:
            self._read(dict(command.values))
        elif command.action is Action.VIEW and command.author == _STORE:
            self.dress(View.from_values(command.values))
        if command.author == _STORE and command.action in (Action.VIEW, Action.KIND_WORDS) and not self._is_known:
            self._is_known = True
            self.arrived.emit()

    def sense(self, word: str) -> None:
        """Note what the person notices."""
        self._send(Action.SENSED, (("word", word),))

    def keep_words(self, words: tuple[str, ...]) -> None:
        """Have these words in the lane."""
        self._send(Action.LANE, (("words", "\n".join(washed(words))),))

    def feel(self, rating: float, when: str) -> None:
        """Note how it is `before` or `after` the session."""
        self._send(Action.FELT, (("rating", rating), ("when", when)))

    def write(self, words: str, is_shown: bool) -> None:  # a slot of Qt's
        """Keep a kind sentence; without words there is none."""
        said = " ".join(plain(words[: 2 * LONGEST_KIND]).split())[:LONGEST_KIND]
        self._send(Action.KIND_WORDS, (("words", said), ("shown", is_shown)))

    def tell_view(self) -> None:
        """Remember how the screen is, where that is not known already."""
        view = View.of(self._keeper.now, self._sources())
        if view != self._told:
            self._told = view
            self._send(Action.VIEW, view.to_values())

    def _read(self, values: dict[str, Value]) -> None:
        words = " ".join(plain(str(values.get("words", ""))[: 2 * LONGEST_KIND]).split())[:LONGEST_KIND]
        self.kind_words = words if values.get("shown") is True else ""

    def _send(self, action: Action, values: Values) -> None:
        self.sent_t = self._backstage.clock()
        self._backstage.send(Command(self.sent_t, action, CLIENT, values=values))
