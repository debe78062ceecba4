# SPDX-License-Identifier: MIT
"""What a second of signals costs, beside libraries that compute a whole window anew each second.

`python -m benchmarks.speed.full_update` prints the table: an hour of ECG (130 Hz) and skin conductance (4 Hz) through
the whole pipeline; an update of it beside neurokit2 and heartpy on the last 300 s; the R peaks alone beside sleepecg.
Peers are measured where they are installed, in this same process, by the processor's time.
"""

import asyncio
import importlib.util
import itertools
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.figure import Figure, table
from dsp.codes import Modality
from dsp.heart.qrs import RPeaks
from dsp.pipeline import Pipeline
from dsp.stream import Chunk, FloatArray, Item, Tick
from sensors.synthetic import SyntheticPerson

_HOUR_S = 3600
_WINDOW_S, _RATE_HZ = 300, 130
_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Costs:
    """The processor's time in seconds; of the peers that are installed."""

    hour: float
    update: float
    peaks: float
    peers: dict[str, float]


def costs() -> Costs:
    """Measure everything in this process."""
    items = asyncio.run(_lived(_HOUR_S))
    seconds = _through_the_pipeline(items)
    window = _newest_window(items)
    there = [peer for peer in _PEERS if importlib.util.find_spec(peer) is not None]
    peers = {peer: _cost(_PEERS[peer], window) for peer in there}
    return Costs(sum(seconds), median(seconds[_WINDOW_S:]), _detection(items), peers)


def run() -> list[Figure]:
    ours = costs()
    return [
        Figure("an hour of ECG and skin conductance, whole pipeline", f"{ours.hour:.1f} s", "<= 6 s", ours.hour <= 6.0),
        Figure("a full update each second, window full", f"{1000 * ours.update:.2f} ms", ""),
        Figure("R peaks alone, a second of ECG", f"{1000 * ours.peaks:.3f} ms", ""),
        _beside(ours, "neurokit2", "neurokit2 (clean, peaks, hrv_time, hrv_frequency)", ours.update, 100),
        _beside(ours, "heartpy", "heartpy (process, with frequencies)", ours.update, 300),
        _beside(ours, "sleepecg", "sleepecg (C, R peaks alone)", ours.peaks, 1),
    ]


def _beside(ours: Costs, peer: str, what: str, own_s: float, least: int) -> Figure:
    cost_s = ours.peers.get(peer)
    if cost_s is None:
        return Figure(what, "not installed", "")
    ratio = cost_s / own_s
    told = f"{1000 * cost_s:.2f} ms, {ratio:.0f} times ours"
    return Figure(f"{what}, 300 s anew", told, f">= {least} times ours", ratio >= least)


async def _lived(seconds: int) -> list[Item]:
    """Give an hour of the synthetic person's ECG and skin, a packet and a tick each second."""
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


def _through_the_pipeline(items: list[Item]) -> list[float]:
    """Give the processor's time of each second, from its packets to its tick."""
    pipeline, costs = Pipeline(), []
    began = time.process_time()
    for item in items:
        pipeline.update(item)
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


def _newest_window(items: list[Item]) -> FloatArray:
    ecg = (item.values for item in reversed(items) if isinstance(item, Chunk) and item.modality is Modality.ECG)
    newest = list(itertools.islice(ecg, _WINDOW_S))
    return np.concatenate(newest[::-1])


def _neurokit(ecg_mv: FloatArray) -> object:
    import neurokit2 as nk  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    clean = nk.ecg_clean(ecg_mv, sampling_rate=_RATE_HZ)
    _, found = nk.ecg_peaks(clean, sampling_rate=_RATE_HZ)
    return nk.hrv_time(found, sampling_rate=_RATE_HZ), nk.hrv_frequency(found, sampling_rate=_RATE_HZ)


def _heartpy(ecg_mv: FloatArray) -> object:
    import heartpy  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    vars(np).setdefault("trapz", np.trapezoid)  # heartpy asks for the name that numpy 2.4 has dropped
    return heartpy.process(ecg_mv, float(_RATE_HZ), calc_freq=True)


def _sleepecg(ecg_mv: FloatArray) -> object:
    import sleepecg  # type: ignore[import-not-found, unused-ignore]  # a peer: there in the bench only

    return sleepecg.detect_heartbeats(ecg_mv, _RATE_HZ)


_PEERS: dict[str, Callable[[FloatArray], object]] = {
    "neurokit2": _neurokit,
    "heartpy": _heartpy,
    "sleepecg": _sleepecg,
}


def _cost(work: Callable[[FloatArray], object], window: FloatArray) -> float:
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
