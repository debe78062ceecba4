# SPDX-License-Identifier: MIT

from pathlib import Path

import pytest

from app.digest import Digest, canonical
from app.store.batches import values_of
from app.store.reading import PersonsPart
from app.store.session_folder import file_of
from dsp.stream import Chunk, Item
from tests.app.store.kept_frames import frames_of, live_items, record, stored_in

BOTH = ("client", "partner")


def spelled(item: object) -> str:
    if not isinstance(item, Chunk):
        return canonical(item)
    arrays = item.t.tobytes().hex(), item.values.tobytes().hex(), str(item.values.shape)
    return canonical((item.modality, *arrays, item.arrival, item.source, item.person, item.device_stamp))


def assert_same(these: list[Item], those: list[Item]) -> None:
    assert [spelled(one) for one in these] == [spelled(one) for one in those]


def test_a_recorded_session_gives_its_items_and_values_again(tmp_path: Path) -> None:
    items = live_items(30.0, BOTH)
    frames = frames_of(items, BOTH)
    head = record(tmp_path, frames, BOTH)
    stored = stored_in(tmp_path)
    assert_same(list(stored.items()), list(items))
    made = [canonical(value) for frame in frames for value in values_of(frame)]
    assert [canonical(value) for value in stored.values()] == made
    assert stored.head == head
    assert head.ended_t == 60.0
    assert head.is_synthetic
    assert head.lost_s == 0.0
    assert stored.configuration == {"windows": {}}
    assert all(sound.is_whole for sound in stored.soundness.values())


def joined(chunks: list[Chunk]) -> dict[tuple[str, ...], tuple[bytes, bytes]]:
    """Give the bytes of each stream's times and samples; the streams in order of their first sample."""
    streams: dict[tuple[str, ...], list[Chunk]] = {}
    for chunk in chunks:
        streams.setdefault((chunk.person, chunk.source, chunk.modality), []).append(chunk)
    return {
        key: (b"".join(one.t.tobytes() for one in found), b"".join(one.values.tobytes() for one in found))
        for key, found in streams.items()
    }


def test_the_samples_read_alone_are_those_of_the_items(tmp_path: Path) -> None:
    items = live_items(30.0, BOTH)
    record(tmp_path, frames_of(items, BOTH), BOTH)
    chunks = [item for item in items if isinstance(item, Chunk) and len(item.t)]
    stored = stored_in(tmp_path)
    alone = list(stored.signals())
    assert list(joined(alone).items()) == list(joined(chunks).items())
    assert len(alone) < len(chunks) / 4


def test_a_persons_part_has_that_persons_samples_alone(tmp_path: Path) -> None:
    items = live_items(30.0, BOTH)
    record(tmp_path, frames_of(items, BOTH), BOTH)
    part = PersonsPart(stored_in(tmp_path), "partner")
    chunks = [item for item in items if isinstance(item, Chunk) and len(item.t) and item.person == "partner"]
    assert joined(list(part.signals())) == joined(chunks)


def test_times_read_without_their_samples_are_the_same(tmp_path: Path) -> None:
    record(tmp_path, frames_of(live_items(30.0)))
    stored = stored_in(tmp_path)
    for whole, timed in zip(stored.signals(), stored.signals(with_values=False), strict=True):
        assert timed.t.tobytes() == whole.t.tobytes()
        assert timed.values.shape == whole.values.shape
        assert (timed.source, timed.modality, timed.arrival) == (whole.source, whole.modality, whole.arrival)


def test_the_stored_hash_is_the_one_that_the_session_has(tmp_path: Path) -> None:
    frames, digest = frames_of(live_items(30.0)), Digest()
    for frame in frames:
        digest.put(frame)
    assert record(tmp_path, frames).sha256 == digest.hexdigest()


def test_a_session_can_be_read_twice_at_once(tmp_path: Path) -> None:
    items = live_items(30.0)
    record(tmp_path, frames_of(items))
    stored, other = stored_in(tmp_path), stored_in(tmp_path)
    for one, same, again in zip(stored.items(), stored.items(), other.items(), strict=True):
        assert spelled(one) == spelled(same) == spelled(again)


def test_the_rest_is_read_when_one_of_two_persons_was_erased(tmp_path: Path) -> None:
    items = live_items(30.0, BOTH)
    record(tmp_path, frames_of(items, BOTH), BOTH)
    file_of(tmp_path / "S-4TQ9Z", "partner").unlink()
    stored = stored_in(tmp_path, without="partner")
    assert_same(list(stored.items()), [item for item in items if getattr(item, "person", "") != "partner"])
    assert {value.person for value in stored.values()} == {"client"}
    assert stored.head.lost_s == 0.0


def test_a_file_that_is_gone_while_its_key_is_there_is_lost_and_said(tmp_path: Path) -> None:
    record(tmp_path, frames_of(live_items(30.0, BOTH), BOTH), BOTH)
    file_of(tmp_path / "S-4TQ9Z", "partner").unlink()
    stored = stored_in(tmp_path)
    assert stored.head.lost_s == pytest.approx(30.0, abs=1.0)
    assert {value.person for value in stored.values()} == {"client"}


@pytest.mark.parametrize("name", ["common", "client", "partner"])
def test_another_key_opens_nothing(tmp_path: Path, name: str) -> None:
    record(tmp_path, frames_of(live_items(5.0, BOTH), BOTH), BOTH)
    data = file_of(tmp_path / "S-4TQ9Z", name).read_bytes()
    assert b"SQLite" not in data
    assert b"ecg" not in data
