# SPDX-License-Identifier: MIT
"""The settings file: the choices of `ui.preferences`, as JSON with a version, in the data folder.

Law: a file that cannot be understood is told about and kept aside, and one that a newer version wrote is left alone;
neither is ever overwritten. JSON and dataclasses are enough for a flat list of choices: the standard library reads and
writes both, names the line of a fault, and costs nothing at start.
"""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, fields
from gettext import gettext as _
from pathlib import Path
from types import MappingProxyType

from ui.choices import MAX_RATE, MIN_RATE, TEXT_SCALES, THEMES
from ui.foreign import safe_text
from ui.preferences import Preferences

logger = logging.getLogger(__name__)

_VERSION = 1
_RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "breaths_per_min": (MIN_RATE, MAX_RATE),
        "inhale": (1.0, 10.0),
        "exhale": (1.0, 10.0),
        "text_scale": (min(TEXT_SCALES), max(TEXT_SCALES)),
    }
)


class SettingsFile:
    """The settings in one folder.

    Parameters
    ----------
    folder : Path
        The data folder; made when the settings are first saved.

    Attributes
    ----------
    problem : str
        What `load` found wrong, for the user; empty where all is well.
    """

    def __init__(self, folder: Path) -> None:
        self.problem = ""
        self._path = folder / "settings.json"
        self._may_write = True

    def load(self) -> Preferences:
        """Read the settings; the defaults where there are none that can be used."""
        try:
            return self._understand(self._path.read_bytes())
        except FileNotFoundError:
            pass
        except OSError as error:
            self._leave(_("The settings cannot be read ({why}).").format(why=error.strerror))
        except ValueError as error:
            self._keep_aside(str(error))
        return Preferences()

    def save(self, preferences: Preferences) -> None:
        """Write the settings so that a crash leaves the old file or the new one, never half of one."""
        if not self._may_write:
            return
        partial = self._path.with_suffix(".partial")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("w", encoding="utf-8") as file:
                json.dump({"version": _VERSION, **asdict(preferences)}, file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._path)
        except OSError as error:
            logger.warning("settings not saved: %s", error.strerror)

    def _understand(self, data: bytes) -> Preferences:
        found = _read_object(data)
        version = found.pop("version", None)
        if type(version) is not int or version < 1:
            raise ValueError(_must_be("version", _("a whole number from 1"), version))
        if version > _VERSION:
            self._leave(_("The settings were written by a newer version of Attune and are left as they are."))
            return Preferences()
        return _checked(found)

    def _leave(self, problem: str) -> None:
        """Say what is wrong and never write over the file."""
        self._may_write = False
        self.problem = problem + " " + _("The usual settings hold, and changes are not kept.")

    def _keep_aside(self, fault: str) -> None:
        aside = _unused_name(self._path)
        try:
            self._path.rename(aside)
        except OSError:
            self._leave(f"{self._path.name} {fault}.")
            return
        self.problem = _("{name} {fault}; it was kept as {aside} and the usual settings are used.").format(
            name=self._path.name, fault=fault, aside=aside.name
        )


def _read_object(data: bytes) -> dict[str, object]:
    """Read one JSON object; each fault goes on from the file's name."""
    try:
        found = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(_unreadable_in(1 + data.count(b"\n", 0, error.start))) from error
    except json.JSONDecodeError as error:
        raise ValueError(_unreadable_in(error.lineno)) from error
    except ValueError as error:  # Python reads no number of more than 4300 digits
        raise ValueError(_("holds a number that is too long")) from error
    except RecursionError as error:
        raise ValueError(_("is nested too deeply")) from error
    if not isinstance(found, dict):
        raise ValueError(_("must hold one object in braces"))
    return found


def _unreadable_in(line: int) -> str:
    return _("stops being readable in line {line}").format(line=line)


def _checked(found: Mapping[str, object]) -> Preferences:
    """Take each choice that the file names, and the usual one for the rest."""
    allowed = [field.name for field in fields(Preferences)]
    for name in found:
        if name not in allowed:
            raise ValueError(
                _("cannot be used: '{name}' is not a setting; there are {allowed}").format(
                    name=safe_text(name), allowed=", ".join(allowed)
                )
            )
    usual = Preferences()
    return Preferences(
        theme=_theme(found.get("theme", usual.theme)),
        breaths_per_min=_number("breaths_per_min", found.get("breaths_per_min", usual.breaths_per_min)),
        inhale=_number("inhale", found.get("inhale", usual.inhale)),
        exhale=_number("exhale", found.get("exhale", usual.exhale)),
        text_scale=_number("text_scale", found.get("text_scale", usual.text_scale)),
        reduced_motion=_switch("reduced_motion", found.get("reduced_motion", usual.reduced_motion)),
        connect_hint_seen=_switch("connect_hint_seen", found.get("connect_hint_seen", usual.connect_hint_seen)),
    )


def _theme(value: object) -> str:
    if not isinstance(value, str) or value not in THEMES:
        raise ValueError(_must_be("theme", ", ".join(THEMES), value))
    return value


def _number(name: str, value: object) -> float:
    least, most = _RANGES[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:  # NaN is not
        raise ValueError(_must_be(name, _("{least:g} to {most:g}").format(least=least, most=most), value))
    return float(value)


def _switch(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_must_be(name, _("true or false"), value))
    return value


def _must_be(name: str, allowed: str, value: object) -> str:
    words = _("cannot be used: '{name}' must be {allowed}, not {found}")
    return words.format(name=name, allowed=allowed, found=safe_text(json.dumps(value)))


def _unused_name(path: Path) -> Path:
    """Give a name beside `path` that nothing has yet."""
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    return aside
