# SPDX-License-Identifier: MIT
"""One SHA-256 over what a session made: equal exactly when every number is.

Law: it depends on the joined values of each type and person alone (Beat, Features, ArousalState, Cue, Gap, Marker,
Resonance), to the last bit of each float; not on the chunks that they came from, nor on the borders of frames, nor on
how the types and persons lay between one another, nor on what the source was called (a file that moved is the same
recording), nor on fields that a later version added, as long as they have their default.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache

from dsp.finding import Resonance
from dsp.stream import ArousalState, Beat, Cue, Features, Frame, Gap, Marker

Hashed = Beat | Features | ArousalState | Cue | Gap | Marker | Resonance
"""What the hash is over."""


class Digest:
    """A sink that hashes what the frames carry, in constant memory."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], hashlib._Hash] = {}

    def put(self, frame: Frame) -> None:
        """Add a frame's values, each to the hash of its type and person."""
        for value in hashed_in(frame):
            self.add(value)

    def add(self, value: Hashed) -> None:
        """Add one value to the hash of its type and person."""
        key = (type(value).__name__, value.person)
        self._parts.setdefault(key, hashlib.sha256()).update(canonical(value).encode())

    def hexdigest(self, persons: Collection[str] | None = None) -> str:
        """Give the hash of all so far, or of these persons' values alone, 64 hexadecimal digits."""
        whole = hashlib.sha256()
        for (kind, person), part in sorted(self._parts.items()):
            if persons is None or person in persons:
                whole.update(canonical((kind, person, part.hexdigest())).encode())
        return whole.hexdigest()


def hashed_in(frame: Frame) -> Iterator[Hashed]:
    """Give the values of a frame that the hash is over."""
    yield from frame.beats
    yield from frame.features
    yield from frame.states
    yield from frame.cues
    yield from frame.gaps
    yield from frame.markers
    yield from frame.resonances


def canonical(value: object) -> str:
    """Write a value of the vocabulary so that two texts are equal exactly when the values are.

    Raises
    ------
    TypeError
        For a type that the vocabulary does not have: nothing is hashed by a text that may change.
    """
    if value is None or isinstance(value, bool | int):
        return repr(value)
    if isinstance(value, float):
        return value.hex()
    if isinstance(value, str):  # codes are texts too
        return repr(str(value))
    if isinstance(value, tuple):
        return f"({','.join(map(canonical, value))})"
    kind: type = type(value)
    texts = {name: canonical(getattr(value, name)) for name in _defaults(kind) if name != "source"}
    told = (f"{name}={text}" for name, text in texts.items() if text != _defaults(kind)[name])
    return f"{kind.__name__}({','.join(told)})"


@cache
def _defaults(kind: type) -> Mapping[str, str | None]:
    """Give the text of each field's default, None where it has none."""
    return {field.name: None if field.default is MISSING else canonical(field.default) for field in fields(kind)}
