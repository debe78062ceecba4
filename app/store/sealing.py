# SPDX-License-Identifier: MIT
"""Seals small things under a key: AES-256-GCM, bound to what they are for; keys for one purpose from another key.

Law: what was sealed for one purpose never opens for another.

References
----------
NIST SP 800-38D (GCM), RFC 5869 (HKDF).
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_NONCE_BYTES = 12  # SP 800-38D; random, so at most 2**32 seals a key


class SealError(Exception):
    """It does not open: another key, another purpose, or it was changed."""


def new_key() -> bytes:
    """Make a random key of 32 bytes."""
    return secrets.token_bytes(_KEY_BYTES)


def seal(key: bytes, content: bytes, purpose: str) -> bytes:
    """Seal a content; the purpose is bound to it and not kept in it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, purpose.encode())


def unseal(key: bytes, sealed: bytes, purpose: str) -> bytes:
    """Open what `seal` made.

    Raises
    ------
    SealError
        When the key or the purpose is another one, or a bit was changed.
    """
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise SealError from error


def key_for(key: bytes, purpose: str) -> bytes:
    """Derive the key of one purpose from a key that is random."""
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=b"attune " + purpose.encode()).derive(key)
