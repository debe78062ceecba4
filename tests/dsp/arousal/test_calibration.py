# SPDX-License-Identifier: MIT
"""The guided calibration: what counts, what waits, and what is refused."""

import numpy as np
import pytest

from benchmarks.arousal.made_up import Life, command, rest, run
from dsp.arousal.calibration import Guide
from dsp.arousal.readings import Reading, Readings, absent
from dsp.baseline import Baseline, Calibration
from dsp.codes import Action, CalibrationStep, Channel, Modality, Reason
from dsp.pipeline import Pipeline
from dsp.stream import Chunk, Frame, Tick
from tests.dsp.beats import by_seconds, rr_chunk


def _readings(t: float, bpm: float = 65.0, why: Reason | None = None) -> Readings:
    signal = 0.0 if why else 1.0
    return Readings(t, (Reading(Channel.H, bpm, signal, signal, why),), absent(Channel.H, None))


class _Guided:
    """A guide and the second it is at."""

    def __init__(self) -> None:
        self.guide = Guide("client")
        self.t = 0.0
        self.told: list[Calibration | Baseline] = []

    def ask(self, **values: str | float) -> None:
        self.told += self.guide.command(self.t, dict(values))

    def live(self, seconds: int, bpm: float = 65.0, why: Reason | None = None) -> None:
        for _ in range(seconds):
            self.t += 1.0
            self.told += self.guide.second(_readings(self.t, bpm, why), why=None)

    @property
    def steps(self) -> list[CalibrationStep]:
        return [value.step for value in self.told if isinstance(value, Calibration)]

    @property
    def baselines(self) -> list[Baseline]:
        return [value for value in self.told if isinstance(value, Baseline)]

    @property
    def last(self) -> Calibration:
        return [value for value in self.told if isinstance(value, Calibration)][-1]


def test_settling_leads_to_a_rest_and_the_rest_to_a_baseline() -> None:
    guided = _Guided()
    guided.ask(step="felt", state="settled", level=3.0)
    guided.ask(step="settle")
    guided.live(240)
    (baseline,) = guided.baselines
    assert guided.steps[-1:] == [CalibrationStep.DONE]
    assert (baseline.t, baseline.clean_s, baseline.quality) == (240.0, 180.0, 1.0)
    assert (baseline.felt_state, baseline.felt_level) == ("settled", 3.0)
    assert (baseline.is_mirrored, baseline.has_talk) == (True, False)


def test_seconds_that_are_not_clean_wait_and_say_why() -> None:
    guided = _Guided()
    guided.ask(step="rest")
    guided.live(30)
    guided.live(10, why=Reason.NO_CONTACT)
    assert (guided.last.clean_s, guided.last.remaining_s, guided.last.why) == (30.0, 150.0, Reason.NO_CONTACT)
    guided.live(150)
    assert guided.baselines


def test_a_talk_and_a_comfortable_time_move_the_bounds() -> None:
    guided = _Guided()
    guided.ask(step="rest")
    guided.live(180)
    guided.ask(step="talk")
    guided.live(120, bpm=71.0)
    guided.ask(step="comfortable")
    guided.live(120, bpm=61.0)
    first, talked, last = guided.baselines
    assert first.upper == 0.7
    assert talked.upper > 1.4
    assert talked.has_talk
    assert last.lower == pytest.approx(-1.45, abs=0.1)
    assert not last.is_mirrored


def test_every_step_can_be_skipped_and_repeated() -> None:
    guided = _Guided()
    guided.ask(step="settle")
    guided.ask(step="skip")
    assert guided.steps[-1:] == [CalibrationStep.REST]
    guided.live(100)
    guided.ask(step="repeat")
    assert (guided.last.step, guided.last.clean_s) == (CalibrationStep.REST, 0.0)
    guided.live(180)
    guided.ask(step="talk")
    guided.ask(step="skip")
    assert guided.steps[-1:] == [CalibrationStep.DONE]
    assert len(guided.baselines) == 1


@pytest.mark.parametrize(("clean_s", "broken_s", "why"), [(5, 0, Reason.TOO_SHORT), (90, 90, Reason.TOO_BROKEN)])
def test_too_little_is_refused(clean_s: int, broken_s: int, why: Reason) -> None:
    guided = _Guided()
    guided.ask(step="rest")
    for _ in range(max(clean_s // 10, 1)):
        guided.live(min(clean_s, 10))
        guided.live(broken_s // 9, why=Reason.STALE)
    guided.ask(step="done")
    assert (guided.last.step, guided.last.why) == (CalibrationStep.REFUSED, why)
    assert not guided.baselines


def test_a_step_that_is_none_is_passed_over() -> None:
    guided = _Guided()
    guided.ask(step="nothing")
    guided.ask(step="repeat")
    guided.ask()
    guided.live(10)
    assert guided.told == []


def _refusals(frames: list[Frame]) -> list[Reason | None]:
    ends = (CalibrationStep.DONE, CalibrationStep.REFUSED)
    return [one.why for frame in frames for one in frame.calibrations if one.step in ends]


def _calibrated(rr_ms: list[float]) -> list[Frame]:
    pipeline = Pipeline()
    begin, end = rest(0.0, 180.0)
    frames = [pipeline.update(begin)]
    frames += [pipeline.update(item) for item in by_seconds([rr_chunk(rr_ms)], 180)]
    return [*frames, pipeline.update(end)]


def test_a_calibration_of_noise_is_refused() -> None:
    rr_ms = np.random.default_rng(1).uniform(300.0, 1800.0, 250).tolist()
    (why,) = _refusals(_calibrated(rr_ms))
    assert why in (Reason.UNEVEN_BEATS, Reason.TOO_MANY_FLAGGED)


def test_a_calibration_of_an_irregular_rhythm_is_refused() -> None:
    chance = np.random.default_rng(2)
    rr_ms = (800.0 * np.exp(0.22 * chance.standard_normal(250))).clip(350.0, 1600.0).tolist()
    (why,) = _refusals(_calibrated(rr_ms))
    assert why in (Reason.UNEVEN_BEATS, Reason.TOO_MANY_FLAGGED)


def test_a_calibration_with_electrodes_that_only_make_noise_is_refused() -> None:
    values = 4.0 + 2.0 * np.random.default_rng(3).standard_normal(180 * 4)
    chunk = Chunk(Modality.EDA, np.arange(1, 180 * 4 + 1) / 4.0, values, 180.0, "electrodes")
    pipeline = Pipeline()
    begin, end = rest(0.0, 180.0)
    frames = [pipeline.update(item) for item in (begin, *by_seconds([chunk], 180), end)]
    assert len(_refusals(frames)) == 1
    assert not [one for frame in frames for one in frame.baselines]


def test_a_window_of_more_than_90_days_ago_is_refused() -> None:
    values = {"h_m": 65.0, "h_sigma": 3.0, "h_n": 9.0, "upper": 1.0, "lower": -1.0}
    pipeline = Pipeline()
    frame = pipeline.update(command(0.0, Action.BASELINE, age_days=91, **values))
    assert [one.why for one in frame.calibrations] == [Reason.WINDOW_OLD]
    assert pipeline.update(Tick(1.0)).states[0].why is Reason.WINDOW_OLD


def test_a_finished_calibration_is_in_the_frame_with_its_raw_numbers() -> None:
    frames = run(Life(bpm=lambda _: 66.0), 200, rest(0.0, 190.0))
    (baseline,) = [one for frame in frames for one in frame.baselines]
    heart = baseline.rest_of(Channel.H)
    assert heart is not None
    assert heart.m == pytest.approx(66.0, abs=0.5)
    assert heart.sigma == pytest.approx(3.4, abs=0.3)
    assert baseline.quality > 0.95
