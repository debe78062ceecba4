# SPDX-License-Identifier: MIT
"""Two sites have two levels: the skin is held against a rest of the same electrodes, or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from benchmarks.arousal.made_up import Life, command, items, rest, states_of
from dsp.baseline import Baseline
from dsp.codes import Action, CalibrationStep, Channel, Modality, Reason
from dsp.pipeline import Pipeline
from dsp.stream import ArousalState, Chunk, Command, Frame, Item

_LIFE = Life(bpm=lambda _t: 65.0, scl=lambda _t: 4.0, scr_per_min=lambda _t: 4.0)
_SKIN_ALONE = replace(_LIFE, bpm=None)
_REST = rest(0.0, 120.0)
_HEART_ONLY, _ALL = ("h",), {"h", "s", "d", "r"}


def _worn(life: Life, seconds: int, commands: Sequence[Command], *sites: tuple[float, str]) -> Iterator[Item]:
    """Give a life whose electrodes change at these times; another site has twice the level."""
    for item in items(life, seconds, commands):
        if isinstance(item, Chunk) and item.modality is Modality.EDA:
            site = [name for since_s, name in sites if since_s < item.arrival][-1]
            yield replace(item, source=site, values=item.values * (1.0 if site == sites[0][1] else 2.0))
        else:
            yield item


def _frames(session: Iterable[Item]) -> list[Frame]:
    pipeline = Pipeline()
    return [pipeline.update(item) for item in session]


def _states(session: Iterable[Item]) -> dict[float, ArousalState]:
    return {state.t: state for state in states_of(_frames(session))}


def _baselines(session: Iterable[Item]) -> list[Baseline]:
    return [baseline for frame in _frames(session) for baseline in frame.baselines]


def test_after_a_change_of_electrodes_the_heart_alone_is_held_against_the_rest() -> None:
    states = _states(_worn(_LIFE, 260, _REST, (0.0, "left"), (170.0, "right")))
    assert _ALL >= set(states[165.0].channels) > {"h", "s"}
    assert {states[t].channels for t in states if t > 180.0} == {_HEART_ONLY}


def test_back_at_the_site_of_the_rest_the_skin_counts_again() -> None:
    states = _states(_worn(_LIFE, 260, _REST, (0.0, "left"), (170.0, "right"), (200.0, "left")))
    assert states[195.0].channels == _HEART_ONLY
    assert "s" in states[255.0].channels


def test_a_rest_at_the_new_site_lets_the_skin_count_again() -> None:
    commands = [*_REST, *rest(200.0, 320.0)]
    states = _states(_worn(_LIFE, 360, commands, (0.0, "left"), (170.0, "right")))
    assert "s" in states[355.0].channels


def test_the_rest_before_has_its_own_electrodes_back() -> None:
    back = command(330.0, Action.CALIBRATE, step=CalibrationStep.BACK.value)
    session = list(_worn(_LIFE, 345, [*_REST, *rest(200.0, 320.0), back], (0.0, "left"), (170.0, "right")))
    states = _states(session)
    assert "s" in states[329.0].channels
    assert states[344.0].channels == _HEART_ONLY


def test_without_a_heart_it_is_said_that_the_rest_was_with_other_sensors() -> None:
    states = _states(_worn(_SKIN_ALONE, 220, _REST, (0.0, "left"), (170.0, "right")))
    assert {states[t].why for t in states if t > 190.0} == {Reason.OTHER_SENSORS}
    assert {states[t].level for t in states if t > 190.0} == {None}


def test_a_rest_in_which_the_electrodes_changed_is_of_the_heart_alone() -> None:
    (whole,) = _baselines(_worn(_LIFE, 130, _REST, (0.0, "left")))
    (changed,) = _baselines(_worn(_LIFE, 130, _REST, (0.0, "left"), (60.0, "right")))
    assert whole.rest_of(Channel.S) is not None
    assert changed.rest_of(Channel.S) is None
    assert changed.rest_of(Channel.H) is not None
