# SPDX-License-Identifier: MIT
"""A Shimmer3R with its skin conductance board, on automatic range."""

import asyncio
from collections.abc import Iterator

from dsp.codes import Modality, Reason
from dsp.stream import Item
from sensors.ble.device import Decode, Host
from sensors.ble.guard import Guard
from sensors.ble.link import Link
from sensors.ble.samples import SampleStream
from sensors.ble.shimmer import (
    CLOCK_HZ,
    CLOCK_WRAP,
    ENABLE_EDA,
    INQUIRY,
    RX,
    SERVICE,
    START,
    STOP,
    TX,
    Framer,
    Inquiry,
    Replies,
    Reply,
    microsiemens,
    range_command,
    rate_command,
)
from sensors.sample_clock import SampleClock
from sensors.source import SensorError

_RATE_HZ = 32.0  # the clock's divider is whole there
_ANSWER_S = 3.0
_LOST_AFTER = 256  # bytes with no packet among them


class Shimmer:
    """A `Device` that gives skin conductance.

    Parameters
    ----------
    source, person : str
        What each item carries.
    """

    def __init__(self, source: str, person: str) -> None:
        self._guard = Guard(source, person)
        clock = SampleClock(rate_hz=_RATE_HZ, ticks_per_s=CLOCK_HZ, wrap_ticks=CLOCK_WRAP)
        self._stream = SampleStream(Modality.EDA, clock, source=source, person=person)
        self._talk = _Talk()
        self._framer: Framer | None = None
        self._n_unread = 0

    async def begin(self, link: Link, host: Host) -> None:
        """Set it up, ask how it is set up, and start it.

        Raises
        ------
        SensorError
            STREAM_REFUSED when it says no, or samples no skin conductance; SILENT when it does not answer.
        """
        self._framer, talk = None, _Talk()
        hear_data = host.hear(self._hear)

        def hear(data: bytes) -> None:
            if self._framer is not None:
                hear_data(data)
            talk.hear(data)

        await link.subscribe(SERVICE, TX, hear)
        await link.write(SERVICE, RX, STOP)  # it may stream yet, from a connection that broke off
        for command in (STOP, rate_command(_RATE_HZ), ENABLE_EDA, range_command()):
            await talk.ask(link, command)
        await talk.ask(link, INQUIRY)
        inquiry = await talk.inquiry()
        if inquiry.eda_at is None:
            raise SensorError(Reason.STREAM_REFUSED, f"the Shimmer samples {inquiry.channels}, and no skin conductance")
        self._framer, self._n_unread = Framer(inquiry), 0
        await talk.ask(link, START)
