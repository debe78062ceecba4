# SPDX-License-Identifier: MIT
"""What an interval is, judged with one beat of look-ahead: normal, ectopic, missed or extra.

After Lipponen & Tarvainen: each kind of spoiled beat leaves its own pattern in the differences of successive
intervals, and how large a difference must be is told by the person's own trailing differences. The patterns, of an
interval x and the one after it against the reference R, the last normal interval:

- extra: x and the next together make one R. Both are flagged: a beat seen in between cuts an interval in two.
- ectopic: one of x and the next is too short, the other too long, against R or the mean of the last three normal
  intervals. Both are flagged: a beat that came early with its pause, or that was placed too early or too late
  (long-short). Also an early beat without a pause, flagged alone.
- missed: x is nearly as long as R and the next together, or much longer than R.
- lone: x lies far from R and from the next on the same side, without a partner; it is flagged as ectopic.

Whatever goes up and down as breathing does, step by step or with a jump that the next interval bears out, has none of
these patterns and stays normal. Nor is an interval early that goes on as the two normal ones before it went, and no
further: many hearts quicken in steps while a breath is drawn in, and slow down at once where it turns.

Law: the verdict depends on the intervals up to the next one alone; the state is bounded.

Notes
-----
Deviations from the paper, all for the sake of causality and of large respiratory variation:

- Thresholds trail (91 beats back) instead of lying around the beat. With Q, the third quartile of the absolute
  differences, the threshold is the larger of 4 % of R + 0.6 Q and 1.4 Q, where the paper has 5.2 quartile deviations:
  a very steady heart has a deviation of nothing. While fewer than 30 differences are known the threshold is drawn
  towards 15 % of R.
- One interval of look-ahead instead of two, so patterns are tested in the intervals themselves, not by areas in the
  plane of successive differences.
- A misplaced beat has no verdict of its own: like an early beat it moves one border between two intervals.
- Three successive intervals within 15 % of each other are a new reference, wherever they lie. A verdict that was given
  is not taken back, so the first of the three stays flagged; the second is judged when the third is there, and is
  normal.

References
----------
Lipponen & Tarvainen (2019), doi 10.1080/03091902.2019.1640306.
"""

from collections import deque

from dsp.codes import Verdict
from dsp.heart.spread import Spread

_FLOOR = 0.04  # of the reference: smaller differences are nobody's artifact
_STEADY, _RESTLESS = 0.6, 1.4  # third quartiles: added to the floor, or alone where that is more (tuned)
_CEILING = 0.25  # of the reference: beyond it anything stands out, however restless the heart
_UNKNOWN = 0.15  # of the reference: the threshold before any difference is known
_LEARNT = 30  # differences, from which on the person's own count alone
_COUNTED_UP_TO = 0.30  # of the reference: a larger difference counts as this much in the spread
_FAR_SHORT, _FAR_LONG = 0.30, 0.90  # of the reference: so far off it counts only if the ones around it agree
_LONG, _TWO = 0.5, 0.8  # of the reference, and of it with the next: an interval that may be two in one
_AGREEING = 0.15  # of their median: three successive intervals within this are a new reference
_EXTRA = 0.15  # of the reference: how nearly two parts make up one interval
_PAIR = (1.0 / 3.0, 3.0)  # a pair's one deviation in terms of its other
_LEVEL = 3  # normal intervals whose mean a pair may lie around, where the last alone is off
_LONE_SHORT, _LONE_LONG = 2.0, 3.0  # thresholds for an interval that the next does not make up for
_BORNE_OUT = 1.0 / 3.0  # of a long interval's excess: a next one with more of it bears the jump out
_SECOND = 0.75  # thresholds for the second of a pair, whose first is known


class Judge:
    """Give verdicts on successive intervals that can be a heartbeat's."""

    def __init__(self) -> None:
        self._spread = Spread()
        self._reference_ms: float | None = None
        self._level_ms: deque[float] = deque(maxlen=_LEVEL)
        self._previous_ms: float | None = None
        self._due = Verdict.NORMAL  # what the second of a pair will be,
        self._due_sign = 0  # if it is longer (1) or shorter (-1) than the reference

    def restart(self) -> None:
        """Forget the intervals, for what comes next does not follow them; the person's spread stays known."""
        self._reference_ms = None
        self._level_ms.clear()
        self.interrupt()

    def interrupt(self) -> None:
        """Pass over an interval that tells nothing: neither it nor a pair across it is compared."""
        self._previous_ms = None
        self._due = Verdict.NORMAL

    def judge(self, rr_ms: float, after_ms: float | None) -> Verdict:
        """Give the verdict on an interval.

        Parameters
        ----------
        rr_ms : float
            The interval, 100 to 10 000 ms.
        after_ms : float or None
            The one after it, None where there is none that can be a heartbeat's.

        Returns
        -------
        Verdict
            NORMAL, ECTOPIC, MISSED or EXTRA.
        """
        next_ms = rr_ms if after_ms is None else after_ms  # nothing known bears a lone interval out as well as itself
        reference_ms = self._reference_ms or next_ms
        threshold_ms = self._threshold(reference_ms)
        due, self._due = self._due, Verdict.NORMAL
        if _agree(self._previous_ms or rr_ms, rr_ms, next_ms):
            verdict = Verdict.NORMAL
        elif self._is_second(due, rr_ms - reference_ms, threshold_ms):
            verdict = due
        elif rr_ms < reference_ms:
            verdict = self._judge_short(rr_ms, next_ms, reference_ms, threshold_ms)
        else:
            verdict = self._judge_long(rr_ms, next_ms, reference_ms, threshold_ms)
        self._remember(rr_ms, reference_ms, verdict)
        return verdict

    def _threshold(self, reference_ms: float) -> float:
        quartile_ms = self._spread.third_quartile()
        own = max(_FLOOR * reference_ms + _STEADY * quartile_ms, _RESTLESS * quartile_ms)
        own = min(own, _CEILING * reference_ms)
        unknown = max(1.0 - len(self._spread) / _LEARNT, 0.0)
        return own + unknown * max(_UNKNOWN * reference_ms - own, 0.0)

    def _is_second(self, due: Verdict, above_ms: float, threshold_ms: float) -> bool:
        return due is not Verdict.NORMAL and above_ms * self._due_sign > _SECOND * threshold_ms

    def _judge_short(self, rr_ms: float, next_ms: float, reference_ms: float, threshold_ms: float) -> Verdict:
        below, next_above = reference_ms - rr_ms, next_ms - reference_ms
        if abs(rr_ms + next_ms - reference_ms) <= _EXTRA * reference_ms:
            return self._expect(Verdict.EXTRA, -1)
        if self._goes_on(rr_ms):
            stands_out = False
        elif self._is_pair(rr_ms, next_ms, reference_ms):
            stands_out = (below + next_above) / 2.0 > threshold_ms
        else:
            stands_out = next_above < below and min(below, next_ms - rr_ms) > _LONE_SHORT * threshold_ms
        if stands_out or below > _FAR_SHORT * reference_ms:
            return self._expect(Verdict.ECTOPIC, 1)
        return Verdict.NORMAL

    def _judge_long(self, rr_ms: float, next_ms: float, reference_ms: float, threshold_ms: float) -> Verdict:
        above, next_below = rr_ms - reference_ms, reference_ms - next_ms
        is_two = above > _LONG * reference_ms and rr_ms > _TWO * (reference_ms + next_ms)
        if is_two or above > _FAR_LONG * reference_ms:
            return Verdict.MISSED
        if self._is_pair(rr_ms, next_ms, reference_ms):
            if (above + next_below) / 2.0 > threshold_ms:
                return self._expect(Verdict.ECTOPIC, -1)
        elif -_BORNE_OUT * above < next_below < above and min(above, rr_ms - next_ms) > _LONE_LONG * threshold_ms:
            return Verdict.ECTOPIC
        return Verdict.NORMAL

    def _goes_on(self, rr_ms: float) -> bool:
        """Tell whether an interval goes on as the two normal ones right before it went, and no further."""
        if len(self._level_ms) < 2 or self._previous_ms != self._level_ms[-1]:
            return False
        before_ms, last_ms = list(self._level_ms)[-2:]
        step_ms = last_ms - before_ms
        return step_ms != 0.0 and 0.0 < (rr_ms - last_ms) / step_ms <= 1.0

    def _is_pair(self, rr_ms: float, next_ms: float, reference_ms: float) -> bool:
        level = sum(self._level_ms) / len(self._level_ms) if self._level_ms else reference_ms
        return _straddle(rr_ms, next_ms, reference_ms) or _straddle(rr_ms, next_ms, level)

    def _expect(self, verdict: Verdict, sign: int) -> Verdict:
        """Remember that this is the first of a pair."""
        self._due, self._due_sign = verdict, sign
        return verdict

    def _remember(self, rr_ms: float, reference_ms: float, verdict: Verdict) -> None:
        if self._previous_ms is not None:
            self._spread.add(min(abs(rr_ms - self._previous_ms), _COUNTED_UP_TO * reference_ms))
        self._previous_ms = rr_ms
        if verdict is Verdict.NORMAL:
            self._reference_ms = rr_ms
            self._level_ms.append(rr_ms)


def _straddle(rr_ms: float, next_ms: float, level_ms: float) -> bool:
    off, next_off = rr_ms - level_ms, level_ms - next_ms
    return off * next_off > 0 and _PAIR[0] <= next_off / off <= _PAIR[1]


def _agree(a: float, b: float, c: float) -> bool:
    low, middle, high = sorted((a, b, c))
    return high - low <= _AGREEING * middle
