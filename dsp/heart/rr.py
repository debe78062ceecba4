# SPDX-License-Identifier: MIT
"""Which RR intervals count: a verdict on every beat, one beat behind.

A beat is provisional when it arrives and is judged when the next one is there (`dsp/heart/verdicts.py`). Raw and
corrected are both kept: `rr_ms` is the interval as it came, whatever the verdict, and `nn_ms` is the interval where it
counts and None where it does not. Nothing is put in its place: an interpolated interval would be a made-up difference
in every number of variability.

Law: cutting the input otherwise never changes the beats; no input raises; times of beats rise strictly. A verdict that
was given is never sent again.

Notes
-----
- Intervals that cannot be a heartbeat's at all (not a number, below 100 ms, above 10 s) are no neighbours either.
- The first interval after a gap may reach back into it. It does not count, is no neighbour, and no interval before the
  gap is a neighbour of what comes after; how much the person's intervals differ stays known.
- What would count but lies outside 30 to 200 bpm is implausible.
- A beat whose time does not lie after the one before it is dropped: a packet that came twice.
"""

import math

from dsp.codes import Modality, Reason, Verdict
from dsp.heart.verdicts import Judge
from dsp.stream import CLIENT, Beat, Chunk, Gap, Item

_NN_MS = (300.0, 2000.0)  # 200 to 30 bpm: what can count
_HEARTBEAT_MS = (100.0, 10_000.0)  # beyond these it says nothing of the beats around it, not even that one was missed
_CLOCK_REASONS = (Reason.CLOCK_JUMP, Reason.SUSPENDED)  # these stop every source, whoever tells of them


class RrVerdicts:
    """Turn one device's RR chunks and gaps into beats; other items pass unheard.

    Parameters
    ----------
    person : str
        Whose beats they are.
    origin : Modality
        What the intervals are made of: RR as a device sends them, or ECG or PPG.
    source : str or None
        Whose gaps count; None: those of the device that the intervals come from.
    """

    delay_s = 2.0  # a verdict waits for the next beat: at 30 bpm this long

    def __init__(self, person: str = CLIENT, origin: Modality = Modality.RR, source: str | None = None) -> None:
        self._person = person
        self._origin = origin
        self._source = source
        self._last_t = -math.inf
        self._pending: Beat | None = None
        self._judge = Judge()
        self._after_gap = False

    def update(self, item: Item) -> tuple[Beat, ...]:
        """Give the beats that an item settles and begins, in order of time."""
        if isinstance(item, Gap):
            return self.close(item.end_s) if self.concerns(item) else ()
        if not isinstance(item, Chunk) or item.modality is not Modality.RR:
            return ()
        self._source = item.source
        pairs = zip(item.t.tolist(), item.values.tolist(), strict=True)
        return tuple(beat for t, rr_ms in pairs for beat in self.take(t, rr_ms, t))

    def take(self, t: float, rr_ms: float, detected_t: float) -> tuple[Beat, ...]:
        """Take the next interval: it ends at `t`, and the newest sample that it took to see it came at `detected_t`."""
        if not self._last_t < t < math.inf:
            return ()
        settled = self._settle(detected_t, rr_ms)
        self._last_t = t
        self._pending = Beat(t, rr_ms, Verdict.PROVISIONAL, detected_t, self._person, origin=self._origin)
        return *settled, self._pending

    def concerns(self, gap: Gap) -> bool:
        """Tell whether a gap is one in these intervals."""
        is_ours = self._source in (None, gap.source) or gap.reason in _CLOCK_REASONS
        return is_ours and gap.modality in (None, self._origin)

    def close(self, t: float) -> tuple[Beat, ...]:
        """Settle the pending beat without the next one, at `t`; what comes now follows nothing."""
        settled = self._settle(max(self._last_t, t), None)
        self._judge.restart()
        self._after_gap = True
        return settled

    def _settle(self, confirmed_t: float, after_ms: float | None) -> tuple[Beat, ...]:
        beat, self._pending = self._pending, None
        if beat is None:
            return ()
        verdict = self._verdict(beat.rr_ms, after_ms)
        nn_ms = beat.rr_ms if verdict is Verdict.NORMAL else None
        known = beat.t, beat.rr_ms, verdict, beat.detected_t, beat.person, nn_ms, confirmed_t, beat.origin
        return (Beat(*known),)  # in a third of the time that `replace` takes

    def _verdict(self, rr_ms: float, after_ms: float | None) -> Verdict:
        if not _is_heartbeat(rr_ms):
            self._judge.interrupt()
            return Verdict.IMPLAUSIBLE
        if self._after_gap:
            self._after_gap = False
            return Verdict.AFTER_GAP
        is_known = after_ms is not None and _is_heartbeat(after_ms)
        verdict = self._judge.judge(rr_ms, after_ms if is_known else None)
        is_possible = verdict is not Verdict.NORMAL or _NN_MS[0] <= rr_ms <= _NN_MS[1]
        return verdict if is_possible else Verdict.IMPLAUSIBLE


def _is_heartbeat(rr_ms: float) -> bool:
    return _HEARTBEAT_MS[0] <= rr_ms <= _HEARTBEAT_MS[1]
