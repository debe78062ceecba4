# SPDX-License-Identifier: MIT
"""Breathing rate from an ECG in intensive care, against two people who marked the breaths.

`python -m benchmarks.accuracy.breathing` prints the table. Recordings are read from `ATTUNE_DATA` or `../shared/data`;
neurokit2 is measured where it is installed.
"""

import os
from pathlib import Path

import numpy as np

from benchmarks.accuracy import breathing_methods as methods
from benchmarks.figure import Figure, table
from dsp.stream import FloatArray

DATA = Path(os.environ.get("ATTUNE_DATA") or Path(__file__).parents[3] / "shared" / "data")

_MOST_ERROR, _LEAST_COVERAGE = 2.0, 0.6

_METHODS: dict[str, methods.Method] = {
    "RR: spectral peak": methods.by_peak("rr"),
    "RR: autocorrelation": methods.by_autocorrelation("rr"),
    "QRS height: spectral peak": methods.by_peak("height"),
    "QRS height: autocorrelation": methods.by_autocorrelation("height"),
    "level before QRS: spectral peak": methods.by_peak("level"),
    "mean of RR, height, level where their SD is below 4/min (Karlen 2013)": methods.by_karlen,
    "Attune, RR alone": methods.by_attune_without_ecg,
}


def run() -> list[Figure]:
    records = methods.load(DATA / "bidmc")
    if not records:
        return [Figure("breathing rate", f"no recordings in {DATA / 'bidmc'}", "")]
    tuned, reported = records[::2], records[1::2]
    truths = {record.name: np.array([record.truth(t) for t in record.seconds]) for record in records}
    peers = {"neurokit2, respiration from the heart rate": methods.by_neurokit} if methods.has_neurokit() else {}
    figures = [
        Figure("tuned on", ", ".join(record.name for record in tuned), ""),
        Figure("reported on", ", ".join(record.name for record in reported), ""),
        Figure("the two people among themselves", f"MAE {_between_people(reported):.2f}/min", ""),
    ]
    for name, method in {**peers, **_METHODS}.items():
        figures.append(Figure(name, _both(method, tuned, reported, truths), ""))
    error, coverage = _error_and_coverage(methods.by_attune, reported, truths)
    is_met = error <= _MOST_ERROR and coverage >= _LEAST_COVERAGE
    demand = "report MAE <= 2/min at >= 60 %"
    return [*figures, Figure("**Attune**", _both(methods.by_attune, tuned, reported, truths), demand, is_met)]


def errors_and_coverages() -> dict[str, tuple[float, float]]:
    """Give each method's mean absolute error in breaths a minute and its coverage, on the records that are reported."""
    reported = methods.load(DATA / "bidmc")[1::2]
    truths = {record.name: np.array([record.truth(t) for t in record.seconds]) for record in reported}
    peers = {"neurokit2": methods.by_neurokit} if methods.has_neurokit() else {}
    every = {**peers, **_METHODS, "Attune": methods.by_attune}
    return {name: _error_and_coverage(method, reported, truths) for name, method in every.items()}


def _both(
    method: methods.Method, tuned: list[methods.Record], reported: list[methods.Record], truths: dict[str, FloatArray]
) -> str:
    told = [(word, *_error_and_coverage(method, records, truths)) for word, records in _named(tuned, reported)]
    return "; ".join(f"{word} MAE {error:.2f}/min at {100.0 * coverage:.0f} %" for word, error, coverage in told)


def _named(tuned: list[methods.Record], reported: list[methods.Record]) -> list[tuple[str, list[methods.Record]]]:
    return [("tune", tuned), ("report", reported)]


def _error_and_coverage(
    method: methods.Method, records: list[methods.Record], truths: dict[str, FloatArray]
) -> tuple[float, float]:
    """Give the mean absolute error of all that was told, and the share of seconds at which something was."""
    errors = np.concatenate([np.abs(method(record) - truths[record.name]) for record in records])
    truth = np.concatenate([truths[record.name] for record in records])
    return float(np.nanmean(errors)), float(np.mean(np.isfinite(errors[np.isfinite(truth)])))


def _between_people(records: list[methods.Record]) -> float:
    differences = []
    for record in records:
        first, second = (
            methods.Record(record.name, record.ecg_mv, record.rate_hz, record.beats_s, (one, one))
            for one in record.breaths_s
        )
        differences += [abs(first.truth(t) - second.truth(t)) for t in record.seconds]
    return float(np.nanmean(differences))


if __name__ == "__main__":
    print(table(run()))
