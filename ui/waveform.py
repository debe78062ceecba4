# SPDX-License-Identifier: MIT
"""The newest seconds of one raw signal, ready to be drawn: samples, holes, and how far behind now it flows evenly.

Packets come up to a second apart and hold what happened since the last one. A strip that always showed the newest
sample would jump with every packet; so it is drawn as far behind now as the longest packet lasts, and flows.

Law: no sample is made up; what is missing is a hole. Of two devices that send the same signal the first is shown until
it has been silent for a while.
"""

from collections import deque
from statistics import median

import numpy as np

from dsp.codes import Modality, Reason
from dsp.ring import Ring, RingView
from dsp.stream import CLIENT, Chunk, FloatArray, Frame, Gap

HOLE_STEPS = 2.5
"""A longer step between two samples, in usual steps, is a hole."""

_SPARE_S = 3.0  # held beyond the span: the drawing is behind by up to 2 s
_STEPS_LOOKED_AT = 32  # the newest ones tell the usual one
_SLACK_S = 0.1  # for a packet to travel through the mailbox
_MOST_LAG_S = 2.0
_SILENT_S = 2.0  # after what was due did not come, as everywhere on the screens (ui/heart.py)
_OTHER_DEVICE_S = 5.0


class Waveform:
    """One signal of one person.

    Parameters
    ----------
    modality : Modality
        Which signal; one number a sample.
    span_s : float
        How many seconds are shown.
    most : int
        How many samples of the span are told apart; a faster signal is thinned to the least and the greatest of a few
        samples, so that nothing that sticks out is lost.
    person : str
        Whose it is.
    """

    def __init__(self, modality: Modality, span_s: float, *, most: int = 6000, person: str = CLIENT) -> None:
        self._modality = modality
        self._person = person
        self.span_s = span_s
        self._least_step_s = span_s / most
        self._capacity = round(most * (1.0 + _SPARE_S / span_s)) + 2
        self.clear()

    def clear(self) -> None:
        """Forget everything: another session begins."""
        self._ring = Ring(self._capacity)
        self._source = ""
        self._is_cut = False
        self._holes: deque[tuple[float, float]] = deque()
        self._steps: deque[float] = deque(maxlen=_STEPS_LOOKED_AT)
        self._step_s = 0.0
        self.newest_t: float | None = None
        self.lag_s = 0.0

    @property
    def rate_hz(self) -> float | None:
        """Samples a second; None until they can be counted."""
        return 1.0 / self._step_s if self._step_s else None

    @property
    def step_s(self) -> float:
        """The usual step between two samples that are held, 0 until there are three."""
        return max(self._step_s, self._least_step_s) if self._step_s else 0.0

    def take(self, frame: Frame) -> None:
        """Add what a frame brings of this signal."""
        for gap in frame.gaps:
            self._note(gap)
        item = frame.item
        if isinstance(item, Chunk) and item.modality is self._modality and item.person == self._person:
            self._add(item)

    def between(self, after_s: float, until_s: float) -> RingView:
        """Give the samples with `after_s` < t <= `until_s`."""
        return self._ring.between(after_s, until_s)

    def value_at(self, t: float) -> float | None:
        """Give the value at a time, between its samples; None where none is held."""
        view = self._ring.between(t - 2.0 * self.step_s, t + 2.0 * self.step_s)
        return float(np.interp(t, view.t, view.values)) if len(view.t) else None

    def holes(self, after_s: float, until_s: float) -> list[tuple[float, float]]:
        """Give the holes, as (last sample before, first after), that touch these times."""
        return [(start, end) for start, end in self._holes if end > after_s and start < until_s]

    def is_silent(self, now: float) -> bool:
        """Whether what was due at `now` has not come for a while."""
        return self.newest_t is not None and now - self.newest_t >= self.lag_s + _SILENT_S

    def _note(self, gap: Gap) -> None:
        is_ours = gap.person == self._person and gap.modality in (None, self._modality)
        is_here = gap.source == self._source or gap.reason is Reason.SCREEN_BEHIND
        self._is_cut = self._is_cut or (is_ours and is_here)

    def _add(self, chunk: Chunk) -> None:
        newest = -np.inf if self.newest_t is None else self.newest_t
        if chunk.source != self._source and chunk.arrival < newest + _OTHER_DEVICE_S:
            return
        is_new = np.isfinite(chunk.values) & np.isfinite(chunk.t) & (chunk.t > newest)
        t, values = chunk.t[is_new], chunk.values[is_new]
        if not len(t):
            return
        self._source = chunk.source
        self.lag_s = max(self.lag_s, min(chunk.arrival - float(t[0]) + _SLACK_S, _MOST_LAG_S))
        self._find_holes(t)
        self._ring.append(*self._thinned(t, values))
        self.newest_t = float(t[-1])

    def _find_holes(self, t: FloatArray) -> None:
        """Note where samples are missing, up to these new ones."""
        t = t if self.newest_t is None else np.concatenate([[self.newest_t], t])
        steps = t[1:] - t[:-1]
        self._steps.extend(steps[-_STEPS_LOOKED_AT:].tolist())
        self._step_s = median(self._steps) if self._steps else 0.0  # of few: numpy's takes ten times as long
        is_hole = steps > HOLE_STEPS * self._step_s
        if self._is_cut and self.newest_t is not None:
            is_hole[0] = True
        self._is_cut = False
        self._holes += [(float(t[k]), float(t[k + 1])) for k in is_hole.nonzero()[0].tolist()]
        while self._holes and self._holes[0][1] < t[-1] - self.span_s - _SPARE_S:
            self._holes.popleft()

    def _thinned(self, t: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Keep the least and the greatest of as many samples as cannot be told apart."""
        together = int(2.0 * self._least_step_s / self._step_s) if self._step_s else 0
        if together <= 2:
            return t, values
        bins = [(start, values[start : start + together]) for start in range(0, len(t), together)]
        kept = sorted({start + int(pick(part)) for start, part in bins for pick in (np.argmin, np.argmax)})
        return t[kept], values[kept]
