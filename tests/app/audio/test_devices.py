# SPDX-License-Identifier: MIT
"""The library's own thread, on miniaudio's null device: it runs in real time and lets nobody hear it."""

import threading

import miniaudio
import numpy as np
import pytest

from app.audio.devices import DevicePlayers
from app.audio.player import PlayerError
from app.audio.score import Score, Voice
from app.audio.stream import SoundStream
from app.clock import choose_session_clock
from tests.app.audio.rendered import Samples, steady

NOWHERE = (miniaudio.Backend.NULL,)


def test_a_device_asks_for_the_stream_in_its_own_thread() -> None:
    clock = choose_session_clock()
    player = DevicePlayers(NOWHERE).open("")
    stream = SoundStream(clock, player.buffered_s, lambda: Score(steady(start_s=clock() - 0.5), Voice.TONES, 1.0))
    threads: list[str] = []
    heard = threading.Event()

    def render(count: int) -> Samples:
        threads.append(threading.current_thread().name)
        samples = stream.render(count)
        if np.any(samples):
            heard.set()
        return samples

    player.start(render)
    assert heard.wait(10.0)
    player.close()
    assert threading.current_thread().name not in threads
    assert player.asked % 480 == 0
    assert player.asked > 0


def test_a_device_that_is_not_there_cannot_be_opened() -> None:
    with pytest.raises(PlayerError):
        DevicePlayers(NOWHERE).open("headphones of somebody else")


def test_the_names_are_those_that_somebody_can_hear() -> None:
    assert not [name for name in DevicePlayers().devices() if name.startswith("Discard all")]
