# SPDX-License-Identifier: MIT
"""ECGs whose beats people marked, and how detected beats are held against them.

mitdb: every second record tunes, the others report; ventricular flutter (record 207, marked so) is left out. nstdb118:
record 118 with the noise of an electrode that moves. Both are brought to one rate; a strap has 130 Hz.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.signal import lfilter, resample_poly

from dsp.codes import Modality
from dsp.stream import Chunk, FloatArray

DATA = Path(os.environ.get("ATTUNE_DATA") or Path(__file__).parents[3] / "shared" / "data")
STRAP_HZ = 130

_MITDB_HZ = 360
_BEATS = "NLRBAaJSVrFejnE/fQ?"


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """An ECG in mV, the marked beats in s with their symbols, and the spans (s) that are not judged."""

    name: str
    ecg_mv: FloatArray
    rate_hz: int
    beats_s: FloatArray
    symbols: list[str]
    rhythms: list[str]
    left_out_s: tuple[tuple[float, float], ...]
    is_tuned_on: bool

    @property
    def t(self) -> FloatArray:
        return np.arange(len(self.ecg_mv)) / self.rate_hz

    def chunks(self, seconds: float = 1.0) -> Iterator[Chunk]:
        """Give the ECG as it would arrive."""
        step, t = round(seconds * self.rate_hz), self.t
        for k in range(0, len(t), step):
            yield Chunk(Modality.ECG, t[k : k + step], self.ecg_mv[k : k + step], k / self.rate_hz, "bench")

    def judged(self, times_s: FloatArray) -> FloatArray:
        """Give the times that lie in no span that is left out."""
        kept = np.ones(len(times_s), dtype=bool)
        for begin, end in self.left_out_s:
            kept &= (times_s < begin) | (times_s > end)
        return times_s[kept]


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """The ECG of somebody on a treadmill, in its own unit, and the heart rate that was told of each window."""

    ecg_mv: FloatArray
    rate_hz: int
    begins_s: FloatArray
    bpm: FloatArray


def load_troika() -> list[Walk]:
    """Give the recordings of troika that are there; their unit is not stated, so the largest values become 1 mV."""
    walks = []
    for path in sorted((DATA / "troika").glob("*.npz")):
        with np.load(path) as data:
            ecg, bpm = data["ecg"].astype(np.float64), data["bpm"].astype(np.float64).ravel()
            rate_hz, step_s = int(data["fs"]), float(data["step_s"])
        scale = np.percentile(np.abs(ecg - np.median(ecg)), 99)
        walks.append(Walk(ecg / scale, rate_hz, step_s * np.arange(len(bpm), dtype=np.float64), bpm))
    return walks


def load_mitdb(rate_hz: int = STRAP_HZ) -> list[Record]:
    """Give the records of mitdb that are there."""
    return [
        _read(path, rate_hz, is_tuned_on=k % 2 == 0) for k, path in enumerate(sorted((DATA / "mitdb").glob("*.npz")))
    ]


def load_nstdb(rate_hz: int = STRAP_HZ) -> dict[str, Record]:
    """Give the records of nstdb118 that are there, by their ratio of signal to noise."""
    records = {}
    for path in sorted((DATA / "nstdb118").glob("118e*.npz"), reverse=True):
        with np.load(path) as data:
            beats_s, ecg = data["ann_sample"] / _MITDB_HZ, data["ecg"].astype(np.float64)
        plain = ["N"] * len(beats_s)
        resampled = _resampled(ecg, rate_hz)
        records[f"{int(path.stem[4:])} dB"] = Record(path.stem, resampled, rate_hz, beats_s, plain, plain, (), False)
    return records


def _read(path: Path, rate_hz: int, *, is_tuned_on: bool) -> Record:
    with np.load(path) as data:
        ecg_mv = (data["ecg"].astype(np.float64) - float(data["zero"])) / float(data["gain"])
        symbols, t = data["ann_symbol"].tolist(), data["ann_sample"] / float(data["fs"])
        notes = data["ann_aux"].tolist()
    rhythms, rhythm = [], ""
    for note in notes:
        rhythm = note or rhythm
        rhythms.append(rhythm)
    flutter = zip(t[np.array(symbols) == "["].tolist(), t[np.array(symbols) == "]"].tolist(), strict=True)
    is_beat = [symbol in _BEATS for symbol in symbols]
    beats = [(s, r) for s, r, kept in zip(symbols, rhythms, is_beat, strict=True) if kept]
    return Record(
        path.stem, _resampled(ecg_mv, rate_hz), rate_hz, t[is_beat], [s for s, _ in beats], [r for _, r in beats],
        tuple(flutter), is_tuned_on,
    )  # fmt: skip


def _resampled(ecg_mv: FloatArray, rate_hz: int) -> FloatArray:
    ratio = Fraction(rate_hz, _MITDB_HZ)
    even: FloatArray = resample_poly(ecg_mv, ratio.numerator, ratio.denominator, padtype="line")
    return even


def pairs(marked_s: FloatArray, found_s: FloatArray, tolerance_s: float) -> list[tuple[int, int]]:
    """Pair marked and found beats in order, each with at most one, the nearer first."""
    i = j = 0
    paired = []
    while i < len(marked_s) and j < len(found_s):
        off = found_s[j] - marked_s[i]
        if abs(off) > tolerance_s:
            i, j = (i, j + 1) if off < 0 else (i + 1, j)
        elif j + 1 < len(found_s) and abs(found_s[j + 1] - marked_s[i]) < abs(off):
            j += 1
        elif i + 1 < len(marked_s) and abs(found_s[j] - marked_s[i + 1]) < abs(off):
            i += 1
        else:
            paired.append((i, j))
            i, j = i + 1, j + 1
    return paired


def f1_percent(counts: list[tuple[int, int, int]]) -> float:
    """Give F1 over records of (paired, marked, found)."""
    paired, marked, found = (sum(column) for column in zip(*counts, strict=True))
    return float(200.0 * paired / (marked + found))


def with_electrode_motion(record: Record, snr_db: float) -> Record:
    """Add made-up electrode motion: taps that rise fast and fall slowly, and a walk; by the rule of nstdb."""
    rng = np.random.default_rng(int(record.name))
    middles = (record.beats_s * record.rate_hz).astype(int)
    reach = round(0.07 * record.rate_hz)
    middles = middles[(middles > 2 * reach) & (middles < len(record.ecg_mv) - 2 * reach)]
    complexes = record.ecg_mv[middles[:, np.newaxis] + np.arange(-reach, reach + 1)]
    power = float(np.median(np.ptp(complexes, axis=1))) ** 2 / 8.0
    noise = _taps(rng, len(record.ecg_mv), record.rate_hz) + 0.5 * _walk(rng, len(record.ecg_mv), record.rate_hz)
    every_8_s = np.arange(0, len(noise) + 16 * record.rate_hz, 8 * record.rate_hz)
    noise = noise * np.exp(np.interp(np.arange(len(noise)), every_8_s, 0.6 * rng.standard_normal(len(every_8_s))))
    ecg_mv = record.ecg_mv + noise / np.std(noise) * np.sqrt(power / 10.0 ** (snr_db / 10.0))
    return Record(
        record.name, ecg_mv, record.rate_hz, record.beats_s, record.symbols, record.rhythms, record.left_out_s, True
    )


def _taps(rng: np.random.Generator, count: int, rate_hz: int) -> FloatArray:
    taps, t, period_s = np.zeros(count), 0.0, rng.uniform(0.5, 1.6)
    while t < count / rate_hz:
        if rng.random() < 0.05:
            period_s = rng.uniform(0.4, 1.8)
        begin = int(t * rate_hz)
        after_s = np.arange(min(count - begin, 2 * rate_hz)) / rate_hz
        rise_s, fall_s = rng.uniform(0.02, 0.08), rng.uniform(0.05, 0.4)
        height = rng.lognormal(0.0, 0.6) * rng.choice([-1.0, 1.0], p=[0.35, 0.65])
        taps[begin : begin + len(after_s)] += (
            height * (1.0 - np.exp(-((after_s / rise_s) ** 2))) * np.exp(-after_s / fall_s)
        )
        t += period_s * rng.lognormal(0.0, 0.35) * rng.choice([0.4, 1.0, 1.0, 1.0])
    return taps / np.std(taps)


def _walk(rng: np.random.Generator, count: int, rate_hz: int) -> FloatArray:
    steps = np.clip(rng.standard_t(2.5, count), -20.0, 20.0)
    walk: FloatArray = lfilter([1.0], [1.0, -np.exp(-1.0 / (0.35 * rate_hz))], steps)
    return walk / np.std(walk)
