# SPDX-License-Identifier: MIT
"""The numbers of variability beside independent ones, on the same intervals of measured series, a minute at a time.

neurokit2, where it is installed, is given the intervals themselves (its way from peaks rounds to whole ms), and counts
pNN50 among N instead of the N - 1 differences. Its bands follow another definition (100 Hz, no detrending, another
length of segments) and are told beside; what the bands are held against is scipy's spline and Welch.
"""

import importlib.util
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import welch

from benchmarks.accuracy.rr_series import Series
from benchmarks.figure import Figure
from dsp.heart import hrv, spectrum
from dsp.heart.hrv import TimeDomain
from dsp.heart.spectrum import Spectrum
from dsp.heart.tachogram import SAMPLE_HZ, Tachogram
from dsp.stream import FloatArray, Measure
from tests.dsp.heart.nn_series import beats_of_nn

_EACH_S = 60
_BANDS_HZ = {"LF": (0.04, 0.15), "HF": (0.15, 0.40)}
_SEGMENT = 480  # samples: 120 s
_TOLERANCE = {"LF": 1e-6, "HF": 1e-6}
_ELSE = 1e-9

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """What Attune tells at one time, and the intervals that it looks back on with the times at which they end."""

    told: Numbers
    t: FloatArray
    nn_ms: FloatArray


def beside_peers(series: Sequence[Series]) -> Iterator[Figure]:
    """Compare RMSSD, SDNN, pNN50, SD1 and SD2 with neurokit2, LF and HF with scipy, and tell neurokit2's bands."""
    times, bands = [], []
    for one in series:
        of_times, of_bands = _windows(one.rr_ms)
        times += of_times
        bands += of_bands
    has_peer = importlib.util.find_spec("neurokit2") is not None
    if has_peer and times:
        yield from _held("neurokit2", times, [_neurokit_time(window) for window in times])
    if bands:
        yield from _held("a spline and Welch of scipy", bands, [_scipy_bands(window) for window in bands])
    if has_peer and bands:
        yield _beside(bands, [_neurokit_bands(window) for window in bands])


def _windows(rr_ms: FloatArray) -> tuple[list[_Window], list[_Window]]:
    """Let the stages follow a series; give what they tell each minute, without what they withhold."""
    tachogram, time_domain = Tachogram(), TimeDomain()
    bands_of, beats = Spectrum(tachogram), beats_of_nn(rr_ms)
    times, bands, fed = [], [], 0
    ends = np.array([beat.t for beat in beats])
    for t in np.arange(_EACH_S, ends[-1], _EACH_S).tolist():
        while beats[fed].t <= t:
            time_domain.update(beats[fed])
            tachogram.update(beats[fed])
            fed += 1
        measures, powers = time_domain.measures_at(t), bands_of.bands_at(t)
        told = _told(
            RMSSD=measures.rmssd_ms,
            SDNN=measures.sdnn_ms,
            pNN50=measures.pnn50_percent,
            SD1=measures.sd1_ms,
            SD2=measures.sd2_ms,
        )
        times += [_window(told, ends, rr_ms, t, hrv.WINDOW_S)] if told else []
        told = _told(LF=powers.lf_ms2, HF=powers.hf_ms2)
        bands += [_window(told, ends, rr_ms, t, spectrum.WINDOW_S)] if told else []
    return times, bands


def _told(**measures: Measure) -> Numbers:
    values = {name: measure.value for name, measure in measures.items() if measure.value is not None}
    return values if len(values) == len(measures) else {}


def _window(told: Numbers, ends: FloatArray, rr_ms: FloatArray, t: float, length_s: float) -> _Window:
    inside = (ends > t - length_s) & (ends <= t)
    return _Window(told, ends[inside], rr_ms[inside])


def _held(by: str, windows: Sequence[_Window], others: Sequence[Numbers]) -> Iterator[Figure]:
    for name in windows[0].told:
        off = max(_off(window.told[name], other[name]) for window, other in zip(windows, others, strict=True))
        allowed = _TOLERANCE.get(name, _ELSE)
        told = f"{off:.0e} relative at most, {len(windows)} windows"
        yield Figure(f"{name} against {by}", told, f"<= {allowed:.0e}", off <= allowed)


def _off(ours: float, other: float) -> float:
    return abs(ours - other) / max(abs(other), 1e-12)


def _beside(windows: Sequence[_Window], others: Sequence[Numbers]) -> Figure:
    said = []
    for name in _BANDS_HZ:
        ratios = [window.told[name] / other[name] for window, other in zip(windows, others, strict=True)]
        low, middle, high = np.percentile(ratios, [5, 50, 95])
        said.append(f"{name} {middle:.2f} ({low:.2f} to {high:.2f})")
    return Figure("bands as a multiple of neurokit2's own definition", ", ".join(said), "")


def _scipy_bands(window: _Window) -> Numbers:
    since_first = window.t - window.t[0]
    grid = np.arange(int(since_first[-1] * SAMPLE_HZ) + 1) / SAMPLE_HZ
    curve = CubicSpline(since_first, window.nn_ms)(grid)
    hz, density = welch(curve, SAMPLE_HZ, window="hann", nperseg=_SEGMENT, noverlap=_SEGMENT // 2, detrend="linear")
    # half a bin less than each edge: the bins lie at the edges themselves, up to rounding
    half = 0.5 * (hz[1] - hz[0])
    inside = {name: (hz > low - half) & (hz < high - half) for name, (low, high) in _BANDS_HZ.items()}
    return {name: float(density[bins].sum() * (hz[1] - hz[0])) for name, bins in inside.items()}


def _neurokit_time(window: _Window) -> Numbers:
    import neurokit2  # type: ignore[import-not-found]  # measured beside, in an environment of its own

    intervals = {"RRI": window.nn_ms, "RRI_Time": window.t}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of measures that 60 s do not bear, and that are not read
        time, poincare = neurokit2.hrv_time(intervals), neurokit2.hrv_nonlinear(intervals)
    count = len(window.nn_ms)
    return {
        **{name: float(time[f"HRV_{name}"].iloc[0]) for name in ("RMSSD", "SDNN")},
        "pNN50": float(time["HRV_pNN50"].iloc[0]) * count / (count - 1),
        **{name: float(poincare[f"HRV_{name}"].iloc[0]) for name in ("SD1", "SD2")},
    }


def _neurokit_bands(window: _Window) -> Numbers:
    import neurokit2

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of measures that 300 s do not bear, and that are not read
        found = neurokit2.hrv_frequency({"RRI": window.nn_ms, "RRI_Time": window.t}, normalize=False)
    return {name: float(found[f"HRV_{name}"].iloc[0]) for name in _BANDS_HZ}
