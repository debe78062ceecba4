# SPDX-License-Identifier: MIT
"""Binds the catalogue of words, once at start: terminal and screens share it.

Law: a broken entry stays in English; a clinic's own wording lies over every language; no catalogue at all is English.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from locale import windows_locale
from pathlib import Path

import resources
from app.catalogue import Words, read_catalogue, spoiled, write_catalogue
from app.own_wording import OwnWording, read_own_wording
from resources.words import bind

_DOMAIN = "attune"
_ENGLISH = "en"
_NAMES = (("en", "English"), ("es", "Español"))
"""Each language by the name that its speakers give it; never translated."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What the words are bound to: the language, and what became of the clinic's own wording."""

    language: str
    own: OwnWording


def own_wording(folder: Path, language: str, catalogues: Path | None = None) -> OwnWording:
    """Read the clinic's own wording of a language; every sentence that the English catalogue has can be reworded."""
    known = _read(_path(catalogues or shipped(), _ENGLISH))
    return read_own_wording(wording_file(folder, language), known)


def wording_file(folder: Path, language: str) -> Path:
    """Give the place of the clinic's own wording of a language."""
    return folder / "wording" / f"{language}.toml"


def languages() -> tuple[tuple[str, str], ...]:
    """Give the languages that Attune speaks, each as code and name."""
    return tuple((code, name) for code, name in _NAMES if _path(shipped(), code).exists())


def shipped() -> Path:
    """Give the folder of the catalogues that come with Attune."""
    return Path(resources.__file__ or ".").parent / "locale"


def bind_words(folder: Path, chosen: str = "", *, catalogues: Path | None = None, texts: Path | None = None) -> Bound:
    """Let every sentence that goes through gettext come from the catalogue of a language.

    Parameters
    ----------
    folder : Path
        The data folder; what was laid over goes there.
    chosen : str
        The code of the language; empty asks the system.
    catalogues : Path, optional
        Where the catalogues are, if not those that come with Attune.
    texts : Path, optional
        The folder with the clinic's own `wording/LANGUAGE.toml`, if not the data folder.
    """
    base = catalogues or shipped()
    language = _spoken(chosen or system_language(), base)
    words = _read(_path(base, language))
    broken = set(spoiled(words))
    own = own_wording(texts or folder, language, base)
    place = base if words else base / "none"  # a damaged one would be read again by gettext, and stop the program
    if broken or own.words:
        sound = {key: text for key, text in words.items() if key not in broken}
        place = _laid_over(folder, language, {**sound, **own.words}) or base
    bind(_DOMAIN, str(place), language)
    return Bound(language, own)


def spoken_language() -> str:
    """Give the code of the language that is spoken: the nearest one that there is to what was bound or chosen."""
    return _spoken(system_language(), shipped())


def system_language(environ: Mapping[str, str] = os.environ) -> str:
    """Give the code of the system's language, such as `es_MX`; English where it says nothing."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = environ.get(name, "").split(":")[0].split(".")[0].split("@")[0]
        if code and code not in ("C", "POSIX"):
            return code
    if sys.platform == "win32":
        import ctypes

        return windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), _ENGLISH)
    return _ENGLISH


def _spoken(code: str, base: Path) -> str:
    """Give the nearest language that there is: `es` for `es_MX`, English for one that nobody wrote down yet."""
    return next((one for one in (code, code.split("_", maxsplit=1)[0]) if _path(base, one).exists()), _ENGLISH)


def _read(path: Path) -> Words:
    try:
        return read_catalogue(path)
    except (OSError, ValueError):
        return {}


def _laid_over(folder: Path, language: str, words: Words) -> Path | None:
    """Write what holds into the data folder; None where nothing can be written there."""
    place = folder / "locale"
    try:
        write_catalogue(_path(place, language), words)
    except OSError:
        return None
    return place


def _path(base: Path, language: str) -> Path:
    return base / language / "LC_MESSAGES" / f"{_DOMAIN}.mo"
