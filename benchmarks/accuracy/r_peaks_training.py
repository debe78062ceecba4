# SPDX-License-Identifier: MIT
"""How the weights of `dsp/heart/qrs_decision.py` were found, and what each thing that it asks is worth.

`python -m benchmarks.accuracy.r_peaks_training` prints both. The detector runs over each record of the half that tunes,
plain and with made-up electrode motion at 12 or 6 dB; what it asks of each candidate, and whether a marked beat lies
within 0.1 s, are the rows of a logistic regression. Since what it learns depends on what it takes, it runs again with
the new weights, four times in all. Then the same once more with one thing left out, for each in turn.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from benchmarks.accuracy.r_peaks_records import Record, f1_percent, load_mitdb, pairs, with_electrode_motion
from benchmarks.figure import Figure, table
from dsp.heart.qrs_candidates import Candidate, Candidates
from dsp.heart.qrs_decision import Decision, Terms, log_odds
from dsp.stream import FloatArray

_ROUNDS = 4
_NEAR_S, _NARROW_S = 0.1, 0.15  # from a marked beat: a candidate that is one, and a beat that was found
_FIRST = Terms(2.0, 2.0, 2.0, -1.0, -5.0, -2.0)
_LEFT_OUT = {
    "all": frozenset[str](),
    "without sharpness": frozenset({"sharpness"}),
    "without noise": frozenset({"noise"}),
    "without early": frozenset({"early"}),
    "without step": frozenset({"step"}),
    "energy against beats and noise alone": frozenset({"sharpness", "early", "step"}),
}

Prepared = tuple[Record, list[Candidate]]


def run() -> list[Figure]:
    plain = [record for record in load_mitdb() if record.is_tuned_on]
    noisy = [with_electrode_motion(record, 6.0 if k % 2 else 12.0) for k, record in enumerate(plain)]
    clean, moved = ([(record, _candidates(record)) for record in records] for records in (plain, noisy))
    figures = []
    for what, names in _LEFT_OUT.items():
        weights = train([*clean, *moved], names)
        f1 = [_f1(records, weights) for records in (clean, moved)]
        figures.append(Figure(what, f"F1 at 150 ms {f1[0]:.2f}, with electrode motion {f1[1]:.2f}", ""))
        told = ", ".join(f"{name} {weight:.1f}" for name, weight in weights._asdict().items() if weight)
        figures.append(Figure("... weights", told, ""))
    return figures


def train(records: Sequence[Prepared], without: frozenset[str] = frozenset()) -> Terms:
    """Give the weights; 0 for the terms that are left out."""
    weights, asked = _FIRST, np.array([name not in without for name in Terms._fields])
    for _ in range(_ROUNDS):
        weights = Terms(*np.where(asked, weights, 0.0).tolist())
        rows = [_rows(record, candidates, weights) for record, candidates in records]
        terms, is_beat = (np.concatenate(column) for column in zip(*rows, strict=True))
        found = np.zeros(len(asked))
        found[asked] = _logistic(terms[:, asked], is_beat)
        weights = Terms(*found.tolist())
    return weights


def _f1(records: Sequence[Prepared], weights: Terms) -> float:
    counts = []
    for record, candidates in records:
        decision = Decision(partial(log_odds, weights=weights))
        beats = [seen.beat for candidate in candidates for seen in decision.update(candidate)]
        marked, found = record.judged(record.beats_s), record.judged(np.array([beat.t for beat in beats]))
        counts.append((len(pairs(marked, found, _NARROW_S)), len(marked), len(found)))
    return f1_percent(counts)


def _candidates(record: Record) -> list[Candidate]:
    return Candidates(record.rate_hz).update(record.t, record.ecg_mv)


def _rows(record: Record, candidates: Sequence[Candidate], weights: Terms) -> tuple[FloatArray, FloatArray]:
    """Give what the detector asked of each candidate last, and whether that is a beat."""
    asked: list[Terms] = []

    def score(terms: Terms) -> float:
        asked.append(terms)
        return log_odds(terms, weights)

    decision, rows = Decision(score), []
    for candidate in candidates:
        asked.clear()
        list(decision.update(candidate))
        rows.append((candidate.t, asked[-1]) if 0 < len(asked) <= 2 else (candidate.t, None))
    times = np.array([candidate.t for candidate in candidates])
    beats = {j for _, j in pairs(record.beats_s, times, _NEAR_S)}
    judged = set(record.judged(times).tolist())
    kept = [(terms, j in beats) for j, (t, terms) in enumerate(rows) if terms is not None and t in judged]
    return np.array([terms for terms, _ in kept]), np.array([is_beat for _, is_beat in kept], dtype=np.float64)


def _logistic(terms: FloatArray, is_beat: FloatArray) -> FloatArray:
    """Fit by Newton's steps, with a weight of one row against large weights."""
    weights = np.zeros(terms.shape[1])
    spread = np.diag(np.var(terms, axis=0))
    for _ in range(30):
        odds = 1.0 / (1.0 + np.exp(-terms @ weights))
        slope = terms.T @ (is_beat - odds) - spread @ weights
        curve = (terms * (odds * (1.0 - odds))[:, np.newaxis]).T @ terms + spread
        weights = weights + np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    print(table(run()))
