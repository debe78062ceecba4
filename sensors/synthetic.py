# SPDX-License-Identifier: MIT
"""The synthetic person: a chest strap, a breathing belt and a skin sensor on somebody who is made up.

It serves demonstrations and tests, and can follow the breathing pacer, so that a closed loop can be shown. It is no
model of any patient: it has textbook sizes and rhythms (at rest 64 beats a minute, an RMSSD of some 40 ms, 14 breaths a
minute; less variability when activated, more swing with slow breaths) and nothing else that a body has.

Law: the same seed and the same cues seen and taps felt between the same items give the same items, bit for bit.

References
----------
McSharry et al. 2003, doi 10.1109/TBME.2003.808805 (rate as mean, respiratory and 0.1 Hz part; ECG); Vaschillo et al.
2006, doi 10.1007/s10484-006-9009-3 (resonance); Bateman 1910 (shape of a skin response). The parts are in
`sensors/made_up`.
"""

import asyncio
import math
from collections.abc import AsyncGenerator

from dsp.plan import PacingPlan
from dsp.stream import CLIENT, Cue, Item
from sensors.made_up.body import Body
from sensors.made_up.faults import Faults
from sensors.made_up.link import Link
from sensors.made_up.script import DEFAULT_SCRIPT, Script

_NOTHING_WRONG = Faults()


class SyntheticPerson:
    """A recorded source without an end: HR, RR, EDA (4 Hz), ACC and RESP (25 Hz), ECG (130 Hz), each second a packet.

    Parameters
    ----------
    seed : int
        Which person, 0 or more.
    person : str
        Whom it stands for.
    start_s : float
        When it begins.
    script : tuple of Stretch
        What it lives through, again and again; by default calm 3 min, activated 2, calm 3, quiet 2.
    faults : Faults
        What goes wrong.
    adherence : float
        The probability of following the pacer through a breath, 0 to 1.

    Raises
    ------
    ValueError
        When a parameter is out of its range.
    """

    def __init__(
        self,
        seed: int = 1,
        *,
        person: str = CLIENT,
        start_s: float = 0.0,
        script: Script = DEFAULT_SCRIPT,
        faults: Faults = _NOTHING_WRONG,
        adherence: float = 0.9,
    ) -> None:
        if seed < 0:
            raise ValueError(f"seed must be 0 or more, not {seed}")
        if not math.isfinite(start_s):
            raise ValueError(f"start_s must be finite, not {start_s}")
        if not script:
            raise ValueError("script must have at least 1 stretch, not 0")
        if not 0 <= adherence <= 1:
            raise ValueError(f"adherence must be 0 to 1, not {adherence}")
        self._seed = seed
        self._person = person
        self._start_s = start_s
        self._script = script
        self._faults = faults
        self._adherence = adherence
        self._plan: PacingPlan | None = None
        self._is_tapped = False

    @property
    def name(self) -> str:
        """The person's address on the command line."""
        return f"demo:{self._seed}"

    def see(self, cue: Cue) -> None:
        """Look at a cue; its plan, in this source's own time, holds from the next second on."""
        self._plan = cue.plan

    def tap(self) -> None:
        """Let somebody tap twice on the strap, in the next second."""
        self._is_tapped = True

    async def items(self) -> AsyncGenerator[Item, None]:
        """Give the person's items from the begin, without an end; nothing seen before counts."""
        self._plan = None
        body = Body(
            self._seed,
            start_s=self._start_s,
            script=self._script,
            faults=self._faults,
            adherence=self._adherence,
        )
        link = Link(source=self.name, person=self._person, start_s=self._start_s, faults=self._faults)
        for item in link.opened():
            yield item
        while True:
            await asyncio.sleep(0)  # whoever shares the event loop gets a turn each second of data
            if self._is_tapped:
                body.tap()
                self._is_tapped = False
            for item in link.carried(body.advance(self._plan)):
                yield item
