# SPDX-License-Identifier: MIT
import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from app.clock import choose_session_clock, choose_sleepless_clock
from app.conductor import Outside
from app.mailbox import Mailbox
from app.merge import Feed
from app.wiring import Wiring
from app.worker import Worker
from dsp.codes import Action, CueKind, SourceState
from dsp.stream import Command, Frame, Item, Sighting, Status
from tests.app.sources import rr
from ui.backstage import Arrived, Backstage

_PATIENCE_S = 10.0


class Bell(Mailbox):
    """A mailbox that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._rung = threading.Condition()
        self._seen: list[Arrived] = []

    def put(self, message: Arrived) -> None:
        super().put(message)
        with self._rung:
            self._seen.append(message)
            self._rung.notify_all()

    def wait_for(self, is_it: Callable[[Arrived], bool]) -> bool:
        with self._rung:
            return self._rung.wait_for(lambda: any(is_it(message) for message in self._seen), _PATIENCE_S)


async def nothing_in_reach(_clock: Callable[[], float]) -> AsyncIterator[Sighting | Status]:
    yield Status(0.0, "scan", SourceState.SCANNING)
    await asyncio.Event().wait()


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def worker(bell: Bell) -> Iterator[Worker]:
    outside = Outside(choose_session_clock(), choose_sleepless_clock(), Wiring().connect, nothing_in_reach)
    worker = Worker(outside, bell)
    worker.start()
    yield worker
    assert worker.close()


def test_a_worker_is_what_the_screens_ask_for(worker: Worker) -> None:
    backstage: Backstage = worker
    assert backstage.clock() <= backstage.clock()
    assert backstage.drain() == []


def test_frames_of_the_made_up_person_come_over(worker: Worker, bell: Bell) -> None:
    worker.begin(["demo:3"])
    assert bell.wait_for(lambda m: isinstance(m, Frame) and bool(m.beats))
    assert [message for message in worker.drain() if isinstance(message, Frame) and message.beats]


def test_a_decision_of_a_screen_comes_back_as_a_cue(worker: Worker, bell: Bell) -> None:
    worker.begin(())
    worker.send(Command(worker.clock(), Action.PACE, "client"))
    assert bell.wait_for(lambda m: isinstance(m, Frame) and any(cue.kind is CueKind.BREATH for cue in m.cues))


def test_the_search_answers_through_the_mailbox(worker: Worker, bell: Bell) -> None:
    worker.look_for_sensors(on=True)
    assert bell.wait_for(lambda m: isinstance(m, Status) and m.state is SourceState.SCANNING)
    worker.look_for_sensors(on=False)


def test_closing_closes_the_sources_and_later_calls_do_nothing() -> None:
    opened, closed = threading.Event(), threading.Event()

    class Watched:
        name = "watched"

        async def items(self) -> AsyncIterator[Item]:
            opened.set()
            try:
                yield rr(0.0)
                await asyncio.Event().wait()
            finally:
                closed.set()

    clock = choose_session_clock()
    worker = Worker(Outside(clock, clock, lambda _address, _clock: Feed(Watched()), nothing_in_reach))
    worker.start()
    worker.begin(["watched"])
    assert opened.wait(_PATIENCE_S)
    assert worker.close()
    assert closed.is_set()
    worker.begin(["watched"])
    worker.finish()
    assert worker.close()


def test_no_call_waits_for_a_worker_that_is_blocked() -> None:
    inside, go_on = threading.Event(), threading.Event()

    class Blocking:
        name = "blocking"

        async def items(self) -> AsyncIterator[Item]:
            inside.set()
            go_on.wait(_PATIENCE_S)
            yield rr(0.0)

    clock = choose_session_clock()
    worker = Worker(Outside(clock, clock, lambda _address, _clock: Feed(Blocking()), nothing_in_reach))
    worker.start()
    worker.begin(["blocking"])
    assert inside.wait(_PATIENCE_S)
    started = clock()
    for _ in range(1000):
        worker.send(Command(clock(), Action.PAUSE, "client"))
        worker.drain()
    took_s = clock() - started
    go_on.set()
    assert worker.close()
    assert took_s < 1.0
