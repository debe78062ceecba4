# SPDX-License-Identifier: MIT
"""The clinic's own texts: the folder that was chosen for them, and what can be used of what lies there."""

from pathlib import Path

from app.guide.language import menu_language
from app.settings import SettingsFile
from app.words import own_wording
from resources.words import gettext as _
from resources.words import ngettext
from ui.settings.seam import Texts

_PARTS = ("wording", "cues")


def texts_folder(folder: Path, chosen: str | None = None) -> Path:
    """Give the folder of the own texts: the chosen one while it is there, else the data folder.

    Parameters
    ----------
    folder : Path
        The data folder.
    chosen : str or None
        What was chosen; None asks the settings.
    """
    place = SettingsFile(folder).load().texts_folder if chosen is None else chosen
    return Path(place) if place and Path(place).is_dir() else folder


def texts_in(folder: Path, chosen: str, language: str) -> Texts:
    """Look through a folder of own texts.

    Parameters
    ----------
    folder : Path
        The data folder.
    chosen : str
        The folder to look through; empty for the data folder.
    language : str
        Code of the language that is spoken.
    """
    from app.guide.menu import read_menu  # the start of the program needs nothing of it

    place = Path(chosen) if chosen else folder
    if not any((place / part).is_dir() for part in _PARTS):
        words = _("There is no folder “wording” and no folder “cues” in {folder}; make one of them first.")
        return Texts(problem=words.format(folder=place))
    own = own_wording(place, language)
    _menu, menu_problem = read_menu(place, menu_language(language))
    problems = [*own.problems, *([] if menu_problem is None else [str(menu_problem)])]
    return Texts(is_there=True, said=_said(place, len(own.words), language), problem=" ".join(problems))


def _said(place: Path, count: int, language: str) -> str:
    sentences = ngettext("{n} sentence of your own.", "{n} sentences of your own.", count).format(n=count)
    has_cues = (place / "cues" / f"{menu_language(language)}.toml").exists()
    return " ".join(filter(None, (sentences if count else "", _("Own cues.") if has_cues else "")))
