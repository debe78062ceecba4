# SPDX-License-Identifier: MIT
"""The one door to the translated sentences: terminal and screens look them up here.

The standard library's `gettext` asks the disk for the catalogue at every sentence: 40 us, some thousand times a minute
on a screen. Law: the sentence is the one that the standard library gives, and the disk is asked once a catalogue; a
number in it is written with the decimal mark of its language.
"""

import gettext as library
import os
from dataclasses import dataclass
from functools import lru_cache

_POINT = "."
_MARKS = (_POINT, ",", "\N{ARABIC DECIMAL SEPARATOR}")


def gettext(message: str) -> str:
    """Give a sentence in the language that is bound; the sentence itself where there is none."""
    said = _bound()
    return said.dress(said.catalogue.gettext(message))


def ngettext(singular: str, plural: str, n: int) -> str:
    """Give the sentence that fits the number, in the language that is bound."""
    said = _bound()
    return said.dress(said.catalogue.ngettext(singular, plural, n))


def number(value: float, form: str) -> str:
    """Write a number by itself, as the language does; `form` as in a format string: `.1f`."""
    return _bound().dress(f"{{value:{form}}}").format(value=value)


def bind(domain: str, place: str, language: str) -> None:
    """Let every sentence from now on come from this catalogue.

    Parameters
    ----------
    domain : str
        The name of the catalogue's files.
    place : str
        The folder of the catalogues.
    language : str
        The code of the language.
    """
    os.environ["LANGUAGE"] = language  # what gettext looks at first; Qt too
    library.bindtextdomain(domain, place)
    library.textdomain(domain)
    _catalogue.cache_clear()


@dataclass(frozen=True, slots=True)
class _Said:
    """A catalogue, and the decimal mark of its language."""

    catalogue: library.NullTranslations
    mark: str

    def dress(self, sentence: str) -> str:
        """Let a sentence write its numbers as the language does."""
        return sentence if self.mark == _POINT else _Sentence(sentence)


class _Sentence(str):
    """A sentence whose numbers are written with the decimal mark of the language that is bound."""

    __slots__ = ()

    def format(self, *parts: object, **named: object) -> str:
        """Fill in what its placeholders name."""
        return super().format(*map(_written, parts), **{name: _written(part) for name, part in named.items()})


class _Number(float):
    """A number that is written with the decimal mark of the language that is bound."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return super().__format__(form).replace(_POINT, _bound().mark)


def _written(part: object) -> object:
    return _Number(part) if isinstance(part, float) else part


def _bound() -> _Said:
    """Give the catalogue of now; what is bound by the standard library's own hand counts as well."""
    domain = library.textdomain()
    return _catalogue(domain, library.bindtextdomain(domain), os.environ.get("LANGUAGE", ""))


@lru_cache(maxsize=8)
def _catalogue(domain: str, place: str, _language: str) -> _Said:
    """Read a catalogue; gettext itself takes the language from the environment."""
    catalogue = library.translation(domain, place, fallback=True)
    # L10n: the decimal mark: 6.5 or 6,5
    mark = catalogue.gettext(".")
    return _Said(catalogue, mark if mark in _MARKS else _POINT)
