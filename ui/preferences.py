# SPDX-License-Identifier: MIT
"""What a person chose about the screens; the application keeps it, the screens only read it and make a new one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices that outlast a session.

    Parameters
    ----------
    theme : str
        `system`, `dark` or `light`.
    breaths_per_min, inhale, exhale : float
        The pacer's rate, and the weights of its breath.
    text_scale : float
        Size of all text against the usual one.
    reduced_motion : bool
        Whether nothing moves that need not.
    connect_hint_seen : bool
        Whether the page about wearing the strap is skipped.
    looks_for_streams : bool
        Whether the connect screen asks the network for LSL streams.
    labels : tuple of (str, str)
        The label that is printed on a sensor, by its address; the newest comes last.
    """

    theme: str = "system"
    breaths_per_min: float = 6.0
    inhale: float = 4.0
    exhale: float = 6.0
    text_scale: float = 1.0
    reduced_motion: bool = False
    connect_hint_seen: bool = False
    looks_for_streams: bool = False
    labels: tuple[tuple[str, str], ...] = ()
