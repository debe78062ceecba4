# SPDX-License-Identifier: MIT
"""A skin that stays silent while the heart is up does not veto for good.

One person in five has a skin that hardly answers to anything (Boucsein 2012, electrodermal stabiles), so its silence
says less the longer the heart stays beyond the bound. A skin that falls is not silent: it contradicts.

Law: the share depends on the seconds since the silence began; it is whole again when the silence ends.
"""

from collections.abc import Sequence

from dsp.arousal.estimate import Point
from dsp.arousal.scale import SKIN, squash
from dsp.codes import Channel

_SILENT_Z = 1.0
_HEARD_S = 60.0  # for so long silence counts as an answer
_HALVED_S = 30.0
_LEAST = 0.2
_BROKEN_S = 10.0


class SkinSilence:
    """Follow one person's heart and skin."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._last_s = 0.0

    def share(self, t: float, points: Sequence[Point], upper: float) -> float:
        """Give the share of its weight that the skin keeps at this second.

        Parameters
        ----------
        t : float
            Seconds on the session clock.
        points : sequence of Point
            The channels.
        upper : float
            U.
        """
        if _is_silent(points, upper):
            self._since_s = t if self._since_s is None else self._since_s
            self._last_s = t
        elif t - self._last_s > _BROKEN_S:
            self._since_s = None
        if self._since_s is None:
            return 1.0
        faded_s = max(t - self._since_s - _HEARD_S, 0.0)
        return float(max(0.5 ** (faded_s / _HALVED_S), _LEAST))


def _is_silent(points: Sequence[Point], upper: float) -> bool:
    heart = [point for point in points if point.channel is Channel.H]
    skin = [point for point in points if point.channel in SKIN]
    weight = sum(point.weight for point in skin)
    if not heart or weight <= 0.0:
        return False
    skin_z = sum(point.weight * point.z for point in skin) / weight
    return squash(heart[0].z) > upper and abs(skin_z) < _SILENT_Z
