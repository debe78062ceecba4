# SPDX-License-Identifier: MIT
"""What a strap says of itself besides the heartbeat: battery, place on the body, maker, model, serial, firmware.

Law: all of it is optional; what is missing, refused or malformed is left out.
"""

from collections.abc import Callable
from typing import TypeVar

from dsp.codes import NoticeCode, Reason
from dsp.stream import Values
from sensors.ble.gatt import (
    BATTERY_LEVEL,
    BATTERY_SERVICE,
    BODY_SENSOR_LOCATION,
    DEVICE_INFORMATION_SERVICE,
    FIRMWARE_REVISION,
    HEART_RATE_SERVICE,
    MANUFACTURER_NAME,
    MODEL_NUMBER,
    SERIAL_NUMBER,
    decode_battery,
    decode_body_location,
    decode_text,
)
from sensors.ble.link import Link
from sensors.source import SensorError

T = TypeVar("T")

_TEXTS = {
    "maker": MANUFACTURER_NAME,
    "model": MODEL_NUMBER,
    "serial": SERIAL_NUMBER,
    "firmware": FIRMWARE_REVISION,
}


async def read_info(link: Link) -> dict[NoticeCode, Values]:
    """Read what the device says of itself, as the values of notices.

    Raises
    ------
    SensorError
        LINK_LOST, when the link goes meanwhile.
    """
    info: dict[NoticeCode, Values] = {}
    percent = await _value(link, BATTERY_SERVICE, BATTERY_LEVEL, decode_battery)
    if percent is not None:
        info[NoticeCode.BATTERY] = (("percent", percent),)
    location = await _value(link, HEART_RATE_SERVICE, BODY_SENSOR_LOCATION, decode_body_location)
    if location is not None:
        info[NoticeCode.BODY_LOCATION] = (("location", str(location)),)
    texts = {key: await _value(link, DEVICE_INFORMATION_SERVICE, uuid, decode_text) for key, uuid in _TEXTS.items()}
    if any(texts.values()):
        info[NoticeCode.DEVICE] = tuple((key, text) for key, text in texts.items() if text)
    return info


async def _value(link: Link, service: str, characteristic: str, decode: Callable[[bytes], T]) -> T | None:
    try:
        data = await link.read(service, characteristic)
        return None if data is None else decode(data)
    except SensorError as error:
        if error.reason is Reason.LINK_LOST:
            raise
        return None
