# SPDX-License-Identifier: MIT
"""A sensor that is tapped twice is told so, and nothing else that a chest does is taken for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.codes import Modality, NoticeCode, Reason
from dsp.stream import NOBODY, Chunk, FloatArray, Gap, Item, Notice
from dsp.taps import Taps
from sensors.made_up.faults import Faults, Span
from sensors.synthetic import SyntheticPerson
from tests.laws import check_cutting_law
from tests.virtual_time import run_virtual

RATE_HZ = 200.0


def still(seconds: float, rate_hz: float = RATE_HZ) -> tuple[FloatArray, FloatArray]:
    """Make the acceleration of somebody who sits: gravity and noise, in mg."""
    rng = np.random.Generator(np.random.PCG64(1))
    t = np.arange(1, round(seconds * rate_hz)) / rate_hz
    return t, np.array([-40.0, 985.0, 160.0]) + rng.normal(0.0, 12.0, (len(t), 3))


def knocked(t: FloatArray, acc: FloatArray, *at: float, mg: float = 1500.0, lasts_s: float = 0.012) -> FloatArray:
    """Add knocks that ring out within `lasts_s`."""
    felt = acc.copy()
    for start in at:
        since = np.maximum(t - start, 0.0)
        ringing = np.exp(-since / lasts_s) * np.cos(2 * np.pi * since / 0.03)
        felt[:, 2] += np.where(t >= start, mg * ringing, 0.0)
    return felt


def told(items: list[Item]) -> list[float]:
    taps = Taps("ble:strap")
    notices = [notice for item in items for notice in taps.update(item)]
    assert all(notice.code is NoticeCode.TAPPED_TWICE and notice.source == "ble:strap" for notice in notices)
    return [notice.t for notice in notices]


def acceleration(t: FloatArray, acc: FloatArray) -> Chunk:
    return Chunk(Modality.ACC, t, acc, float(t[-1]), "ble:strap", NOBODY)


def felt(t: FloatArray, acc: FloatArray) -> list[float]:
    return told([acceleration(t, acc)])


@pytest.mark.parametrize("apart_s", [0.2, 0.4, 0.8, 1.4])
@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 100.0, 200.0])
def test_two_knocks_are_told_a_second_after_the_last(apart_s: float, rate_hz: float) -> None:
    t, acc = still(10.0, rate_hz)
    felt_acc = knocked(t, acc, 5.0, 5.0 + apart_s, lasts_s=max(0.012, 0.7 / rate_hz))
    assert felt(t, felt_acc) == [pytest.approx(6.0 + apart_s, abs=2 / rate_hz)]


@pytest.mark.parametrize("at", [(5.0,), (5.0, 5.4, 5.8), (5.0, 5.05), (5.0, 7.0), (5.0, 5.4, 6.1), (4.5, 5.0, 5.4)])
def test_once_thrice_too_quick_or_too_slow_is_not_twice(at: tuple[float, ...]) -> None:
    t, acc = still(10.0)
    assert felt(t, knocked(t, acc, *at)) == []


def test_pushes_that_last_are_no_knocks() -> None:
    t, acc = still(10.0)
    for start in (5.0, 5.5):
        acc[(t >= start) & (t < start + 0.1), 2] += 1500.0
    assert felt(t, acc) == []


def test_knocks_no_larger_than_the_motion_around_them_say_nothing() -> None:
    t, acc = still(20.0)
    rng = np.random.Generator(np.random.PCG64(2))
    acc += rng.normal(0.0, 260.0, acc.shape)
    assert felt(t, knocked(t, acc, 15.0, 15.4, mg=1200.0)) == []


def test_a_strap_that_has_just_begun_is_not_tapped_yet() -> None:
    t, acc = still(6.0)
    assert felt(t, knocked(t, acc, 1.0, 1.4)) == []


def test_walking_says_nothing() -> None:
    t, acc = still(60.0)
    walking = knocked(t, acc, *np.arange(10.0, 40.0, 0.55), mg=700.0, lasts_s=0.03)
    assert felt(t, walking) == []


def test_knocks_on_both_sides_of_a_gap_are_no_pair() -> None:
    t, acc = still(12.0)
    acc = knocked(t, acc, 5.0, 5.4)
    before = t < 5.2
    gap = Gap(5.2, 5.21, Reason.SAMPLES_LOST, "ble:strap", NOBODY)
    assert told([acceleration(t[before], acc[before]), gap, acceleration(t[~before], acc[~before])]) == []


def test_what_is_no_number_is_passed_over() -> None:
    t, acc = still(10.0)
    acc = knocked(t, acc, 5.0, 5.4)
    acc[::7] = np.nan
    acc[3::50, 1] = np.inf
    assert len(felt(t, acc)) == 1


def test_the_made_up_person_is_heard_when_tapped_and_only_then() -> None:
    async def lived() -> list[Item]:
        trouble = Faults(motion=(Span(20.0, 10.0), Span(50.0, 3.0)), contact_lost=(Span(35.0, 4.0),))
        person = SyntheticPerson(3, faults=trouble)
        items: list[Item] = []
        async for item in person.items():
            items.append(item)
            if isinstance(item, Chunk) and item.modality is Modality.HR and item.arrival == 70.0:
                person.tap()
            if isinstance(item, Chunk) and item.arrival > 80.0:
                break
        return items

    assert told(run_virtual(lived())) == [pytest.approx(72.0, abs=0.3)]


def contact(t: float, *, on: bool) -> Notice:
    return Notice(t, NoticeCode.CONTACT, "ble:strap", NOBODY, (("on", on),))


def touches(*at: float, until_s: float = 60.0) -> list[Item]:
    """Change the contact at these times, first on; something else arrives each second."""
    changes = [contact(t, on=k % 2 == 0) for k, t in enumerate(at)]
    rest = [Chunk(Modality.HR, [t], [70.0], float(t), "ble:strap", NOBODY) for t in np.arange(0.0, until_s)]  # type: ignore[arg-type]  # a Chunk copies any array-like
    return sorted([*changes, *rest], key=lambda item: item.arrival if isinstance(item, Chunk) else item.t)


def test_contact_that_goes_and_comes_twice_is_told() -> None:
    assert told(touches(1.0, 20.0, 21.0, 23.0, 24.0)) == [26.0]


@pytest.mark.parametrize(
    "at",
    [
        (1.0, 20.0, 21.0),
        (1.0, 20.0, 21.0, 40.0, 41.0),
        (1.0, 20.0, 21.0, 23.0, 24.0, 25.0),
        (1.0, 2.0, 3.0, 4.0, 5.0),
        (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0),
    ],
)
def test_contact_that_flickers_when_a_strap_is_put_on_says_nothing(at: tuple[float, ...]) -> None:
    assert told(touches(*at)) == []


cuts = st.lists(st.integers(0, 500), max_size=20)


@given(cuts, st.lists(st.floats(0.0, 9.0), max_size=6), st.floats(300.0, 3000.0))
def test_cutting_the_samples_otherwise_changes_nothing(at: list[int], knocks: list[float], mg: float) -> None:
    t, acc = still(10.0, 50.0)
    check_cutting_law(lambda: Taps("ble:strap"), [acceleration(t, knocked(t, acc, *knocks, mg=mg))], at)


def test_a_pair_is_told_once() -> None:
    t, acc = still(30.0)
    acc = knocked(t, acc, 5.0, 5.4, 20.0, 20.5)
    assert len(felt(t, acc)) == 2
