# SPDX-License-Identifier: MIT
"""The upright axis of a trend: it starts around the first values and from then on only widens, in whole steps."""

from dataclasses import dataclass

import numpy as np

from dsp.stream import FloatArray

_MARGIN = 0.1  # of the range, kept free above and below
_MOST_STEPS = 3  # between labels
_LEAST_FILL = 0.5  # of an axis that follows its values


@dataclass(frozen=True, slots=True)
class Scale:
    """An upright axis from `low` to `high`, both whole multiples of `step`."""

    low: float
    high: float
    step: float

    @classmethod
    def around(cls, values: FloatArray, *, step: float, least: float) -> "Scale":
        """Make an axis of at least this range with these values (one or more) in its middle."""
        low, high = float(values.min()), float(values.max())
        spare = max(least - (high - low), 0.0) / 2
        return cls(low - spare, high + spare, step).rounded()

    def widened(self, values: FloatArray) -> "Scale":
        """Give the axis that holds these values (one or more) too."""
        low, high = min(self.low, float(values.min())), max(self.high, float(values.max()))
        return Scale(low, high, self.step).rounded()

    def fitted(self, values: FloatArray, *, step: float, least: float) -> "Scale":
        """Give an axis on which these values (one or more) are legible: this one while they are in it and fill half.

        For raw signals, whose level wanders and whose rare spikes would otherwise flatten the rest for good.
        """
        low, high = float(values.min()), float(values.max())
        wide = self if self.low <= low and high <= self.high else self.widened(values)
        needed = max(high - low, least) + 2 * step  # out to whole steps
        is_loose = high - low < (wide.high - wide.low) * _LEAST_FILL and wide.high - wide.low > needed
        return Scale.around(values, step=step, least=least) if is_loose else wide

    def rounded(self) -> "Scale":
        """Give the axis out to the next whole steps."""
        low, high = np.floor(self.low / self.step) * self.step, np.ceil(self.high / self.step) * self.step
        return Scale(float(low), float(high), self.step)

    def with_margin(self) -> tuple[float, float]:
        """Give what the plot spans: the axis and a margin above and below."""
        margin = (self.high - self.low) * _MARGIN
        return self.low - margin, self.high + margin

    def labels(self) -> list[float]:
        """Give two to four values to write beside it."""
        every = self.step * max(np.ceil((self.high - self.low) / self.step / _MOST_STEPS), 1)
        first = np.ceil(self.low / every) * every
        return [float(value) for value in np.arange(first, self.high + self.step / 2, every)]

    def heights(self, values: FloatArray, height: float) -> FloatArray:
        """Give the places of values in a plot of this height, from its top; beyond the axis is at its border."""
        bottom, top = self.with_margin()
        return (top - np.clip(values, self.low, self.high)) * (height / (top - bottom))
