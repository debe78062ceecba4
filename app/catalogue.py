# SPDX-License-Identifier: MIT
"""Catalogues of words: read, checked, laid over one another, written as the standard library's gettext reads them.

Law: what is shown has the placeholders that the program fills, no more and no fewer; an entry without is left out, and
its sentence stays in English.

Notes
-----
- The form is GNU gettext's `.mo`, little endian, sorted by id, without its optional table of hashes.
"""

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter

Words = Mapping[str, str]
"""Sentences by their English ones; of those that count, the forms stand behind each other, parted by NUL."""

_MAGIC = 0x950412DE
_HEAD = struct.Struct("<7I")
_PAIR = struct.Struct("<2I")


def read_catalogue(path: Path) -> Words:
    """Read a `.mo` file; its header is the entry with an empty id.

    Raises
    ------
    ValueError
        When it is not such a file, or its text is not UTF-8.
    OSError
        When it cannot be read.
    """
    data = path.read_bytes()
    try:
        magic, _version, count, ids_at, words_at, _hashes, _hashes_at = _HEAD.unpack_from(data)
        if magic != _MAGIC:
            raise ValueError(f"a catalogue must begin with {_MAGIC:#x}, not {magic:#x}")
        return {_text(data, ids_at, index): _text(data, words_at, index) for index in range(count)}
    except struct.error as error:
        raise ValueError(f"a catalogue must be whole: {error}") from error


def write_catalogue(path: Path, words: Words) -> None:
    """Write a `.mo` file, and the folders above it."""
    pairs = sorted((key.encode(), text.encode()) for key, text in words.items())
    start = _HEAD.size + 2 * _PAIR.size * len(pairs)
    tables: list[bytes] = []
    body = b""
    for texts in ([key for key, _text in pairs], [text for _key, text in pairs]):
        for text in texts:
            tables.append(_PAIR.pack(len(text), start + len(body)))
            body += text + b"\0"
    head = _HEAD.pack(_MAGIC, 0, len(pairs), _HEAD.size, _HEAD.size + _PAIR.size * len(pairs), 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + b"".join(tables) + body)


def spoiled(words: Words) -> Iterable[str]:
    """Give the ids of entries whose placeholders are not those of their ids."""
    for key, text in words.items():
        if key and not all(
            has_same_placeholders(key.split("\0")[0].split("\4")[-1], form) for form in text.split("\0")
        ):
            yield key


def has_same_placeholders(sentence: str, translation: str) -> bool:
    """Tell whether a translation has the placeholders of its sentence, in any order."""
    wanted, found = placeholders(sentence), placeholders(translation)
    return wanted is None or wanted == found


def placeholders(sentence: str) -> frozenset[tuple[str, str]] | None:
    """Give the named placeholders of a sentence, each with its format; None where it is not one to be filled."""
    try:
        return frozenset(
            (name, form or "") for _text, name, form, _as in Formatter().parse(sentence) if name is not None
        )
    except ValueError:
        return None


def _text(data: bytes, table_at: int, index: int) -> str:
    length, at = _PAIR.unpack_from(data, table_at + index * _PAIR.size)
    if at + length > len(data):
        raise ValueError(f"a catalogue must be whole: text {index} reaches beyond its end")
    return data[at : at + length].decode()
