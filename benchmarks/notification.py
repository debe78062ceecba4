# SPDX-License-Identifier: MIT
"""From a strap's notification to the frame in the mailbox, through real GATT between two virtual controllers.

The clock starts where the strap's stack hands the packet to its controller and stops when the mailbox has the frame, so
the figure holds the virtual radio as well; the share from bleak's callback on is what Attune adds.
"""

import time
from statistics import median

from app.clock import Clock
from app.conductor import Outside
from app.mailbox import Mailbox
from app.merge import Feed
from app.worker import Worker
from benchmarks.figure import Figure, spread
from dsp.codes import Modality
from dsp.stream import Chunk, Frame
from sensors.ble.scan import scan
from sensors.ble.sensor import BleSensor
from tests.sensors.ble.virtual_bluetooth import VirtualBluetooth, backend_of
from tests.sensors.ble.virtual_strap import ADDRESS, VirtualStrap
from ui.backstage import Arrived

PACKETS = 300


class _TimedMailbox(Mailbox):
    """A mailbox that notes when it got the heart rate frames, and when their packets had arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[tuple[float, float]] = []

    def put(self, message: Arrived) -> None:
        super().put(message)
        item = message.item if isinstance(message, Frame) else None
        if isinstance(item, Chunk) and item.modality is Modality.HR:
            self.got.append((time.monotonic(), item.arrival))


def run() -> list[Figure]:
    strap, mailbox = VirtualStrap(), _TimedMailbox()
    backend = backend_of(VirtualBluetooth([(ADDRESS, strap)]))

    def connect(address: str, clock: Clock) -> Feed:
        return Feed(BleSensor(ADDRESS, clock=clock, backend=backend))

    worker = Worker(Outside(time.monotonic, time.monotonic, connect, lambda clock: scan(clock=clock)), mailbox)
    worker.start()
    worker.begin([f"ble:{ADDRESS}"])
    strap.is_subscribed.wait(20)
    try:
        whole, ours = measure(strap, mailbox)
    finally:
        worker.close()
    return [
        Figure("notification to mailbox, with the virtual radio", spread(whole, "ms"), "reported"),
        Figure("notification callback to mailbox", spread(ours, "ms", 3), "median <= 1 ms", median(ours) <= 1.0),
    ]


def measure(strap: VirtualStrap, mailbox: _TimedMailbox) -> tuple[list[float], list[float]]:
    whole, ours = [], []
    for number in range(PACKETS):
        before, sent = len(mailbox.got), time.monotonic()
        strap.from_outside(strap.notify(hr_bpm=60, rr_1024=[1000 + number % 40])).result(5)
        while len(mailbox.got) == before and time.monotonic() - sent < 5:
            time.sleep(0.0002)
        got, arrival = mailbox.got[-1]
        whole.append(1000 * (got - sent))
        ours.append(1000 * (got - arrival))
        time.sleep(0.03)  # identical packets within 20 ms are one
    return whole, ours
