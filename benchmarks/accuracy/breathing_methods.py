# SPDX-License-Identifier: MIT
"""Ways to tell the breathing rate from an ECG, to set beside Attune's: single signals, Karlen's fusion, neurokit2."""

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, find_peaks, sosfiltfilt

from dsp.codes import Modality
from dsp.heart.breath_signals import QrsShape
from dsp.heart.respiration import WINDOW_S, Respiration
from dsp.heart.rr import RrVerdicts
from dsp.stream import Chunk, FloatArray

FIRST_S = 60  # each record is asked from here on, once a second

_LOWEST, _HIGHEST = 4.0, 40.0  # breaths a minute
_HZ = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """An ECG with its R peaks and the breaths that two people marked."""

    name: str
    ecg_mv: FloatArray
    rate_hz: float
    beats_s: FloatArray
    breaths_s: tuple[FloatArray, FloatArray]

    @property
    def seconds(self) -> range:
        return range(FIRST_S, int(len(self.ecg_mv) / self.rate_hz) + 1)

    def truth(self, t: float) -> float:
        """Give breaths a minute over the window that ends at `t`: the mean of both people's."""
        rates = []
        for breaths in self.breaths_s:
            inside = breaths[(breaths > t - WINDOW_S) & (breaths <= t)]
            rates.append(60.0 * (len(inside) - 1) / (inside[-1] - inside[0]) if len(inside) > 2 else np.nan)
        return float(np.mean(rates))


Method = Callable[[Record], FloatArray]  # a rate for each of a record's seconds, NaN where it is refused


def load(folder: Path) -> list[Record]:
    return [_read(path) for path in sorted(folder.glob("*.npz"))]


def _read(path: Path) -> Record:
    with np.load(path) as data:
        ecg = data["ecg"].astype(np.float64)
        rate_hz = float(data["fs"])
        marks = [np.asarray(data[name], dtype=np.float64) / rate_hz for name in ("breaths1", "breaths2")]
        breaths = tuple(mark[np.isfinite(mark)] for mark in marks)
    return Record(path.stem, ecg, rate_hz, _r_peaks(ecg, rate_hz), (breaths[0], breaths[1]))


def _r_peaks(ecg: FloatArray, rate_hz: float) -> FloatArray:
    """Find R peaks with a plain offline detector: what is measured here is the breathing, not the detector."""
    steep = np.gradient(sosfiltfilt(butter(2, [8, 25], "band", fs=rate_hz, output="sos"), ecg)) ** 2
    energy = np.sqrt(np.convolve(steep, np.ones(13) / 13, "same"))
    around, step = int(8 * rate_hz), int(rate_hz)
    usual = [np.percentile(energy[max(i - around, 0) : i + around], 98) for i in range(0, len(ecg), step)]
    candidates, _ = find_peaks(energy, distance=int(0.3 * rate_hz))
    candidates = candidates[energy[candidates] > 0.4 * np.repeat(usual, step)[candidates]]
    wave = sosfiltfilt(butter(2, [5, 40], "band", fs=rate_hz, output="sos"), ecg)
    near = candidates[(candidates > 30) & (candidates < len(ecg) - 30), np.newaxis] + np.arange(-8, 9)
    wave = wave * np.sign(np.median(wave[near].max(axis=1) + wave[near].min(axis=1)))
    tops = near[:, 0] + np.argmax(wave[near], axis=1)
    before, top, after = wave[tops - 1], wave[tops], wave[tops + 1]
    peaks: FloatArray = np.unique((tops + 0.5 * (before - after) / (before - 2.0 * top + after)) / rate_hz)
    return peaks


def by_attune(record: Record) -> FloatArray:
    return _attune(record, has_ecg=True)


def by_attune_without_ecg(record: Record) -> FloatArray:
    return _attune(record, has_ecg=False)


def _attune(record: Record, *, has_ecg: bool) -> FloatArray:
    verdicts, respiration, shape, rates = RrVerdicts(), Respiration(), QrsShape(), []
    t, rr_ms = np.arange(len(record.ecg_mv)) / record.rate_hz, np.diff(record.beats_s) * 1000.0
    for second in range(1, record.seconds.stop):
        due = (t > second - 1) & (t <= second)
        beats = (record.beats_s[1:] > second - 1) & (record.beats_s[1:] <= second)
        if has_ecg:
            shape.take(Chunk(Modality.ECG, t[due], record.ecg_mv[due], second, "ecg"))
        for beat in verdicts.update(Chunk(Modality.RR, record.beats_s[1:][beats], rr_ms[beats], second, "ecg")):
            respiration.update(beat, shape if has_ecg else None)
        value = respiration.measure_at(float(second)).value
        rates.append(np.nan if value is None else value)
    return np.array(rates[FIRST_S - 1 :])


def by_peak(name: str) -> Method:
    return lambda record: _each_second(record, name, _spectral_peak)


def by_autocorrelation(name: str) -> Method:
    return lambda record: _each_second(record, name, _first_return)


def by_karlen(record: Record) -> FloatArray:
    """Give the mean of three rates where they lie within an SD of 4 a minute (Karlen et al. 2013)."""
    rates = np.array([by_peak(name)(record) for name in ("rr", "height", "level")])
    return np.where(np.std(rates, axis=0, ddof=1) < 4.0, np.mean(rates, axis=0), np.nan)


def by_neurokit(record: Record) -> FloatArray:
    """Give neurokit2's rate of the respiration that it derives from the heart rate, as a mean over the window."""
    import neurokit2 as nk  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    at = np.unique(np.round(record.beats_s * record.rate_hz).astype(int))
    heart = nk.ecg_rate(at, sampling_rate=int(record.rate_hz), desired_length=len(record.ecg_mv))
    breath = nk.ecg_rsp(heart, sampling_rate=int(record.rate_hz))
    rate = np.asarray(nk.rsp_rate(breath, sampling_rate=int(record.rate_hz)))
    return np.array([np.nanmean(_window(rate, t, record.rate_hz)) for t in record.seconds])


def has_neurokit() -> bool:
    return importlib.util.find_spec("neurokit2") is not None


def _window(values: FloatArray, t: int, rate_hz: float) -> FloatArray:
    return values[int((t - WINDOW_S) * rate_hz) : int(t * rate_hz)]


def _each_second(record: Record, name: str, tell: Callable[[FloatArray], float]) -> FloatArray:
    return np.array([tell(values) for values in _evenly(record, name)])


def _evenly(record: Record, name: str) -> Iterator[FloatArray]:
    """Give one value a beat of each second's window at 4 Hz, without outliers, trend and edges."""
    t, values = record.beats_s[1:], _value_of_each_beat(record, name)
    for second in record.seconds:
        inside = (t > second - WINDOW_S) & (t <= second)
        x, y = t[inside], values[inside]
        far = np.abs(y - np.median(y))
        x, y = x[far <= 9.0 * np.median(far)], y[far <= 9.0 * np.median(far)]
        even = np.interp(np.arange(second - WINDOW_S + 0.25, second, 1.0 / _HZ), x, y)
        ramp = np.linspace(-1.0, 1.0, len(even))
        yield (even - np.polyval(np.polyfit(ramp, even, 1), ramp)) * np.hanning(len(even))


def _value_of_each_beat(record: Record, name: str) -> FloatArray:
    if name == "rr":
        return np.diff(record.beats_s)
    middle = np.round(record.beats_s[1:] * record.rate_hz).astype(int)
    reach = int(0.1 * record.rate_hz)
    waves = record.ecg_mv[np.clip(middle[:, np.newaxis] + np.arange(-reach, reach + 1), 0, len(record.ecg_mv) - 1)]
    values: FloatArray = {"height": np.ptp(waves, axis=1), "level": waves[:, : reach // 2].mean(axis=1)}[name]
    return values


def _spectral_peak(values: FloatArray) -> float:
    per_min = np.arange(1025) * (60.0 * _HZ / 2048.0)
    power = np.abs(np.fft.rfft(values, 2048)) ** 2
    return float(per_min[np.argmax(np.where(_is_breathing(per_min), power, 0.0))])


def _first_return(values: FloatArray) -> float:
    """Give the rate of the lag at which the signal is most like itself."""
    likeness = np.correlate(values, values, "full")[len(values) :]
    per_min = 60.0 * _HZ / np.arange(1, len(likeness) + 1)
    is_top = np.concatenate([[False], (likeness[1:-1] > likeness[:-2]) & (likeness[1:-1] >= likeness[2:]), [False]])
    can_be = is_top & _is_breathing(per_min)
    return float(per_min[np.argmax(np.where(can_be, likeness, -np.inf))]) if can_be.any() else np.nan


def _is_breathing(per_min: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    return (per_min >= _LOWEST) & (per_min <= _HIGHEST)
