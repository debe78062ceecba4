# SPDX-License-Identifier: MIT
"""What goes wrong with the synthetic person's sensors, as data."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of trouble: `start_s` after the person's begin, for `duration_s` (above 0); it costs whole seconds."""

    start_s: float
    duration_s: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start_s) and math.isfinite(self.duration_s) and self.duration_s > 0):
            raise ValueError(f"a span must be finite and longer than 0 s, not {self}")

    def touches(self, start_s: float, end_s: float) -> bool:
        """Tell whether any of the span lies within these seconds."""
        return self.start_s < end_s and start_s < self.start_s + self.duration_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What goes wrong; by default nothing.

    Parameters
    ----------
    ectopic_per_min, missed_per_min, extra_per_min : float
        How often a beat comes early (with the pause after it), goes unseen, or one is seen that is none; each 0 to 20.
    dropouts : tuple of Span
        The link is lost and returns.
    contact_lost : tuple of Span
        The strap leaves the skin: it goes on sending, without beats; its ECG is noise.
    motion : tuple of Span
        The body moves: bursts of acceleration, and noise in ECG and breath.
    """

    ectopic_per_min: float = 0.0
    missed_per_min: float = 0.0
    extra_per_min: float = 0.0
    dropouts: tuple[Span, ...] = ()
    contact_lost: tuple[Span, ...] = ()
    motion: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        for name in ("ectopic_per_min", "missed_per_min", "extra_per_min"):
            value = getattr(self, name)
            if not 0 <= value <= 20:
                raise ValueError(f"{name} must be 0 to 20, not {value}")


def any_touches(spans: tuple[Span, ...], start_s: float, end_s: float) -> bool:
    """Tell whether one of the spans lies within these seconds."""
    return any(span.touches(start_s, end_s) for span in spans)
