# SPDX-License-Identifier: MIT
"""States, prompts and excursions: what dwells, and for how long."""

from collections.abc import Sequence

import pytest

from dsp.arousal.estimate import Estimate, Point, estimate
from dsp.arousal.excursions import Excursions
from dsp.arousal.prompts import Prompts
from dsp.arousal.quiet import Quiet
from dsp.arousal.scale import unsquash
from dsp.arousal.silence import SkinSilence
from dsp.arousal.zones import Zones
from dsp.baseline import Excursion
from dsp.codes import Channel, Reason, Zone

_BOUNDS = (-1.0, 1.0)


def _heart(level: float) -> Estimate:
    now = estimate([Point(Channel.H, unsquash(level), 1.0, 0.01, 0.17)])
    assert now is not None
    return now


def _zones(levels: Sequence[float], *, may_be_below: bool = True) -> list[Zone]:
    zones = Zones()
    return [zones.update(float(t), _heart(a), _BOUNDS, may_be_below=may_be_below)[0] for t, a in enumerate(levels)]


def test_above_is_entered_after_20_s_over_the_bound() -> None:
    told = _zones([0.0] * 30 + [2.0] * 30)
    assert told.index(Zone.ABOVE) == 50
    assert told[30:50] == [Zone.UNKNOWN] * 20


def test_a_level_that_comes_back_within_20_s_enters_nothing() -> None:
    assert Zone.ABOVE not in _zones(([2.0] * 15 + [0.0]) * 6)


def test_above_is_left_20_s_after_the_level_fell_by_more_than_the_hysteresis() -> None:
    told = _zones([2.0] * 40 + [0.7] * 60 + [0.5] * 60)
    assert set(told[40:120]) == {Zone.ABOVE}
    assert told[121] is not Zone.ABOVE


def test_below_mirrors_above_where_it_is_allowed() -> None:
    assert _zones([-2.0] * 30)[-1] is Zone.BELOW
    assert _zones([-2.0] * 30, may_be_below=False)[-1] is Zone.UNKNOWN


def _both(heart_z: float, skin_z: float) -> Estimate:
    now = estimate([Point(Channel.H, heart_z, 0.7, 0.01, 0.17), Point(Channel.S, skin_z, 1.0, 0.01, 0.17)])
    assert now is not None
    return now


@pytest.mark.parametrize(("heart_z", "skin_z"), [(4.0, -1.5), (-1.5, 6.0), (-4.0, 1.5), (1.5, -8.0)])
def test_heart_and_skin_that_contradict_each_other_are_unknown_also_outside(heart_z: float, skin_z: float) -> None:
    zones, narrow = Zones(), (-0.3, 0.3)
    for t in range(40):
        told = zones.update(float(t), _both(heart_z, skin_z), narrow, may_be_below=True)
    assert zones.settled is not Zone.WITHIN
    assert told == (Zone.UNKNOWN, Reason.CONTRADICTORY)


def test_a_skin_that_is_up_with_a_heart_at_rest_contradicts_nothing() -> None:
    zones = Zones()
    for t in range(40):
        zone, _ = zones.update(float(t), _both(-0.5, 8.0), (-0.7, 0.7), may_be_below=True)
    assert zone is Zone.ABOVE


def test_within_is_told_where_it_is_as_likely_as_not() -> None:
    zones = Zones()
    for t in range(60):
        now = _heart(-1.0 + t / 30.0)
        zone, why = zones.update(float(t), now, _BOUNDS, may_be_below=True)
        inside = 1.0 - now.p_above(1.0) - now.p_below(-1.0)
        assert zone is not Zone.WITHIN or inside >= 0.5
        assert (why is None) is (zone is not Zone.UNKNOWN)


def test_what_was_at_the_edge_is_within_after_20_s_inside() -> None:
    told = _zones([0.0] * 5 + [1.2] + [0.0] * 30)
    assert told[:5] == [Zone.WITHIN] * 5
    assert told.index(Zone.WITHIN, 5) == 25


def test_heart_and_skin_that_say_opposite_things_are_contradictory() -> None:
    now = estimate([Point(Channel.H, 4.0, 1.0, 0.1, 0.2), Point(Channel.S, -4.0, 1.0, 0.1, 0.2)])
    assert now is not None
    assert Zones().update(0.0, now, _BOUNDS, may_be_below=True) == (Zone.UNKNOWN, Reason.CONTRADICTORY)


def test_a_state_that_was_unknown_for_long_has_to_be_earned_anew() -> None:
    zones = Zones()
    for t in range(30):
        zones.update(float(t), _heart(2.0), _BOUNDS, may_be_below=True)
    assert zones.update(50.0, _heart(2.0), _BOUNDS, may_be_below=True)[0] is Zone.ABOVE
    assert zones.update(90.0, _heart(2.0), _BOUNDS, may_be_below=True)[0] is Zone.UNKNOWN


def _quiet(levels: Sequence[float], *, has_skin: bool = False) -> Quiet:
    quiet = Quiet()
    for t, level in enumerate(levels):
        quiet.update(float(t), level, has_skin=has_skin, is_below=False)
    return quiet


def test_a_slow_fall_of_the_heart_takes_the_lower_bound_along() -> None:
    levels = [-1.8 * t / 3600.0 for t in range(3600)]
    quiet = _quiet(levels)
    assert quiet.drift == pytest.approx(-1.65, abs=0.01)
    assert not quiet.may_be_below(3600.0, -1.8, has_skin=False)
    assert _quiet(levels, has_skin=True).drift == 0.0


def test_a_quick_fall_a_skin_or_the_own_word_allow_below() -> None:
    assert _quiet([0.0] * 300 + [-1.2] * 60).may_be_below(360.0, -1.2, has_skin=False)
    assert _quiet([-1.2] * 700).may_be_below(700.0, -1.2, has_skin=True)
    quiet = _quiet([-1.2] * 700)
    assert not quiet.may_be_below(700.0, -1.2, has_skin=False)
    quiet.say_far_away(690.0)
    assert quiet.may_be_below(700.0, -1.2, has_skin=False)
    assert not quiet.may_be_below(1300.0, -1.2, has_skin=False)


def test_a_prompt_needs_a_sure_minute_and_5_min_since_the_last() -> None:
    prompts = Prompts()
    due = [t for t in range(900) if prompts.update(float(t), Zone.ABOVE, 0.9) is Zone.ABOVE]
    assert due == [60, 360, 660]


@pytest.mark.parametrize(
    ("zone", "p"), [(Zone.ABOVE, 0.79), (Zone.WITHIN, 0.9), (Zone.UNKNOWN, 0.9), (Zone.BELOW, None)]
)
def test_there_is_no_prompt_without_a_sure_state_outside(zone: Zone, p: float | None) -> None:
    prompts = Prompts()
    assert not [t for t in range(400) if prompts.update(float(t), zone, p) is not None]


def test_an_unsure_second_begins_the_minute_anew() -> None:
    prompts = Prompts()
    told = [prompts.update(float(t), Zone.ABOVE, 0.5 if t == 50 else 0.9) for t in range(120)]
    assert told.index(Zone.ABOVE) == 111


def _excursions(zones: Sequence[Zone], level: float = 1.5) -> list[Excursion]:
    stage = Excursions("client")
    return [one for t, zone in enumerate(zones) for one in stage.update(float(t), zone, level, _BOUNDS)]


def test_an_excursion_is_told_at_its_onset_and_after_30_s_inside() -> None:
    begun, ended = _excursions([Zone.WITHIN] * 10 + [Zone.ABOVE] * 50 + [Zone.WITHIN] * 40)
    assert (begun.t, begun.onset_s, begun.return_s) == (10.0, 10.0, None)
    assert (ended.t, ended.onset_s, ended.return_s, ended.depth) == (90.0, 10.0, 50.0, 0.5)


def test_the_way_back_counts_only_without_a_break_and_unknown_is_a_break() -> None:
    path = [Zone.ABOVE] * 20 + [Zone.WITHIN] * 20 + [Zone.UNKNOWN] * 5 + [Zone.WITHIN] * 31
    assert [one.return_s for one in _excursions(path)] == [None, 45.0]
    assert [one.return_s for one in _excursions([Zone.ABOVE] * 20 + [Zone.WITHIN] * 20)] == [None]


def test_a_silent_skin_loses_its_say_and_gets_it_back() -> None:
    silence = SkinSilence()
    up = [Point(Channel.H, 5.0, 1.0, 0.1, 0.2), Point(Channel.S, 0.0, 1.0, 0.1, 0.2)]
    shares = [silence.share(float(t), up, 1.0) for t in range(200)]
    assert shares[60] == 1.0
    assert shares[90] == pytest.approx(0.5)
    assert shares[199] == 0.2
    down = [Point(Channel.H, 0.0, 1.0, 0.1, 0.2), up[1]]
    assert [silence.share(200.0 + t, down, 1.0) for t in range(20)][-1] == 1.0


def test_a_skin_that_falls_is_no_silent_one() -> None:
    silence = SkinSilence()
    points = [Point(Channel.H, 5.0, 1.0, 0.1, 0.2), Point(Channel.S, -2.0, 1.0, 0.1, 0.2)]
    assert {silence.share(float(t), points, 1.0) for t in range(200)} == {1.0}
