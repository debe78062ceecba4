# SPDX-License-Identifier: MIT
"""What the settings say of the computer: places, languages and own texts, told by the application."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """What a folder holds of a clinic's own texts: whether any, what can be used, and what is wrong, in sentences."""

    is_there: bool = False
    said: str = ""
    problem: str = ""


def _nothing_free() -> int | None:
    return None


def _no_texts(_folder: str) -> Texts:
    return Texts()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where Attune is.

    Parameters
    ----------
    data_folder, profiles_folder : str
        Places of what is stored, and of own sensor profiles.
    language : str
        Code of the language that is spoken.
    languages : tuple of (str, str)
        Those that there are: code, and the name that its speakers give it.
    free_bytes : callable
        Gives the free space where the data lies; None where nobody can tell.
    texts_in : callable
        Looks through a folder for own wording and own cues; an empty path is the data folder.
    """

    data_folder: str = ""
    profiles_folder: str = ""
    language: str = "en"
    languages: tuple[tuple[str, str], ...] = (("en", "English"),)
    free_bytes: Callable[[], int | None] = _nothing_free
    texts_in: Callable[[str], Texts] = _no_texts
