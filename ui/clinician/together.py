# SPDX-License-Identifier: MIT
"""Both windows of one session: the veil, "I'm done" and the end, which the clinician and the client share.

Law: veil and stop cover the client's screen at once; with a clinician present nothing ends the session but their hand.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from resources.words import gettext as _
from ui.clinician.flow import ClinicianFlow
from ui.keys import Keys
from ui.pacing import Pacing
from ui.screens import Screens
from ui.widgets.calm import Calm


class Together(QObject):
    """What happens in one window because of the other.

    Parameters
    ----------
    clinician : ClinicianFlow
        The clinician's window.
    screens : Screens
        The client's screens.
    calm : Calm
        The calm page over them.
    pacing : Pacing
        The breathing.
    keys : Keys
        The client's keys.
    still : callable
        Stops every cue and covers the client's screen.
    end : callable
        Ends the session kindly.
    """

    def __init__(
        self,
        clinician: ClinicianFlow,
        screens: Screens,
        calm: Calm,
        *,
        pacing: Pacing,
        keys: Keys,
        still: Callable[[], None],
        end: Callable[[], None],
    ) -> None:
        super().__init__(clinician)
        self._clinician = clinician
        self._screens = screens
        self._calm = calm
        self._pacing = pacing
        self._keys = keys
        self._still = still
        self._end_session = end
        self._has_paused = False
        screens.turned.connect(clinician.follow_screen)
        screens.done.connect(self._be_done)
        foot = screens.connecting.screen.foot
        foot.beside_wanted.connect(clinician.open)
        clinician.name_key(foot.beside)
        calm.left.connect(self._lift)
        deciding = clinician.decisions
        deciding.stilled.connect(still)
        deciding.veil_wanted.connect(self._veil)
        deciding.rest_wanted.connect(screens.guides.ask_for_rest)
        clinician.end_wanted.connect(self._end)

    def _veil(self) -> None:
        """Cover the client's screen softly for a pause together, or give it back."""
        if self._calm.isVisible():
            self._calm.go()
            return
        self._has_paused = self._pacing.is_on and not self._pacing.is_paused
        if self._has_paused:
            self._pacing.pause_or_go_on()
        self._keys.listen_on("")
        self._clinician.show_veiled(is_veiled=True)
        self._calm.come(_("taking a pause together"))

    def _lift(self) -> None:
        """Go on where the breath begins, if the veil paused it."""
        self._clinician.show_veiled(is_veiled=False)
        if self._has_paused and self._pacing.is_paused:
            self._pacing.pause_or_go_on()
        self._has_paused = False

    def _be_done(self) -> None:
        """End the session; where a clinician looks on, their window asks first, and the client's becomes calm."""
        if self._clinician.is_open:
            self._still()
            self._clinician.be_done()
        else:
            self._end_session()

    def _end(self) -> None:
        """End the session, as the clinician decided."""
        if self._calm.isVisible():
            self._calm.go()
        self._end_session()
