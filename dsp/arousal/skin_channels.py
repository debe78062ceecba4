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
- Two sites have two levels: after a change of electrodes d begins anew, and nothing is held against a rest that was
  measured at the other site, until there is one of this one or the skin is read there again.
- Deep paced breaths bring responses of their own, so r says nothing while a pacer runs.
"""

import math
from collections import deque
from dataclasses import replace

from dsp.arousal.readings import CLEAR, Reading, Readings, absent
from dsp.arousal.scale import SKIN, WEIGHTS
from dsp.arousal.window import Window
from dsp.codes import Channel, Reason
from dsp.skin.eda import SkinSecond

_LEAST_MICROSIEMENS = 0.05  # below it there is no contact
_REFERENCE_S = 600
_FEWEST_S = 60


class SkinChannels:
    """Follow one person's skin, second by second."""

    def __init__(self) -> None:
        self._reference: deque[float] = deque(maxlen=_REFERENCE_S)
        self._site: str | None = None  # the electrodes that are read now
        self._rest_site: str | None = None  # those that the rest was measured at: the first ones where nobody rested
        self._site_before: str | None = None  # those of the rest before it
        self.has_moved = False  # to other electrodes, at the last second

    def rest_here(self) -> None:
        """Take the electrodes that are read now as those of the rest that holds from now on."""
        if self._site != self._rest_site:
            self._site_before, self._rest_site = self._rest_site, self._site

    def rest_before(self) -> None:
        """Have the rest before the last one back, with its electrodes."""
        self._site_before, self._rest_site = self._rest_site, self._site_before

    def comparable(self, readings: Readings) -> Readings:
        """Give what can be held against the rest: without the skin where it is read at another site."""
        if self._site == self._rest_site:
            return readings
        why = Reason.OTHER_SENSORS
        channels = tuple(absent(r.channel, why) if r.channel in SKIN else r for r in readings.channels)
        return replace(readings, channels=channels)

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
        self.has_moved = False
        if skin is None:
            return ()
        self._read_at(skin.source)
        level = self._level(skin)
        if level.signal >= CLEAR and not is_held:
            self._reference.append(level.x)
        return level, self._change(level), _responses(skin, is_paced=is_paced)

    def _read_at(self, site: str) -> None:
        self.has_moved = self._site not in {None, site}
        if self.has_moved:
            self._reference.clear()
        self._site = site
        if self._rest_site is None:
            self._rest_site = self._site_before = site

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


def skin_z(readings: Readings, window: Window) -> float | None:
    """Give the skin's mean distance from its rest, where its level is clear."""
    references = {reference.rest.channel: reference.rest for reference in window.references}
    known = [
        (WEIGHTS[r.channel] * r.quality, (r.x - references[r.channel].m) / references[r.channel].sigma)
        for r in readings.channels
        if r.channel in SKIN and r.channel in references and r.quality > 0.0
    ]
    is_clear = any(r.channel is Channel.S and r.quality >= CLEAR for r in readings.channels)
    weight = math.fsum(w for w, _ in known)
    return math.fsum(w * z for w, z in known) / weight if is_clear and weight > 0.0 else None
