# SPDX-License-Identifier: MIT
"""Foreign text in a cell of a table: nothing in it that a spreadsheet would run, and all of it read back.

Law: `text_of(cell_of(text)) == text` for every text; a cell begins with no character that makes a formula, and holds
no control character.

References
----------
OWASP ASVS 4.0.3, 1.2.10 (5.2.x in earlier ones) and its page on CSV injection.
"""

import re

_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20"  # their full-width forms too: some spreadsheets read them as the plain ones
_SHIELD = "'"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\\\\]")
_ESCAPE = re.compile(r"\\(\\|u[0-9a-f]{4})")


def cell_of(text: str) -> str:
    r"""Write a text as a cell: control characters and `\` as `\uXXXX`, and `'` before what would run."""
    shown = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _SHIELD + shown if shown.lstrip()[:1] in (*_FORMULA, _SHIELD) and shown.strip() else shown


def text_of(cell: str) -> str:
    """Read such a cell."""
    shown = cell[1:] if cell.startswith(_SHIELD) else cell
    return _ESCAPE.sub(lambda found: "\\" if found[1] == "\\" else chr(int(found[1][1:], 16)), shown)
