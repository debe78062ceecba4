# SPDX-License-Identifier: MIT
"""What takes in the frames of a running session, as the conductor sees it: the store, or nothing."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.live_merge import Roster
from dsp.stream import Command, Frame, Item

if TYPE_CHECKING:
    from dsp.pipeline import Pipeline


class Keeps(Protocol):
    """What takes in the frames of one session; it may be stored (`app.keeping.Keeping`).

    Of a session that goes on, `before` are to be the first items, `addresses` are the sources that it had, `pipeline`
    is brought to where it was, and `shown` is what the screens are shown of the time before.
    """

    before: Sequence[Item]
    addresses: Sequence[str]
    pipeline: "Pipeline | None"
    shown: Sequence[Frame]

    def put(self, frame: Frame) -> None:
        """Take a frame, never waiting."""

    def configuration(self) -> Mapping[str, object]:
        """Say how the numbers are made, and from what; nothing where nobody keeps it."""

    def place(self) -> Path | None:
        """Give the folder that the session is stored in; None where it is not."""

    async def let_send(self, persons: Sequence[str], *, shares: bool) -> None:
        """Put on record that these persons agreed to be sent by LSL.

        Raises
        ------
        AppError
            `NO_CONSENT` where what is on record says the contrary.
        """


Decide = Callable[[Command], None]
"""Puts a command into a session."""

Keep = Callable[[Roster, Decide, str], AbstractAsyncContextManager[Keeps]]
"""Keeps a session with these sources until the block ends; of an interrupted one (by its code), goes on with it."""


class _Unkept:
    before: Sequence[Item] = ()
    addresses: Sequence[str] = ()
    pipeline: "Pipeline | None" = None
    shown: Sequence[Frame] = ()

    def put(self, frame: Frame) -> None:
        """Forget the frame."""

    def configuration(self) -> Mapping[str, object]:
        return {}

    def place(self) -> Path | None:
        return None

    async def let_send(self, persons: Sequence[str], *, shares: bool) -> None:
        """Let what they said stand: there is no record that could say the contrary."""


@asynccontextmanager
async def keep_nothing(_roster: Roster, _decide: Decide, _interrupted: str) -> AsyncIterator[Keeps]:
    """Keep a session in memory alone, as long as it is shown."""
    yield _Unkept()
