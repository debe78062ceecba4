# SPDX-License-Identifier: MIT
"""A private system bus with a service that plays org.bluez, so that bleak's real BlueZ backend runs without a radio."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bleak.backends.bluezdbus import manager
from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from sensors.ble.gatt import HEART_RATE_MEASUREMENT, HEART_RATE_SERVICE

ADDRESS = "F1:00:00:00:00:02"
ADAPTER = "/org/bluez/hci0"
DEVICE = f"{ADAPTER}/dev_F1_00_00_00_00_02"
SERVICE = f"{DEVICE}/service0010"
MEASUREMENT = f"{SERVICE}/char0011"

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
</busconfig>
"""

Properties = Mapping[str, Variant]


@dataclass
class PrivateBus:
    """A running dbus-daemon that nobody else knows."""

    address: str
    process: subprocess.Popen[str]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@contextmanager
def private_bus(folder: Path) -> Iterator[PrivateBus]:
    """Start a dbus-daemon of one's own and end it; skip the test where there is none."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("there is no dbus-daemon to play the system bus")
    config = folder / "bus.conf"
    config.write_text(_CONFIG.format(socket=folder / "bus"), encoding="utf-8")
    command = [program, f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        bus = PrivateBus(process.stdout.readline().strip(), process)
        try:
            yield bus
        finally:
            bus.stop()


async def let_go_of_bus() -> None:
    """Close the connection that bleak keeps for as long as its loop runs."""
    kept = manager._global_instances.pop(asyncio.get_running_loop(), None)
    if kept is not None and kept._bus is not None and kept._bus_watcher_task is not None:
        kept._bus.disconnect()
        await asyncio.wait({kept._bus_watcher_task})


class PrivateBlueZ:
    """What bleak asks of bluetoothd, with one adapter and one strap.

    `errors` answers a method by an error, `calls` are the methods that were called. A program that searches already is
    refused a second search, as bluetoothd does.
    """

    def __init__(self, *, has_adapter: bool = True, is_powered: bool = True) -> None:
        self.errors: dict[str, tuple[str, str]] = {}
        self.calls: list[str] = []
        self.is_notifying = asyncio.Event()
        self.searching: set[str | None] = set()
        self._asked = asyncio.Event()
        self._objects = _tree(is_powered=is_powered) if has_adapter else {}
        self._bus: MessageBus

    async def asked(self, member: str) -> None:
        """Wait until that method is called once more."""
        count = self.calls.count(member)
        while self.calls.count(member) == count:
            self._asked.clear()
            await self._asked.wait()

    async def start(self, address: str) -> None:
        self._bus = await MessageBus(bus_address=address).connect()
        self._bus.add_message_handler(self._answer)
        await self._bus.request_name("org.bluez")

    def stop(self) -> None:
        self._bus.disconnect()

    def notify(self, data: bytes) -> None:
        """Send a notification of the strap."""
        self._change(MEASUREMENT, "org.bluez.GattCharacteristic1", Value=Variant("ay", data))

    def drop(self) -> None:
        """Lose the link to the strap."""
        self.is_notifying.clear()
        self._change(DEVICE, "org.bluez.Device1", Connected=Variant("b", False), ServicesResolved=Variant("b", False))

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.member is None:
            return None
        if message.member in self.errors:
            return Message.new_error(message, *self.errors[message.member])
        if message.member == "StartDiscovery" and message.sender in self.searching:
            return Message.new_error(message, "org.bluez.Error.InProgress", "Operation already in progress")
        method = getattr(self, f"_on_{message.member}", None)
        if method is None:
            return None
        self.calls.append(message.member)
        self._asked.set()
        return Message.new_method_return(message, *(method(message) or ()))

    def _on_GetManagedObjects(self, _: Message) -> tuple[str, list[Any]]:  # noqa: N802  # a D-Bus member
        return "a{oa{sa{sv}}}", [self._objects]

    def _on_SetDiscoveryFilter(self, _: Message) -> None:  # noqa: N802
        """Take any filter."""

    def _on_StartDiscovery(self, message: Message) -> None:  # noqa: N802
        self.searching.add(message.sender)
        self._change(DEVICE, "org.bluez.Device1", RSSI=Variant("n", -61))

    def _on_StopDiscovery(self, message: Message) -> None:  # noqa: N802
        self.searching.remove(message.sender)

    def _on_Connect(self, _: Message) -> None:  # noqa: N802
        self._change(DEVICE, "org.bluez.Device1", Connected=Variant("b", True))
        self._change(DEVICE, "org.bluez.Device1", ServicesResolved=Variant("b", True))

    def _on_Disconnect(self, _: Message) -> None:  # noqa: N802
        self.drop()

    def _on_Pair(self, _: Message) -> None:  # noqa: N802
        self.errors.pop("StartNotify", None)
        self._change(DEVICE, "org.bluez.Device1", Paired=Variant("b", True))

    def _on_Set(self, _: Message) -> None:  # noqa: N802
        """Trust."""

    def _on_StartNotify(self, _: Message) -> None:  # noqa: N802
        self.is_notifying.set()

    def _on_StopNotify(self, _: Message) -> None:  # noqa: N802
        self.is_notifying.clear()

    def _change(self, path: str, interface: str, **properties: Variant) -> None:
        self._objects[path][interface] |= properties
        self._bus.send(
            Message.new_signal(
                path,
                "org.freedesktop.DBus.Properties",
                "PropertiesChanged",
                "sa{sv}as",
                [interface, properties, []],
            )
        )


def _tree(*, is_powered: bool) -> dict[str, dict[str, dict[str, Variant]]]:
    adapter = {
        "Address": Variant("s", "F0:00:00:00:00:01"),
        "Powered": Variant("b", is_powered),
        "Roles": Variant("as", ["central"]),
    }
    device = {
        "Adapter": Variant("o", ADAPTER),
        "Address": Variant("s", ADDRESS),
        "Alias": Variant("s", "Strap 0001"),
        "Name": Variant("s", "Strap 0001"),
        "UUIDs": Variant("as", [HEART_RATE_SERVICE]),
        "Connected": Variant("b", False),
        "Paired": Variant("b", False),
        "ServicesResolved": Variant("b", False),
    }
    service = {
        "Device": Variant("o", DEVICE),
        "UUID": Variant("s", HEART_RATE_SERVICE),
        "Primary": Variant("b", True),
    }
    measurement = {
        "Service": Variant("o", SERVICE),
        "UUID": Variant("s", HEART_RATE_MEASUREMENT),
        "Flags": Variant("as", ["notify"]),
    }
    return {
        ADAPTER: {"org.bluez.Adapter1": adapter},
        DEVICE: {"org.bluez.Device1": device},
        SERVICE: {"org.bluez.GattService1": service},
        MEASUREMENT: {"org.bluez.GattCharacteristic1": measurement},
    }
