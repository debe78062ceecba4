# SPDX-License-Identifier: MIT
"""How far an export is: a share of the whole, told as the session's time goes by."""

from collections.abc import Callable

Progress = Callable[[float], None]
"""Takes the share that is done, 0 to 1; what it raises ends the export, which then leaves nothing behind."""

Told = Callable[[float], None]
"""Takes the session time that a pass over the session has reached."""


def untold(_reached: float) -> None:
    """Tell nobody."""


def part_of(progress: Progress, *, start_t: float, end_t: float, first: float, last: float) -> Told:
    """Make what tells of one pass over a session.

    Parameters
    ----------
    progress : callable
        Takes shares of the whole export.
    start_t, end_t : float
        The session's time at the pass's begin and end.
    first, last : float
        The shares at the pass's begin and end.
    """
    length_s = max(end_t - start_t, 1.0)

    def tell(t: float) -> None:
        progress(first + (last - first) * min(max((t - start_t) / length_s, 0.0), 1.0))

    return tell
