# SPDX-License-Identifier: MIT
"""Sending the window's running session by LSL: off until somebody wishes it, and off again with the session.

Law: nothing is sent of who did not agree to it in this very session, and of nobody before that is on record; of one
who takes it back, nothing from that moment. The worker's loop waits for no library: outlets open and close elsewhere.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.clock import Clock
from app.errors import AppError
from app.own_streams import OwnStreams
from app.slot import Slot
from dsp.stream import Frame
from sensors.source import SensorError
from ui.research.seam import Reach, SendWish, Sent

if TYPE_CHECKING:
    from app.outlets import Outlets

_log = logging.getLogger(__name__)

_TELL_EVERY_S = 1.0


class LetSend(Protocol):
    """Puts on record who agreed to be sent (`app.keeps.Keeps.let_send`)."""

    def __call__(self, persons: Sequence[str], *, shares: bool) -> Awaitable[None]:
        """Put it on record, or raise `AppError`."""


class LiveSending:
    """Sends one session at a time; belongs to the worker's loop.

    Parameters
    ----------
    clock : Clock
        The session clock.
    folder : Path or None
        The data folder; without one nothing is sent.
    tell : callable
        Takes what the screens are told.
    own : OwnStreams
        Is told what our streams are known by.
    """

    def __init__(self, clock: Clock, folder: Path | None, tell: Callable[[Sent], object], own: OwnStreams) -> None:
        self._clock = clock
        self._folder = folder
        self._tell = tell
        self._own = own
        self._slot = Slot()
        self._outlets: Outlets | None = None
        self._let: LetSend | None = None

    @asynccontextmanager
    async def of(self, let_send: LetSend) -> AsyncIterator["LiveSending"]:
        """Be a sink of a session until the block ends; then nothing is sent any more."""
        self._let = let_send
        try:
            yield self
        finally:
            self._let = None
            self._hush()
            await self._slot.stopped()

    def put(self, frame: Frame) -> None:
        """Send what a frame brings, if anything is sent."""
        if self._outlets is not None:
            self._outlets.put(frame)

    def wish(self, wish: SendWish) -> None:
        """Begin to send, or end it at once."""
        self._hush()
        let_send, folder = self._let, self._folder
        if wish.reach is Reach.OFF or let_send is None or folder is None or not wish.agreed:
            self._slot.stop()
        else:
            self._slot.start(lambda: self._send(wish, let_send, folder))

    def take_back(self, person: str) -> None:
        """Send nothing more of a person, from now on; of the last one nothing at all."""
        if self._outlets is not None:
            self._outlets.stop(person)
            if not self._outlets.persons:
                self._slot.stop()

    def _hush(self) -> None:
        """Let nothing more through, before anything has closed."""
        if self._outlets is not None:
            self._outlets.hush()
            self._outlets = None

    async def _send(self, wish: SendWish, let_send: LetSend, folder: Path) -> None:
        shares = wish.reach is Reach.NETWORK
        from app.outlets import sending  # the start of the window needs nothing of it

        opening: AbstractContextManager[Outlets] = sending(wish.agreed, self._clock, folder, shares=shares)
        fault = ""
        try:
            await let_send(wish.agreed, shares=shares)
            async with _elsewhere(opening) as outlets:
                self._outlets, self._own.beginning = outlets, outlets.own_ids
                _log.info("sending %d persons by LSL, %s", len(wish.agreed), wish.reach)
                while outlets.persons:
                    self._tell(
                        Sent(wish.reach, outlets.is_open_to_network, tuple(sorted(outlets.persons)), outlets.seen)
                    )
                    await asyncio.sleep(_TELL_EVERY_S)
        except (AppError, SensorError) as error:
            fault = str(error.fault if isinstance(error, AppError) else error.reason)
            _log.info("not sent: %s", fault)
        finally:
            self._outlets, self._own.beginning = None, ""
            self._tell(Sent(fault=fault))


@asynccontextmanager
async def _elsewhere(opening: "AbstractContextManager[Outlets]") -> "AsyncIterator[Outlets]":
    """Enter and leave what waits for a library on another thread; cancelled meanwhile, it is left all the same."""
    entering = asyncio.ensure_future(asyncio.to_thread(opening.__enter__))
    try:
        outlets = await asyncio.shield(entering)
    except asyncio.CancelledError:
        await asyncio.wait({entering})
        if entering.exception() is None:
            await asyncio.to_thread(opening.__exit__, None, None, None)
        raise
    try:
        yield outlets
    finally:
        outlets.hush()
        await asyncio.shield(asyncio.to_thread(opening.__exit__, None, None, None))
