# SPDX-License-Identifier: MIT
"""Checks that Attune's five packages are its own: their names are common, and another `app` could stand before ours."""

from importlib.util import find_spec
from pathlib import Path

from app.errors import AppError, Fault
from resources.words import gettext as _

_PACKAGES = ("app", "dsp", "resources", "sensors", "ui")


def check_packages(packages: tuple[str, ...] = _PACKAGES) -> None:
    """Check that all packages stand in one folder.

    Raises
    ------
    AppError
        When one is missing or stands elsewhere.
    """
    places = {name: _folder_of(name) for name in packages}
    if None not in places.values() and len(set(places.values())) == 1:
        return
    found = ", ".join(f"{name}: {place or _('missing')}" for name, place in places.items())
    raise AppError(
        Fault.PACKAGES_APART,
        _("another program's package stands in the way ({found}): install Attune in an environment of its own.").format(
            found=found
        ),
    )


def _folder_of(package: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))).resolve().parent
