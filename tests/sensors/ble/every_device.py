# SPDX-License-Identifier: MIT
"""Every kind of virtual device under one handle, for the laws that hold for all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol

from bumble.device import Device

from dsp.codes import Modality
from sensors.ble.device import Kind
from sensors.ble.kinds import kinds_of
from sensors.ble.profile import PROFILES
from sensors.ble.profile_model import DeviceProfile
from tests.sensors.ble.virtual_bitalino import VirtualBitalino
from tests.sensors.ble.virtual_peripheral import VirtualPeripheral
from tests.sensors.ble.virtual_polar import VERITY, VirtualPolar
from tests.sensors.ble.virtual_profile import VirtualProfileDevice
from tests.sensors.ble.virtual_shimmer import VirtualShimmer


class Streamer(Protocol):
    """A virtual device that streams by itself once it is asked to."""

    air: VirtualPeripheral

    async def power_on(self, device: Device) -> None: ...

    async def send_data(self, data: bytes) -> None: ...


@dataclass(frozen=True)
class DeviceCase:
    """A kind of device and what of it streams."""

    name: str
    make: Callable[[], Streamer]
    modalities: tuple[Modality, ...]
    gives: tuple[Modality, ...]


def shipped(name: str) -> DeviceProfile:
    """Read a profile that Attune brings along."""
    return PROFILES.parse((files("resources") / "devices" / f"{name}.toml").read_bytes(), name)


UART, OWN = shipped("nordic_uart_eda"), shipped("own_gatt_eda")
KINDS: tuple[Kind, ...] = kinds_of((UART, OWN))

M = Modality
DEVICES = [
    DeviceCase("H10", VirtualPolar, (M.ECG, M.ACC), (M.HR, M.RR, M.ECG, M.ACC)),
    DeviceCase("Verity", lambda: VirtualPolar(VERITY), (M.RR, M.PPG), (M.HR, M.RR, M.PPG)),
    DeviceCase("BITalino", VirtualBitalino, (M.EDA,), (M.EDA,)),
    DeviceCase("Shimmer3R", VirtualShimmer, (M.EDA,), (M.EDA,)),
    DeviceCase("UART profile", lambda: VirtualProfileDevice(UART), (M.EDA,), (M.EDA,)),
    DeviceCase("GATT profile", lambda: VirtualProfileDevice(OWN, value=7.0), (M.EDA, M.ACC), (M.EDA, M.ACC)),
]
