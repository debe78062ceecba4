# SPDX-License-Identifier: MIT
"""The conversation with a Polar's control point: one question at a time, each with its answer.

Law: an answer that is no success, or none at all, is a `SensorError` that names the question and the status.
"""

import asyncio
import logging

from dsp.codes import Reason
from sensors.ble.link import Link
from sensors.ble.polar_pmd import (
    CONTROL,
    MIN_MTU,
    SERVICE,
    Answers,
    Command,
    Measurement,
    Response,
    Status,
    Stopped,
    decode_features,
    encode_command,
)
from sensors.source import SensorError

_ANSWER_S = 5.0

_log = logging.getLogger(__name__)


class RefusedError(SensorError):
    """The control point said no.

    Parameters
    ----------
    command : Command
        What was asked.
    status : Status
        What it answered.
    hint : str
        What to know besides.
    """

    def __init__(self, command: Command, status: Status, hint: str = "") -> None:
        asked = f"{command.op.name} {command.measurement.name}"
        super().__init__(Reason.STREAM_REFUSED, f"{asked} was answered with {status.name}{hint}")
        self.status = status


class PolarControl:
    """The control point on one connection.

    Parameters
    ----------
    link : Link
        The connection.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._answers = Answers()
        self._waiting: asyncio.Future[Response] | None = None
        self._stopped: asyncio.Queue[Measurement] = asyncio.Queue()
        self._one_at_a_time = asyncio.Lock()

    async def open(self) -> frozenset[Measurement]:
        """Listen to it, and give what the device can stream."""
        await self._link.subscribe(SERVICE, CONTROL, self._hear)
        return decode_features(await self._link.read(SERVICE, CONTROL) or b"")

    async def ask(self, command: Command) -> Response:
        """Ask, and give the whole answer.

        Raises
        ------
        RefusedError
            When the answer is not a success.
        SensorError
            SILENT when none comes within 5 s, BAD_PACKET when it cannot be read.
        """
        async with self._one_at_a_time:
            response = await self._answer(command)
        if response.status is not Status.SUCCESS:
            mtu = f" (a packet has {self._link.mtu_bytes} bytes; {MIN_MTU} are needed)"
            raise RefusedError(command, response.status, mtu if response.status is Status.INVALID_MTU else "")
        return response

    async def next_stopped(self) -> Measurement:
        """Wait until the device stops a stream by itself."""
        return await self._stopped.get()

    async def _answer(self, command: Command) -> Response:
        waiting = self._expect()
        try:
            async with asyncio.timeout(_ANSWER_S):
                await self._link.write(SERVICE, CONTROL, encode_command(command))
                while True:
                    response = await waiting
                    if (response.op, response.measurement) == (command.op, command.measurement):
                        return response
                    waiting = self._expect()  # that was the answer to an older one
        except TimeoutError as error:
            asked = f"{command.op.name} {command.measurement.name}"
            raise SensorError(Reason.SILENT, f"{asked} had no answer in {_ANSWER_S:g} s") from error
        finally:
            self._waiting = None

    def _expect(self) -> asyncio.Future[Response]:
        waiting: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        return waiting

    def _hear(self, data: bytes) -> None:
        waiting = self._waiting
        try:
            heard = self._answers.feed(data)
        except SensorError as error:
            _log.info("the control point of a Polar: %s", error.detail)
            if waiting is not None and not waiting.done():
                waiting.set_exception(error)
            return
        if isinstance(heard, Stopped):
            for measurement in heard.measurements:
                self._stopped.put_nowait(measurement)
        elif heard is not None and waiting is not None and not waiting.done():
            waiting.set_result(heard)
