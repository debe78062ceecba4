# SPDX-License-Identifier: MIT
import threading

import pytest

from app.mailbox import SCREEN_SOURCE, Mailbox
from app.merge import time_of
from dsp.codes import Reason
from dsp.stream import Features, Frame, Gap, Sighting, Tick
from tests.app.sources import rr
from ui.backstage import Arrived


def frame(t: float, person: str = "client") -> Frame:
    return Frame(rr(t, person=person))


def test_messages_come_out_once_oldest_first() -> None:
    mailbox = Mailbox()
    given: list[Arrived] = [frame(1.0), Sighting("address", "strap", ()), frame(2.0)]
    for message in given:
        mailbox.put(message)
    assert mailbox.drain() == given
    assert mailbox.drain() == []


def test_a_full_box_drops_the_oldest_and_says_what_the_screen_missed() -> None:
    mailbox = Mailbox(capacity=3)
    frames = [frame(float(t)) for t in range(10)]
    for message in frames:
        mailbox.put(message)
    gap = Gap(0.0, 6.0, Reason.SCREEN_BEHIND, SCREEN_SOURCE)
    assert mailbox.drain() == [Frame(gap, gaps=(gap,)), *frames[7:]]
    assert mailbox.drain() == []


def test_each_person_has_an_own_gap() -> None:
    mailbox = Mailbox(capacity=1)
    both = Frame(Tick(3.0), features=(Features(3.0), Features(3.0, "partner")))
    for message in (frame(1.0), frame(2.0, "partner"), both, frame(4.0)):
        mailbox.put(message)
    gaps = [message.item for message in mailbox.drain() if isinstance(message, Frame) and message.gaps]
    assert gaps == [
        Gap(1.0, 3.0, Reason.SCREEN_BEHIND, SCREEN_SOURCE, "client"),
        Gap(2.0, 3.0, Reason.SCREEN_BEHIND, SCREEN_SOURCE, "partner"),
    ]


def test_a_lost_sighting_is_no_gap() -> None:
    mailbox = Mailbox(capacity=1)
    mailbox.put(Sighting("address", "strap", ()))
    mailbox.put(frame(1.0))
    assert len(mailbox.drain()) == 1


def test_nothing_is_lost_or_doubled_between_two_threads() -> None:
    mailbox = Mailbox(capacity=20_000)

    def write() -> None:
        for t in range(5000):
            mailbox.put(frame(float(t)))

    writer = threading.Thread(target=write)
    writer.start()
    taken: list[Arrived] = []
    while writer.is_alive():
        taken += mailbox.drain()
    writer.join()
    taken += mailbox.drain()
    assert [time_of(message.item) for message in taken if isinstance(message, Frame)] == list(range(5000))


def test_a_box_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        Mailbox(capacity=0)
