# SPDX-License-Identifier: MIT
"""`attune live --bump`: the guide of a bump test, with the space bar as the marker.

The marker is stamped when the key arrives here; one from another terminal (`attune mark`) would be late by what a
program takes to start.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from app.cli.door import tell
from app.clock import Clock
from app.errors import AppError, Fault
from dsp.bump import BUMP, TAPS
from dsp.codes import NoticeCode
from dsp.stream import Frame, Marker, Notice
from resources.words import gettext as _

_AUTHOR = "space bar"


class BumpGuide:
    """A sink that says what to do, and what was found.

    Parameters
    ----------
    person : str
        Whose sensors are tapped.
    """

    def __init__(self, person: str) -> None:
        self._person = person
        self._taps = 0

    def begin(self) -> None:
        """Say what to do."""
        words = _(
            "Bump test: tap the sensor with one finger and press the space bar in the same moment, {taps} times, "
            "with three seconds or more between.\n"
        )
        tell(words.format(taps=TAPS))

    def put(self, frame: Frame) -> None:
        """Count the taps, and say what was found."""
        for marker in frame.markers:
            if marker.type == BUMP and marker.person == self._person:
                self._taps += 1
                tell(_("tap {number} of {taps}\n").format(number=self._taps, taps=TAPS))
        for notice in frame.notices:
            if notice.code is NoticeCode.OFFSET:
                self._taps = 0
                tell(offset_in_words(notice))


def offset_in_words(notice: Notice) -> str:
    """Say what a bump test found of one stream."""
    said = dict(notice.values)
    words = _(
        "{modality} of {source} is {median:.0f} ms late (95 % interval {low:.0f} to {high:.0f} ms, {taps} taps that "
        "stood out)\n"
    )
    median_s, low_s, high_s = (float(said[name]) * 1000.0 for name in ("median_s", "low_s", "high_s"))
    return words.format(
        modality=str(said["modality"]).upper(),
        source=notice.source,
        median=median_s,
        low=low_s,
        high=high_s,
        taps=said["taps"],
    )


@contextlib.contextmanager
def bump_test(clock: Clock, mark: Callable[[Marker], object], person: str) -> Iterator[Sequence[BumpGuide]]:
    """Guide a bump test until the block ends: each press of the space bar is a marker; called on the event loop.

    Parameters
    ----------
    clock : Clock
        The session clock.
    mark : callable
        Puts a marker into the session.
    person : str
        Whose sensors are tapped.

    Raises
    ------
    AppError
        `NO_TERMINAL` where nobody sits at a keyboard.
    """
    if sys.platform == "win32" or not sys.stdin.isatty():
        raise AppError(Fault.NO_TERMINAL, _("a bump test needs a terminal with a keyboard."))
    import termios
    import tty

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    loop = asyncio.get_running_loop()

    def pressed() -> None:
        t = clock()
        for _press in range(os.read(keyboard, 64).count(b" ")):
            mark(Marker(t, BUMP, _AUTHOR, person))

    tty.setcbreak(keyboard)
    loop.add_reader(keyboard, pressed)
    guide = BumpGuide(person)
    guide.begin()
    try:
        yield (guide,)
    finally:
        loop.remove_reader(keyboard)
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
