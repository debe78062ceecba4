# SPDX-License-Identifier: MIT
"""What is spoken is rare, and the newest."""

from tests.ui.conftest import Stage
from ui.announcer import Announcer, speaker_of


def spoken(*said: tuple[float, str], until: float) -> list[tuple[float, str]]:
    """Say sentences at these times, and give when each was spoken."""
    heard: list[tuple[float, str]] = []
    now = 0.0
    announcer = Announcer(lambda words: heard.append((now, words)))
    waiting = list(said)
    while now <= until:
        while waiting and waiting[0][0] <= now:
            announcer.say(waiting.pop(0)[1])
        announcer.refresh(now)
        now += 1.0
    return heard


def test_the_first_sentence_is_spoken_at_once() -> None:
    assert spoken((3.0, "Blue 2 is the client’s now."), until=5.0) == [(3.0, "Blue 2 is the client’s now.")]


def test_at_most_one_is_spoken_in_15_s_and_it_is_the_newest() -> None:
    said = spoken((0.0, "one"), (2.0, "two"), (9.0, "three"), (40.0, "four"), until=60.0)
    assert said == [(0.0, "one"), (15.0, "three"), (40.0, "four")]


def test_without_a_reader_nothing_is_said_and_nothing_breaks(stage: Stage) -> None:
    speaker_of(stage.window)("Blue 2 is the client’s now.")
