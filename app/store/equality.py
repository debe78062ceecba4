# SPDX-License-Identifier: MIT
"""Whether a session's items, put through the one path again, give the numbers that were stored.

In the environment that made them they are equal to the last bit, and so is the hash. In another one (numpy, scipy, the
processor's instructions) they lie within 1e-9 of each other, and what is no number (verdicts, zones) is equal.
What another version of the scorer made, or was not recorded as a whole, is said and not judged.
"""

import math
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import get_args

from app.digest import Digest, Hashed, hashed_in
from app.merge import merge_items
from app.session import Sink, run_session
from app.store.contents import SessionContents
from app.store.stored_session import RECORDING_SOURCE
from app.versions import version_texts
from dsp.codes import Reason
from dsp.stream import Frame, Gap, Item

TOLERANCE = 1e-9
"""How far numbers may be apart, of their size or, below 1, absolutely (architecture.md, session store)."""

_ENVIRONMENT = ("python", "numpy", "scipy", "cpu")


class Outcome(StrEnum):
    """Which of the two equalities held, or why none can be asked for."""

    EQUAL = "equal"  # to the last bit
    WITHIN_TOLERANCE = "within_tolerance"  # another environment: within 1e-9, verdicts and zones equal
    DIFFERENT = "different"
    OTHER_SCORER = "other_scorer"  # another version of the formula made the stored numbers
    INCOMPLETE = "incomplete"  # a part was not recorded, or cannot be read any more


@dataclass(frozen=True, slots=True)
class Equality:
    """What a replay came to.

    Parameters
    ----------
    outcome : Outcome
        Which equality held.
    stored_sha256, new_sha256 : str
        The hash of the stored values and of the ones made now.
    is_same_environment : bool
        Whether what made them is the same to the last version.
    largest_difference : float
        How far numbers are apart at most, as `TOLERANCE` measures it; infinity where something else differs.
    """

    outcome: Outcome
    stored_sha256: str
    new_sha256: str
    is_same_environment: bool
    largest_difference: float


async def replay_stored(
    contents: SessionContents, sinks: Sequence[Sink] = (), items: AsyncIterator[Item] | None = None
) -> Equality:
    """Put a stored session through the one path again and compare.

    Parameters
    ----------
    contents : SessionContents
        The session.
    sinks : sequence of Sink
        Each gets every frame.
    items : async iterator of Item or None
        Its items, where they are held back to their time.
    """
    from dsp.pipeline import Pipeline

    comparison, pipeline = _Comparison(contents), Pipeline(tuple(contents.head.codes))
    await run_session(items or merge_items(contents.items()), pipeline, [comparison, *sinks])
    return comparison.result()


def difference(this: object, that: object) -> float:
    """Tell how far two values are apart: numbers of their size, infinity for anything else that is not equal."""
    if is_dataclass(this) and type(this) is type(that):
        pairs = ((getattr(this, field.name), getattr(that, field.name)) for field in fields(this))
        return max((difference(one, other) for one, other in pairs), default=0.0)
    if isinstance(this, tuple) and isinstance(that, tuple) and len(this) == len(that):
        return max(map(difference, this, that), default=0.0)
    if isinstance(this, float) and isinstance(that, float):
        return _apart(this, that)
    return 0.0 if type(this) is type(that) and this == that else math.inf


def _apart(this: float, that: float) -> float:
    if this == that or (math.isnan(this) and math.isnan(that)):
        return 0.0
    apart = abs(this - that) / max(1.0, abs(this), abs(that))
    return apart if math.isfinite(apart) else math.inf


class _Comparison:
    """A sink that holds what is made against what is stored, value by value of each type and person."""

    def __init__(self, contents: SessionContents) -> None:
        self._head = contents.head
        self._stored = self._hashed(contents)
        self._stored_digest, self._new_digest = Digest(), Digest()
        self._waiting: dict[tuple[str, str], deque[Hashed]] = {}  # stored values, read ahead of the new ones
        self._largest = 0.0
        self._is_incomplete = contents.head.lost_s > 0

    def put(self, frame: Frame) -> None:
        self._new_digest.put(frame)
        for value in hashed_in(frame):
            stored = self._counterpart((type(value).__name__, value.person))
            self._largest = max(self._largest, difference(value, stored))

    def result(self) -> Equality:
        for value in self._stored:
            self._waiting.setdefault((type(value).__name__, value.person), deque()).append(value)
        if any(self._waiting.values()):
            self._largest = math.inf
        stored, new = self._head.sha256 or self._stored_digest.hexdigest(), self._new_digest.hexdigest()
        is_same = _is_same_environment(self._head.versions)
        return Equality(self._outcome(stored == new, is_same), stored, new, is_same, self._largest)

    def _outcome(self, is_equal: bool, is_same_environment: bool) -> Outcome:
        if self._is_incomplete:
            return Outcome.INCOMPLETE
        if self._head.versions.get("scorer") != version_texts()["scorer"]:
            return Outcome.OTHER_SCORER
        if is_equal and self._largest == 0.0:
            return Outcome.EQUAL
        is_near = self._largest <= TOLERANCE and not is_same_environment
        return Outcome.WITHIN_TOLERANCE if is_near else Outcome.DIFFERENT

    def _counterpart(self, key: tuple[str, str]) -> Hashed | None:
        """Give the next stored value of a type and person; None where there is none left."""
        waiting = self._waiting.setdefault(key, deque())
        while not waiting:
            value = next(self._stored, None)
            if value is None:
                return None
            self._waiting.setdefault((type(value).__name__, value.person), deque()).append(value)
        return waiting.popleft()

    def _hashed(self, contents: SessionContents) -> Iterator[Hashed]:
        for value in contents.values():
            if isinstance(value, get_args(Hashed)):
                if isinstance(value, Gap) and _is_of(value, Reason.NOT_RECORDED, Reason.RECORD_DAMAGED):
                    self._is_incomplete = True
                self._stored_digest.add(value)
                yield value


def _is_of(gap: Gap, *reasons: Reason) -> bool:
    return gap.source == RECORDING_SOURCE and gap.reason in reasons


def _is_same_environment(versions: Mapping[str, str]) -> bool:
    now = version_texts()
    return all(versions.get(name) == now[name] for name in _ENVIRONMENT)
