# SPDX-License-Identifier: MIT
"""The channels: what each says of a second, and when it says nothing."""

import math
from dataclasses import replace

import numpy as np
import pytest

from dsp.arousal.arrival import Arrival
from dsp.arousal.heart_channels import WINDOW_S, HeartChannels
from dsp.arousal.readings import Reading, Readings, absent
from dsp.arousal.skin_channels import SkinChannels
from dsp.arousal.window import Reference
from dsp.baseline import ChannelRest
from dsp.codes import Channel, Reason
from dsp.skin.eda import SkinSecond
from dsp.stream import Measure
from tests.dsp.beats import beats_of, rates, rr_chunk


def _heart(rr_ms: list[float]) -> HeartChannels:
    heart = HeartChannels()
    for beat in beats_of([rr_chunk(rr_ms)]):
        heart.update(beat)
    return heart


def _living(n: int, mean_ms: float = 900.0) -> list[float]:
    return [mean_ms + 40.0 * math.sin(i * 1.3) for i in range(n)]


def test_h_is_the_mean_rate_of_30_s() -> None:
    reading = _heart(_living(60)).mean_at(53.0, WINDOW_S)
    assert reading.x == pytest.approx(60_000 / 900, abs=0.3)
    assert reading.quality > 0.9
    assert reading.why is None


def test_over_whole_breaths_it_does_not_matter_where_in_a_breath_one_looks() -> None:
    t, rr_ms = 0.0, []
    while t < 120.0:
        rr_ms.append(60_000.0 / (65.0 + 12.0 * np.sin(2.0 * np.pi * t / 11.0)))
        t += rr_ms[-1] / 1000.0
    heart = _heart(rr_ms)
    whole = [heart.mean_at(float(at), WINDOW_S, 11.0).x for at in range(60, 110)]
    plain = [heart.mean_at(float(at), WINDOW_S).x for at in range(60, 110)]
    assert np.ptp(whole) < 0.6 * np.ptp(plain)


@pytest.mark.parametrize(
    ("rr_ms", "t", "why"),
    [
        (_living(60), 62.0, Reason.STALE),
        (_living(20), 18.5, Reason.TOO_FEW_BEATS),
        ([800.0] * 60, 48.0, Reason.WEAK_SIGNAL),
        ([*_living(30), *([450.0, 1350.0] * 10)], 45.0, Reason.TOO_MANY_FLAGGED),
    ],
)
def test_the_heart_says_why_it_says_nothing(rr_ms: list[float], t: float, why: Reason) -> None:
    reading = _heart(rr_ms).mean_at(t, WINDOW_S)
    assert (reading.quality, reading.why) == (0.0, why)


def test_a_heart_that_comes_back_is_believed_after_10_s() -> None:
    heart = _heart(_living(60))
    for beat in beats_of([rr_chunk(_living(40), start_s=70.0)]):
        heart.update(beat)
    assert heart.mean_at(78.0, WINDOW_S).why is Reason.STALE
    assert heart.mean_at(100.0, WINDOW_S).why is None


@pytest.mark.parametrize(
    ("bpm", "why"),
    [
        ((65.0 + 3.0 * np.sin(np.arange(80) / 5.0)).tolist(), None),
        ([65.0] * 80, Reason.WEAK_SIGNAL),
        ([65.0, 110.0] * 40, Reason.WEAK_SIGNAL),
    ],
)
def test_a_devices_own_rate_counts_less_and_not_where_it_hangs_or_leaps(bpm: list[float], why: Reason | None) -> None:
    heart = HeartChannels()
    heart.update(rates(bpm))
    reading = heart.mean_at(80.0, WINDOW_S)
    assert reading.why is why
    assert reading.quality == (pytest.approx(0.65) if why is None else 0.0)


def _skin(scl: float | None, scr: float | None = 4.0, quality: float = 1.0) -> SkinSecond:
    level = Measure(scl, quality, None) if scl is not None else Measure(why=Reason.NO_CONTACT)
    return SkinSecond(0.0, level, Measure(scr, quality, None), quality, None)


def _told(channels: SkinChannels, skin: SkinSecond, *, is_held: bool = False, is_paced: bool = False) -> list[Reading]:
    return list(channels.readings(skin, is_held=is_held, is_paced=is_paced))


def test_the_skins_channels_are_log_level_its_change_and_the_root_of_the_responses() -> None:
    channels = SkinChannels()
    for _ in range(600):
        s, d, r = _told(channels, _skin(4.0))
    assert [s.x, d.x, r.x] == pytest.approx([math.log(4.0), 0.0, 2.0])
    assert d.quality == 1.0
    assert _told(channels, _skin(8.0), is_held=True)[1].x == pytest.approx(np.log(2.0))


def test_the_change_uses_what_there_is_from_a_minute_on_and_counts_more_with_time() -> None:
    channels = SkinChannels()
    qualities = [_told(channels, _skin(4.0))[1].quality for _ in range(300)]
    assert qualities[58] == 0.0
    assert qualities[59] == pytest.approx(0.1)
    assert qualities[299] == pytest.approx(0.5)


def test_while_it_is_held_the_reference_stands_still() -> None:
    held, free = SkinChannels(), SkinChannels()
    for channels in (held, free):
        for _ in range(600):
            _told(channels, _skin(4.0))
    for _ in range(600):
        d_held = _told(held, _skin(8.0), is_held=True)[1]
        d_free = _told(free, _skin(8.0))[1]
    assert d_held.x == pytest.approx(np.log(2.0))
    assert d_free.x == pytest.approx(0.0, abs=1e-9)


def test_a_skin_without_contact_and_a_paced_breath_say_nothing() -> None:
    assert [r.quality for r in _told(SkinChannels(), _skin(None))][:2] == [0.0, 0.0]
    assert _told(SkinChannels(), _skin(4.0), is_paced=True)[2].quality == 0.0
    assert SkinChannels().readings(None, is_held=False, is_paced=False) == ()


def test_a_quiet_arrival_moves_and_narrows_what_today_may_be() -> None:
    prior = Reference(ChannelRest(Channel.H, 65.0, 3.0, 9.0), 12.0)
    arrival = Arrival((prior,))
    told = [
        arrival.take(Readings(float(t), (Reading(Channel.H, 67.0, 1.0, 1.0),), absent(Channel.H, None)))
        for t in range(400)
    ]
    known = [references[0] for references in told if references is not None]
    assert len(known) == 9
    assert 65.0 < known[0].rest.m < known[-1].rest.m < 67.0
    assert known[-1].variance < known[0].variance < 12.0


def test_intervals_that_together_last_longer_than_their_time_are_no_hearts() -> None:
    chunk = rr_chunk(_living(80, 600.0))
    heart = HeartChannels()
    for beat in beats_of([replace(chunk, values=2.0 * chunk.values)]):
        heart.update(beat)
    assert heart.mean_at(45.0, WINDOW_S).why is Reason.WEAK_SIGNAL
