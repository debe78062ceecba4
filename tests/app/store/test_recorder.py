# SPDX-License-Identifier: MIT

from pathlib import Path
from threading import Event

import pytest

from app.digest import canonical
from app.store.backlog import Backlog, Waiting
from app.store.recorder import Recorder
from app.store.rows import Note
from app.store.session_folder import file_of
from app.store.session_writer import SessionWriter
from dsp.codes import Reason
from dsp.stream import NOBODY, Frame, Gap, Marker, Tick
from tests.app.store.kept_frames import CODES, Clock, Noted, folder_in, frames_of, key_of, live_items, stored_in, ticks

CLIENT = frozenset({"client"})


def writer_in(path: Path, clock: Clock, noted: Noted | None = None) -> tuple[SessionWriter, Backlog]:
    backlog = Backlog("recording")
    return SessionWriter(folder_in(path), backlog, clock, noted or Noted()), backlog


def put_all(backlog: Backlog, frames: list[Frame], first: int = 0) -> None:
    for order, frame in enumerate(frames, first):
        backlog.put(Waiting(order, frame, CLIENT))


def marks_in(path: Path) -> list[str]:
    return [item.type for item in stored_in(path).items() if isinstance(item, Marker)]


def test_everything_that_was_put_is_on_the_disk_after_the_close(tmp_path: Path) -> None:
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    recorder.start()
    for frame in ticks(0, 3):
        recorder.put(frame)
    assert recorder.close(5.0).ended_t == 5.0
    assert marks_in(tmp_path) == ["mark 0", "mark 1", "mark 2"]
    assert recorder.state.on_disk_t == 2.5
    assert recorder.state.behind_s == 0.0


def test_what_is_not_on_the_disk_yet_is_told(tmp_path: Path) -> None:
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    for frame in ticks(10, 14):
        recorder.put(frame)
    assert recorder.state.behind_s == 3.5
    assert recorder.state.on_disk_t is None


def test_putting_goes_on_while_the_disk_takes_nothing_and_nothing_is_lost(tmp_path: Path) -> None:
    clock = Clock()
    writer, backlog = writer_in(tmp_path, clock)
    put_all(backlog, ticks(0, 10))
    writer.write()
    away = tmp_path / "S-4TQ9Z"
    away.rename(tmp_path / "taken")
    put_all(backlog, ticks(10, 20), 20)
    writer.write()
    assert (writer.written.reason, writer.written.on_disk_t) == (Reason.DISK_GONE, 9.5)
    (tmp_path / "taken").rename(away)
    writer.write()
    assert (writer.written.reason, writer.written.on_disk_t) == (Reason.DISK_GONE, 9.5)  # tried again after a pause
    clock.t = 1.0
    writer.write()
    assert (writer.written.reason, writer.written.on_disk_t) == (None, 19.5)
    head = writer.close(20.0)
    assert head.ended_t == 20.0
    assert marks_in(tmp_path) == [f"mark {t}" for t in range(20)]


def test_a_disk_that_is_not_there_at_the_start_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "S-4TQ9Z").write_text("in the way")
    clock = Clock()
    writer, backlog = writer_in(tmp_path, clock)
    put_all(backlog, ticks(0, 3))
    writer.write()
    assert (writer.written.reason is None, writer.written.on_disk_t) == (False, None)
    (tmp_path / "S-4TQ9Z").unlink()
    clock.t = 2.0
    writer.write()
    assert (writer.written.reason is None, writer.written.on_disk_t) == (True, 2.5)
    assert writer.close(3.0).ended_t == 3.0
    assert marks_in(tmp_path) == ["mark 0", "mark 1", "mark 2"]


def test_a_session_that_the_disk_did_not_take_has_no_end(tmp_path: Path) -> None:
    writer, backlog = writer_in(tmp_path, Clock())
    put_all(backlog, ticks(0, 3))
    writer.write()
    (tmp_path / "S-4TQ9Z").rename(tmp_path / "taken")
    put_all(backlog, ticks(3, 5), 6)
    assert writer.close(5.0).ended_t is None


def test_ten_minutes_are_kept_and_a_gap_stands_for_what_is_older(tmp_path: Path) -> None:
    clock = Clock()
    writer, backlog = writer_in(tmp_path, clock)
    (tmp_path / "S-4TQ9Z").write_text("in the way")
    put_all(backlog, ticks(0, 900))
    writer.write()
    (tmp_path / "S-4TQ9Z").unlink()
    clock.t = 2.0
    writer.write()
    writer.close(900.0)
    kept = list(stored_in(tmp_path).items())
    assert next(item.type for item in kept if isinstance(item, Marker)) in {"mark 299", "mark 300"}
    gaps = [item for item in kept if isinstance(item, Gap)]
    assert [gap.reason for gap in gaps] == [Reason.NOT_RECORDED]
    assert backlog.lost_s == pytest.approx(299.0, abs=1.0)


def test_how_far_the_files_are_is_noted_at_most_every_30_s(tmp_path: Path) -> None:
    clock, noted = Clock(), Noted()
    writer, backlog = writer_in(tmp_path, clock, noted)
    seen = []
    for t in range(70):
        clock.t = float(t)
        put_all(backlog, ticks(t, t + 1), 2 * t)
        writer.write()
        seen.append(len(noted.notes) and noted.notes["client"].number)
    assert len(set(seen)) == 3
    writer.close(70.0)
    assert all(sound.is_whole for sound in stored_in(tmp_path, noted).soundness.values())
    assert noted.notes.keys() == {"client", "common"}


def test_nothing_is_written_of_who_is_not_recorded(tmp_path: Path) -> None:
    canary = "CANARY-5e1f"
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    recorder.start()
    for person in ("partner", NOBODY):
        marker = Marker(1.0, canary, canary, person)
        recorder.put(Frame(marker, markers=(marker,)))
    recorder.put(Frame(Tick(2.0)))
    recorder.close(3.0)
    stored = stored_in(tmp_path)
    assert list(stored.items()) == [Tick(2.0)]
    assert list(stored.values()) == []
    assert not file_of(tmp_path / "S-4TQ9Z", "partner").exists()
    assert not any(canary.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_person_can_agree_and_take_it_back_in_the_middle(tmp_path: Path) -> None:
    both = ("client", "partner")
    frames = frames_of(live_items(12.0, both), both)
    third = len(frames) // 3
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    recorder.start()
    for frame in frames[:third]:
        recorder.put(frame)
    recorder.add("partner", CODES["partner"], key_of("partner"))
    for frame in frames[third : 2 * third]:
        recorder.put(frame)
    assert recorder.forget("client").wait(10.0)
    assert not file_of(tmp_path / "S-4TQ9Z", "client").exists()
    for frame in frames[2 * third :]:
        recorder.put(frame)
    head = recorder.close(12.0)
    assert head.codes == {"partner": CODES["partner"]}
    stored = stored_in(tmp_path, without="client")
    items = list(stored.items())
    assert {getattr(item, "person", "partner") for item in items} == {"partner"}
    assert next(item for item in items if isinstance(item, Gap)).reason is Reason.NOT_RECORDED
    assert items.count(Tick(12.0)) == 1


def test_a_person_who_was_not_recorded_for_a_while_goes_on_in_the_same_file(tmp_path: Path) -> None:
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    recorder.start()
    for k, frame in enumerate(ticks(0, 9)):
        if k == 6:
            recorder.stop("client")
        if k == 12:
            recorder.add("client", CODES["client"], key_of("client"))
        recorder.put(frame)
    recorder.close(9.0)
    assert marks_in(tmp_path) == [f"mark {t}" for t in (0, 1, 2, 6, 7, 8)]
    assert all(sound.is_whole for sound in stored_in(tmp_path).soundness.values())


def test_what_is_taken_back_is_not_written_although_the_disk_is_busy(tmp_path: Path) -> None:
    busy, free = Event(), Event()

    def slow(_name: str, _number: int, _chain: bytes) -> None:
        busy.set()
        assert free.wait(10.0)

    recorder = Recorder(folder_in(tmp_path), Clock(), slow)
    recorder.start()
    for frame in ticks(0, 200):
        recorder.put(frame)
    recorder._wake.set()
    assert busy.wait(10.0)
    for frame in ticks(200, 204):
        recorder.put(frame)
    gone = recorder.forget("client")
    assert recorder.state.persons == ()
    free.set()
    assert gone.wait(10.0)
    recorder.close(5.0)
    assert not file_of(tmp_path / "S-4TQ9Z", "client").exists()


def test_nobody_is_never_recorded(tmp_path: Path) -> None:
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    with pytest.raises(ValueError, match="nobody"):
        recorder.add(NOBODY, "C-7F3K", key_of("x"))


def test_notes_lie_in_a_file_of_their_own_that_is_made_by_the_first(tmp_path: Path) -> None:
    recorder = Recorder(folder_in(tmp_path), Clock(), Noted())
    recorder.start()
    for frame in ticks(0, 3):
        recorder.put(frame)
    notes = [Note(1.0, "O-2M8R", "client", "cried at the word home"), Note(2.0, "O-2M8R", "client", "a second one")]
    assert not file_of(tmp_path / "S-4TQ9Z", "notes").exists()
    for note in notes:
        recorder.note(note)
    recorder.close(3.0)
    stored = stored_in(tmp_path)
    assert list(stored.notes()) == notes
    assert not any("cried" in canonical(item) for item in stored.items())
    assert list(stored_in(tmp_path, without="notes").notes()) == []


@pytest.mark.parametrize("is_readable", [True, False])
def test_a_session_can_go_on_elsewhere_when_its_disk_takes_nothing(tmp_path: Path, is_readable: bool) -> None:
    clock = Clock()
    writer, backlog = writer_in(tmp_path, clock)
    put_all(backlog, ticks(0, 10))
    writer.write()
    there = tmp_path / "S-4TQ9Z"
    if not is_readable:
        there.rename(tmp_path / "taken")
    put_all(backlog, ticks(10, 20), 20)
    writer.move(tmp_path / "stick" / "S-4TQ9Z")
    writer.write()
    assert writer.written.reason is None
    head = writer.close(20.0)
    assert head.ended_t == 20.0
    assert marks_in(tmp_path / "stick") == [f"mark {t}" for t in range(0 if is_readable else 10, 20)]
    assert {sound.is_whole for sound in stored_in(tmp_path / "stick").soundness.values()} == {True}
