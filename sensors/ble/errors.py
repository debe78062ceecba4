# SPDX-License-Identifier: MIT
"""What goes wrong with Bluetooth, as reasons: bleak's errors and the system's, translated in one place.

Law: whatever bleak is known to raise leaves as `SensorError` with a distinct reason, chained to its cause.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from dsp.codes import Reason
from sensors.foreign_text import clean_text
from sensors.source import SensorError

# BleakError: its own. OSError: no D-Bus socket, WinRT, TimeoutError. EOFError: the bus went away in mid-call.
_FAULTS = (BleakError, OSError, EOFError)

_NEEDS_PAIRING = (5, 8, 15)  # insufficient authentication, authorization, encryption

_RADIO = {
    BleakBluetoothNotAvailableReason.NO_BLUETOOTH: Reason.NO_RADIO,
    BleakBluetoothNotAvailableReason.NO_BLE_CENTRAL_ROLE: Reason.NO_RADIO,
    BleakBluetoothNotAvailableReason.POWERED_OFF: Reason.RADIO_OFF,
    BleakBluetoothNotAvailableReason.DENIED_BY_USER: Reason.RADIO_DENIED,
    BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM: Reason.RADIO_DENIED,
    BleakBluetoothNotAvailableReason.DENIED_BY_UNKNOWN: Reason.RADIO_DENIED,
}

_DBUS = {
    "org.freedesktop.DBus.Error.ServiceUnknown": Reason.NO_BLUETOOTH_SERVICE,
    "org.freedesktop.DBus.Error.NameHasNoOwner": Reason.NO_BLUETOOTH_SERVICE,
    "org.freedesktop.systemd1.NoSuchUnit": Reason.NO_BLUETOOTH_SERVICE,
    "org.freedesktop.DBus.Error.AccessDenied": Reason.RADIO_DENIED,
    "org.freedesktop.DBus.Error.UnknownObject": Reason.NOT_FOUND,
    "org.bluez.Error.DoesNotExist": Reason.NOT_FOUND,
    "org.bluez.Error.NotReady": Reason.RADIO_OFF,
    "org.bluez.Error.AuthenticationCanceled": Reason.PAIRING_REFUSED,
    "org.bluez.Error.AuthenticationFailed": Reason.PAIRING_REFUSED,
    "org.bluez.Error.AuthenticationRejected": Reason.PAIRING_REFUSED,
    "org.bluez.Error.AuthenticationTimeout": Reason.PAIRING_REFUSED,
    "org.bluez.Error.NotPermitted": Reason.PAIRING_REFUSED,  # "Not paired", where BlueZ hides the code
}


_KINDS: tuple[tuple[type[BaseException], Reason], ...] = (
    (BleakDeviceNotFoundError, Reason.NOT_FOUND),
    (FileNotFoundError, Reason.NO_BLUETOOTH_SERVICE),  # no D-Bus socket
    (ConnectionError, Reason.NO_BLUETOOTH_SERVICE),
    (EOFError, Reason.NO_BLUETOOTH_SERVICE),
    (PermissionError, Reason.RADIO_DENIED),  # a sandbox
)


@contextmanager
def translated(
    *, on_timeout: Reason = Reason.BLUETOOTH_FAULT, otherwise: Reason = Reason.BLUETOOTH_FAULT
) -> Iterator[None]:
    """Raise what bleak raises inside as `SensorError`.

    Parameters
    ----------
    on_timeout : Reason
        What it means here that nothing answered in time.
    otherwise : Reason
        What a fault means here that says nothing of its own.
    """
    try:
        yield
    except _FAULTS as fault:
        reason = on_timeout if isinstance(fault, TimeoutError) else _reason_of(fault) or otherwise
        raise SensorError(reason, clean_text(f"{type(fault).__name__}: {fault}")) from fault


def _reason_of(fault: BaseException) -> Reason | None:
    match fault:
        case BleakBluetoothNotAvailableError():
            return _RADIO.get(fault.reason)
        case BleakDBusError():
            return _DBUS.get(fault.dbus_error)
        case BleakGATTProtocolError() if fault.code in _NEEDS_PAIRING:
            return Reason.PAIRING_REFUSED
    return next((reason for kind, reason in _KINDS if isinstance(fault, kind)), None)
