# SPDX-License-Identifier: MIT
"""Made-up hearts for tests and benches: moved by breathing, or without order; and spoiled beats of four kinds."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from dsp.stream import FloatArray

KINDS = ("missed", "extra", "ectopic", "misplaced")


def breathing(
    lowest_bpm: float, peak_to_trough_bpm: float, breaths_per_min: float, *, seconds: float = 300.0, phase: float = 0.0
) -> FloatArray:
    """Give the intervals in ms of a heart whose rate follows the breath as a sine, as a strap would send them."""
    t = np.arange(0.0, seconds, 0.001)
    half = peak_to_trough_bpm / 2.0
    rate_bpm = lowest_bpm + half + half * np.sin(2.0 * np.pi * breaths_per_min / 60.0 * t + phase)
    beats = np.cumsum(rate_bpm) * 0.001 / 60.0
    at = np.interp(np.arange(1.0, beats[-1]), beats, t)
    rr_ms: FloatArray = np.round(np.diff(at) * 1024.0) / 1.024
    return rr_ms


def resting(rng: np.random.Generator, count: int, *, mean_ms: float = 850.0) -> FloatArray:
    """Give the intervals in ms of a heart at rest: breathing, and a little of everything else."""
    return mean_ms + 30.0 * np.sin(np.arange(count) / 2.5) + rng.normal(0.0, 15.0, count)


def without_order(rng: np.random.Generator, count: int, *, mean_ms: float = 650.0, spread: float = 0.22) -> FloatArray:
    """Give intervals in ms of which none follows from another."""
    return np.clip(mean_ms * np.exp(rng.normal(0.0, spread, count)), 320.0, 1900.0)


def spoil(
    rr_ms: FloatArray, rng: np.random.Generator, *, kinds: Sequence[str] = KINDS, share: float = 0.02
) -> tuple[FloatArray, list[str]]:
    """Spoil a share of the beats, the kinds in turn; at least one, none within three beats of another.

    Returns
    -------
    rr_ms : array, shape (m,)
        The intervals between the beats as they are seen now.
    spoiled : list of str, m long
        The kind that touches each interval, "" where it is as it was.
    """
    peaks = np.concatenate([[0.0], np.cumsum(rr_ms)])
    kind_of = dict(
        zip(_places(rng, len(peaks), share), [kinds[k % len(kinds)] for k in range(len(peaks))], strict=False)
    )
    seen: list[tuple[float, str]] = []
    for i, peak in enumerate(peaks.tolist()):
        seen += _as_seen(rng, peak, peak - float(peaks[max(i - 1, 0)]), kind_of.get(i, ""))
    events = _without_missed(seen)
    intervals = [after[0] - before[0] for before, after in pairwise(events)]
    return np.array(intervals), [after[2] or before[1] or after[1] for before, after in pairwise(events)]


def _places(rng: np.random.Generator, count: int, share: float) -> list[int]:
    places: list[int] = []
    for place in rng.permutation(np.arange(5, count - 3)).tolist():
        if all(abs(place - other) > 3 for other in places):
            places.append(place)
        if len(places) >= max(1, round(share * count)):
            break
    return places


def _as_seen(rng: np.random.Generator, peak: float, rr: float, kind: str) -> list[tuple[float, str]]:
    if kind == "extra":
        return [(peak - rng.uniform(0.25, 0.75) * rr, "extra"), (peak, "")]
    if kind == "ectopic":
        return [(peak - rng.uniform(0.2, 0.4) * rr, "ectopic")]
    if kind == "misplaced":
        return [(peak + float(rng.choice([-120.0, 120.0])), "misplaced")]
    return [(peak, kind)]


def _without_missed(seen: list[tuple[float, str]]) -> list[tuple[float, str, str]]:
    """Drop the missed beats; the beat after one carries that its interval spans two."""
    events: list[tuple[float, str, str]] = []
    spans = ""
    for t, kind in sorted(seen):
        if kind != "missed":
            events.append((t, kind, spans))
        spans = "missed" if kind == "missed" else ""
    return events
