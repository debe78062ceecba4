# SPDX-License-Identifier: MIT
"""Which RR intervals count: a verdict on every beat, one beat behind.

A beat is provisional when it arrives and is judged when the next one is there, by the interim rule: an interval
counts when it lies within 30 % of the median of itself, the two before it and the one after it. An interval that does
not count is kept and named; nothing is replaced.

Law: cutting the input otherwise never changes the beats; no input raises; times of beats rise strictly.

Notes
-----
- Intervals that cannot be a heartbeat's at all (not a number, below 100 ms, above 10 s) are no neighbours either.
- The first interval after a gap may reach back into it. It does not count, is no neighbour, and nothing before the gap
  is a neighbour of what comes after.
- A beat whose time does not lie after the one before it is dropped: a packet that came twice.
"""

import math
from collections import deque
from dataclasses import replace
from statistics import median

from dsp.codes import Modality, Reason, Verdict
from dsp.stream import CLIENT, Beat, Chunk, Gap, Item

_NN_MS = (300.0, 2000.0)  # 200 to 30 bpm: what can count
_HEARTBEAT_MS = (100.0, 10_000.0)  # beyond these it says nothing of the beats around it, not even that one was missed
_SPREAD = 0.30  # interim rule: share of the median that an interval may differ by
_PAIR_SPREAD = 0.15  # an early beat and its pause together take two medians, give or take this share
_CLOCK_REASONS = (Reason.CLOCK_JUMP, Reason.SUSPENDED)  # these stop every source, whoever tells of them


class RrVerdicts:
    """Turn one person's RR chunks and gaps into beats; other items pass unheard.

    Parameters
    ----------
    person : str
        Whose beats they are.
    """

    delay_s = 2.0  # a verdict waits for the next beat: at 30 bpm this long

    def __init__(self, person: str = CLIENT) -> None:
        self._person = person
        self._source: str | None = None
        self._last_t = -math.inf
        self._pending: Beat | None = None
        self._before: deque[float] = deque(maxlen=2)
        self._after_gap = False
        self._pause_due = False  # the beat before was the early one of an early-late pair

    def update(self, item: Item) -> tuple[Beat, ...]:
        """Give the beats that an item settles and begins, in order of time."""
        if isinstance(item, Gap):
            return self._close(item.end_s) if self._concerns(item) else ()
        if not isinstance(item, Chunk) or item.modality is not Modality.RR:
            return ()
        self._source = item.source
        beats: list[Beat] = []
        for t, rr_ms in zip(item.t.tolist(), item.values.tolist(), strict=True):
            if self._last_t < t < math.inf:
                beats += self._settle(t, rr_ms)
                self._last_t = t
                self._pending = Beat(t, rr_ms, Verdict.PROVISIONAL, detected_t=t, person=self._person)
                beats.append(self._pending)
        return tuple(beats)

    def _concerns(self, gap: Gap) -> bool:
        is_ours = self._source in (None, gap.source) or gap.reason in _CLOCK_REASONS
        return is_ours and gap.modality in (None, Modality.RR)

    def _close(self, t: float) -> tuple[Beat, ...]:
        """Settle the pending beat without the next one; what comes now follows nothing."""
        settled = self._settle(max(self._last_t, t), None)
        self._before.clear()
        self._after_gap = True
        self._pause_due = False
        return settled

    def _settle(self, confirmed_t: float, after_ms: float | None) -> tuple[Beat, ...]:
        beat, self._pending = self._pending, None
        if beat is None:
            return ()
        verdict = self._judge(beat.rr_ms, after_ms)
        nn_ms = beat.rr_ms if verdict is Verdict.NORMAL else None
        return (replace(beat, verdict=verdict, nn_ms=nn_ms, confirmed_t=confirmed_t),)

    def _judge(self, rr_ms: float, after_ms: float | None) -> Verdict:
        pause_due, self._pause_due = self._pause_due, False
        if not _is_heartbeat(rr_ms):
            return Verdict.IMPLAUSIBLE
        if self._after_gap:
            self._after_gap = False
            return Verdict.AFTER_GAP
        after = [after_ms] if after_ms is not None and _is_heartbeat(after_ms) else []
        median_ms = median([*self._before, rr_ms, *after])
        self._before.append(rr_ms)
        if abs(rr_ms - median_ms) <= _SPREAD * median_ms:
            return Verdict.NORMAL if _NN_MS[0] <= rr_ms <= _NN_MS[1] else Verdict.IMPLAUSIBLE
        if rr_ms > median_ms:
            return Verdict.ECTOPIC if pause_due else Verdict.MISSED
        self._pause_due = any(abs(rr_ms + ms - 2 * median_ms) <= _PAIR_SPREAD * 2 * median_ms for ms in after)
        return Verdict.ECTOPIC if self._pause_due else Verdict.EXTRA


def _is_heartbeat(rr_ms: float) -> bool:
    return _HEARTBEAT_MS[0] <= rr_ms <= _HEARTBEAT_MS[1]
