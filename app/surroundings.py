# SPDX-License-Identifier: MIT
"""What the settings screen tells of this computer: places, free space, languages, the clinic's own texts."""

import shutil
from pathlib import Path

from app.texts import texts_in
from app.words import languages
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
        language=language,
        languages=languages(),
        free_bytes=lambda: _free(folder),
        texts_in=lambda chosen: texts_in(folder, chosen, language),
    )


def _free(folder: Path) -> int | None:
    """Give the free space where the data lies, or will lie."""
    place = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return None
