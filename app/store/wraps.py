# SPDX-License-Identifier: MIT
"""The wraps of the master key: each is one way to open the store, and belongs to one operator.

A key of the keyring or of a file and a recovery code are random and wrap at once; a passphrase is stretched first.

References
----------
RFC 9106 (Argon2), section 4: the second recommended choice, for where 64 MiB are what there is.
"""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from app.store.sealing import key_for, seal, unseal

_SALT_BYTES = 16
_MOST_MEMORY_KIB = 1 << 20  # a hostile file must not take all memory
_MOST_PASSES = 32
_MOST_LANES = 16


class WrapKind(StrEnum):
    """What opens a wrap."""

    KEYRING = "keyring"
    FILE = "file"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Stretch:
    """How long one guess at a passphrase takes: Argon2id with this memory, so many passes and lanes."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        fits = 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB and 1 <= self.passes <= _MOST_PASSES
        if not fits or not 1 <= self.lanes <= _MOST_LANES:
            raise ValueError(f"Argon2id must cost something, and no more than a computer has: not {self}")


@dataclass(frozen=True, slots=True)
class Wrap:
    """The master key, sealed for one way of opening.

    Parameters
    ----------
    kind : WrapKind
        What opens it.
    operator : str
        The code of whoever has it.
    sealed : bytes
        The master key.
    salt : bytes
        Of the passphrase; empty for what is random.
    stretch : Stretch
        Of the passphrase.
    """

    kind: WrapKind
    operator: str
    sealed: bytes
    salt: bytes = b""
    stretch: Stretch = Stretch()


def wrap(master: bytes, secret: bytes, kind: WrapKind, operator: str, stretch: Stretch) -> Wrap:
    """Wrap the master key so that `secret` opens it."""
    salt = secrets.token_bytes(_SALT_BYTES) if kind is WrapKind.PASSPHRASE else b""
    empty = Wrap(kind, operator, b"", salt, stretch)
    return Wrap(kind, operator, seal(_opener(empty, secret), master, _purpose(empty)), salt, stretch)


def unwrap(wrapped: Wrap, secret: bytes) -> bytes:
    """Open a wrap; SealError when the secret is another one."""
    return unseal(_opener(wrapped, secret), wrapped.sealed, _purpose(wrapped))


def passphrase_bytes(text: str) -> bytes:
    """Give the bytes of a passphrase, the same however the keyboard composed its letters; outer spaces do not count."""
    return normalize("NFKC", text.strip()).encode()


def write_wrap(wrapped: Wrap) -> Mapping[str, object]:
    """Write a wrap for the key file."""
    fields = {"kind": str(wrapped.kind), "operator": wrapped.operator, "sealed": b64encode(wrapped.sealed).decode()}
    if wrapped.kind is not WrapKind.PASSPHRASE:
        return fields
    cost = [wrapped.stretch.memory_kib, wrapped.stretch.passes, wrapped.stretch.lanes]
    return {**fields, "salt": b64encode(wrapped.salt).decode(), "argon2id": cost}


def read_wrap(fields: Mapping[str, object]) -> Wrap:
    """Read what `write_wrap` wrote; ValueError, KeyError or TypeError where it is something else."""
    kind, sealed = WrapKind(str(fields["kind"])), b64decode(str(fields["sealed"]), validate=True)
    if kind is not WrapKind.PASSPHRASE:
        return Wrap(kind, str(fields["operator"]), sealed)
    cost = fields["argon2id"]
    if not (isinstance(cost, list) and all(type(part) is int for part in cost)):
        raise ValueError(f"the cost of Argon2id must be three whole numbers, not {cost!r}")
    salt = b64decode(str(fields["salt"]), validate=True)
    return Wrap(kind, str(fields["operator"]), sealed, salt, Stretch(*cost))


def _opener(wrapped: Wrap, secret: bytes) -> bytes:
    if wrapped.kind is not WrapKind.PASSPHRASE:
        return key_for(secret, _purpose(wrapped))
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret,
        wrapped.salt,
        time_cost=wrapped.stretch.passes,
        memory_cost=wrapped.stretch.memory_kib,
        parallelism=wrapped.stretch.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _purpose(wrapped: Wrap) -> str:
    return f"wrap {wrapped.kind} {wrapped.operator}"
