# SPDX-License-Identifier: MIT
"""A small file of choices: one JSON object with a version.

Law: a file that cannot be understood is told about and kept aside, and one that a newer version wrote is left alone;
neither is ever overwritten. JSON and a check are enough for a flat list of choices: the standard library reads and
writes it, names the line of a fault, and costs nothing at start.
"""

import json
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from resources.words import gettext as _
from ui.foreign import safe_text

T = TypeVar("T")

logger = logging.getLogger(__name__)

_VERSION = 1


class JsonFile:
    """One file of choices.

    Parameters
    ----------
    path : Path
        Where it is; its folder is made when the choices are first saved.

    Attributes
    ----------
    problem : str
        What `load` found wrong, for the user; empty where all is well.
    """

    def __init__(self, path: Path) -> None:
        self.problem = ""
        self._path = path
        self._may_write = True

    def load(self, read: Callable[[Mapping[str, object]], T], usual: T) -> T:
        """Read the choices.

        Parameters
        ----------
        read : callable
            Makes them of what the object holds besides its version; raises `ValueError` with a sentence that goes on
            from the file's name.
        usual : object
            What holds where there is no file that can be used.
        """
        try:
            found = _read_object(self._path.read_bytes())
            return read(found) if self._is_known(found.pop("version", None)) else usual
        except FileNotFoundError:
            pass
        except OSError as error:
            self._leave(_("{name} cannot be read ({why}).").format(name=self._path.name, why=error.strerror))
        except ValueError as error:
            self._keep_aside(str(error))
        return usual

    def save(self, choices: Mapping[str, object]) -> None:
        """Write the choices so that a crash leaves the old file or the new one, never half of one."""
        if not self._may_write:
            return
        partial = self._path.with_suffix(".partial")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("w", encoding="utf-8") as file:
                json.dump({"version": _VERSION, **choices}, file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._path)
        except OSError as error:
            logger.warning("%s not saved: %s", self._path.name, error.strerror)

    def _is_known(self, version: object) -> bool:
        if type(version) is not int or version < 1:
            raise ValueError(must_be("version", _("a whole number from 1"), version))
        if version > _VERSION:
            words = _("{name} was written by a newer version of Attune and is left as it is.")
            self._leave(words.format(name=self._path.name))
        return version <= _VERSION

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


def must_be(name: str, allowed: str, value: object) -> str:
    """Say what a choice must be and is not, in a sentence that goes on from the file's name."""
    words = _("cannot be used: '{name}' must be {allowed}, not {found}")
    return words.format(name=name, allowed=allowed, found=safe_text(json.dumps(value)))


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


def _unused_name(path: Path) -> Path:
    """Give a name beside `path` that nothing has yet."""
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    return aside
