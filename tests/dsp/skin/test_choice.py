# SPDX-License-Identifier: MIT
"""Several electrodes of one person: one is read at a time, never a mixture, and not to and fro."""

import itertools
import math
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.codes import NoticeCode, Reason
from dsp.person import Person
from dsp.pipeline import Pipeline
from dsp.skin.choice import SkinChoice
from dsp.skin.eda import SkinConductance, SkinSecond
from dsp.stream import Chunk, FloatArray, Gap, Item, Notice, Tick
from tests.dsp.skin.made import by_seconds, responses_of, skin, still, times, told
from tests.laws import check_cutting_law

END_S = 90.0
T = times(END_S, 8.0)


def choice() -> SkinChoice:
    return SkinChoice("client")


def together(*streams: Iterable[Chunk | Tick]) -> list[Item]:
    """Lay streams beside each other: the chunks of a second, then its one tick."""
    all_of_them = sorted(itertools.chain(*streams), key=lambda item: (_due(item), isinstance(item, Tick)))
    return [item for item, _ in itertools.groupby(all_of_them)]


def _due(item: Chunk | Tick) -> float:
    return item.arrival if isinstance(item, Chunk) else item.t


def of(source: str, eda: FloatArray) -> Iterable[Chunk | Tick]:
    return by_seconds(T, eda, source=source)


def seconds_of(stage: SkinChoice, items: Sequence[Item]) -> list[tuple[str | None, SkinSecond]]:
    return [(stage.used, second) for item in items for second in stage.update(item)]


def levels(seconds: list[tuple[str | None, SkinSecond]]) -> list[float]:
    known = (second.scl_microsiemens.value for _, second in seconds)
    return [level for level in known if level is not None]


@settings(max_examples=8)
@given(
    seeds=st.tuples(st.integers(0, 99), st.integers(0, 99)),
    off_s=st.floats(20.0, 35.0),
    cuts=st.lists(st.integers(0, 2_000), max_size=8),
)
def test_cutting_the_chunks_of_two_sources_otherwise_changes_nothing(
    seeds: tuple[int, int], off_s: float, cuts: list[int]
) -> None:
    t = times(45.0, 8.0)
    first, second = (
        skin(t, [14.0, 25.0, 36.0], 0.5, level=level, seed=seed) for level, seed in zip((3.0, 5.0), seeds, strict=True)
    )
    first[t > off_s] = 0.01
    acc = (t, np.stack([1000.0 + 80.0 * np.sin(13.0 * t), 0.0 * t, 0.0 * t], axis=1))
    items = together(by_seconds(t, first, acc, source="a"), by_seconds(t, second, acc, source="b"))
    items.insert(100, Gap(20.0, 20.5, Reason.LINK_LOST, "b"))
    check_cutting_law(choice, items, cuts)
    check_cutting_law(Pipeline, items, cuts)


def test_two_clear_sources_are_not_mixed() -> None:
    items = together(of("s1", still(T, level=3.0)), of("s2", still(T, level=5.0, seed=1)))
    person = Person("client")
    frames = [person.second(item) if isinstance(item, Tick) else person.update(item) for item in items]
    scls = [features.scl_microsiemens.value for frame in frames for features in frame.features]
    assert scls[-1] == pytest.approx(3.0, abs=0.02)
    assert [scl for scl in scls if scl is not None and abs(scl - 3.0) > 0.05] == []


def test_one_source_alone_is_told_as_ever() -> None:
    eda = skin(T, [20.0, 33.0, 61.0], 0.5, level=4.0)
    alone = [second for _, second in seconds_of(choice(), together(of("test", eda)))]
    assert alone == told(SkinConductance(), T, eda)


def test_the_first_that_is_clear_is_used_and_stayed_with() -> None:
    late = np.where(T < 30.0, 0.01, still(T, level=3.0))
    seconds = seconds_of(choice(), together(of("late", late), of("clear", still(T, level=5.0))))
    assert seconds[0][0] == "late"
    assert {used for used, _ in seconds[20:]} == {"clear"}
    assert min(levels(seconds)) > 4.9


def test_a_source_that_comes_off_is_left_after_some_seconds_for_one_that_is_clear() -> None:
    off = np.where(T > 40.0, 0.01, still(T, level=3.0))
    seconds = seconds_of(choice(), together(of("off", off), of("on", still(T, level=5.0))))
    used = [source for source, _ in seconds]
    assert used == ["off"] * used.index("on") + ["on"] * (len(used) - used.index("on"))
    assert 43 <= used.index("on") <= 46
    assert [level for level in levels(seconds) if 3.1 < level < 4.9] == []
    assert seconds[used.index("on")][1].scl_microsiemens.value == pytest.approx(5.0, abs=0.02)


def test_a_source_that_falls_silent_is_left_for_one_that_is_clear() -> None:
    stage = choice()
    items = together(of("gone", still(T, level=3.0)), of("there", still(T, level=5.0)))
    kept = [item for item in items if not (isinstance(item, Chunk) and item.source == "gone" and item.arrival > 40.0)]
    used = [source for source, _ in seconds_of(stage, kept)]
    assert 43 <= used.index("there") <= 46


def test_nothing_is_gained_by_leaving_for_a_source_that_is_no_clearer() -> None:
    off = np.where(T > 40.0, 0.01, still(T, level=3.0))
    seconds = seconds_of(choice(), together(of("a", off), of("b", np.full(len(T), 0.01))))
    assert {used for used, _ in seconds} == {"a"}
    assert seconds[-1][1].why is Reason.NO_CONTACT


def test_a_moment_of_trouble_is_no_reason_to_leave() -> None:
    eda = still(T, level=3.0)
    eda[(T > 40.0) & (T < 41.0)] = 0.01
    seconds = seconds_of(choice(), together(of("a", eda), of("b", still(T, level=5.0))))
    assert {used for used, _ in seconds[20:]} == {"a"}


@pytest.mark.parametrize("off_s", [40.2, 41.0, 41.7, 42.4, 43.1])
def test_no_response_is_told_twice(off_s: float) -> None:
    onsets = np.arange(15.0, 85.0, 6.3)
    a, b = (skin(T, onsets + lag_s, 0.5, level=level) for lag_s, level in ((0.0, 3.0), (0.4, 5.0)))
    a[off_s < T] = math.nan
    seconds = [second for _, second in seconds_of(choice(), together(of("a", a), of("b", b)))]
    onsets_told = np.sort([response.t for response in responses_of(seconds)])
    assert np.all(np.diff(onsets_told) > 4.0)
    assert len(onsets_told) >= len(onsets) - 3


def test_motion_counts_where_the_used_electrodes_are() -> None:
    size = 1000.0 + 300.0 * np.sin(2.0 * np.pi * 2.3 * T)
    acc = (T, np.stack([size, 0.0 * T, 0.0 * T], axis=1))
    off = np.where(T > 40.0, 0.01, still(T))
    seconds = seconds_of(choice(), together(of("a", off), by_seconds(T, still(T), acc, source="b")))
    assert {second.motion_mg is not None for used, second in seconds if used == "a"} == {False}
    assert {second.motion_mg is not None for used, second in seconds if used == "b"} == {True}


def test_a_fifth_source_is_not_followed() -> None:
    names = [f"s{n}" for n in range(5)]
    off = np.full(len(T), 0.01)
    streams = [of(name, still(T) if name == "s4" else off) for name in names]
    assert {used for used, _ in seconds_of(choice(), together(*streams))} == {"s0"}


@pytest.mark.parametrize(("location", "is_artifact"), [("finger", False), ("wrist", True), ("chest", True)])
def test_what_counts_as_an_artifact_is_that_of_the_site_which_the_device_names(
    location: str, *, is_artifact: bool
) -> None:
    fall = still(T) - np.where(T > 60.0, 0.2, 0.0)  # too much at the wrist, and no artifact at a finger
    named = Notice(0.0, NoticeCode.BODY_LOCATION, "a", values=(("location", location),))
    seconds = seconds_of(choice(), [named, *of("a", fall)])
    assert any(second.why is Reason.ARTIFACT for _, second in seconds) is is_artifact


@pytest.mark.parametrize(
    ("least", "counted"), [(0.01, 3), (0.05, 0), (0.001, 0), (math.inf, 0), (math.nan, 0), ("0.01", 0)]
)
def test_the_smallest_response_that_counts_is_the_one_that_the_device_names(least: float | str, counted: int) -> None:
    named = Notice(0.0, NoticeCode.RESPONSE_RULE, "a", values=(("least_microsiemens", least),))
    eda = skin(T, [20.0, 40.0, 60.0], 0.03, level=4.0, noise=0.0003)
    seconds = [second for _, second in seconds_of(choice(), [named, *of("a", eda)])]
    assert len(responses_of(seconds)) == counted
    assert {second.least_microsiemens for second in seconds} == {0.01 if counted else 0.05}


def test_a_rule_that_comes_after_the_first_sample_changes_nothing() -> None:
    eda = skin(T, [20.0, 40.0, 60.0], 0.03, level=4.0, noise=0.0003)
    items: list[Item] = list(of("a", eda))
    named = Notice(1.0, NoticeCode.RESPONSE_RULE, "a", values=(("least_microsiemens", 0.01),))
    assert {second.least_microsiemens for _, second in seconds_of(choice(), [items[0], named, *items[1:]])} == {0.05}
