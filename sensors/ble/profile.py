# SPDX-License-Identifier: MIT
"""A sensor that someone built, declared in a TOML file: how to find it, how its bytes are cut, what they mean.

A profile has names and numbers only, no expressions and no handshakes (`sensors/declared.py` reads it).
"""

from typing import Final

from pydantic import TypeAdapter

from sensors.ble.profile_model import DEVICE_PROFILE, DeviceProfile
from sensors.declared import Declared

PROFILES: Final[Declared[DeviceProfile]] = Declared("profile", TypeAdapter(DEVICE_PROFILE))
