# SPDX-License-Identifier: MIT
"""A source's address as people write it, taken apart: which source, with which options, and whose it is.

`ble:ADDRESS?port=A3@partner`: what stands before `?` is the source that statuses and items name.
"""

import re
from dataclasses import dataclass

from dsp.stream import CLIENT

_PERSON = re.compile(r"@([A-Za-z0-9][A-Za-z0-9_-]{0,31})$")  # a code, so that a path with an @ stays a path
_OPTIONS = re.compile(r"\?([a-z]+=[A-Za-z0-9]+(?:&[a-z]+=[A-Za-z0-9]+)*)$")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says.

    Parameters
    ----------
    kind, rest : str
        What stands before the first colon, and behind it.
    person : str
        Whose the source is.
    options : tuple of (str, str)
        How it is to be read, in the order given.
    """

    kind: str
    rest: str
    person: str = CLIENT
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, text: str) -> "Address":
        """Take a text apart; any text is an address, of a known kind or not."""
        owner = _PERSON.search(text)
        text = text[: owner.start()] if owner else text
        kind, _colon, rest = text.partition(":")
        said = _OPTIONS.search(rest) if kind == "ble" else None  # a path or a stream's name may hold a question mark
        options = tuple(_pair(option) for option in said[1].split("&")) if said else ()
        return cls(kind, rest[: said.start()] if said else rest, owner[1] if owner else CLIENT, options)

    @property
    def source(self) -> str:
        """The source alone, without options and person."""
        return f"{self.kind}:{self.rest}" if self.rest else self.kind

    @property
    def tail(self) -> str:
        """The options as they stand behind the source; empty without any."""
        return "?" + "&".join(f"{name}={value}" for name, value in self.options) if self.options else ""


def _pair(option: str) -> tuple[str, str]:
    name, _equals, value = option.partition("=")
    return name, value
