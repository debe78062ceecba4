# SPDX-License-Identifier: MIT
"""What movement does to the estimate."""

from collections.abc import Callable, Sequence

import pytest

from dsp.arousal.gates import Gate, MotionGate

_Course = Callable[[int], float | None]


def _gates(
    motion_mg: Sequence[float | None],
    *,
    at_chest: bool = True,
    bpm: _Course | None = None,
    skin_z: _Course | None = None,
) -> list[Gate]:
    gate = MotionGate()
    return [
        gate.update(
            float(t),
            mg,
            at_chest=at_chest,
            breath_bpm=bpm(t) if bpm else None,
            skin_z=skin_z(t) if skin_z else None,
        )
        for t, mg in enumerate(motion_mg)
    ]


def test_movement_is_grey_at_once_and_unknown_after_10_s() -> None:
    told = _gates([5.0] * 10 + [120.0] * 20)
    assert [gate.is_grey for gate in told[9:12]] == [False, True, True]
    assert [gate.is_unknown for gate in told].index(True) == 20


def test_a_short_movement_is_never_unknown() -> None:
    assert not any(gate.is_unknown for gate in _gates(([300.0] * 4 + [5.0] * 6) * 20))


def test_strong_movement_of_the_chest_masks_for_60_s_after_it() -> None:
    told = _gates([200.0] * 25 + [5.0] * 100)
    assert told[24 + 59].is_unknown
    assert not told[24 + 61].is_unknown
    assert not any(gate.is_unknown for gate in _gates([120.0] * 25 + [5.0] * 100)[30:])


def test_the_wrist_does_not_mask() -> None:
    assert not any(gate.is_unknown for gate in _gates([400.0] * 25 + [5.0] * 100, at_chest=False)[30:])


def test_a_skin_that_rises_speaks_against_exercise() -> None:
    told = _gates([200.0] * 100, skin_z=lambda t: min(t / 5.0, 4.0))
    assert all(gate.is_grey for gate in told)
    assert not any(gate.is_unknown for gate in told)
    assert _gates([200.0] * 100, skin_z=lambda _: 4.0)[-1].is_unknown  # high all along


@pytest.mark.parametrize(
    ("bpm", "is_masked"),
    [
        (lambda t: 60.0 + min(max(t - 50, 0) * 2.5, 25.0), True),  # somebody stands up
        (lambda t: 60.0 + min(max(t - 50, 0) * 1.0, 25.0), False),
        (lambda t: 60.0 + (20.0 if t % 8 < 4 else 0.0), False),  # it falls again with each breath
    ],
)
def test_without_acceleration_a_leap_of_the_rate_is_taken_for_movement(bpm: _Course, is_masked: bool) -> None:
    told = _gates([None] * 150, bpm=bpm)
    assert any(gate.is_unknown for gate in told) is is_masked
    assert not told[-1].is_unknown
    assert not any(gate.is_unknown for gate in _gates([5.0] * 150, bpm=bpm))
