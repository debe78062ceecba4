# SPDX-License-Identifier: MIT
"""The breath as sound: in time, without a click, and silent when it should be."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audio.breath_parts import place_at
from app.audio.renderer import Renderer
from app.audio.score import Score, Voice
from app.audio.stream_clock import StreamClock
from app.audio.voices import RATE_HZ, level_of
from dsp.plan import BreathPart, BreathShape, PacingPlan, Segment
from tests.app.audio.rendered import START_S, Heard, listen, loudness, onsets, playing, steady

HEARD = (Voice.TONES, Voice.AIR, Voice.MARKS)
STEEPEST = 0.08  # from one sample to the next at full volume; a click is a step of many times that


def late(seed: int) -> Iterator[float]:
    """A busy computer: each block up to 15 ms late."""
    rng = np.random.default_rng(seed)
    while True:
        yield float(rng.uniform(0.0, 0.015))


def made(score: Score) -> Renderer:
    clock = StreamClock(RATE_HZ)
    clock.observe(0, START_S)
    return Renderer(clock, lambda: score)


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=20), st.sampled_from(HEARD))
@settings(max_examples=20, deadline=None)
def test_how_the_stream_is_cut_changes_no_sample(cuts: list[int], voice: Voice) -> None:
    score = Score(steady(12.0), voice, 1.0)
    whole = made(score).render(sum(cuts))
    renderer = made(score)
    parts = np.concatenate([renderer.render(cut) for cut in cuts])
    np.testing.assert_array_equal(whole, parts)


def test_nothing_is_heard_before_it_was_chosen() -> None:
    assert not np.any(listen(playing(Voice.OFF), 4.0).samples)

    def resting(_t: float) -> Score:
        return Score(None, Voice.TONES)

    assert not np.any(listen(resting, 4.0).samples)


@pytest.mark.parametrize("ppm", [-200.0, 200.0])
def test_tones_begin_with_the_breath_within_20_ms_on_a_busy_computer(ppm: float) -> None:
    heard = listen(playing(Voice.TONES), 42.0, late_s=late(3), ppm=ppm)
    found = onsets(heard)
    turns = sorted(START_S + 10.0 * breath + at for breath in range(1, 4) for at in (0.0, 4.0))
    errors = [np.abs(found - turn - 0.057).min() for turn in turns]
    assert max(errors) <= 0.02
    assert len(found) == pytest.approx(len(turns) + 2, abs=1)  # and the first breath's; nothing else begins


@pytest.mark.parametrize("voice", HEARD)
def test_the_first_sound_fades_in_over_three_seconds(voice: Voice) -> None:
    plan = PacingPlan((Segment(START_S, 20.0, BreathShape(1.0, 1.0)),))
    heard = listen(playing(voice, plan), 12.0)
    late_on = listen(playing(voice, PacingPlan((Segment(START_S - 20.0, 20.0, BreathShape(1.0, 1.0)),))), 12.0)
    assert np.abs(heard.between(START_S, START_S + 0.3)).max() < 0.02
    assert np.abs(late_on.between(START_S, START_S + 0.3)).max() < 0.02


def test_what_is_chosen_in_the_middle_of_a_breath_comes_up_from_silence() -> None:
    plan = PacingPlan((Segment(START_S - 5.0, 20.0, BreathShape(1.0, 1.0)),))
    loud = loudness(listen(playing(Voice.TONES, plan), 4.0))
    second = [float(loud[round(t * RATE_HZ)]) for t in (0.1, 1.0, 2.0, 3.1)]
    assert second == sorted(second)
    assert second[0] < 0.02
    assert second[3] > 0.2


@pytest.mark.parametrize("voice", HEARD)
@given(st.floats(4.0, 18.0))
@settings(max_examples=6, deadline=None)
def test_a_stop_is_silent_within_100_ms_and_does_not_click(voice: Voice, stop_s: float) -> None:
    plan = steady(8.0)
    heard = listen(lambda t: Score(plan if t < START_S + stop_s else None, voice, 1.0), stop_s + 1.0)
    assert not np.any(heard.between(START_S + stop_s + 0.1, START_S + stop_s + 1.0))
    assert np.abs(np.diff(heard.samples)).max() < STEEPEST


@given(
    st.lists(
        st.tuples(st.floats(0.05, 3.0), st.floats(4.0, 12.0), st.sampled_from(Voice), st.floats(0.0, 1.0)), max_size=4
    )
)
@settings(max_examples=8, deadline=None)
def test_whatever_changes_nothing_clicks_and_nothing_is_too_loud(
    changes: list[tuple[float, float, Voice, float]],
) -> None:
    scores = [(START_S + 4.0, Score(steady(), Voice.TONES, 1.0))]
    for wait_s, rate, voice, volume in changes:
        t = scores[-1][0] + wait_s
        scores.append((t, Score(steady(rate, t - 1.0), voice, volume)))
    heard = listen(lambda t: next((s for end, s in scores if t < end), scores[-1][1]), 4.0 + 3.0 * len(scores))
    assert np.abs(heard.samples).max() <= 0.5
    assert np.abs(np.diff(heard.samples)).max() < STEEPEST


@pytest.mark.parametrize("shape", [BreathShape(), BreathShape(1.0, 100.0), BreathShape(4.0, 4.0, 4.0, 4.0)])
@pytest.mark.parametrize("volume", [1.0, 0.3])
def test_no_swell_and_no_fade_is_steeper_than_50_ms(shape: BreathShape, volume: float) -> None:
    score = Score(PacingPlan((Segment(START_S - 20.0, 5.0, shape),)), Voice.MARKS, volume)
    renderer = made(score)
    gains = [_after(renderer, 48) for _ in range(12_000)]
    assert max(gains) > 0.6
    assert np.abs(np.diff(gains)).max() <= 0.1 + 1e-9  # a quantum of 5 ms, a tenth of 50


def _after(renderer: Renderer, count: int) -> float:
    renderer.render(count)
    return renderer._gain


def test_a_hold_is_silent() -> None:
    plan = PacingPlan((Segment(0.0, 16.0, BreathShape(4.0, 4.0, 4.0, 4.0)),))
    assert place_at(plan, 5.0).part is BreathPart.HOLD_FULL
    assert all(level_of(voice, place_at(plan, 5.0)) == 0.0 for voice in Voice)


def test_the_tone_rises_with_the_inhale_and_sinks_with_the_exhale() -> None:
    heard = listen(playing(Voice.TONES), 22.0)
    low, high = (_pitch(heard, START_S + 10.0 + at) for at in (0.4, 3.2))
    sunk = _pitch(heard, START_S + 10.0 + 8.6)
    assert max(low, sunk) < 240.0
    assert high > 300.0


def _pitch(heard: Heard, t: float) -> float:
    piece = heard.between(t, t + 0.2).astype(np.float64)
    spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 1 << 17))
    return float(np.argmax(spectrum)) * RATE_HZ / (1 << 17)


def test_a_volume_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="volume must be from 0 to 1"):
        Score(volume=1.5)
