# SPDX-License-Identifier: MIT
"""Markers from another terminal: who can give them, and what comes into the session."""

import asyncio
import json
import socket
import stat
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from app.clock import Clock, choose_session_clock, choose_sleepless_clock
from app.conductor import Outside
from app.errors import AppError, Fault
from app.marking import Marking, fault_of, open_for_markers, send_marker
from app.wiring import Wiring
from app.worker import Worker
from dsp.stream import Frame, Marker, Sighting, Status

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no sockets in the file system")


@pytest.fixture(autouse=True)
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder in which the sockets' own folder is made."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


def in_a_session(folder: Path, work: Callable[[], object], persons: tuple[str, ...] = ("client",)) -> list[Marker]:
    """Do something in another thread while a session runs; give the markers that came."""
    taken: list[Marker] = []

    async def run() -> None:
        async with open_for_markers(folder, Marking(lambda: 12.5, lambda: persons, taken.append)):
            await asyncio.to_thread(work)

    asyncio.run(run())
    return taken


def test_a_marker_comes_into_the_running_session_with_its_time(tmp_path: Path) -> None:
    said: list[object] = []
    taken = in_a_session(tmp_path, lambda: said.append(send_marker(tmp_path, "eyes closed")))
    assert taken == [Marker(12.5, "eyes closed", "terminal", "client")]
    assert said == [{"t": 12.5, "type": "eyes closed", "person": "client"}]


def test_without_a_session_it_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(AppError) as error:
        send_marker(tmp_path, "go")
    assert error.value.fault is Fault.NO_SESSION


def test_after_the_session_nothing_is_left(tmp_path: Path, runtime: Path) -> None:
    in_a_session(tmp_path, lambda: None)
    assert not list(runtime.iterdir())


def test_the_sockets_folder_is_its_owners_alone(tmp_path: Path, runtime: Path) -> None:
    modes: list[int] = []
    in_a_session(tmp_path, lambda: modes.extend(stat.S_IMODE(path.stat().st_mode) for path in runtime.iterdir()))
    assert modes == [0o700]


def test_a_folder_that_was_open_to_others_is_shut_first(tmp_path: Path, runtime: Path) -> None:
    names: list[Path] = []
    in_a_session(tmp_path, lambda: names.extend(runtime.iterdir()))
    names[0].mkdir(mode=0o777)
    modes: list[int] = []
    in_a_session(tmp_path, lambda: modes.append(stat.S_IMODE(names[0].stat().st_mode)))
    assert modes == [0o700]


def test_what_a_crash_left_is_passed_over(tmp_path: Path, runtime: Path) -> None:
    def work() -> None:
        (folder,) = runtime.iterdir()
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(folder / "1.sock"))
        send_marker(tmp_path, "go")

    assert [marker.type for marker in in_a_session(tmp_path, work)] == ["go"]


@pytest.mark.parametrize("kind", ["", "x" * 33, "a\nb", " ", "a\u202eb"])
def test_what_is_no_type_is_refused(kind: str) -> None:
    assert fault_of(kind)


def test_another_persons_marker_names_that_person_and_nobody_elses(tmp_path: Path) -> None:
    refused: list[str] = []

    def work() -> None:
        send_marker(tmp_path, "go", "partner")
        try:
            send_marker(tmp_path, "go", "stranger")
        except AppError as error:
            refused.append(error.detail)

    taken = in_a_session(tmp_path, work, ("client", "partner"))
    assert [marker.person for marker in taken] == ["partner"]
    assert "there are client, partner" in refused[0]


@pytest.mark.parametrize(
    "said", [b"\n", b"[]\n", b"{}\n", b"x" * 5000 + b"\n", json.dumps({"type": 3}).encode() + b"\n"]
)
def test_nothing_that_is_written_there_stops_the_session(tmp_path: Path, runtime: Path, said: bytes) -> None:
    def work() -> None:
        (path,) = runtime.glob("*/*.sock")
        with socket.socket(socket.AF_UNIX) as session:
            session.settimeout(5.0)
            session.connect(str(path))
            session.sendall(said)
            session.recv(100)
        send_marker(tmp_path, "still here")

    assert [marker.type for marker in in_a_session(tmp_path, work)][-1] == "still here"


def test_the_windows_session_takes_markers_too(tmp_path: Path) -> None:
    clock = choose_session_clock()
    outside = Outside(clock, choose_sleepless_clock(), Wiring().connect, nothing_in_reach, folder=tmp_path)
    worker = Worker(outside)
    worker.start()
    try:
        worker.begin(["demo"])
        frames = _until(worker, lambda frame: frame.statuses)
        send_marker(tmp_path, "from outside")
        frames = _until(worker, lambda frame: frame.markers)
        assert frames[-1].markers[0].type == "from outside"
    finally:
        worker.close()


def _until(worker: Worker, is_there: Callable[[Frame], object]) -> list[Frame]:
    """Drain the worker's messages until a frame is there; what came first comes first."""
    seen: list[Frame] = []
    began = worker.clock()
    while worker.clock() - began < 30.0:
        for message in worker.drain():
            if isinstance(message, Frame):
                seen.append(message)
                if is_there(message):
                    return seen
    raise AssertionError("it did not come within 30 s")


async def nothing_in_reach(_clock: Clock) -> AsyncIterator[Sighting | Status]:
    nothing: tuple[Sighting | Status, ...] = ()
    for message in nothing:
        yield message
