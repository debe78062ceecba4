# SPDX-License-Identifier: MIT
"""The sources of a session as they are joined: which device, how it is read, and whose it is."""

from collections.abc import Iterable

from ui.choices import USUAL_PORT, PreferenceKeeper
from ui.connect.sensors import Nearby


def address_of(nearby: Nearby, keeper: PreferenceKeeper) -> str:
    """Give a sensor's address with its options and its person, as `Backstage.join` takes it."""
    port = keeper.port_of(nearby.address)
    option = f"?port={port}" if nearby.has_ports and port != USUAL_PORT else ""
    return f"{nearby.address}{option}@{nearby.person}"


def addresses_of(joined: Iterable[Nearby], keeper: PreferenceKeeper) -> tuple[str, ...]:
    """Give those of several sensors."""
    return tuple(address_of(nearby, keeper) for nearby in joined)
