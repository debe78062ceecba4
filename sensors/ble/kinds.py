# SPDX-License-Identifier: MIT
"""The kinds of Bluetooth devices that Attune knows: a new one is one file and one line here.

Law: the first kind that fits is the one; a profile of the user's own comes after what is built in, and of two profiles
for one service the one with the longer name is tried first.
"""

from collections.abc import Callable, Iterable
from functools import partial

from dsp.codes import Modality, SensorKind
from sensors.ble import bitalino, polar_pmd, shimmer
from sensors.ble.bitalino import EdaBoard
from sensors.ble.bitalino_device import DEFAULT_PORT, Bitalino
from sensors.ble.device import Device, Kind
from sensors.ble.gatt import HEART_RATE_SERVICE
from sensors.ble.polar import Polar
from sensors.ble.profile_device import ProfileDevice
from sensors.ble.profile_model import DeviceProfile
from sensors.ble.shimmer_device import Shimmer
from sensors.ble.strap import Strap

_HEART = (Modality.HR, Modality.RR)
_ARM_BAND = (*_HEART, Modality.PPG)
_SKIN = (Modality.EDA,)


def kinds_of(
    profiles: Iterable[DeviceProfile] = (),
    *,
    bitalino_port: int = DEFAULT_PORT,
    bitalino_board: EdaBoard = EdaBoard.REVOLUTION,
) -> tuple[Kind, ...]:
    """List the kinds, in the order in which they are tried.

    Parameters
    ----------
    profiles : iterable of DeviceProfile
        What is declared besides, by Attune and by the user.
    bitalino_port : int
        The analogue port of a BITalino's EDA sensor: 1 to 6 for A1 to A6.
    bitalino_board : EdaBoard
        Which EDA sensor that is.
    """
    # A Polar advertises its heart rate only; what it can give besides shows in the name until it is connected.
    make_bitalino = partial(Bitalino, port=bitalino_port, board=bitalino_board)
    return (
        Kind(polar_pmd.SERVICE, HEART_RATE_SERVICE, (*_HEART, Modality.ECG, Modality.ACC), Polar, "Polar H10"),
        Kind(polar_pmd.SERVICE, HEART_RATE_SERVICE, _ARM_BAND, Polar, "Polar Sense", SensorKind.ARM_BAND),
        Kind(polar_pmd.SERVICE, HEART_RATE_SERVICE, _ARM_BAND, Polar, "Polar OH1", SensorKind.ARM_BAND),
        Kind(polar_pmd.SERVICE, polar_pmd.SERVICE, _HEART, Polar),
        Kind(HEART_RATE_SERVICE, HEART_RATE_SERVICE, _HEART, Strap),
        Kind(bitalino.SERVICE, bitalino.SERVICE, _SKIN, make_bitalino, worn=SensorKind.SKIN),
        Kind(shimmer.SERVICE, shimmer.SERVICE, _SKIN, Shimmer, worn=SensorKind.SKIN),
        *map(_declared, sorted(profiles, key=lambda profile: -len(profile.match.name_prefix))),
    )


def services_of(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """List the services by which the kinds are found, each once."""
    return tuple(dict.fromkeys(kind.advertised for kind in kinds))


def seen_as(kinds: Iterable[Kind], services: frozenset[str], name: str) -> Kind | None:
    """Tell what kind a device that advertises so may be."""
    return next((kind for kind in kinds if kind.is_seen(services, name)), None)


def _declared(profile: DeviceProfile) -> Kind:
    modalities = tuple(Modality(signal.modality) for signal in profile.signal)
    make: Callable[[str, str], Device] = partial(ProfileDevice, profile=profile)
    return Kind(
        profile.match.service, profile.match.service, modalities, make, profile.match.name_prefix, _worn(modalities)
    )


def _worn(modalities: tuple[Modality, ...]) -> SensorKind:
    """Tell where a device of a profile is worn: by what it measures."""
    if Modality.EDA in modalities:
        return SensorKind.SKIN
    return SensorKind.ARM_BAND if Modality.PPG in modalities else SensorKind.STRAP
