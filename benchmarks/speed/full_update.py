# SPDX-License-Identifier: MIT
"""What a second of signals costs, beside libraries that compute a whole window anew each second.

`python -m benchmarks.speed.full_update` prints the table: an hour of ECG (130 Hz) and skin conductance (4 Hz) through
the whole pipeline; an update of it each second; the numbers that neurokit2 and heartpy compute too (R peaks, time
domain, bands; with the skin its levels and responses), by our stages alone, beside these libraries on the last 300 s of
the same signals, at a strap's 130 Hz and at an amplifier's 250 Hz; the R peaks alone beside sleepecg. heartpy knows no
skin. The pipeline tells more than they do (waveform's quality, choice, breath, rhythm, arousal), so its ratio stands
apart. Peers are measured where they are installed, in this same process, by the processor's time; of ours each second
counts, also those in which more is told anew.
"""

import asyncio
import importlib.util
import itertools
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from statistics import fmean, median

import numpy as np

from benchmarks.figure import Figure, table
from dsp.codes import Modality
from dsp.heart.hrv import TimeDomain
from dsp.heart.qrs import RPeak, RPeaks
from dsp.heart.rr import RrVerdicts
from dsp.heart.spectrum import Spectrum
from dsp.heart.tachogram import Tachogram
from dsp.pipeline import Pipeline
from dsp.skin.eda import SkinConductance
from dsp.stream import Chunk, FloatArray, Item, Tick
from sensors.synthetic import SyntheticPerson

_HOUR_S, _QUARTER_S = 3600, 900
_WINDOW_S = 300
_STRAP_HZ, _AMPLIFIER_HZ, _SKIN_HZ = 130, 250, 4
_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """What an update is made of."""

    ecg_hz: int = _STRAP_HZ
    has_skin: bool = True

    @property
    def name(self) -> str:
        """Give it in words."""
        return f"ECG at {self.ecg_hz} Hz" + (" and EDA" if self.has_skin else "")


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The last 300 s: ECG in mV, EDA in microsiemens where it is asked for."""

    signals: Signals
    ecg_mv: FloatArray
    eda_microsiemens: FloatArray


@dataclass(frozen=True, slots=True)
class Costs:
    """The processor's time in seconds: of ours, and of the peers that are installed, by name and signals."""

    hour: float
    peaks: float
    updates: dict[Signals, float]
    same: dict[Signals, float]
    peers: dict[tuple[str, Signals], float]


_EACH = tuple(Signals(hz, has_skin) for hz in (_STRAP_HZ, _AMPLIFIER_HZ) for has_skin in (True, False))
_ECG_ALONE = tuple(signals for signals in _EACH if not signals.has_skin)
_STRAP_ALONE = Signals(has_skin=False)


def costs() -> Costs:
    """Measure everything in this process."""
    items = asyncio.run(_lived(_HOUR_S))
    hour = sum(_through_the_pipeline(items))
    quarter = asyncio.run(_lived(_QUARTER_S))
    updates: dict[Signals, float] = {}
    same: dict[Signals, float] = {}
    peers: dict[tuple[str, Signals], float] = {}
    for signals in _EACH:
        seen = _seen(quarter, signals)
        updates[signals] = fmean(_through_the_pipeline(seen)[_WINDOW_S:])
        same[signals] = fmean(_each_second(SameNumbers().update, seen)[_WINDOW_S:])
        window = Window(signals, _newest(seen, Modality.ECG), _newest(quarter, Modality.EDA))
        for peer, (work, takes) in _PEERS.items():
            if signals in takes and importlib.util.find_spec(peer) is not None:
                peers[peer, signals] = _cost(work, window)
    return Costs(hour, _detection(items), updates, same, peers)


def run() -> list[Figure]:
    ours = costs()
    return [
        Figure("an hour of ECG and skin conductance, whole pipeline", f"{ours.hour:.1f} s", "<= 6 s", ours.hour <= 6.0),
        *(Figure(f"all that a second tells, {s.name}", f"{1000 * c:.2f} ms", "") for s, c in ours.updates.items()),
        *(Figure(f"the peers' numbers alone, {s.name}", f"{1000 * c:.2f} ms", "") for s, c in ours.same.items()),
        Figure("R peaks alone, a second of ECG", f"{1000 * ours.peaks:.3f} ms", ""),
        *(_beside(ours, "neurokit2", "clean, peaks, hrv_time, hrv_frequency", signals, 100) for signals in _EACH),
        *(_beside(ours, "heartpy", "process, with frequencies", signals, 300) for signals in _ECG_ALONE),
        _beside(ours, "sleepecg", "C, R peaks alone", _STRAP_ALONE, 1),
    ]


def _beside(ours: Costs, peer: str, work: str, signals: Signals, least: int) -> Figure:
    what = f"{peer} ({work}{', eda_process' if signals.has_skin else ''}), {signals.name}, 300 s anew"
    cost_s = ours.peers.get((peer, signals))
    if cost_s is None:
        return Figure(what, "not installed", "")
    ratio = cost_s / (ours.peaks if peer == "sleepecg" else ours.same[signals])
    told = f"{1000 * cost_s:.2f} ms, {ratio:.0f} times ours"
    if peer != "sleepecg":
        told += f", {cost_s / ours.updates[signals]:.0f} times all that a second tells"
    return Figure(what, told, f">= {least} times ours", ratio >= least)


async def _lived(seconds: int) -> list[Item]:
    """Give the synthetic person's ECG and skin, a packet and a tick each second."""
    items: list[Item] = []
    async for item in SyntheticPerson(3).items():
        if not isinstance(item, Chunk) or item.modality not in (Modality.ECG, Modality.EDA):
            continue
        if item.arrival > seconds:
            return items
        items.append(item)
        if item.modality is Modality.ECG:  # the last of a second
            items.append(Tick(item.arrival))
    return items


def _seen(items: list[Item], signals: Signals) -> list[Item]:
    """Give what an ECG of another rate, with the skin or without, would have sent, a packet each second."""
    seen: list[Item] = []
    for item in items:
        if isinstance(item, Chunk) and item.modality is Modality.ECG and signals.ecg_hz != _STRAP_HZ:
            t = item.t[0] + np.arange(signals.ecg_hz) / signals.ecg_hz
            seen.append(replace(item, t=t, values=np.interp(t, item.t, item.values)))
        elif signals.has_skin or not (isinstance(item, Chunk) and item.modality is Modality.EDA):
            seen.append(item)
    return seen


class SameNumbers:
    """The stages whose numbers the peers compute too: R peaks, time domain and bands, and the skin's."""

    def __init__(self) -> None:
        self._peaks, self._verdicts = RPeaks(), RrVerdicts(origin=Modality.ECG)
        self._time_domain, self._tachogram = TimeDomain(), Tachogram()
        self._spectrum = Spectrum(self._tachogram)
        self._skin = SkinConductance()
        self._last: RPeak | None = None

    def update(self, item: Item) -> object:
        """Take a packet; at a tick, give the numbers."""
        skin = self._skin.update(item)
        if isinstance(item, Tick):
            return self._time_domain.measures_at(item.t), self._spectrum.bands_at(item.t), skin
        for peak in self._peaks.update(item):
            if self._last is not None:
                self._follow(self._last, peak)
            self._last = peak
        return None

    def _follow(self, last: RPeak, peak: RPeak) -> None:
        for beat in self._verdicts.take(peak.t, 1000.0 * (peak.t - last.t), peak.detected_t):
            self._time_domain.update(beat)
            self._tachogram.update(beat)


def _through_the_pipeline(items: Iterable[Item]) -> list[float]:
    return _each_second(Pipeline().update, items)


def _each_second(update: Callable[[Item], object], items: Iterable[Item]) -> list[float]:
    """Give the processor's time of each second, from its packets to its tick."""
    costs = []
    began = time.process_time()
    for item in items:
        update(item)
        if isinstance(item, Tick):
            now = time.process_time()
            costs.append(now - began)
            began = now
    return costs


def _detection(items: list[Item]) -> float:
    stage, costs = RPeaks(), []
    for item in items:
        if isinstance(item, Chunk) and item.modality is Modality.ECG:
            began = time.process_time()
            stage.update(item)
            costs.append(time.process_time() - began)
    return median(costs)


def _newest(items: list[Item], modality: Modality) -> FloatArray:
    values = (item.values for item in reversed(items) if isinstance(item, Chunk) and item.modality is modality)
    newest = list(itertools.islice(values, _WINDOW_S))
    return np.concatenate(newest[::-1])


def _neurokit(window: Window) -> object:
    import neurokit2 as nk  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    rate_hz = window.signals.ecg_hz
    clean = nk.ecg_clean(window.ecg_mv, sampling_rate=rate_hz)
    _, found = nk.ecg_peaks(clean, sampling_rate=rate_hz)
    heart = nk.hrv_time(found, sampling_rate=rate_hz), nk.hrv_frequency(found, sampling_rate=rate_hz)
    return heart, nk.eda_process(window.eda_microsiemens, sampling_rate=_SKIN_HZ) if window.signals.has_skin else None


def _heartpy(window: Window) -> object:
    import heartpy  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    vars(np).setdefault("trapz", np.trapezoid)  # heartpy asks for the name that numpy 2.4 has dropped
    return heartpy.process(window.ecg_mv, float(window.signals.ecg_hz), calc_freq=True)


def _sleepecg(window: Window) -> object:
    import sleepecg  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    return sleepecg.detect_heartbeats(window.ecg_mv, window.signals.ecg_hz)


_PEERS: dict[str, tuple[Callable[[Window], object], tuple[Signals, ...]]] = {
    "neurokit2": (_neurokit, _EACH),
    "heartpy": (_heartpy, _ECG_ALONE),
    "sleepecg": (_sleepecg, (_STRAP_ALONE,)),
}


def _cost(work: Callable[[Window], object], window: Window) -> float:
    costs = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what libraries say of themselves
        work(window)  # what is imported and compiled at first is not counted
        for _ in range(_REPEATS):
            began = time.process_time()
            work(window)
            costs.append(time.process_time() - began)
    return median(costs)


if __name__ == "__main__":
    print(table(run()))
