# SPDX-License-Identifier: MIT
"""A language that nobody speaks: every sentence marked, accented and longer, its placeholders as they were."""

import re

_ACCENTED = str.maketrans("aeiouAEIOUnc", "áéíóúÁÉÍÓÚñç")
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
MARK = "·"


def pseudo(sentence: str, *, longer_by: float = 0.3) -> str:
    """Give a sentence that shows whether it went through the catalogue, and needs room as a long language does."""
    parts = _PLACEHOLDER.split(sentence)
    accented = "".join(part if _PLACEHOLDER.fullmatch(part) else part.translate(_ACCENTED) for part in parts)
    words = max(round(len(sentence) * longer_by / 4), 1)
    return f"{MARK}{accented}{' ~~~' * words if ' ' in sentence else '~' * words}{MARK}"
