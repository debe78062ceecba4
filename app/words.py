# SPDX-License-Identifier: MIT
"""Binds the catalogue of words, once at start: terminal and screens share it."""

import gettext
from pathlib import Path

import resources

_DOMAIN = "attune"


def bind_words() -> None:
    """Let every sentence that goes through gettext come from `resources/locale`, in the user's language."""
    gettext.bindtextdomain(_DOMAIN, str(Path(resources.__file__ or ".").parent / "locale"))
    gettext.textdomain(_DOMAIN)
