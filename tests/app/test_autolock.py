# SPDX-License-Identifier: MIT
import pytest

from app.autolock import AutoLock, Place


class Watch:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_in_a_session_the_live_screens_never_hide_and_the_rest_does_after_five_minutes(watch: Watch) -> None:
    lock = AutoLock(watch)
    lock.begin()
    watch.now = 299.0
    assert not lock.is_hidden(Place.BEYOND)
    watch.now = 300.0
    assert lock.is_hidden(Place.BEYOND)
    watch.now = 8 * 3600.0
    assert not lock.is_hidden(Place.LIVE)
    assert not lock.is_hidden(Place.PACER)


def test_use_keeps_everything_open_and_opens_nothing_again(watch: Watch) -> None:
    lock = AutoLock(watch)
    lock.begin()
    for watch.now in range(0, 1200, 60):
        lock.use()
        assert not lock.is_hidden(Place.BEYOND)
    watch.now = 1140.0 + 300.0
    lock.use()
    assert lock.is_hidden(Place.BEYOND)
    lock.unlock()
    assert not lock.is_hidden(Place.BEYOND)


def test_ten_minutes_after_the_end_all_is_hidden_but_the_pacer(watch: Watch) -> None:
    lock = AutoLock(watch)
    lock.begin()
    watch.now = 3600.0
    lock.end()
    watch.now = 3600.0 + 599.0
    assert not lock.is_hidden(Place.LIVE)
    watch.now = 3600.0 + 600.0
    assert [lock.is_hidden(place) for place in (Place.LIVE, Place.BEYOND, Place.PACER)] == [True, True, False]


def test_who_goes_on_using_the_ended_session_sees_it(watch: Watch) -> None:
    lock = AutoLock(watch)
    lock.begin()
    lock.end()
    for watch.now in range(0, 1500, 100):
        lock.use()
    assert not lock.is_hidden(Place.LIVE)
    watch.now += 600.0
    lock.use()
    assert lock.is_hidden(Place.BEYOND)


def test_a_new_session_shows_its_live_screens_at_once(watch: Watch) -> None:
    lock = AutoLock(watch)
    lock.begin()
    lock.end()
    watch.now = 5000.0
    lock.begin()
    assert not lock.is_hidden(Place.LIVE)
    assert lock.is_hidden(Place.BEYOND)
