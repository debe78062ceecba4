# SPDX-License-Identifier: MIT
"""Which of the streams that answer is the one to read, above all when its sender went away and something like it came.

Law: another one's signals are never taken for the ones that were lost. A stream is the same again if it is the same
outlet, if it has the same type, name and source id (which is to be unique), or if it has the same type and name, comes
from the same machine, and was opened there after the lost one was last heard (pylsl's own source ids change with every
start). Where several would do, none is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sensors.lsl.facts import StreamFacts
from sensors.lsl.search import Found


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
        What was read before; None: the first one is taken, always the same of several.
    """
    if taken is None:
        return min(fitting, key=_order, default=None)
    again = [found for found in fitting if found.facts is not None and taken.is_again(found.facts)]
    same = [found for found in again if found.uid == taken.facts.uid]
    if same or len(again) == 1:
        return (same or again)[0]
    return None


def _order(found: Found) -> tuple[str, str]:
    return ("" if found.facts is None else found.facts.source_id, found.uid)
