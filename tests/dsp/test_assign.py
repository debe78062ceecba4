# SPDX-License-Identifier: MIT
"""A source that is nobody's is given to a person, and taken back; all of it is data."""

from collections.abc import Iterable, Sequence

import pytest

from dsp.codes import Action, NoticeCode, Reason, SourceState
from dsp.pipeline import Pipeline
from dsp.stream import NOBODY, Chunk, Command, Frame, Gap, Item, Notice, Status, Tick, Value
from sensors.synthetic import SyntheticPerson
from tests.virtual_time import run_virtual

ONE, OTHER = "demo:1", "demo:2"


async def _lived(seed: int, seconds: float) -> list[Item]:
    items: list[Item] = []
    async for item in SyntheticPerson(seed, person=NOBODY).items():
        if _t(item) > seconds:
            return items
        items.append(item)
    return items


def _t(item: Item) -> float:
    return item.arrival if isinstance(item, Chunk) else item.t


def worn(seconds: float, *seeds: int, commands: Sequence[Command] = ()) -> list[Item]:
    """Give what straps of nobody's send, with ticks, and what was decided."""
    items: list[Item] = [item for seed in seeds for item in run_virtual(_lived(seed, seconds))]
    items += [Tick(float(t)) for t in range(1, round(seconds) + 1)]
    return sorted([*items, *commands], key=lambda item: (_t(item), isinstance(item, Tick)))


def assign(t: float, source: Value, to: Value) -> Command:
    return Command(t, Action.ASSIGN, "clinician", values=(("source", source), ("to", to)))


def frames_of(items: Iterable[Item], pipeline: Pipeline | None = None) -> list[Frame]:
    pipeline = pipeline or Pipeline(())
    return [pipeline.update(item) for item in items]


def persons_with_beats(frames: Iterable[Frame]) -> set[str]:
    return {beat.person for frame in frames for beat in frame.beats}


def test_of_a_source_that_is_nobodys_nothing_is_computed() -> None:
    frames = frames_of(worn(20.0, 1))
    computed = (*(f.beats for f in frames), *(f.features for f in frames), *(f.states for f in frames))
    assert not any(computed)
    assert not any(frame.cues or frame.gaps for frame in frames)


def test_its_states_and_notices_are_still_told() -> None:
    status = Status(1.0, ONE, SourceState.STREAMING, NOBODY)
    battery = Notice(2.0, NoticeCode.BATTERY, ONE, NOBODY, (("percent", 80),))
    gap = Gap(1.0, 2.0, Reason.LINK_LOST, ONE, NOBODY)
    frames = frames_of([status, battery, gap])
    assert [frame.statuses for frame in frames] == [(status,), (), ()]
    assert [frame.notices for frame in frames] == [(), (battery,), ()]
    assert [frame.gaps for frame in frames] == [(), (), ()]  # nobody's missing data


def test_two_taps_on_it_are_told() -> None:
    async def tapped() -> list[Item]:
        person = SyntheticPerson(1, person=NOBODY)
        items: list[Item] = []
        async for item in person.items():
            if _t(item) > 12.0:
                return items
            if _t(item) == 8.0:
                person.tap()
            items.append(item)
        return items

    frames = frames_of(run_virtual(tapped()))
    assert [(n.code, n.source) for f in frames for n in f.notices][1:] == [(NoticeCode.TAPPED_TWICE, ONE)]


def test_from_the_assignment_on_its_items_are_the_persons() -> None:
    frames = frames_of(worn(20.0, 1, commands=[assign(10.0, ONE, "partner")]))
    owners = [(f.item.arrival, f.item.person) for f in frames if isinstance(f.item, Chunk)]
    assert {person for t, person in owners if t < 10.0} == {NOBODY}
    assert {person for t, person in owners if t > 10.0} == {"partner"}
    assert persons_with_beats(frames) == {"partner"}


def test_seconds_of_a_person_begin_with_the_assignment() -> None:
    frames = frames_of(worn(5.0, 1, commands=[assign(2.5, ONE, "partner")]))
    assert [f.t for frame in frames for f in frame.features] == [3.0, 4.0, 5.0]


def test_two_straps_go_to_two_people() -> None:
    commands = [assign(3.0, ONE, "client"), assign(4.0, OTHER, "partner")]
    frames = frames_of(worn(20.0, 1, 2, commands=commands))
    both = {(f.item.source, f.item.person) for f in frames if isinstance(f.item, Chunk) and f.item.arrival > 4.0}
    assert both == {(ONE, "client"), (OTHER, "partner")}
    assert persons_with_beats(frames) == {"client", "partner"}


def test_nobody_takes_it_back() -> None:
    commands = [assign(3.0, ONE, "client"), assign(10.0, ONE, NOBODY)]
    frames = frames_of(worn(20.0, 1, commands=commands))
    assert {f.item.person for f in frames if isinstance(f.item, Chunk) and f.item.arrival > 10.0} == {NOBODY}
    assert max(beat.t for frame in frames for beat in frame.beats) <= 10.0


def test_the_items_of_the_frames_again_give_the_same_frames() -> None:
    commands = [assign(3.0, ONE, "client"), assign(8.0, OTHER, "client"), assign(12.0, OTHER, "partner")]
    first = frames_of(worn(20.0, 1, 2, commands=[*commands, assign(15.0, ONE, NOBODY)]))
    again = frames_of([frame.item for frame in first])
    for one, other in zip(first, again, strict=True):
        assert (one.beats, one.features, one.cues, one.notices) == (
            other.beats,
            other.features,
            other.cues,
            other.notices,
        )


def test_a_decision_to_give_a_source_away_makes_nobody_appear_but_whom_it_names() -> None:
    pipeline = Pipeline(())
    pipeline.update(assign(1.0, ONE, "partner"))
    assert set(pipeline.persons) == {"partner"}


@pytest.mark.parametrize("values", [(), (("source", ONE),), (("source", 3), ("to", "x")), (("source", ""), ("to", ""))])
def test_an_assignment_that_says_too_little_changes_nothing(values: tuple[tuple[str, Value], ...]) -> None:
    frames = frames_of([Command(1.0, Action.ASSIGN, "x", values=values), *worn(3.0, 1)])
    assert {f.item.person for f in frames if isinstance(f.item, Chunk)} == {NOBODY}
