# SPDX-License-Identifier: MIT
"""A device that is there, pulled, and back again; none at all; and one that refuses."""

import numpy as np

from app.audio.keeper import SoundKeeper
from app.audio.player import NoPlayers, NullPlayer, PlayerError
from app.audio.score import Score, Voice
from tests.app.audio.rendered import steady
from ui.sound.seam import SoundState


class Drawer:
    """Headphones and loudspeakers that a test plugs in and pulls."""

    def __init__(self, *plugged: str) -> None:
        self.plugged = list(plugged)
        self.opened: list[NullPlayer] = []
        self.refuses = False

    def devices(self) -> list[str]:
        return list(self.plugged)

    def open(self, device: str) -> NullPlayer:
        if self.refuses:
            raise PlayerError("busy")
        self.opened.append(NullPlayer(device))
        return self.opened[-1]


class Table:
    """A keeper on a clock that the test moves, with a device that plays in step."""

    def __init__(self, drawer: Drawer, voice: Voice = Voice.TONES) -> None:
        self.t = 100.0
        self.drawer = drawer
        self.score = Score(steady(start_s=100.0), voice, 1.0)
        self.keeper = SoundKeeper(lambda: self.t, drawer, lambda: self.score)

    def live(self, seconds: float, *, is_plugged: bool = True) -> SoundState:
        for _ in range(round(seconds / 0.25)):
            self.t += 0.25
            player = self.keeper.player
            if is_plugged and isinstance(player, NullPlayer):
                player.play(12_000)
            news = self.keeper.tend()
        return news.state


def test_no_device_is_opened_before_a_sound_was_chosen() -> None:
    table = Table(Drawer("Speakers"), Voice.OFF)
    assert table.live(3.0) is SoundState.OFF
    assert not table.drawer.opened


def test_without_any_device_it_says_so_and_goes_on() -> None:
    table = Table(Drawer())
    assert table.live(5.0) is SoundState.NO_DEVICE
    assert table.keeper.player.asked == 0


def test_a_computer_without_the_library_is_one_without_devices() -> None:
    keeper = SoundKeeper(lambda: 0.0, NoPlayers(), lambda: Score(None, Voice.TONES))
    assert keeper.tend().state is SoundState.NO_DEVICE


def test_a_pulled_device_is_noticed_within_two_seconds_and_returned_to() -> None:
    table = Table(Drawer("Headphones", "Speakers"))
    table.keeper.want("Headphones")
    assert table.live(4.0) is SoundState.READY
    table.drawer.plugged.remove("Headphones")
    assert table.live(1.0, is_plugged=False) is SoundState.AWAY
    assert not table.drawer.opened[0].is_open
    assert table.live(10.0) is SoundState.AWAY
    assert len(table.drawer.opened) == 1  # nobody else hears it from the loudspeakers
    table.drawer.plugged.append("Headphones")
    assert table.live(2.5) is SoundState.READY
    assert table.keeper.player.device == "Headphones"


def test_a_device_that_is_no_longer_listed_was_pulled_though_it_still_asks() -> None:
    table = Table(Drawer("Headphones"))
    table.keeper.want("Headphones")
    table.live(4.0)
    table.drawer.plugged.clear()
    assert table.live(2.5) is SoundState.AWAY


def test_a_device_that_refuses_is_asked_again_later() -> None:
    table = Table(Drawer("Speakers"))
    table.drawer.refuses = True
    assert table.live(3.0) is SoundState.NO_DEVICE
    table.drawer.refuses = False
    assert table.live(2.5) is SoundState.READY


def test_another_device_is_opened_once_the_first_one_has_faded() -> None:
    table = Table(Drawer("Speakers", "Headphones"))
    table.live(3.0)
    table.keeper.want("Headphones")
    before = table.drawer.opened[0]
    faded = before.play(9_600)
    assert np.any(faded)
    assert not np.any(faded[4_800:])
    assert table.live(1.0) is SoundState.READY
    assert table.keeper.player.device == "Headphones"
    assert not before.is_open


def test_silence_lets_the_device_go() -> None:
    table = Table(Drawer("Speakers"))
    table.live(3.0)
    table.score = Score(table.score.plan, Voice.OFF)
    assert table.live(0.5) is SoundState.OFF
    assert not table.drawer.opened[0].is_open
