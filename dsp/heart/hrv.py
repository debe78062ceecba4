# SPDX-License-Identifier: MIT
"""Heart rate variability in the time domain, over the normal intervals that end in the last 60 s.

The window is defined by times and computed anew at each call, so nothing drifts over a day and the numbers are those
of a batch over the same window.

Law: the measures at `t` depend on the beats confirmed until then, however they were cut.

Notes
-----
- A difference, and a pair of SD2, is made of two successive beats that are both normal; none bridges a flagged beat or
  a gap. So after a flagged beat there are fewer than N-1 of them, and pNN50 is a share of those that there are.
- A beat after a gap is not flagged (nothing is wrong with it) and does not count as an interval either.
- Below 20 NN, above 5 % flagged, or without a beat for 5 s there is no value.

References
----------
Task Force of the ESC and NASPE (1996), doi 10.1161/01.CIR.93.5.1043. SD1 and SD2: Brennan, Palaniswami, Kamen (2001),
doi 10.1109/10.959330, with sample standard deviations (ddof 1).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dsp.codes import NoticeCode, Reason, Verdict
from dsp.heart.rate import STALE_AFTER_S
from dsp.ring import Ring
from dsp.stream import Beat, FloatArray, Measure, Notice

WINDOW_S = 60.0

_ACCEPTED_S = 30.0  # the clearness of the signal is told over this long
_FEWEST_NN = 20
_FEWEST_PAIRS = 2  # a spread needs two, however the gaps lie
_MOST_FLAGGED_PERCENT = 5.0
_LONG_DIFFERENCE_MS = 50.0
_HELD_BEATS = 512  # 60 s at 300 bpm, and as many false beats again


@dataclass(frozen=True, slots=True)
class Variability:
    """The time domain at one instant; `accepted` is the share of normal beats in the last 30 s, None before any."""

    rmssd_ms: Measure
    sdnn_ms: Measure
    pnn50_percent: Measure
    sd1_ms: Measure
    sd2_ms: Measure
    corrected_percent: Measure
    accepted: float | None


class TimeDomain:
    """Follow one person's confirmed beats; tell their variability at any time."""

    delay_s = 2.0  # that of the verdicts

    def __init__(self) -> None:
        self._ring = Ring(_HELD_BEATS, channels=2)  # NN in ms, NaN where the beat does not count; 1 where it is flagged
        self._newest_t = -math.inf
        self._why_nothing = Reason.NOT_COMPUTED

    def update(self, item: Beat | Notice) -> None:
        """Take a beat, or the notice that none will come from this device."""
        if isinstance(item, Beat):
            self._take(item)
        elif item.code is NoticeCode.NO_RR:
            self._why_nothing = Reason.NO_RR

    def _take(self, beat: Beat) -> None:
        """Keep a confirmed beat; a provisional one says only that the heart is still heard."""
        self._newest_t = max(self._newest_t, beat.t)
        if beat.verdict is Verdict.PROVISIONAL:
            return
        nn_ms = math.nan if beat.nn_ms is None else beat.nn_ms
        is_flagged = beat.verdict not in (Verdict.NORMAL, Verdict.AFTER_GAP)
        self._ring.append(np.array([beat.t]), np.array([[nn_ms, is_flagged]]))

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
        if not len(self._ring):
            return _without_values(self._why_nothing, Measure(why=self._why_nothing))
        window = self._ring.between(t - WINDOW_S, t)
        nn_ms, flagged = window.values.T
        accepted = _share(nn_ms[window.t > t - _ACCEPTED_S] > 0)
        if t - self._newest_t > STALE_AFTER_S:
            return _without_values(Reason.STALE, Measure(why=Reason.STALE), accepted)
        return _variability(nn_ms, 100.0 * _share(flagged > 0), accepted)


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
    counted = _counting(nn_ms)
    differences = _counting(nn_ms[1:] - nn_ms[:-1])
    if len(counted) < _FEWEST_NN or len(differences) < _FEWEST_PAIRS:
        return None
    sums = _counting(nn_ms[1:] + nn_ms[:-1])
    return (
        math.sqrt(_total(differences * differences) / len(differences)),
        _spread(counted),
        100.0 * np.count_nonzero(np.abs(differences) > _LONG_DIFFERENCE_MS) / len(differences),
        _spread(differences) / math.sqrt(2.0),
        _spread(sums) / math.sqrt(2.0),
    )


def _variability(nn_ms: FloatArray, flagged_percent: float, accepted: float) -> Variability:
    coverage = min(_total(_counting(nn_ms)) / (1000.0 * WINDOW_S), 1.0)
    corrected = Measure(flagged_percent, coverage, None) if len(nn_ms) else Measure(why=Reason.TOO_FEW_BEATS)
    if len(nn_ms) >= _FEWEST_NN and flagged_percent > _MOST_FLAGGED_PERCENT:  # a share of fewer beats says nothing yet
        return _without_values(Reason.TOO_MANY_FLAGGED, corrected, accepted)
    numbers = time_domain(nn_ms)
    if numbers is None:
        return _without_values(Reason.TOO_FEW_BEATS, corrected, accepted)
    rmssd, sdnn, pnn50, sd1, sd2 = [Measure(number, coverage, None) for number in numbers]
    return Variability(rmssd, sdnn, pnn50, sd1, sd2, corrected, accepted)


def _without_values(why: Reason, corrected: Measure, accepted: float | None = None) -> Variability:
    none = Measure(why=why)
    return Variability(none, none, none, none, none, corrected, accepted)


def _share(is_so: npt.NDArray[np.bool_]) -> float:
    return float(np.count_nonzero(is_so)) / max(len(is_so), 1)


def _counting(values: FloatArray) -> FloatArray:
    return values[~np.isnan(values)]


def _spread(values: FloatArray) -> float:
    """Give the sample standard deviation, as `np.std` does with ddof 1."""
    deviations = values - _total(values) / len(values)
    return math.sqrt(_total(deviations * deviations) / (len(values) - 1))


def _total(values: FloatArray) -> float:
    """Sum in numpy's own order: that of a dot product may follow where the array lies in memory."""
    return float(np.add.reduce(values))
