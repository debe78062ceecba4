# SPDX-License-Identifier: MIT
"""Which of the streams that answer is the one to read, above all when its sender went away and something like it came.

Law: another one's signals are never taken for the ones that were lost. A stream is the same again if it is the same
outlet, if it has the same type, name and source id (which is to be unique), or if it has the same type and name, comes
from the same machine, and was opened there after the lost one was last heard (pylsl's own source ids change with every
start). Where several would do, none is taken; before anything was read, that is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dsp.codes import Reason
from sensors.lsl.facts import StreamFacts
from sensors.lsl.search import Found, Query
from sensors.source import SensorError

_NAMED = 4  # addresses in a sentence


@dataclass(frozen=True, slots=True)
class Taken:
    """The stream that was read: what it says, and when it was last heard, on its sender's clock."""

    facts: StreamFacts
    heard_at: float

    def is_again(self, facts: StreamFacts) -> bool:
        """Tell whether this is the same stream, opened again."""
        mine = self.facts
        if facts.uid == mine.uid or (mine.source_id and facts.key == mine.key):
            return True
        is_alike = (facts.type, facts.name, facts.hostname) == (mine.type, mine.name, mine.hostname)
        return is_alike and facts.created_at > self.heard_at


def pick(fitting: Sequence[Found], taken: Taken | None) -> Found | None:
    """Choose among streams that fit the query.

    Parameters
    ----------
    fitting : sequence of Found
        With their facts.
    taken : Taken or None
        What was read before; None: nothing yet.

    Raises
    ------
    SensorError
        `SEVERAL_STREAMS`, with the address of each, when nothing was read before and more than one fits.
    """
    if taken is None:
        if len(fitting) > 1:
            raise SensorError(Reason.SEVERAL_STREAMS, _several(fitting))
        return fitting[0] if fitting else None
    again = [found for found in fitting if found.facts is not None and taken.is_again(found.facts)]
    same = [found for found in again if found.uid == taken.facts.uid]
    if same or len(again) == 1:
        return (same or again)[0]
    return None


def _several(fitting: Sequence[Found]) -> str:
    """Name the streams, where they can be told apart."""
    addresses = sorted({f"lsl:{Query.of(found.facts.key).text}" for found in fitting if found.facts is not None})
    if len(addresses) == 1:
        return f"{len(fitting)} streams answer to {addresses[0]}; give each a name or a source id of its own"
    named = " and ".join(addresses[:_NAMED]) + (" and others" if len(addresses) > _NAMED else "")
    return f"several streams answer to this: {named}; choose one of these addresses"
