# SPDX-License-Identifier: MIT
"""What the settings say of the computer: places and languages, told by the application."""

from collections.abc import Callable
from dataclasses import dataclass


def _nothing_free() -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where Attune is.

    Parameters
    ----------
    data_folder, profiles_folder, cues_file, wording_file : str
        Places of what is stored, of own sensor profiles, own cues and own wording.
    wording : str
        What became of the own wording file, in a sentence; empty where there is none.
    languages : tuple of (str, str)
        Those that there are: code, and the name that its speakers give it.
    free_bytes : callable
        Gives the free space where the data lies; None where nobody can tell.
    """

    data_folder: str = ""
    profiles_folder: str = ""
    cues_file: str = ""
    wording_file: str = ""
    wording: str = ""
    languages: tuple[tuple[str, str], ...] = (("en", "English"),)
    free_bytes: Callable[[], int | None] = _nothing_free
