# SPDX-License-Identifier: MIT
"""The printed recovery code: random, in groups that can be read and typed, with a check that finds a slip.

128 random bits need no slow derivation. The letters are Crockford's base 32: reading, O is 0, and I and L are 1.

References
----------
Crockford, D. Base 32. https://www.crockford.com/base32.html
"""

import hashlib
import re
import secrets

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_SECRET_BYTES = 16
_CHECK_BYTES = 4
_LENGTH = 32  # 160 bits in letters of 5
_GROUP = 4


def new_recovery_secret() -> bytes:
    """Make the 16 random bytes that a recovery code writes."""
    return secrets.token_bytes(_SECRET_BYTES)


def write_recovery_code(secret: bytes) -> str:
    """Write a secret of 16 bytes as eight groups of four letters, the last six letters of them the check."""
    number = int.from_bytes(secret + _check(secret))
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def looks_like_recovery_code(text: str) -> bool:
    """Tell whether a text was meant as a recovery code: 32 of its letters, whatever the check says."""
    return len(_bare(text)) == _LENGTH and all(letter in _LETTERS for letter in _bare(text))


def read_recovery_code(text: str) -> bytes:
    """Read a code as it was typed: small letters, spaces and missing dashes do not matter.

    Raises
    ------
    ValueError
        When it is no recovery code, or one with a slip in it.
    """
    if not looks_like_recovery_code(text):
        raise ValueError(f"a recovery code must have {_LENGTH} letters and digits, not {len(_bare(text))}")
    number = 0
    for letter in _bare(text):
        number = number << 5 | _LETTERS.index(letter)
    content = number.to_bytes(_SECRET_BYTES + _CHECK_BYTES)
    secret, check = content[:_SECRET_BYTES], content[_SECRET_BYTES:]
    if check != _check(secret):
        raise ValueError("a recovery code must fit its own check: one letter is another one")
    return secret


def _bare(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper().translate(_READ_AS)


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"attune recovery" + secret).digest()[:_CHECK_BYTES]
