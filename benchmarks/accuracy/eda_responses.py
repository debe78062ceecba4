# SPDX-License-Identifier: MIT
"""Responses of known size against what is found of them: Bateman, 0.75 and 2 s, at least 8 s apart."""

from dataclasses import dataclass, field

import numpy as np

from dsp.skin.artifacts import Site
from dsp.skin.eda import SkinConductance
from dsp.stream import FloatArray, Scr
from tests.dsp.skin.made import PEAK_S, responses_of, skin, times, told

RATES_HZ = (4.0, 8.0, 32.0, 128.0)
AMPLITUDES = (0.1, 0.3, 1.0, 3.0)  # microsiemens
LEVELS = (0.5, 2.0, 5.0, 15.0)

_COUNT = 15  # responses a record
_START_S = 16.0


@dataclass(slots=True)
class Score:
    """How a row of records went: responses made and found, findings that are none, and errors of amplitude."""

    made: int = 0
    found: int = 0
    false: int = 0
    inexact: int = 0  # records whose count is not the true one
    errors: list[float] = field(default_factory=list)

    def add(self, peaks_s: FloatArray, amplitudes: FloatArray, responses: list[Scr]) -> None:
        """Count one record; a finding belongs to the peak that it lies within 1 s of."""
        found = 0
        for peak_s, amplitude in zip(peaks_s.tolist(), amplitudes.tolist(), strict=True):
            near = [response for response in responses if abs(response.peak_t - peak_s) < 1.0]
            found += bool(near)
            self.errors += [near[0].amplitude_microsiemens / amplitude - 1.0] if near else []
        self.made += len(peaks_s)
        self.found += found
        self.false += len(responses) - found
        self.inexact += len(responses) != len(peaks_s)


def score_still_hand() -> Score:
    """Every amplitude on every level, rate and site, with the noise of a good sensor (0.002 microsiemens)."""
    score = Score()
    for seed, (rate_hz, site) in enumerate((rate_hz, site) for rate_hz in RATES_HZ for site in Site):
        for amplitude in AMPLITUDES:
            for level in LEVELS:
                _add_record(score, rate_hz, site, amplitude, level, noise=0.002, seed=seed)
    return score


def score_noisy(rate_hz: float, noise: float) -> Score:
    """Every amplitude on every level with noise whose SD is this part of the response's height."""
    score = Score()
    for seed, amplitude in enumerate(AMPLITUDES):
        for level in LEVELS:
            _add_record(score, rate_hz, Site.FINGER, amplitude, level, noise=noise * amplitude, seed=seed)
    return score


def rms_of_responses() -> float:
    """Give the SD of a record with isolated responses of height 1, without noise: what 20 dB refers to."""
    t = times(_START_S + _COUNT * 10.0, 32.0)
    return float(np.std(skin(t, _onsets(0), 1.0, level=0.0, noise=0.0)))


def share_of_pairs_counted() -> float:
    """Give the share of overlapping pairs of which both are counted."""
    counted = [
        len(_responses(Site.FINGER, t, skin(t, [20.3, 20.3 + apart_s], amplitude, level=5.0))) == 2
        for t in (times(60.0, rate_hz) for rate_hz in RATES_HZ)
        for apart_s in (2.5, 3.0, 4.0, 5.0)
        for amplitude in AMPLITUDES
    ]
    return sum(counted) / len(counted)


def _onsets(seed: int) -> FloatArray:
    between_s = np.random.default_rng(seed).uniform(8.0, 12.0, _COUNT)
    return np.asarray(_START_S + np.cumsum(between_s) - between_s[0])


def _add_record(
    score: Score, rate_hz: float, site: Site, amplitude: float, level: float, *, noise: float, seed: int
) -> None:
    onsets = _onsets(seed)
    t = times(onsets[-1] + 12.0, rate_hz)
    clean = skin(t, onsets, amplitude, level=level, noise=0.0)
    heights = [np.ptp(clean[(t > onset - 0.5) & (t < onset + 2.0)]) for onset in onsets]
    responses = _responses(site, t, skin(t, onsets, amplitude, level=level, noise=noise, seed=seed))
    score.add(onsets + PEAK_S, np.array(heights), responses)


def _responses(site: Site, t: FloatArray, eda: FloatArray) -> list[Scr]:
    return responses_of(told(SkinConductance(site), t, eda))
