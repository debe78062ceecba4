# SPDX-License-Identifier: MIT
"""Heart rate variability in the time domain, over the normal intervals that end in the last 60 s.

The window is defined by times and its sums are exact (`dsp/heart/sums.py`), so nothing drifts over a day and the
numbers are those of a batch over the same window.

Law: the measures at `t` depend on the beats confirmed until then, however they were cut.

Notes
-----
- A difference, and a pair of SD2, is made of two successive beats that are both normal; none bridges a flagged beat or
  a gap. So after a flagged beat there are fewer than N-1 of them, and pNN50 is a share of those that there are.
- A beat after a gap is not flagged (nothing is wrong with it) and does not count as an interval either.
- Below 20 NN, above 5 % flagged, or without a beat for 5 s there is no value. Nor is there where beats came too
  unevenly (`dsp/heart/unevenness.py`) at any time in the 60 s, unless RMSSD is the same without that place. So what
  uneven beats took away is back 60 s after the last of them at the latest.

References
----------
Task Force of the ESC and NASPE (1996), doi 10.1161/01.CIR.93.5.1043. SD1 and SD2: Brennan, Palaniswami, Kamen (2001),
doi 10.1109/10.959330, with sample standard deviations (ddof 1).
"""

import math
from collections import deque
from dataclasses import dataclass, replace

from dsp.codes import NoticeCode, Reason, Verdict
from dsp.heart.rate import STALE_AFTER_S
from dsp.heart.sums import BeatSums, WindowSums
from dsp.heart.unevenness import Known, Unevenness, is_borne_out
from dsp.stream import Beat, FloatArray, Measure, Notice

WINDOW_S = 60.0

_ACCEPTED_S = 30.0  # the clearness of the signal is told over this long
_FEWEST_NN = 20
_FEWEST_PAIRS = 2  # a spread needs two, however the gaps lie
_MOST_FLAGGED_PERCENT = 5.0
_LONGEST_MS = 1e5  # what is beyond is no number of milliseconds
_HEARD_BEATS = 32  # more than 5 s hold, each told twice
_HELD_BEATS = 512  # 60 s at 300 bpm, and as many false beats again


@dataclass(frozen=True, slots=True)
class Variability:
    """The time domain at one instant.

    `accepted` is the share of normal beats in the last 30 s, None before any; `is_uneven` says whether beats came too
    unevenly at any time in the 60 s, whether or not this took the values away.
    """

    rmssd_ms: Measure
    sdnn_ms: Measure
    pnn50_percent: Measure
    sd1_ms: Measure
    sd2_ms: Measure
    corrected_percent: Measure
    accepted: float | None
    is_uneven: bool = False


class TimeDomain:
    """Follow one person's confirmed beats; tell their variability at any time."""

    delay_s = 2.0  # that of the verdicts

    def __init__(self) -> None:
        self._sums = BeatSums(_HELD_BEATS)
        self._unevenness = Unevenness()
        self._known: deque[tuple[float, Known]] = deque(maxlen=_HELD_BEATS)
        self._heard: deque[float] = deque(maxlen=_HEARD_BEATS)
        self._why_nothing = Reason.NOT_COMPUTED

    def update(self, item: Beat | Notice) -> None:
        """Take a beat, or the notice that none will come from this device."""
        if isinstance(item, Beat):
            self._take(item)
        elif item.code is NoticeCode.NO_RR:
            self._why_nothing = Reason.NO_RR

    def _take(self, beat: Beat) -> None:
        """Keep a confirmed beat; a provisional one says only that the heart is still heard."""
        self._heard.append(beat.t)
        if beat.verdict is Verdict.PROVISIONAL:
            return
        is_known = beat.nn_ms is not None and 0.0 < beat.nn_ms < _LONGEST_MS
        nn_ms, is_uneven = beat.nn_ms if is_known else None, self._unevenness.update(beat)
        is_flagged = beat.verdict not in (Verdict.NORMAL, Verdict.AFTER_GAP)
        self._sums.append(beat.t, nn_ms, is_flagged=is_flagged, is_uneven=is_uneven)
        self._known.append((beat.t, (nn_ms, is_uneven)))

    def measures_at(self, t: float) -> Variability:
        """Give the variability over the NN that end in (t - 60 s, t].

        Parameters
        ----------
        t : float
            Seconds on the session clock.

        Returns
        -------
        Variability
            Each value's quality is the share of the 60 s that its NN cover.
        """
        if not len(self._sums):
            return _without_values(self._why_nothing, Measure(why=self._why_nothing))
        beats, normal = self._sums.counts(t - _ACCEPTED_S, t)
        accepted = normal / max(beats, 1)
        if not any(t - STALE_AFTER_S <= heard_s <= t for heard_s in reversed(self._heard)):
            return _without_values(Reason.STALE, Measure(why=Reason.STALE), accepted)
        window = self._sums.between(t - WINDOW_S, t)
        told = _variability(window, accepted, is_even=not window.uneven or self._is_borne_out(t))
        return replace(told, is_uneven=True) if window.uneven else told

    def _is_borne_out(self, t: float) -> bool:
        """Tell whether the uneven places of the window make no difference."""
        return is_borne_out([known for beat_t, known in self._known if t - WINDOW_S < beat_t <= t], _FEWEST_NN)


def time_domain(nn_ms: FloatArray) -> tuple[float, float, float, float, float] | None:
    """Compute RMSSD, SDNN, pNN50, SD1 and SD2.

    Parameters
    ----------
    nn_ms : array, shape (n,)
        Successive intervals in ms; NaN stands for one that does not count.

    Returns
    -------
    rmssd_ms, sdnn_ms, pnn50_percent, sd1_ms, sd2_ms : float
        The spreads with ddof 1, pNN50 over the number of differences; or None below 20 NN, or where fewer than two
        pairs of them follow each other.
    """
    sums = BeatSums(max(len(nn_ms), 1))
    for i, nn in enumerate(nn_ms.tolist()):
        sums.append(float(i), None if math.isnan(nn) else nn)
    return _numbers(sums.between(-1.0, math.inf))


def _numbers(window: WindowSums) -> tuple[float, float, float, float, float] | None:
    differences = window.differences
    if window.nn.count < _FEWEST_NN or differences.count < _FEWEST_PAIRS:
        return None
    return (
        differences.root_mean_square(),
        window.nn.spread(),
        100.0 * window.long_differences / differences.count,
        differences.spread() / math.sqrt(2.0),
        window.pair_sums.spread() / math.sqrt(2.0),
    )


def _variability(window: WindowSums, accepted: float, *, is_even: bool) -> Variability:
    if not window.beats:
        return _without_values(Reason.TOO_FEW_BEATS, Measure(why=Reason.TOO_FEW_BEATS), accepted)
    flagged_percent = 100.0 * window.flagged / window.beats
    coverage = min(window.nn.total_ms() / (1000.0 * WINDOW_S), 1.0)
    corrected = Measure(flagged_percent, coverage, None)
    if window.beats >= _HELD_BEATS:  # no heart beats so often, and what came before is forgotten
        return _without_values(Reason.TOO_MANY_FLAGGED, corrected, accepted)
    is_spoiled = window.beats >= _FEWEST_NN and flagged_percent > _MOST_FLAGGED_PERCENT  # of fewer it says nothing yet
    if not is_even or (window.uneven and is_spoiled):
        return _without_values(Reason.UNEVEN_BEATS, corrected, accepted)
    if is_spoiled:
        return _without_values(Reason.TOO_MANY_FLAGGED, corrected, accepted)
    numbers = _numbers(window)
    if numbers is None:
        return _without_values(Reason.TOO_FEW_BEATS, corrected, accepted)
    rmssd, sdnn, pnn50, sd1, sd2 = [Measure(number, coverage, None) for number in numbers]
    return Variability(rmssd, sdnn, pnn50, sd1, sd2, corrected, accepted)


def _without_values(why: Reason, corrected: Measure, accepted: float | None = None) -> Variability:
    none = Measure(why=why)
    return Variability(none, none, none, none, none, corrected, accepted)
