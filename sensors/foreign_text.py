# SPDX-License-Identifier: MIT
"""Text that a stranger's device sends, made safe to show.

Law: at most 64 characters come out, none of them a control or a bidirectional mark, and the cost does not grow with
what was sent.
"""

import unicodedata

_LONGEST = 64
_LOOKED_AT = 4 * _LONGEST


def clean_text(raw: str, *, most: int = _LONGEST) -> str:
    """Give the text without control, format and line-separating characters, at most 64 characters long (or `most`)."""
    kept = (" " if c.isspace() else c for c in raw[:_LOOKED_AT] if c.isspace() or not _is_hidden(c))
    return " ".join("".join(kept).split())[:most].rstrip()


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character).startswith("C")  # control, format (bidirectional too), surrogate, unassigned
