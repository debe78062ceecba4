# SPDX-License-Identifier: MIT
"""Hostile ECGs (more: `benchmarks/faults/hostile_ecg.py`): nothing raises, the quality is hardly ever up by mistake."""

from benchmarks.faults.hostile_ecg import follow

_PERSONS, _SECONDS = 12, 120


def test_the_quality_is_not_up_while_the_beats_are_wrong() -> None:
    followed = [follow(seed, _SECONDS) for seed in range(_PERSONS)]
    seconds = _PERSONS * _SECONDS
    assert sum(len(one.findings) for one in followed) <= 0.01 * seconds
    assert sum(one.n_up for one in followed) > 0.5 * seconds  # or nothing was tried
