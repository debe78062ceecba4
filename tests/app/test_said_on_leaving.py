# SPDX-License-Identifier: MIT
"""What is a person's own: kept with their key, told at the next start, and taken in although they were done already."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path

from app.archive_rows import shelf_of
from app.export.deidentify import Deidentified
from app.keeping import Keeping
from app.known import known_of
from app.live_merge import Roster
from app.recording import recorded
from app.report.reading import read_session
from app.session import run_session
from app.store.reading import open_session
from app.store.vault import Vault
from dsp.codes import Action
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Command, Frame, Item, Tick, Values
from tests.app.store.vaults import agreed, everything, opened
from ui.client.view import View

SAID = "It was enough."
VIEW = View(style="wave", guide="notice", sees=("heart",), sources=("ble:A0:9E:1A:00:4A:2C@client",))


def command(t: float, action: Action, *values: tuple[str, str | float | bool]) -> Command:
    return Command(t, action, CLIENT, CLIENT, values)


LEAVING = (
    command(12.0, Action.FELT, ("rating", 3.0), ("when", "after")),
    command(12.5, Action.SENSED, ("word", "warm")),
    command(13.0, Action.KIND_WORDS, ("words", SAID), ("shown", True)),
    command(13.5, Action.VIEW, *VIEW.to_values()),
)


def held_session(
    vault: Vault, code: str, before: Iterable[Item], after: Iterable[Item], *, is_kept: bool = False
) -> str:
    """Run a session of which somebody was done: what came `after` is held, and let go of if it `is_kept`."""
    keeping = Keeping(Roster(()), lambda _state: None, lambda _command: None)
    begun = keeping.stack.enter_context(recorded(vault, {CLIENT: code}, lambda: 20.0, started_t=0.0))
    keeping.begin(begun)
    pipeline = Pipeline([CLIENT])
    for item in before:
        keeping.put(pipeline.update(item))
    keeping.hold()
    for item in after:
        keeping.put(pipeline.update(item))
    if is_kept:
        keeping.let_go()
    keeping.forget()
    keeping.stack.close()
    keeping.keep_findings(vault)
    return begun.live.head.session


def ticks(first: int, last: int) -> list[Item]:
    return [Tick(float(t)) for t in range(first, last)]


def test_what_somebody_says_on_leaving_is_stored_and_nothing_else_of_who_was_done(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        session = held_session(vault, agreed(vault), ticks(0, 10), [*ticks(10, 12), *LEAVING, *ticks(14, 18)])
        items = list(open_session(vault, session).items())
        assert [item.t for item in items if isinstance(item, Tick)] == [float(t) for t in range(10)]
        assert [item for item in items if isinstance(item, Command)] == list(LEAVING)


def test_a_session_with_an_end_gives_the_same_values_again(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        session = held_session(vault, agreed(vault), ticks(0, 10), [*ticks(10, 12), *LEAVING])
        contents = open_session(vault, session)
        frames: list[Frame] = []

        class Sink:
            def put(self, frame: Frame) -> None:
                frames.append(frame)

        async def again() -> AsyncIterator[Item]:
            for item in contents.items():
                yield item

        asyncio.run(run_session(again(), Pipeline([CLIENT]), [Sink()]))
        states = [state for frame in frames for state in frame.states]
        assert states == [value for value in contents.values() if type(value) is type(states[0])]


def test_who_goes_on_misses_nothing_and_in_its_order(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        between = [*ticks(10, 12), LEAVING[0], *ticks(13, 15)]
        session = held_session(vault, agreed(vault), ticks(0, 10), between, is_kept=True)
        assert list(open_session(vault, session).items()) == [*ticks(0, 10), *between]


def test_how_it_was_before_and_after_stands_in_the_record(tmp_path: Path) -> None:
    before = command(1.5, Action.FELT, ("rating", 6.0), ("when", "before"))
    with opened(tmp_path) as vault:
        session = held_session(vault, agreed(vault), [*ticks(0, 2), before, *ticks(2, 10)], LEAVING)
        contents = open_session(vault, session)
        (person,) = read_session(contents.head, contents.values(), contents.decisions(), {}).persons
        assert person.before is not None
        assert person.after is not None
        assert (person.before.number, person.after.number) == (6.0, 3.0)
        assert not person.pairs  # they are of the session as a whole, and held against no second of it
        assert [moment.label for moment in person.moments] == ["warm"]


def test_ones_own_things_are_told_at_the_next_start_and_lie_encrypted(tmp_path: Path) -> None:
    lane = command(5.5, Action.LANE, ("words", "warm\nlike moss"))
    with opened(tmp_path) as vault:
        code = agreed(vault)
        held_session(vault, code, [*ticks(0, 5), lane], LEAVING)
        told = {one.action: one.values for one in known_of(vault, {CLIENT: code}, 1.0)}
        assert told == {
            Action.LANE: lane.values,
            Action.KIND_WORDS: LEAVING[2].values,
            Action.VIEW: LEAVING[3].values,
        }
        assert SAID.encode() not in everything(tmp_path)
        assert b"like moss" not in everything(tmp_path)
        let_go = command(1.0, Action.KIND_WORDS, ("words", ""), ("shown", False))
        held_session(vault, code, [*ticks(0, 3), replace(let_go)], ())
        assert Action.KIND_WORDS not in {one.action for one in known_of(vault, {CLIENT: code}, 1.0)}


def test_how_it_was_last_time_stands_on_the_persons_card(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        held_session(vault, code, ticks(0, 5), LEAVING)
        (row,) = shelf_of(vault).clients
        assert row.last is not None
        assert View.from_values(row.last.view) == VIEW
        assert row.last.window_utc_s is None


def test_what_somebody_typed_or_wore_is_in_no_export_without_a_name(tmp_path: Path) -> None:
    typed: Values = (("words", "warm"), ("picture", "abcdef"), ("card", "own_1"))
    card = command(4.0, Action.CARD, *typed)
    with opened(tmp_path) as vault:
        session = held_session(vault, agreed(vault), [*ticks(0, 5), card], LEAVING)
        items = Deidentified(open_session(vault, session), code="X-1").items()
        said = {name for item in items if isinstance(item, Command) for name, _value in item.values}
        assert not said & {"words", "word", "picture", "sources"}
