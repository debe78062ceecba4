# SPDX-License-Identifier: MIT
"""The one timer that empties the worker's mailbox for the screens, 30 times a second.

Law: nothing else drains, and nothing is painted for a packet.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from ui.backstage import Arrived

_EVERY_MS = 33


class MailboxTimer(QObject):
    """Hands on everything that came since the last time, oldest first; an empty hand, too, tells that time passed.

    Parameters
    ----------
    drain : callable
        Takes what came.
    deliver : callable
        Gets it.
    parent : QObject
        Its owner.
    """

    def __init__(
        self,
        drain: Callable[[], Sequence[Arrived]],
        deliver: Callable[[Sequence[Arrived]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._drain = drain
        self._deliver = deliver
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.turn)

    def start(self) -> None:
        """Begin to empty the mailbox."""
        self._timer.start()

    def stop(self) -> None:
        """Leave the mailbox alone."""
        self._timer.stop()

    def turn(self) -> None:
        """Empty the mailbox once."""
        self._deliver(self._drain())
