# SPDX-License-Identifier: MIT
"""Text from outside (names of devices and files) made safe to show.

Law (promises.md 23, 24): control, bidirectional and invisible characters are gone, at most 64 characters remain, and
the work does not grow with a hostile length.
"""

import unicodedata

_LONGEST = 64
_LOOKED_AT = 4 * _LONGEST  # of a hostile name only the beginning is ever read


def plain(text: str) -> str:
    """Strip what steers or hides: control, format, bidi, surrogate and private characters; breaks become spaces."""
    spaced = ("\n" if c == "\n" else " " if unicodedata.category(c) in {"Zl", "Zp"} or c in "\t\r" else c for c in text)
    return "".join(c for c in spaced if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})


def safe_text(text: str) -> str:
    """Give a foreign text as one short line of plain characters."""
    line = " ".join(plain(text[:_LOOKED_AT]).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
