# SPDX-License-Identifier: MIT
"""What the estimate is told of the heart: uneven beats are told as such, whether or not variability is shown."""

import numpy as np

from dsp.arousal.senses import Senses
from dsp.heart.heart import Heart
from dsp.stream import FloatArray, Tick
from tests.dsp.beats import by_seconds, rr_chunk


def _senses(rr_ms: FloatArray) -> list[Senses]:
    heart, chunk = Heart(), rr_chunk(rr_ms)
    senses = []
    for item in by_seconds([chunk], int(chunk.t[-1])):
        heart.update(item)
        if isinstance(item, Tick):
            senses.append(Senses(item.t, heart.told_at(item.t, None)))
    return senses


def test_beats_are_uneven_for_a_minute_also_where_variability_is_shown() -> None:
    told = _senses(1000.0 + np.random.default_rng(1).normal(0.0, 70.0, 200))
    shown = [senses for senses in told if senses.heart.variability.rmssd_ms.value is not None]
    assert any(senses.is_uneven for senses in shown)
    assert [senses.is_uneven for senses in shown] == [senses.heart.variability.is_uneven for senses in shown]


def test_steady_beats_are_not_uneven() -> None:
    assert not any(senses.is_uneven for senses in _senses(800.0 + 20.0 * np.sin(np.arange(120) / 3.0)))
