# SPDX-License-Identifier: MIT
"""The device profiles that Attune brings along and the user's own, and what is wrong with them.

Law: a profile that cannot be used, or never would be, is left out with one sentence and keeps nothing else back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from resources.words import gettext as _
from sensors.ble.kinds import kinds_of
from sensors.ble.profile import PROFILES
from sensors.ble.profile_model import DeviceProfile


@dataclass(frozen=True, slots=True)
class ProfileShelf:
    """The profiles that can be used, and a sentence for each file that cannot."""

    profiles: tuple[DeviceProfile, ...]
    problems: tuple[str, ...] = ()


def read_profiles(folders: Iterable[Path]) -> ProfileShelf:
    """Read every profile of some folders; a later folder's file replaces an earlier one of the same name."""
    shelf = PROFILES.read_folders(folders)
    known = {kind.advertised for kind in kinds_of() if not kind.name_prefix}  # these take every device with the service
    shadowed = {name for name, profile in shelf.found.items() if profile.match.service in known}
    problems = [fault.detail for fault in shelf.faults]
    for name in sorted(shadowed):
        words = _("{file}: match.service must be one that Attune has no kind of its own for, not {service}")
        problems.append(words.format(file=f"{name}.toml", service=shelf.found[name].match.service))
    return ProfileShelf(
        tuple(profile for name, profile in shelf.found.items() if name not in shadowed),
        tuple(_("A device profile is left out. {problem}.").format(problem=each.rstrip(".")) for each in problems),
    )
