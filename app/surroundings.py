# SPDX-License-Identifier: MIT
"""What the settings screen tells of this computer: places, free space, languages, the clinic's own wording."""

import shutil
from gettext import ngettext
from pathlib import Path

from app.words import languages, own_wording, wording_file
from ui.settings.seam import Surroundings


def surroundings(folder: Path, language: str) -> Surroundings:
    """Tell where Attune is.

    Parameters
    ----------
    folder : Path
        The data folder.
    language : str
        Code of the language that is spoken.
    """
    return Surroundings(
        data_folder=str(folder),
        profiles_folder=str(folder / "devices"),
        cues_file=str(folder / "cues" / f"{language}.toml"),
        wording_file=str(wording_file(folder, language)),
        wording=_wording(folder, language),
        languages=languages(),
        free_bytes=lambda: _free(folder),
    )


def _wording(folder: Path, language: str) -> str:
    own = own_wording(folder, language)
    if own.problems:
        return " ".join(own.problems)
    count = len(own.words)
    words = ngettext("{n} sentence of your own", "{n} sentences of your own", count)
    return words.format(n=count) if count else ""


def _free(folder: Path) -> int | None:
    """Give the free space where the data lies, or will lie."""
    place = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return None
