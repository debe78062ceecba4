# SPDX-License-Identifier: MIT
"""At which slow rate a person's heart answers the breath most: the resonance assessment.

The person follows the pacer at several rates. Each breath's answer is measured against the pacer: how far the rate
swings, how much of the swing is at the paced frequency, how far it lags behind the breath, and which share of the
heart's variance lies there. Per rate the four are averaged, compared over the rates (z), and their mean is its score.

Law: the answer depends on the beats, the plan and the generator's state alone.

Notes
-----
- The first two breaths at a rate are left out: a resonator takes some cycles to settle.
- The lag is against the first harmonic of the pacer's own depth, so that it is 0 when the heart is fastest at the
  middle of full lungs, whatever the ratio of inhale to exhale.
- An NN is the mean over its interval, so that its rate stands in the middle of it: at its end it would come half an
  interval late, which is a sixth of a radian at 6/min, and the best rate would look a tenth slower than it is.
- The 90 % range of a score is that of the same draws, about their own mean over the rates.
- Breaths of one rate are drawn anew with replacement 1000 times (bootstrap, Efron 1979). Where the best rate beats the
  second one in fewer than 80 of 100 draws, both are told: equally good, take the more comfortable.
- Sliding: the same breaths by nearest rate, a quarter of a breath a minute to each side.

References
----------
Lehrer et al. 2013; Shaffer & Meehan 2020, doi 10.3389/fnins.2020.570400 (criteria). Fisher & Lehrer 2022,
doi 10.1007/s10484-022-09544-x (sliding). It moves between days: doi 10.1038/s41598-021-87867-8.
"""

import cmath
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dsp.finding import Assessment, Criteria, RateScore
from dsp.glide import glide
from dsp.heart.spline import Spline
from dsp.plan import BreathShape, PacingPlan, Segment
from dsp.stream import FloatArray

RATES = (6.5, 6.0, 5.5, 5.0, 4.5)
"""Breaths a minute that are compared, in the order in which the stepped way tries them."""

_STEP_S, _RECHECK_S = 120.0, 90.0
_SLIDE = (6.75, 4.25)
_SLIDE_BREATHS = 78  # Fisher & Lehrer 2022
_SETTLING_BREATHS = 2
_FEWEST_BREATHS = 5  # of a rate, below which it is not compared
_DRAWS = 1000
_RANGE = (0.05, 0.95)
_SAMPLES = 64
_CYCLE = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
_TURNING = np.exp(-2j * np.pi * _CYCLE) * (2.0 / _SAMPLES)
_GAP_S = 3.0
_AS_MEASURED = np.array([1.0, 1.0, -1.0, 1.0])  # a lag's worth is below 0, its size is not


@dataclass(frozen=True, slots=True)
class Answer:
    """How the heart answered one breath.

    `swing_bpm` is from the lowest rate to the highest; `wave_bpm` its part at the paced frequency, as a complex
    amplitude whose angle is 0 where the heart moves with the breath and negative where it comes later; `variance` in
    bpm^2 is of the whole breath.
    """

    onset_s: float
    breaths_per_min: float
    swing_bpm: float
    wave_bpm: complex
    variance: float


def stepped_plan(start_s: float, shape: BreathShape | None = None) -> PacingPlan:
    """Plan two minutes at each rate, with a glide from one to the next.

    Parameters
    ----------
    start_s : float
        The first inhale, seconds on the session clock.
    shape : BreathShape or None
        The proportions of the breath; the usual ones by default.
    """
    return _steps(RATES, start_s, _STEP_S, shape or BreathShape())


def recheck_plan(start_s: float, about: float, shape: BreathShape | None = None) -> PacingPlan:
    """Plan a short look at the rate that was found before and at its two neighbours, a minute and a half each."""
    near = [rate for rate in RATES if abs(rate - about) <= 0.75]
    return _steps(near or RATES[1:4], start_s, _RECHECK_S, shape or BreathShape())


def _steps(rates: Sequence[float], start_s: float, step_s: float, shape: BreathShape) -> PacingPlan:
    segments: tuple[Segment, ...] = (Segment(start_s, 60.0 / rates[0], shape),)
    for rate in rates[1:]:
        glided = glide(PacingPlan(segments[-1:]), segments[-1].start_s + step_s, rate, shape)
        segments += glided.segments[1:]
    end = segments[-1]
    return PacingPlan(segments, end.start_s + math.ceil(step_s / end.period_s) * end.period_s)


def sliding_plan(start_s: float, shape: BreathShape | None = None) -> PacingPlan:
    """Plan 78 breaths, each a little longer than the one before, from 6.75 to 4.25 a minute."""
    shape = shape or BreathShape()
    periods = np.geomspace(60.0 / _SLIDE[0], 60.0 / _SLIDE[1], _SLIDE_BREATHS)
    onsets = start_s + np.concatenate([[0.0], np.cumsum(periods)])
    segments = tuple(Segment(float(t), float(p), shape) for t, p in zip(onsets[:-1], periods, strict=True))
    return PacingPlan(segments, float(onsets[-1]))


def answers(t: FloatArray, nn_ms: FloatArray, plan: PacingPlan) -> tuple[Answer, ...]:
    """Measure the heart's answer to each breath that the beats cover without a gap.

    Parameters
    ----------
    t, nn_ms : array, shape (n,)
        When each NN ends, seconds on the session clock, strictly rising; and how long it is, ms.
    plan : PacingPlan
        What the person followed; it must have an end.
    """
    if len(t) < 4:
        return ()
    curve = Spline(t - nn_ms / 2000.0, 60_000.0 / nn_ms)
    return tuple(
        _answer(curve, onset_s, period_s, _phase_of_depth(plan, onset_s, period_s))
        for onset_s, period_s in _breaths(plan)
        if _is_covered(t, onset_s - period_s, onset_s + period_s)
    )


def assess(told: Sequence[Answer], rng: np.random.Generator) -> Assessment | None:
    """Compare the rates; None when fewer than two of them have five breaths or more.

    Parameters
    ----------
    told : sequence of Answer
        In order of time.
    rng : numpy.random.Generator
        Draws the breaths anew.
    """
    by_rate = {rate: table for rate, table in _by_rate(told).items() if len(table) >= _FEWEST_BREATHS}
    if len(by_rate) < 2:
        return None
    rates = np.array(list(by_rate))
    means = _worth_of(np.array([table.mean(axis=0) for table in by_rate.values()]))
    drawn = _worth_of(np.stack([_drawn_means(table, rng) for table in by_rate.values()], axis=1))
    scatter = np.sqrt(drawn.var(axis=0).mean(axis=0))
    z = (means - means.mean(axis=0)) / np.where(scatter > 0.0, scatter, 1.0)
    score = z.mean(axis=1)
    order = np.argsort(-score, kind="stable")
    scores = (drawn / np.where(scatter > 0.0, scatter, 1.0)).mean(axis=2)
    low, high = np.quantile(scores - scores.mean(axis=1, keepdims=True), _RANGE, axis=0)
    certainty = float(np.mean(scores[:, order[0]] > scores[:, order[1]]))
    rows = tuple(
        RateScore(
            float(rate), len(table), _criteria(mean * _AS_MEASURED), _criteria(row), float(mark), *map(float, ends)
        )
        for rate, table, mean, row, mark, *ends in zip(rates, by_rate.values(), means, z, score, low, high, strict=True)
    )
    return Assessment(
        rows, float(rates[order[0]]), float(rates[order[1]]), certainty, _locking(list(by_rate.values())[order[0]])
    )


def _criteria(row: FloatArray) -> Criteria:
    return Criteria(*row.tolist())


def _locking(table: FloatArray) -> float:
    """Give the length of the mean unit wave of one rate's breaths."""
    waves = table[:, 1] + 1j * table[:, 2]
    return float(abs(np.mean(waves / np.maximum(np.abs(waves), 1e-12))))


def _breaths(plan: PacingPlan) -> Iterator[tuple[float, float]]:
    """Give onset and length of each whole breath of a plan that ends."""
    if plan.end_s is None:
        raise ValueError("a plan to be assessed must have an end")
    borders = [*(segment.start_s for segment in plan.segments[1:]), plan.end_s]
    for segment, border_s in zip(plan.segments, borders, strict=True):
        for k in range(round((border_s - segment.start_s) / segment.period_s)):
            yield segment.start_s + k * segment.period_s, segment.period_s


def _is_covered(t: FloatArray, start_s: float, end_s: float) -> bool:
    """Tell whether beats surround a stretch and leave no gap in it."""
    if start_s < t[0] or end_s > t[-1]:
        return False
    inside = t[np.searchsorted(t, start_s, side="right") - 1 : np.searchsorted(t, end_s) + 1]
    return bool(np.all(inside[1:] - inside[:-1] <= _GAP_S))


def _answer(curve: Spline, onset_s: float, period_s: float, depth_rad: float) -> Answer:
    before, rates = (curve.at(onset_s + period_s * (k + _CYCLE)) for k in (-1, 0))
    level = rates - (rates.mean() - before.mean()) * (_CYCLE - 0.5)  # freed of the trend over two breaths
    wave = complex(level @ _TURNING) * cmath.exp(-1j * depth_rad)
    return Answer(onset_s, 60.0 / period_s, float(np.ptp(level)), wave, float(level.var()))


def _phase_of_depth(plan: PacingPlan, onset_s: float, period_s: float) -> float:
    depth = np.array([plan.phase_at(onset_s + period_s * part).depth for part in _CYCLE])
    return cmath.phase(complex((depth - depth.mean()) @ _TURNING))


def _by_rate(told: Sequence[Answer]) -> Mapping[float, FloatArray]:
    """Sort the answers by the nearest rate, without those that a change of rate still unsettles."""
    rows: dict[float, list[Answer]] = {rate: [] for rate in RATES}
    settling, newest = 0, math.nan
    for answer in told:
        is_step = abs(answer.breaths_per_min - newest) > 0.1  # a slide changes by less from breath to breath
        settling = _SETTLING_BREATHS if is_step else max(settling - 1, 0)
        newest = answer.breaths_per_min
        nearest = min(RATES, key=lambda rate: abs(rate - answer.breaths_per_min))
        if not settling and abs(nearest - answer.breaths_per_min) <= 0.25:
            rows[nearest].append(answer)
    return {rate: np.array([_row(answer) for answer in found]) for rate, found in rows.items() if found}


def _row(answer: Answer) -> tuple[float, float, float, float]:
    return answer.swing_bpm, answer.wave_bpm.real, answer.wave_bpm.imag, answer.variance


def _drawn_means(table: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Give the means of breaths drawn anew, shape (draws, 4)."""
    counts = rng.multinomial(len(table), np.full(len(table), 1.0 / len(table)), size=_DRAWS)
    return np.asarray(counts @ table / len(table))


def _worth_of(means: FloatArray) -> FloatArray:
    """Make the four criteria of mean breaths, more is better: waves add up first, so what does not follow averages out.

    Returns
    -------
    array, shape (..., 4)
        Swing and amplitude in bpm, the size of the lag in rad below 0, and the share of the variance.
    """
    swing, real, imaginary, variance = np.moveaxis(means, -1, 0)
    power = (real**2 + imaginary**2) / 2.0
    share = np.minimum(power / np.where(variance > 0.0, variance, math.inf), 1.0)
    return np.stack([swing, np.hypot(real, imaginary), -np.abs(np.arctan2(imaginary, real)), share], axis=-1)
