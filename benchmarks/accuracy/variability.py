# SPDX-License-Identifier: MIT
"""RMSSD and SDNN as they roll along: held against a window computed anew, and how often they are there to be shown;
the numbers of variability on measured series beside neurokit2 and scipy.

`python -m benchmarks.accuracy.variability` prints the table. A day of nsr2db and the annotated beats of mitdb go in as
intervals, so that nothing depends on how beats are seen in a waveform.
"""

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.accuracy.rr_series import DATA, Annotated, load_annotated, load_series
from benchmarks.accuracy.variability_peers import beside_peers
from benchmarks.figure import Figure, table
from dsp.codes import Modality
from dsp.heart.hrv import TimeDomain
from dsp.heart.rr import RrVerdicts
from dsp.stream import Beat, Chunk, FloatArray, Measure

_WINDOW_S = 60.0
_EACH = 50  # beats between two windows that are computed anew
_PLAIN = "NLR/"
_MOST_BAD = 0.02  # of a window's beats


def run() -> list[Figure]:
    days, annotated = sorted((DATA / "nsr2db").glob("*.npz")), load_annotated()
    if not days or not annotated:
        return [Figure("variability", f"no recordings in {DATA}", "")]
    with np.load(days[0]) as record:
        t = record["ann_sample"] / float(record["fs"])
    measured = [one for one in load_series() if one.set_name == "rr"]
    shown = (_shown(annotated, is_tuned_on=half) for half in (True, False))
    return [_rolling(days[0].stem, t), *beside_peers(measured), *shown]


def _confirmed(t: FloatArray) -> list[Beat]:
    chunk = Chunk(Modality.RR, t[1:], np.diff(t) * 1000.0, float(t[-1]), "bench")
    return [beat for beat in RrVerdicts().update(chunk) if beat.confirmed_t is not None]


def _rolling(name: str, t: FloatArray) -> Figure:
    errors = list(_errors(_confirmed(t)))
    told = f"{max(errors):.0e} relative, {len(errors)} windows in {(t[-1] - t[0]) / 3600.0:.1f} h of {name}"
    return Figure("RMSSD and SDNN, rolling against anew", told, "<= 1e-9", max(errors) <= 1e-9)


def _errors(beats: Sequence[Beat]) -> Iterator[float]:
    stage, window = TimeDomain(), deque[Beat]()
    for count, beat in enumerate(beats):
        stage.update(beat)
        window.append(beat)
        while window[0].t <= beat.t - _WINDOW_S:
            window.popleft()
        rolling = stage.measures_at(beat.t)
        if count % _EACH == 0 and rolling.rmssd_ms.value is not None:
            nn_ms = np.array([np.nan if one.nn_ms is None else one.nn_ms for one in window])
            rmssd_ms, sdnn_ms = np.sqrt(np.nanmean(np.diff(nn_ms) ** 2)), np.nanstd(nn_ms, ddof=1)
            yield max(_off(rolling.rmssd_ms, float(rmssd_ms)), _off(rolling.sdnn_ms, float(sdnn_ms)))


def _off(measure: Measure, value: float) -> float:
    return abs((measure.value or 0.0) / value - 1.0)


def _shown(annotated: Sequence[Annotated], *, is_tuned_on: bool) -> Figure:
    """Tell of each second of ordinary rhythm with few bad beats in its minute whether there is an RMSSD."""
    records = [one for one in annotated if one.is_tuned_on is is_tuned_on]
    shown = [is_there for one in records for is_there in _seconds(one)]
    share = 100.0 * float(np.mean(shown))
    what = "RMSSD shown, mitdb, 60 s in rhythm (N) with at most 2 % bad beats"
    if is_tuned_on:
        return Figure(f"{what}, tuned on", f"{share:.1f} % of {len(shown)} windows", "")
    return Figure(f"**{what}, reported**", f"{share:.1f} % of {len(shown)} windows", ">= 95 %", share >= 95.0)


def _seconds(one: Annotated) -> Iterator[bool]:
    stage, waiting = TimeDomain(), deque(_confirmed(one.t))
    is_bad = np.array([symbol not in _PLAIN for symbol in one.symbols])
    is_ordinary = np.array([rhythm == "(N" for rhythm in one.rhythms])
    for second in range(int(one.t[0] + _WINDOW_S) + 3, int(one.t[-1])):
        while waiting and (waiting[0].confirmed_t or 0.0) <= second:
            stage.update(waiting.popleft())
        inside = (one.t > second - _WINDOW_S) & (one.t <= second)
        if inside.any() and is_ordinary[inside].all() and is_bad[inside].mean() <= _MOST_BAD:
            yield stage.measures_at(float(second)).rmssd_ms.value is not None


if __name__ == "__main__":
    print(table(run()))
