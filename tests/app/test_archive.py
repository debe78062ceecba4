# SPDX-License-Identifier: MIT
"""The store behind the worker: real threads, a real store in a temporary folder."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest

from app.archive_room import StoreRoom
from app.archive_thread import StorePlace
from app.clock import choose_session_clock, choose_sleepless_clock
from app.conductor import Outside
from app.merge import time_of
from app.store.checklist import Condition
from app.store.equality import replay_stored
from app.store.keys import KEY_FILE, read_key_file
from app.store.reading import open_session
from app.store.recorder import Recorder
from app.store.session_folder import SessionFolder
from app.store.session_index import SessionState
from app.wiring import Wiring
from app.worker import Worker
from dsp.codes import Action, Reason, SourceState
from dsp.stream import Command, Frame, Gap, Item, Status, Tick
from tests.app.store.kept_frames import frames_of as frames_made_of
from tests.app.store.kept_frames import live_items
from tests.app.store.vaults import START_UTC_S, NoKeyring, Wall, agreed, begun, everything, frames_of, opened, protect
from tests.app.test_worker import Bell, nothing_in_reach
from ui.archive.seam import (
    Archive,
    Closed,
    Decision,
    Done,
    Interrupted,
    Keep,
    RecoveryCode,
    Refused,
    Resumed,
    Storing,
    Task,
)
from ui.archive.shelf import Agreement, Door, Erased, Exported, Exporting, ExportWish, Going, Kept, Shelf
from ui.backstage import Arrived

T = TypeVar("T")
KEPT = Decision("client", Agreement(stores=True))


class Practice:
    """A worker with a store; what it says is kept."""

    def __init__(self, folder: Path, wall: Wall) -> None:
        self.folder, self.wall, self.bell = folder, wall, Bell()
        clock = choose_session_clock()
        wiring = Wiring(folder)
        outside = Outside(clock, choose_sleepless_clock(), wiring.connect, nothing_in_reach)
        self.worker = Worker(
            outside,
            self.bell,
            make_room=lambda tell: StoreRoom(StorePlace(folder, NoKeyring(), wall), clock, tell),
        )
        wiring.stored = self.worker.stored
        self.worker.start()

    @property
    def archive(self) -> Archive:
        return self.worker.archive

    def hear(self, kind: type[T], is_it: Callable[[T], bool] = lambda _one: True) -> T:
        """Wait for a message of a kind, and give it."""
        assert self.bell.wait_for(lambda message: isinstance(message, kind) and is_it(message)), kind
        return next(m for m in self.bell._seen if isinstance(m, kind) and is_it(m))

    def ticks(self, count: int) -> None:
        """Wait until so many seconds went by."""
        seen: list[Arrived] = []

        def is_enough(message: Arrived) -> bool:
            if isinstance(message, Frame) and isinstance(message.item, Tick) and message not in seen:
                seen.append(message)
            return len(seen) >= count

        assert self.bell.wait_for(is_enough)

    def stored_session(self) -> Closed:
        """Store a session of the made-up person for about two seconds."""
        self.worker.begin(["demo"])
        self.ticks(1)
        self.archive.record([KEPT])
        self.hear(Storing, lambda storing: storing.recording.on_disk_t is not None)
        self.worker.finish()
        return self.hear(Closed)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = Practice(tmp_path, Wall())
    yield made
    assert made.worker.close()


def test_a_session_with_consent_is_stored_from_its_first_second(practice: Practice) -> None:
    closed = practice.stored_session()
    first = next(m.item for m in practice.bell._seen if isinstance(m, Frame))
    assert practice.worker.close()
    with opened(practice.folder) as vault:
        entry = vault.sessions.entry(closed.session)
        assert entry.state is SessionState.CLOSED
        assert entry.head.started_t == pytest.approx(first.t if not hasattr(first, "arrival") else first.arrival)
        assert dict(closed.codes) == entry.head.codes


def test_a_session_without_consent_leaves_no_byte_of_the_person(practice: Practice) -> None:
    practice.worker.begin(["demo"])
    practice.ticks(2)
    practice.archive.record([Decision("client", Agreement(stores=False))])
    practice.hear(Done)
    practice.worker.finish()
    assert practice.worker.close()
    assert everything(practice.folder) == b""


def test_consent_taken_back_destroys_what_was_stored(practice: Practice) -> None:
    practice.worker.begin(["demo"])
    practice.ticks(1)
    practice.archive.record([KEPT])
    storing = practice.hear(Storing, lambda one: one.recording.on_disk_t is not None)
    practice.archive.take_back("client")
    practice.hear(Done, lambda done: done.task is Task.TAKE_BACK)
    practice.hear(Storing, lambda one: not one.recording.persons)
    assert not list((practice.folder / "sessions" / storing.session).glob("client*"))
    practice.worker.finish()
    assert practice.hear(Closed).codes == ()
    assert practice.worker.close()
    with opened(practice.folder) as vault:
        assert vault.sessions.all() == ()


def test_a_consent_taken_back_waits_for_nothing_that_the_store_is_busy_with(practice: Practice) -> None:
    practice.worker.begin(["demo"])
    practice.ticks(1)
    practice.archive.record([KEPT])
    storing = practice.hear(Storing, lambda one: one.recording.on_disk_t is not None)
    free = Event()
    room = practice.worker._room
    assert room is not None
    practice.worker._loop.call_soon_threadsafe(
        lambda: room._thread.do(Task.OPEN, "", lambda: free.wait(30.0), lambda _waited: None)
    )
    asked_t = choose_session_clock()()
    practice.archive.take_back("client")
    practice.hear(Done, lambda done: done.task is Task.TAKE_BACK)
    assert choose_session_clock()() - asked_t < 1.0  # promises.md, consent
    assert not list((practice.folder / "sessions" / storing.session).glob("client*"))
    book = read_key_file(practice.folder / KEY_FILE)
    assert storing.session not in book.sessions
    free.set()


def test_the_end_may_delete_the_session(practice: Practice) -> None:
    closed = practice.stored_session()
    practice.archive.end(closed.session, closed.codes[0][1], Keep.DELETE)
    practice.hear(Done, lambda done: done.task is Task.END)
    practice.archive.look()
    shelf = practice.hear(Shelf)
    assert shelf.sessions == ()
    assert [client.code for client in shelf.clients] == [closed.codes[0][1]]


def test_a_person_who_was_here_before_is_chosen_by_code(practice: Practice) -> None:
    code = practice.stored_session().codes[0][1]
    practice.bell._seen.clear()
    practice.worker.begin(["demo"])
    practice.ticks(1)
    practice.archive.record([Decision("client", code=code)])
    assert dict(practice.hear(Storing).codes) == {"client": code}


def test_a_name_needs_protection_and_nothing_is_written_before(practice: Practice) -> None:
    practice.worker.begin(["demo"])
    practice.ticks(1)
    practice.archive.record([Decision("client", Agreement(stores=True), name="Canary")])
    assert practice.hear(Refused).fault == "not_protected"
    practice.archive.look()
    assert practice.hear(Shelf).clients == ()


def test_a_name_sets_a_passphrase_and_shows_the_recovery_code_that_opens_the_store(tmp_path: Path) -> None:
    practice = Practice(tmp_path, Wall())
    practice.worker.begin(["demo"])
    practice.ticks(1)
    words = "correct horse"
    named = Decision("client", Agreement(stores=True), name="Canary", passphrase=words, conditions=("pregnancy",))
    practice.archive.record([named])
    code = practice.hear(RecoveryCode).code
    practice.hear(Storing)
    practice.worker.finish()
    closed = practice.hear(Closed)
    assert practice.worker.close()
    with opened(tmp_path, ask=lambda: code) as vault:
        checklist = vault.checklists.current(closed.codes[0][1])
        assert checklist is not None
        assert checklist.conditions == {Condition.PREGNANCY}


def test_who_stays_live_only_is_asked_too_and_nothing_is_written_of_it(practice: Practice) -> None:
    practice.worker.begin(["demo"])
    practice.ticks(1)
    practice.archive.record([Decision("client", Agreement(stores=False), conditions=("beta_blockers",))])
    frame = practice.hear(Frame, lambda frame: isinstance(frame.item, Command))
    practice.hear(Frame, lambda one: any(state.why is Reason.CONDITION for state in one.states))
    assert isinstance(frame.item, Command)
    assert everything(practice.folder) == b""


def test_a_session_that_is_saved_elsewhere_comes_back_at_its_end(practice: Practice, tmp_path: Path) -> None:
    practice.worker.begin(["demo"])
    practice.ticks(1)
    practice.archive.record([KEPT])
    practice.hear(Storing, lambda storing: storing.recording.on_disk_t is not None)
    practice.archive.save_to(str(tmp_path / "stick"))
    room = practice.worker._room
    assert room is not None
    keeping = room.session._keeping
    assert keeping is not None
    assert keeping.recorded is not None
    recorder = keeping.recorded.recorder
    practice.hear(Frame, lambda _frame: recorder.place.parent == tmp_path / "stick")
    practice.worker.finish()
    assert practice.hear(Closed).elsewhere == ""
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_stored_session_plays_again_as_a_source(practice: Practice) -> None:
    session = practice.stored_session().session
    practice.worker.begin([f"session:{session}"])
    source = f"session:{session}"
    playing = practice.hear(Frame, lambda frame: isinstance(frame.item, Status) and frame.item.source == source)
    assert isinstance(playing.item, Status)
    assert playing.item.state is SourceState.STREAMING


def test_an_export_tells_how_far_it_is_and_leaves_one_whole_file(practice: Practice, tmp_path: Path) -> None:
    session = practice.stored_session().session
    target = tmp_path / "out"
    target.mkdir()
    practice.archive.export(ExportWish(session, "xdf", str(target)))
    exported = practice.hear(Exported)
    assert exported.path is not None
    assert [str(path) for path in target.iterdir()] == [exported.path]
    assert session not in exported.path
    assert practice.hear(Exporting).session == session


def test_erasing_names_what_goes_and_takes_it(practice: Practice) -> None:
    closed = practice.stored_session()
    code = closed.codes[0][1]
    practice.archive.ask_what_goes(code)
    assert practice.hear(Going) == Going(code, (closed.session,))
    practice.archive.erase(code)
    assert practice.hear(Erased) == Erased(code)
    practice.archive.look()
    assert practice.hear(Shelf).sessions == ()


def test_a_locked_store_opens_by_its_passphrase_and_by_no_other(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        protect(vault)
    practice = Practice(tmp_path, Wall())
    practice.archive.look()
    assert practice.hear(Shelf).door is Door.LOCKED
    practice.archive.unlock("wrong horse")
    assert practice.hear(Refused).fault == "wrong_key"
    practice.archive.unlock("correct horse")
    practice.hear(Shelf, lambda shelf: shelf.door is Door.OPEN)
    assert practice.worker.close()


def test_an_interrupted_session_is_offered_and_goes_on_with_its_sources(tmp_path: Path) -> None:
    session, code = interrupted(tmp_path)
    practice = Practice(tmp_path, Wall())
    assert practice.hear(Interrupted) == Interrupted(session, (code,))
    practice.archive.go_on(session)
    assert practice.hear(Storing).session == session
    assert practice.hear(Resumed).addresses == ("demo:1@client",)
    practice.hear(Frame, lambda frame: is_stop(frame.item))
    practice.hear(Frame, lambda frame: bool(frame.beats))
    assert practice.worker.close()


def test_what_goes_on_in_the_window_replays_as_one_session_to_the_last_bit(tmp_path: Path) -> None:
    session, _code = interrupted(tmp_path, frames_made_of(live_items(8.0)))
    practice = Practice(tmp_path, Wall())
    practice.hear(Interrupted)
    practice.archive.go_on(session)
    practice.hear(Frame, lambda frame: is_stop(frame.item))
    practice.hear(Frame, lambda frame: bool(frame.states) and time_of(frame.item) > 20.0)
    practice.worker.finish()
    practice.hear(Closed)
    assert practice.worker.close()
    with opened(tmp_path) as vault:
        contents = open_session(vault, session)
        assert sum(map(is_stop, contents.items())) == 1
        equality = asyncio.run(replay_stored(contents))
    assert equality.new_sha256 == equality.stored_sha256


def test_a_condition_on_record_keeps_the_estimate_off_from_the_start(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        code = agreed(vault)
        vault.checklists.set(code, [Condition.PACEMAKER, Condition.PREGNANCY])
    practice = Practice(tmp_path, Wall())
    practice.worker.begin(["demo"])
    practice.ticks(1)
    practice.archive.record([Decision("client", code=code)])
    frame = practice.hear(Frame, lambda frame: isinstance(frame.item, Command))
    assert isinstance(frame.item, Command)
    assert (frame.item.action, dict(frame.item.values)["name"]) == (Action.CONDITION, "pacemaker")
    after = practice.hear(Frame, lambda one: bool(one.states) and time_of(one.item) > time_of(frame.item))
    assert {state.why for state in after.states} == {Reason.CONDITION}
    assert practice.worker.close()


def test_what_a_crash_left_half_an_hour_ago_is_closed_by_itself(tmp_path: Path) -> None:
    session, _code = interrupted(tmp_path)
    late = Wall(START_UTC_S + 3600.0)
    practice = Practice(tmp_path, late)
    practice.archive.look()
    assert practice.hear(Shelf).sessions[0].state is Kept.RECOVERED
    assert practice.worker.close()
    with opened(tmp_path, late) as vault:
        assert vault.sessions.entry(session).state is SessionState.RECOVERED


def is_stop(item: Item) -> bool:
    """Tell whether this marks that the program had stopped."""
    return isinstance(item, Gap) and item.reason is Reason.PROGRAM_STOPPED


def interrupted(folder: Path, frames: Sequence[Frame] = ()) -> tuple[str, str]:
    """Leave a session of the made-up person as a crash does; give its code and the person's."""
    with opened(folder) as vault:
        code = agreed(vault)
        live = begun(vault, {"client": code})
        files = SessionFolder(live.folder, live.head, live.keys, configuration={"addresses": ["demo:1@client"]})
        recorder = Recorder(files, lambda: 103.0, live.note_chain)
        recorder.start()
        for frame in frames or frames_of("client"):
            recorder.put(frame)
        recorder.close(103.0)
        live._held.let_go()  # as the system does for a program that ended
        return live.head.session, code
