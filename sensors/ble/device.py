# SPDX-License-Identifier: MIT
"""What a kind of Bluetooth device is to the life that it is given: the seam between `life` and the device files.

A device says what to subscribe to and what the bytes mean; `life` connects, watches, waits and tries again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from dsp.codes import Modality, NoticeCode, SensorKind
from dsp.stream import Item, Value
from sensors.ble.link import Link

Decode = Callable[[bytes, float], Iterable[Item]]


class Host(Protocol):
    """What a device can ask of the life that it is given."""

    def hear(self, decode: Decode) -> Callable[[bytes], None]:
        """Make what a subscription calls: the bytes are data, their arrival is stamped, the items are emitted."""

    def tell(self, code: NoticeCode, **values: Value) -> None:
        """Emit a notice, now."""


class Device(Protocol):
    """One device across all its connections, so that it can mark what was lost between them."""

    async def begin(self, link: Link, host: Host) -> None:
        """Have its first data come; what was started on a connection before is forgotten."""

    async def tend(self, link: Link, host: Host) -> None:
        """Do what goes on beside the first data, until there is no more to do."""

    async def end(self, link: Link) -> None:
        """Stop what was started, on a link that still stands."""

    def drop_link(self) -> None:
        """Let what comes next follow on a link that was lost."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of device: how it is told apart, what it gives, and what hears it.

    Parameters
    ----------
    service : str
        What a device of this kind has, once connected.
    advertised : str
        The service by which it is found.
    gives : tuple of Modality
        What it can give.
    make : callable
        Makes the device of a source's name and a person.
    name_prefix : str
        How the names of its devices begin.
    worn : SensorKind
        What it is to the person who puts it on.
    """

    service: str
    advertised: str
    gives: tuple[Modality, ...]
    make: Callable[[str, str], Device]
    name_prefix: str = ""
    worn: SensorKind = SensorKind.STRAP

    def is_seen(self, services: frozenset[str], name: str) -> bool:
        """Tell whether an advertisement may be one of this kind."""
        return self.advertised in services and name.startswith(self.name_prefix)

    def is_on(self, services: frozenset[str], name: str) -> bool:
        """Tell whether a connected device is of this kind."""
        return self.service in services and name.startswith(self.name_prefix)
