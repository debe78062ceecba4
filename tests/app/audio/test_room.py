# SPDX-License-Identifier: MIT
"""The screens' calls never wait; the thread behind them ends with the application."""

import itertools
import threading

import numpy as np

from app.audio.player import NoPlayers, NullPlayer, Players, Render
from app.audio.room import SoundRoom
from tests.app.audio.rendered import Samples, steady
from tests.app.audio.test_keeper import Drawer
from ui.sound.seam import SoundState


def test_no_thread_and_no_library_before_a_sound_is_chosen() -> None:
    def find() -> Players:
        raise AssertionError("nobody asked for a sound")

    room = SoundRoom(lambda: 0.0, find)
    room.choose("off", 0.5, "")
    room.follow(steady())
    room.close()
    assert room.news.state is SoundState.OFF


def test_a_chosen_sound_opens_the_device_and_the_end_closes_it() -> None:
    drawer = Drawer("Speakers")
    room = SoundRoom(lambda: 0.0, lambda: drawer)
    room.choose("tones", 0.5, "")
    room.close()
    assert room.news.state is SoundState.READY
    assert not drawer.opened[0].is_open
    assert "attune-sound" not in {thread.name for thread in threading.enumerate()}


def test_choosing_does_not_wait_for_a_system_that_hangs() -> None:
    is_free = threading.Event()

    def find() -> Players:
        is_free.wait()
        return NoPlayers()

    room = SoundRoom(lambda: 0.0, find)
    room.choose("tones", 0.5, "")
    room.look()
    states = [room.news.state]
    is_free.set()
    room.close()
    states.append(room.news.state)
    assert states == [SoundState.OPENING, SoundState.NO_DEVICE]


def test_what_is_heard_follows_the_screens_at_once() -> None:
    room = SoundRoom(lambda: 0.0, NoPlayers)
    room.follow(plan := steady())
    assert room._score.plan is plan
    room.follow(None)
    assert room._score.plan is None


def test_the_null_player_asks_for_nothing_after_its_end() -> None:
    player = NullPlayer("x")
    assert not len(player.play(10))
    player.start(steady_samples)
    assert len(player.play(10)) == 10
    player.close()
    assert not len(player.play(10))


def steady_samples(count: int) -> Samples:
    return np.zeros(count, np.float32)


def test_the_end_lets_a_sound_fade_before_the_device_goes() -> None:
    is_open, ticks = threading.Event(), itertools.count()

    class Rung(NullPlayer):
        def start(self, render: Render) -> None:
            super().start(render)
            is_open.set()

    class Bell(Drawer):
        def open(self, device: str) -> NullPlayer:
            self.opened.append(Rung(device))
            return self.opened[-1]

    drawer = Bell("Speakers")
    room = SoundRoom(lambda: 0.01 * next(ticks), lambda: drawer)
    room.follow(steady(start_s=0.0))
    room.choose("tones", 1.0, "")
    assert is_open.wait(5.0)
    player = drawer.opened[0]
    before = [player.play(480) for _ in range(200)][-1]
    assert np.any(before)
    ending = threading.Thread(target=room.close)
    ending.start()
    heard = [before, *(player.play(480) for _ in iter(lambda: player.is_open, False))]
    ending.join()
    joined = np.concatenate(heard)
    assert np.abs(np.diff(joined)).max() < 0.08  # no step that clicks
    assert not np.any(joined[-48:])
