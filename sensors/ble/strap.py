# SPDX-License-Identifier: MIT
"""A heart rate strap: anything with 0x180D."""

from sensors.ble.device import Host
from sensors.ble.gatt import HEART_RATE_MEASUREMENT, HEART_RATE_SERVICE
from sensors.ble.link import Link
from sensors.ble.packets import HeartRatePackets


class Strap:
    """A `Device` that gives a heart rate and RR intervals.

    Parameters
    ----------
    source, person : str
        What each item carries.
    """

    def __init__(self, source: str, person: str) -> None:
        self._packets = HeartRatePackets(source, person)

    async def begin(self, link: Link, host: Host) -> None:
        """Have its heartbeats come."""
        await link.subscribe(HEART_RATE_SERVICE, HEART_RATE_MEASUREMENT, host.hear(self._packets.update))

    async def tend(self, link: Link, host: Host) -> None:
        """Do nothing: the heartbeats are all."""

    async def end(self, link: Link) -> None:
        """Do nothing: they stop with their subscription."""

    def drop_link(self) -> None:
        """Let what comes next follow on a link that was lost."""
        self._packets.drop_link()
