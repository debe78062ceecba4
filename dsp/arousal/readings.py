# SPDX-License-Identifier: MIT
"""One second of the channels: a value in the channel's own unit, how far it is to be trusted, and why not."""

from dataclasses import dataclass

from dsp.codes import Channel, Reason

CLEAR = 0.6  # the least quality of a channel that may carry an estimate


@dataclass(frozen=True, slots=True)
class Reading:
    """A channel at one second.

    Parameters
    ----------
    channel : Channel
        Which one.
    x : float
        Its value in its own unit; means nothing where the quality is 0.
    quality : float
        0 to 1: how much the channel counts.
    signal : float
        0 to 1: how clear the signal is that it is made of; more than the quality while a reference is still short.
    why : Reason or None
        Why the signal is not clear.
    """

    channel: Channel
    x: float
    quality: float
    signal: float
    why: Reason | None = None

    @property
    def is_clear(self) -> bool:
        """Tell whether it may carry an estimate."""
        return self.quality >= CLEAR


def absent(channel: Channel, why: Reason | None) -> Reading:
    """Give a channel that says nothing."""
    return Reading(channel, 0.0, 0.0, 0.0, why)


@dataclass(frozen=True, slots=True)
class Readings:
    """All channels at one second; `shown_h` is the heart's over the shorter window that is drawn at once."""

    t: float
    channels: tuple[Reading, ...]
    shown_h: Reading

    def why(self) -> Reason | None:
        """Give the first channel's reason for not being clear."""
        return next((reading.why for reading in self.channels if reading.why is not None), None)
