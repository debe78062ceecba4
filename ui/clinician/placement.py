# SPDX-License-Identifier: MIT
"""Where the clinician's window lies: it finds its display, remembers the one it is put on, and is covered elsewhere.

Law: never on the client's display by itself; the display that somebody moves it to is kept, one that the system moves
it to is not; wherever the client can see, nothing of it is shown.
"""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from resources.words import gettext as _
from ui.choices import PreferenceKeeper
from ui.clinician.displays import Display, Displays, display_at, home_of, is_private


class Placement(QObject):
    """The place of one window beside the client's.

    Parameters
    ----------
    displays : Displays
        The displays of now.
    keeper : PreferenceKeeper
        Remembers the display that was chosen.
    client : QWidget
        The client's window; whenever it moves, `client_moved` tells.
    """

    changed = Signal()  # a display came, went or moved
    client_moved = Signal()

    def __init__(self, displays: Displays, keeper: PreferenceKeeper, client: QWidget) -> None:
        super().__init__(client)
        self._displays = displays
        self._keeper = keeper
        self._client = client
        self._put_on = ""  # the display that the window was last put on, by its key
        displays.watch(self.changed.emit)
        client.installEventFilter(self)

    @property
    def home(self) -> Display | None:
        """The display for the clinician; None where every one shows the client's window."""
        return home_of(self._displays.all(), self._client.frameGeometry(), self._keeper.now.clinician_display)

    def is_seen_by_clinician_alone(self, window: QWidget) -> bool:
        """Tell whether nobody sees a window but who is at its own display."""
        return is_private(self._displays.all(), window.frameGeometry(), self._client.frameGeometry())

    def settle(self, window: QWidget) -> None:
        """Put a window on its display: where it lies wrong, or where the chosen display is there again."""
        home = self.home
        if home is None:
            return
        is_at_home = home.place.contains(window.frameGeometry().center())
        is_chosen = home.key == self._keeper.now.clinician_display
        if not is_at_home and (is_chosen or not self.is_seen_by_clinician_alone(window)):
            self._put_on = home.key
            window.setGeometry(home.place.adjusted(0, 0, -1, -1))
        elif is_at_home:
            self._put_on = home.key

    def follow(self, window: QWidget) -> None:
        """Remember the display that somebody has moved a window to."""
        displays = self._displays.all()
        here = display_at(displays, window.frameGeometry())
        is_still_there = not self._put_on or any(display.key == self._put_on for display in displays)
        if here is None or here.key == self._put_on or not is_still_there:
            return  # the system moves a window when its display is unplugged
        if self.is_seen_by_clinician_alone(window):
            self._put_on = here.key
            self._keeper.keep(replace(self._keeper.now, clinician_display=here.key))

    def go_on(self, window: QWidget) -> bool:
        """Put a window on the next display that does not show the client's, and remember it; False without one."""
        displays, client = self._displays.all(), self._client.frameGeometry()
        here = display_at(displays, window.frameGeometry())
        free = [display for display in displays if display != here and is_private(displays, display.place, client)]
        if not free:
            return False
        after = [display for display in free if here is None or displays.index(display) > displays.index(here)]
        chosen = (after or free)[0]
        self._put_on = chosen.key
        self._keeper.keep(replace(self._keeper.now, clinician_display=chosen.key))
        window.setGeometry(chosen.place.adjusted(0, 0, -1, -1))
        return True

    def words(self) -> str:
        """Say where the client's window lies."""
        displays = self._displays.all()
        theirs = display_at(displays, self._client.frameGeometry())
        if theirs is None or len(displays) < 2:
            return ""
        number = displays.index(theirs) + 1
        return _("client’s screen on display {number}").format(number=number)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look where the client's window lies whenever it moves."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self.client_moved.emit()
        return False
