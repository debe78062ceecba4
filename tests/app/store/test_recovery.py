# SPDX-License-Identifier: MIT

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.digest import canonical
from app.store.backlog import Backlog, Waiting
from app.store.connection import StoreError, connect
from app.store.recorder import Recorder
from app.store.recovery import finish, hash_of, session_clock_offset_s, take_up
from app.store.session_folder import Batch, file_of
from app.store.session_writer import SessionWriter
from app.store.stored_session import StoredSession
from dsp.codes import Reason
from dsp.stream import Frame, Gap, Marker
from tests.app.store.kept_frames import KEYS, Clock, Noted, folder_in, head_of, record, stored_in, ticks

CLIENT = frozenset({"client"})
SESSION = "S-4TQ9Z"
ALONE = {name: key for name, key in KEYS.items() if name != "partner"}


class Running:
    """A session that is written step by step, and looked at as a power cut would leave it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.noted = Noted()
        self.clock = Clock()
        self.backlog = Backlog("recording")
        self.writer = SessionWriter(folder_in(path), self.backlog, self.clock, self.noted)
        self.order = 0

    def live(self, start: int, end: int) -> None:
        for frame in ticks(start, end):
            self.backlog.put(Waiting(self.order, frame, CLIENT))
            self.order += 1
        self.clock.t = float(end)
        self.writer.write()

    def left_in(self, path: Path, *names: str) -> Path:
        """Copy what lies on the disk now: of all files, or of these alone."""
        (path / SESSION).mkdir(parents=True, exist_ok=True)
        for file in (self.path / SESSION).iterdir():
            if not names or file.name.split(".")[0] in names:
                shutil.copy(file, path / SESSION / file.name)
        return path


def marks_of(stored: StoredSession) -> list[str]:
    return [item.type for item in stored.items() if isinstance(item, Marker)]


def marks(start: int, end: int) -> list[str]:
    return [f"mark {t}" for t in range(start, end)]


def test_all_that_was_acknowledged_is_there_after_a_crash(tmp_path: Path) -> None:
    running = Running(tmp_path)
    for t in range(25):
        running.live(t, t + 1)
    stored = stored_in(running.left_in(tmp_path / "left"), running.noted)
    assert marks_of(stored) == marks(0, 25)
    assert stored.head.ended_t is None
    assert stored.head.lost_s == 0.0
    assert all(sound.is_whole for sound in stored.soundness.values())


def test_a_batch_that_came_half_way_is_left_out(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.live(0, 3)
    left = running.left_in(tmp_path / "left", "common")
    running.live(3, 6)
    stored = stored_in(running.left_in(left, "client"))
    assert marks_of(stored) == marks(0, 3)
    assert {value.t for value in stored.values()} == {0.5, 1.5, 2.5}
    assert stored.head.lost_s == 3.0  # a crash before it was acknowledged, or a common file that lost its end


@pytest.mark.parametrize("settled_s", [3, 8])
def test_an_interrupted_session_goes_on_with_a_gap(tmp_path: Path, settled_s: int) -> None:
    running = Running(tmp_path)
    running.live(0, settled_s)
    left = running.left_in(tmp_path / "left", "common")
    running.live(settled_s, settled_s + 3)
    running.left_in(left, "client")
    interrupted = take_up(left / SESSION, ALONE, running.noted.notes)
    assert interrupted.ended_t == settled_s - 0.5
    recorder = Recorder(interrupted.folder, Clock(), Noted())
    recorder.start()
    for gap in interrupted.gaps(100.0):
        recorder.put(Frame(gap, gaps=(gap,)))
    for frame in ticks(100, 103):
        recorder.put(frame)
    head = recorder.close(103.0)
    stored = stored_in(left)
    assert marks_of(stored) == [*marks(0, settled_s), *marks(100, 103)]
    gaps = [value for value in stored.values() if isinstance(value, Gap)]
    assert gaps == [Gap(settled_s - 0.5, 100.0, Reason.PROGRAM_STOPPED, "recording", "client")]
    assert all(sound.is_whole for sound in stored.soundness.values())
    assert head.sha256 == hash_of(stored)
    assert stored.head == head


def test_a_session_can_be_interrupted_again_and_again(tmp_path: Path) -> None:
    running = Running(tmp_path / "0")
    running.live(0, 4)
    path = running.left_in(tmp_path / "1")
    for k in range(1, 5):
        folder = take_up(path / SESSION, ALONE).folder
        backlog = Backlog("recording")
        writer = SessionWriter(folder, backlog, Clock(), Noted())
        for order, frame in enumerate(ticks(10 * k, 10 * k + 4), folder.progress.last + 1):
            backlog.put(Waiting(order, frame, CLIENT))
        writer.write()
        again = tmp_path / str(k + 1)
        shutil.copytree(path, again)
        path = again
    assert marks_of(stored_in(path)) == [mark for k in range(5) for mark in marks(10 * k, 10 * k + 4)]


def test_an_unfinished_session_is_closed_by_itself(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.live(0, 7)
    left = running.left_in(tmp_path / "left")
    head = finish(left / SESSION, ALONE, running.noted.notes)
    assert head.ended_t == 6.5
    stored = stored_in(left)
    assert stored.head == head
    assert head.sha256 == hash_of(stored)


def test_a_crash_before_anything_was_written_is_told(tmp_path: Path) -> None:
    (tmp_path / SESSION).mkdir()
    file_of(tmp_path / SESSION, "common").touch()
    with pytest.raises(StoreError) as caught:
        stored_in(tmp_path)
    assert caught.value.reason is Reason.RECORD_DAMAGED
    given = StoredSession(tmp_path / SESSION, KEYS, head=head_of())
    assert list(given.items()) == []


def test_a_session_that_is_recorded_now_is_not_read_by_another(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.live(0, 3)
    with pytest.raises(StoreError) as caught:
        stored_in(tmp_path)
    assert caught.value.reason is Reason.HELD_ELSEWHERE


@pytest.mark.parametrize("name", ["client", "common"])
def test_every_bit_that_flips_in_a_closed_session_is_found(tmp_path: Path, name: str) -> None:
    record(tmp_path, ticks(0, 60))
    path = file_of(tmp_path / SESSION, name)
    whole = path.read_bytes()
    for at in range(0, len(whole), len(whole) // 12):
        broken = bytearray(whole)
        broken[at] ^= 1 << at % 8
        path.write_bytes(broken)
        stored = StoredSession(tmp_path / SESSION, KEYS, head=head_of())
        assert not stored.soundness[name].is_whole, at
        list(stored.items())  # what is left can be read
        list(stored.values())


@pytest.mark.parametrize("name", ["client", "common"])
def test_every_bit_that_flips_in_a_wal_is_found_as_seconds_lost(tmp_path: Path, name: str) -> None:
    running = Running(tmp_path)
    for t in range(40):
        running.live(t, t + 1)
    wal = file_of(tmp_path / SESSION, name).with_name(f"{name}.db-wal")
    size = wal.stat().st_size
    for k, at in enumerate(range(0, size, size // 10)):
        left = running.left_in(tmp_path / f"left{k}")
        broken = bytearray(wal.read_bytes())
        broken[at] ^= 1
        (left / SESSION / wal.name).write_bytes(broken)
        stored = StoredSession(left / SESSION, KEYS, running.noted.notes, head=head_of())
        found = stored.head.lost_s > 0 or not all(sound.is_whole for sound in stored.soundness.values())
        assert found or marks_of(stored) == marks(0, 40), at  # a frame that a later one replaced holds nothing
        assert found or [canonical(v) for v in stored.values()]


def test_an_older_copy_put_back_is_found(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.live(0, 10)
    older = running.left_in(tmp_path / "older")
    for t in range(10, 50):
        running.live(t, t + 1)
    stored = stored_in(older, running.noted)
    assert not stored.soundness["client"].is_whole
    assert stored.head.lost_s > 20.0


def test_what_a_newer_version_wrote_is_read_and_never_written(tmp_path: Path) -> None:
    record(tmp_path, ticks(0, 3))
    for name in ("common", "client"):
        newer = connect(file_of(tmp_path / SESSION, name), KEYS[name], mode="rw")
        newer.execute("PRAGMA user_version = 2")
        newer.execute("PRAGMA journal_mode = DELETE")
        newer.close()
    assert marks_of(stored_in(tmp_path)) == marks(0, 3)
    interrupted = take_up(tmp_path / SESSION, ALONE)
    with pytest.raises(StoreError, match="newer"):
        interrupted.folder.commit(Batch(99, (9.0, 9.0), {}))


def test_the_session_clock_goes_on_after_the_computer_started_anew() -> None:
    head = replace(head_of(), started_t=5000.0)
    assert session_clock_offset_s(head, 5600.0, head.started_utc_s + 601.0) == 0.0
    assert session_clock_offset_s(head, 40.0, head.started_utc_s + 600.0) == 5560.0
