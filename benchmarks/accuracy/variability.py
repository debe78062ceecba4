# SPDX-License-Identifier: MIT
"""RMSSD and SDNN as they roll along: held against a window computed anew, and how often they are there to be shown;
the numbers of variability on measured series beside neurokit2 and scipy.

`python -m benchmarks.accuracy.variability` prints the table. A day of nsr2db and the annotated beats of mitdb go in as
intervals, so that nothing depends on how beats are seen in a waveform.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.rr_series import DATA, Annotated, load_annotated, load_series
from benchmarks.accuracy.variability_peers import beside_peers
from benchmarks.figure import Figure, table
from dsp.codes import Modality
from dsp.heart.hrv import TimeDomain
from dsp.heart.rr import RrVerdicts
from dsp.heart.spectrum import Spectrum
from dsp.heart.tachogram import Tachogram
from dsp.ring import BoolArray
from dsp.stream import Beat, Chunk, FloatArray, Measure

_WINDOW_S = 60.0
_EACH, _EACH_OF_BANDS = 50, 200  # beats between two windows that are computed anew
_ENOUGH_BEATS = 900  # more than 300 s hold
_PLAIN = "NLR/"
_MOST_BAD = 0.02  # of a window's beats


def run() -> list[Figure]:
    days, annotated = sorted((DATA / "nsr2db").glob("*.npz")), load_annotated()
    if not days or not annotated:
        return [Figure("variability", f"no recordings in {DATA}", "")]
    with np.load(days[0]) as record:
        t = record["ann_sample"] / float(record["fs"])
    measured = [one for one in load_series() if one.set_name == "rr"]
    shown = [figure for half in (True, False) for figure in _shown(annotated, is_tuned_on=half)]
    return [*_rolling(days[0].stem, t), *beside_peers(measured), *shown]


def _confirmed(t: FloatArray) -> list[Beat]:
    chunk = Chunk(Modality.RR, t[1:], np.diff(t) * 1000.0, float(t[-1]), "bench")
    return [beat for beat in RrVerdicts().update(chunk) if beat.confirmed_t is not None]


def _rolling(name: str, t: FloatArray) -> list[Figure]:
    beats = _confirmed(t)
    hours = (t[-1] - t[0]) / 3600.0
    figures = []
    for what, errors in (("RMSSD and SDNN", list(_errors(beats))), ("LF and HF", list(_errors_of_bands(beats)))):
        told = f"{max(errors):.0e} relative, {len(errors)} windows in {hours:.1f} h of {name}"
        figures.append(Figure(f"{what}, rolling against anew", told, "<= 1e-9", max(errors) <= 1e-9))
    return figures


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


def _errors_of_bands(beats: Sequence[Beat]) -> Iterator[float]:
    tachogram = Tachogram()
    rolling = Spectrum(tachogram)
    for count, beat in enumerate(beats):
        tachogram.update(beat)
        if count % _EACH_OF_BANDS == 0:
            bands, fresh = rolling.bands_at(beat.t), Tachogram()
            if bands.lf_ms2.value is not None:
                for late in beats[max(count - _ENOUGH_BEATS, 0) : count + 1]:
                    fresh.update(late)
                anew = Spectrum(fresh).bands_at(beat.t)
                yield max(_off(bands.lf_ms2, anew.lf_ms2.value or 0.0), _off(bands.hf_ms2, anew.hf_ms2.value or 0.0))


def _off(measure: Measure, value: float) -> float:
    return abs((measure.value or 0.0) / value - 1.0)


@dataclass(frozen=True, slots=True)
class _Minute:
    """An ordinary minute: how far its RMSSD is from that of the annotated beats (None: withheld), and in what."""

    off_percent: float | None
    has_uneven: bool
    has_flagged: bool


def _shown(annotated: Sequence[Annotated], *, is_tuned_on: bool) -> list[Figure]:
    """Tell of each second of ordinary rhythm with few bad beats in its minute whether there is an RMSSD, and which."""
    minutes = [minute for one in annotated if one.is_tuned_on is is_tuned_on for minute in _minutes(one)]
    shown = [minute for minute in minutes if minute.off_percent is not None]
    share = 100.0 * len(shown) / len(minutes)
    half = "tuned on" if is_tuned_on else "reported"
    what = f"RMSSD shown, mitdb, 60 s in rhythm (N) with at most 2 % bad beats, {half}"
    told = f"{share:.1f} % of {len(minutes)} windows"
    figure = Figure(what, told, "") if is_tuned_on else Figure(f"**{what}**", told, ">= 95 %", share >= 95.0)
    kinds = {
        "an uneven place inside": [minute for minute in shown if minute.has_uneven],
        "none, but a flagged beat": [minute for minute in shown if minute.has_flagged and not minute.has_uneven],
        "neither": [minute for minute in shown if not minute.has_flagged and not minute.has_uneven],
    }
    errors = (Figure(f"... {half}, off with {kind}", _told_off(of_kind), "") for kind, of_kind in kinds.items())
    return [figure, *errors]


def _told_off(minutes: Sequence[_Minute]) -> str:
    off = [minute.off_percent for minute in minutes if minute.off_percent is not None]
    middle, far, farthest = np.percentile(off, [50, 90, 100])
    return f"median {middle:.1f} %, p90 {far:.1f} %, at most {farthest:.0f} % ({len(off)} windows)"


def _minutes(one: Annotated) -> Iterator[_Minute]:
    stage, waiting = TimeDomain(), deque(_confirmed(one.t))
    is_bad = np.array([symbol not in _PLAIN for symbol in one.symbols])
    is_ordinary = np.array([rhythm == "(N" for rhythm in one.rhythms])
    for second in range(int(one.t[0] + _WINDOW_S) + 3, int(one.t[-1])):
        while waiting and (waiting[0].confirmed_t or 0.0) <= second:
            stage.update(waiting.popleft())
        inside = (one.t > second - _WINDOW_S) & (one.t <= second)
        if inside.any() and is_ordinary[inside].all() and is_bad[inside].mean() <= _MOST_BAD:
            told = stage.measures_at(float(second))
            off = None if told.rmssd_ms.value is None else 100.0 * _off(told.rmssd_ms, _true(one.t, is_bad, inside))
            yield _Minute(off, told.is_uneven, (told.corrected_percent.value or 0.0) > 0.0)


def _true(t: FloatArray, is_bad: BoolArray, inside: BoolArray) -> float:
    """Give RMSSD of the intervals inside between beats that are annotated as plain."""
    nn_ms = np.where(is_bad[1:] | is_bad[:-1], np.nan, np.diff(t) * 1000.0)[np.flatnonzero(inside[1:])]
    return float(np.sqrt(np.nanmean(np.diff(nn_ms) ** 2)))


if __name__ == "__main__":
    print(table(run()))
