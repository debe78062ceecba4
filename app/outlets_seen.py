# SPDX-License-Identifier: MIT
"""What is to be seen of outlets: how much each sent, and how many read it.

Law: counting changes nothing of what is sent; it belongs to the thread that feeds them.
"""

from collections.abc import Callable

from app.diagnostics_stream import RateCount
from dsp.stream import FloatArray
from sensors.lsl.outlet import Outlet, OutletSaid, plain_name
from sensors.lsl.outlet_sockets import connections_by_port
from ui.research.seam import OutletSeen


class CountedOutlet:
    """An outlet, and how much it sent.

    Parameters
    ----------
    said : OutletSaid
        What it says of itself.
    person : str
        Whose it is.
    outlet : Outlet
        What sends.
    closed : callable
        Is told when it has ended.
    """

    def __init__(
        self, said: OutletSaid, person: str, outlet: Outlet, closed: Callable[["CountedOutlet"], None]
    ) -> None:
        self._said = said
        self._person = person
        self._outlet = outlet
        self._closed = closed
        self._rate = RateCount()
        self._sent = 0
        self.ports = outlet.ports

    def push(self, t: FloatArray, values: FloatArray) -> None:
        """Send samples: `t` (n,), `values` (n, channels)."""
        self._outlet.push(t, values)
        if len(t):
            self._count(float(t[-1]), len(t))

    def text(self, t: float, text: str) -> None:
        """Send one text."""
        self._outlet.text(t, text)
        self._count(t, 1)

    def close(self) -> None:
        """End it."""
        self._outlet.close()
        self._closed(self)

    def seen(self, t: float, readers: int | None) -> OutletSeen:
        """Say what is known at `t`, and that so many read it."""
        return OutletSeen(
            plain_name(self._said.name),
            self._said.type,
            self._person,
            self._said.rate_hz or None,
            self._rate.rate_hz(t),
            self._sent,
            readers,
            is_read=self._outlet.has_readers() if readers is None else readers > 0,
        )

    def _count(self, t: float, n: int) -> None:
        self._sent += n
        self._rate.add(t, n)


def seen_of(outlets: list[CountedOutlet], t: float) -> tuple[OutletSeen, ...]:
    """Say what is known of outlets at `t`, seconds on the session clock."""
    connections = connections_by_port()
    return tuple(
        outlet.seen(t, None if connections is None else sum(connections.get(port, 0) for port in outlet.ports))
        for outlet in outlets
    )
