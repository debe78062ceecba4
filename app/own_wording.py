# SPDX-License-Identifier: MIT
"""A clinic's own wording: a file of sentences that lies over the catalogue of a language.

Law: an entry that cannot be used is left out, with a sentence that says which and why; the others hold.

Notes
-----
- `wording/LANGUAGE.toml` in the data folder, each line the English sentence and the clinic's own:
  `"Too slow for me" = "A little quicker, please"`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.catalogue import Words, has_same_placeholders
from resources.words import gettext as _
from sensors.foreign_text import clean_text

_LONGEST = 240  # characters of one entry
_LONGEST_SHOWN = 60
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class OwnWording:
    """What can be used of the file, and a sentence for each entry that cannot."""

    words: Words = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_own_wording(path: Path, known: Words) -> OwnWording:
    """Read a clinic's own wording.

    Parameters
    ----------
    path : Path
        The file; it need not exist.
    known : Words
        Everything that the program says.
    """
    try:
        if not path.exists():
            return OwnWording()
        if path.stat().st_size > _MOST_BYTES:
            return OwnWording(problems=(_("{path} is larger than 1 MB and is left out.").format(path=path),))
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        words = _("{path} cannot be read and is left out: {error}")
        return OwnWording(problems=(words.format(path=path, error=clean_text(str(error), most=_LONGEST)),))
    return _checked(found, known)


def _checked(found: Mapping[str, object], known: Words) -> OwnWording:
    words: dict[str, str] = {}
    problems = []
    for sentence, own in found.items():
        problem = _fault(sentence, own, known)
        if problem:
            shown = clean_text(sentence, most=_LONGEST_SHOWN)
            problems.append(_("Own wording, “{sentence}”: {problem}").format(sentence=shown, problem=problem))
        else:
            words[sentence] = clean_text(str(own), most=_LONGEST)
    return OwnWording(words, tuple(problems))


def _fault(sentence: str, own: object, known: Words) -> str:
    """Say why an entry cannot be used; empty where it can."""
    if sentence not in known or not sentence:
        return _("there is no such sentence; it must be written exactly as it is in English.")
    if not isinstance(own, str) or not clean_text(own, most=_LONGEST):
        return _("what stands behind it must be words in quotation marks.")
    if len(own) > _LONGEST:
        return _("it must be at most {most} characters long.").format(most=_LONGEST)
    if not has_same_placeholders(sentence, own):
        return _("the words in braces must be the same in both.")
    return ""
