# SPDX-License-Identifier: MIT
"""What a resonance assessment found is a value like the others: stored, read back, hashed, compared and exported."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.digest import Digest
from app.export.tables import COLUMNS, rows_of
from app.store.contents import Value
from app.store.equality import Equality, Outcome, replay_stored
from dsp.codes import Action, Modality
from dsp.finding import Assessment, Resonance
from dsp.pipeline import Pipeline
from dsp.stream import CLIENT, Chunk, Command, Frame, Item, Tick
from tests.app.recorded_session import KeptSession
from tests.app.store.kept_frames import frames_of, record, stored_in
from tests.virtual_time import run_virtual

_RECHECK = Command(20.0, Action.RESONANCE, "test", CLIENT, (("way", "recheck"), ("about", 5.5), ("seed", 7)))


def _items() -> list[Item]:
    """A heart that answers a breath of 5.5/min, beside an assessment that ends within some minutes."""
    items: list[Item] = [_RECHECK]
    t = 0.0
    while t < 560.0:
        nn_ms = 850.0 + 90.0 * float(np.sin(2 * np.pi * 5.5 / 60.0 * t))
        t += nn_ms / 1000.0
        items.append(Chunk(Modality.RR, np.array([t]), np.array([nn_ms]), t, "made-up"))
    items += [Tick(float(second)) for second in range(1, 560)]
    return sorted(items, key=lambda item: item.arrival if isinstance(item, Chunk) else item.t)


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return frames_of(_items())


@pytest.fixture(scope="module")
def found(frames: list[Frame]) -> Resonance:
    (one,) = [found for frame in frames for found in frame.resonances]
    assert one.assessment is not None
    return one


@pytest.fixture(scope="module")
def stored(frames: list[Frame], tmp_path_factory: pytest.TempPathFactory) -> KeptSession:
    path: Path = tmp_path_factory.mktemp("recorded")
    record(path, frames)
    session = stored_in(path)
    return KeptSession(session.head, tuple(session.items()), tuple(session.values()))


def _replayed(session: KeptSession) -> Equality:
    return run_virtual(replay_stored(session))


def test_it_is_stored_as_it_came_out(stored: KeptSession, found: Resonance) -> None:
    assert [value for value in stored.values() if isinstance(value, Resonance)] == [found]


def test_a_replay_finds_it_again(stored: KeptSession) -> None:
    assert _replayed(stored).outcome is Outcome.EQUAL


def test_a_replay_that_finds_another_one_is_told(stored: KeptSession) -> None:
    def other(value: Value) -> Value:
        return replace(value, assessment=None) if isinstance(value, Resonance) else value

    assert _replayed(replace(stored, kept_values=tuple(map(other, stored.values())))).outcome is Outcome.DIFFERENT


def test_the_hash_is_over_it(found: Resonance) -> None:
    none, one = Digest(), Digest()
    one.put(Frame(Tick(1.0), resonances=(found,)))
    assert none.hexdigest() != one.hexdigest()


@pytest.mark.parametrize("assessment", [None, Assessment((), 5.5, 6.0, 0.9, 0.8)])
def test_it_is_a_row_of_a_table(assessment: Assessment | None) -> None:
    ((name, row),) = rows_of([Resonance(5.0, CLIENT, assessment)])
    cells = dict(zip([column.name for column in COLUMNS[name]], row, strict=True))
    assert (name, cells["t_s"], cells["person"]) == ("resonances", 5.0, CLIENT)
    assert cells["assessment_best"] == (None if assessment is None else 5.5)


def test_a_pipeline_with_the_items_alone_finds_it(found: Resonance) -> None:
    pipeline = Pipeline((CLIENT,))
    assert [one for item in _items() for one in pipeline.update(item).resonances] == [found]
