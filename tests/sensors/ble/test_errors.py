# SPDX-License-Identifier: MIT
import pytest
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from dsp.codes import Reason
from sensors.ble.errors import translated
from sensors.source import SensorError

RADIO_REASONS = {
    BleakBluetoothNotAvailableReason.NO_BLUETOOTH: Reason.NO_RADIO,
    BleakBluetoothNotAvailableReason.NO_BLE_CENTRAL_ROLE: Reason.NO_RADIO,
    BleakBluetoothNotAvailableReason.POWERED_OFF: Reason.RADIO_OFF,
    BleakBluetoothNotAvailableReason.DENIED_BY_USER: Reason.RADIO_DENIED,
    BleakBluetoothNotAvailableReason.DENIED_BY_SYSTEM: Reason.RADIO_DENIED,
    BleakBluetoothNotAvailableReason.DENIED_BY_UNKNOWN: Reason.RADIO_DENIED,
    BleakBluetoothNotAvailableReason.UNKNOWN: Reason.BLUETOOTH_FAULT,
}

FAULTS: list[tuple[BaseException, Reason]] = [
    (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", ["not provided"]), Reason.NO_BLUETOOTH_SERVICE),
    (BleakDBusError("org.freedesktop.DBus.Error.AccessDenied", []), Reason.RADIO_DENIED),
    (BleakDBusError("org.bluez.Error.NotReady", ["Resource Not Ready"]), Reason.RADIO_OFF),
    (BleakDBusError("org.bluez.Error.AuthenticationFailed", []), Reason.PAIRING_REFUSED),
    (BleakDBusError("org.bluez.Error.NotPermitted", ["Not paired"]), Reason.PAIRING_REFUSED),
    (BleakDBusError("org.bluez.Error.Failed", ["le-connection-abort-by-local"]), Reason.BLUETOOTH_FAULT),
    (BleakDeviceNotFoundError("F1:00:00:00:00:02", "gone"), Reason.NOT_FOUND),
    (BleakGATTProtocolError(0x05), Reason.PAIRING_REFUSED),
    (BleakGATTProtocolError(0x08), Reason.PAIRING_REFUSED),
    (BleakGATTProtocolError(0x0F), Reason.PAIRING_REFUSED),
    (BleakGATTProtocolError(0x0E), Reason.BLUETOOTH_FAULT),
    (BleakError("Not connected"), Reason.BLUETOOTH_FAULT),
    (FileNotFoundError("/run/dbus/system_bus_socket"), Reason.NO_BLUETOOTH_SERVICE),
    (ConnectionRefusedError(), Reason.NO_BLUETOOTH_SERVICE),
    (EOFError(), Reason.NO_BLUETOOTH_SERVICE),
    (PermissionError(), Reason.RADIO_DENIED),
    (OSError("WinRT"), Reason.BLUETOOTH_FAULT),
]


def reason_of(fault: BaseException) -> Reason:
    with pytest.raises(SensorError) as caught, translated():
        raise fault
    assert caught.value.__cause__ is fault
    return caught.value.reason


def test_every_reason_why_bluetooth_is_not_available_has_one_of_ours() -> None:
    assert set(RADIO_REASONS) == set(BleakBluetoothNotAvailableReason)
    for theirs, ours in RADIO_REASONS.items():
        assert reason_of(BleakBluetoothNotAvailableError("not available", theirs)) is ours


@pytest.mark.parametrize(("fault", "reason"), FAULTS, ids=lambda value: getattr(value, "name", repr(value)))
def test_each_fault_has_its_reason(fault: BaseException, reason: Reason) -> None:
    assert reason_of(fault) is reason


def test_what_a_silence_or_a_nameless_fault_means_is_said_by_the_place_where_it_happens() -> None:
    with pytest.raises(SensorError) as caught, translated(on_timeout=Reason.HELD_ELSEWHERE):
        raise TimeoutError
    assert caught.value.reason is Reason.HELD_ELSEWHERE
    with pytest.raises(SensorError) as caught, translated(otherwise=Reason.PAIRING_REFUSED):
        raise BleakError("Could not pair with device: 19")
    assert caught.value.reason is Reason.PAIRING_REFUSED


def test_our_own_errors_and_mistakes_pass_unchanged() -> None:
    with pytest.raises(SensorError, match="as it was"), translated():
        raise SensorError(Reason.SILENT, "as it was")
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError


def test_the_detail_is_short_and_clean_whatever_the_other_side_wrote() -> None:
    with pytest.raises(SensorError) as caught, translated():
        raise BleakDBusError("org.bluez.Error.Failed", ["\u202e\x00" + "x" * 1_000_000])
    assert len(caught.value.detail) <= 64
    assert caught.value.detail.isprintable()
