# SPDX-License-Identifier: MIT
"""The skin's channels: its level, the change of it, and how often it answers.

s is the logarithm of the level; d is s against its own mean over the last 10 min, for the level drifts with warmth and
drying electrodes; r is the root of the responses a minute, whose spread then hardly depends on how many there are.

Law: the readings at a tick depend on the skin's seconds up to it and on which of them were held.

Notes
-----
- d uses what there is from 60 s on; its quality rises to the level's own at 10 min.
- The mean stands still while the person is above the window: what lasts would otherwise become the new usual. It goes
  on where a heart is seen that has come back to its rest: what then lasts is the skin alone, which takes tens of
  minutes to dry.
- Deep paced breaths bring responses of their own, so r says nothing while a pacer runs.
"""

import math
from collections import deque

from dsp.arousal.readings import CLEAR, Reading, absent
from dsp.codes import Channel
from dsp.skin.eda import SkinSecond

_LEAST_MICROSIEMENS = 0.05  # below it there is no contact
_REFERENCE_S = 600
_FEWEST_S = 60


class SkinChannels:
    """Follow one person's skin, second by second."""

    def __init__(self) -> None:
        self._reference: deque[float] = deque(maxlen=_REFERENCE_S)

    def readings(self, skin: SkinSecond | None, *, is_held: bool, is_paced: bool) -> tuple[Reading, ...]:
        """Give s, d and r of one second.

        Parameters
        ----------
        skin : SkinSecond or None
            What is known of the skin; None where there is none.
        is_held : bool
            Whether the mean stands still.
        is_paced : bool
            Whether a pacer runs.
        """
        if skin is None:
            return ()
        level = self._level(skin)
        if level.signal >= CLEAR and not is_held:
            self._reference.append(level.x)
        return level, self._change(level), _responses(skin, is_paced=is_paced)

    def _level(self, skin: SkinSecond) -> Reading:
        scl = skin.scl_microsiemens
        if scl.value is None or not scl.value > 0.0:
            return absent(Channel.S, scl.why)
        return Reading(Channel.S, math.log(max(scl.value, _LEAST_MICROSIEMENS)), scl.quality, scl.quality, skin.why)

    def _change(self, level: Reading) -> Reading:
        held = len(self._reference)
        if held < _FEWEST_S or level.signal <= 0.0:
            return absent(Channel.D, level.why)
        x = level.x - math.fsum(self._reference) / held
        return Reading(Channel.D, x, level.quality * held / _REFERENCE_S, level.signal, level.why)


def _responses(skin: SkinSecond, *, is_paced: bool) -> Reading:
    rate = skin.scr_per_min
    if rate.value is None or is_paced:
        return absent(Channel.R, rate.why)
    return Reading(Channel.R, math.sqrt(max(rate.value, 0.0)), rate.quality, rate.quality, rate.why)
