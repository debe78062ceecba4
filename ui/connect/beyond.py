# SPDX-License-Identifier: MIT
"""The quiet words about what is near and has no row: streams that cannot be used, and more than there is room for."""

from collections import Counter
from collections.abc import Iterable

from dsp.codes import Reason, SourceState
from dsp.stream import Status
from resources.words import gettext as _
from resources.words import ngettext
from ui.words import advice_on

_MOST_UNUSED = 256  # as many streams as a search looks at
_LONGEST = 512  # of an address
_REFUSALS = {Reason.NOT_A_SENSOR, Reason.STREAM_UNKNOWN}


def is_refusal(status: Status) -> bool:
    """Tell whether a search says of a stream that it cannot be used."""
    is_stream = status.source.partition(":")[0] == "lsl"
    return is_stream and status.state is SourceState.FAILED and status.reason in _REFUSALS


def set_aside(unused: dict[str, Reason], status: Status) -> None:
    """Keep that a stream cannot be used, and why."""
    if status.reason is not None and len(unused) < _MOST_UNUSED:
        unused[status.source[:_LONGEST]] = status.reason


def beyond_words(more: int, unused: Iterable[Reason]) -> str:
    """Say how many have no row, and why.

    Parameters
    ----------
    more : int
        How many were seen beyond the list's end.
    unused : iterable of Reason
        Why each stream that cannot be used is refused.
    """
    parts = [_("And {n} more.").format(n=more)] if more else []
    for reason, n in sorted(Counter(unused).items()):
        words = ngettext("{n} stream is not used: {sentence}", "{n} streams are not used: {sentence}", n)
        parts.append(words.format(n=n, sentence=advice_on(reason).sentence))
    return " ".join(parts)
