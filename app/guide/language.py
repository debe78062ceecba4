# SPDX-License-Identifier: MIT
"""The language of what may be offered: that of the sentences around it, where there is a menu in it."""

from pathlib import Path

import resources
from app.words import spoken_language

_USUAL = "en"


def menu_language(spoken: str = "") -> str:
    """Give the language that is spoken, where a menu ships in it; English where there is none.

    Parameters
    ----------
    spoken : str
        The code of a language; empty for the one that is spoken.
    """
    language = spoken or spoken_language()
    is_shipped = (Path(resources.__file__ or ".").parent / "cues" / f"{language}.toml").exists()
    return language if is_shipped else _USUAL
