# SPDX-License-Identifier: MIT
import math

import pytest

from dsp.baseline import ArousalState, Excursion
from dsp.codes import Adherence, Zone
from dsp.growth.session_measures import session_measures
from dsp.growth.survival import Wait
from dsp.stream import Cue, Features, Measure

_BOUNDS = (-1.0, 1.0)


def _state(t: float, zone: Zone, band: tuple[float, float]) -> ArousalState:
    return ArousalState(t, zone=zone, level=sum(band) / 2.0, band=band, bounds=_BOUNDS)


def test_the_time_in_the_window_is_a_range() -> None:
    states = [
        _state(1.0, Zone.WITHIN, (-0.5, 0.5)),
        _state(2.0, Zone.WITHIN, (0.5, 1.5)),
        _state(3.0, Zone.ABOVE, (0.9, 2.0)),
        _state(4.0, Zone.ABOVE, (1.2, 2.0)),
        ArousalState(5.0),
    ]
    told = session_measures(states, (), (), ())
    assert (told.known_s, told.unknown_s) == (4.0, 1.0)
    assert (told.surely_inside, told.possibly_inside) == (0.25, 0.75)


def test_a_way_back_that_the_session_cuts_short_is_censored() -> None:
    states = [_state(float(t), Zone.WITHIN, (0.0, 0.1)) for t in range(1, 721)]
    told = session_measures(
        states,
        [
            Excursion(100.0, "client", Zone.ABOVE, 100.0, 0.2),
            Excursion(220.0, "client", Zone.ABOVE, 100.0, 0.6, 90.0),
            Excursion(600.0, "client", Zone.ABOVE, 600.0, 0.4),
        ],
        (),
        (),
    )
    assert told.ways_back == (Wait(90.0), Wait(120.0, is_over=False))
    assert told.return_s == 90.0
    assert told.excursions_per_hour == pytest.approx(10.0)
    assert told.depth == pytest.approx(0.5)


def test_only_seconds_that_could_be_seen_count_for_adherence() -> None:
    answers = [Adherence.FOLLOWING] * 3 + [Adherence.NOT_FOLLOWING] + [Adherence.CANNOT_SEE] * 6 + [None]
    cues = [Cue(float(t), adherence=answer) for t, answer in enumerate(answers)]
    assert session_measures((), (), cues, ()).adherence == 0.75


def test_the_rest_is_told_with_the_breath_it_was_measured_at() -> None:
    rest = [
        Features(
            float(t),
            hr_bpm=Measure(60.0, 1.0, None),
            rmssd_ms=Measure(math.e**3, 1.0, None),
            breaths_per_min=Measure(13.0, 1.0, None),
        )
        for t in range(40)
    ]
    told = session_measures((), (), (), rest)
    assert told.rest_hr_bpm == 60.0
    assert told.rest_ln_rmssd == pytest.approx(3.0)
    assert told.rest_breaths_per_min == 13.0


def test_nothing_known_makes_nothing_known() -> None:
    told = session_measures((), (), (), ())
    assert told.surely_inside is told.return_s is told.adherence is told.excursions_per_hour is None
    assert told.rest_hr_bpm is told.rest_ln_rmssd is told.depth is None
